"""Services written with real keys, beside the form a clerk gets."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.forms import FieldKind, ShownIf
from desktop.queries.catalogue import service_details
from desktop.use_cases.catalogue import save_service
from tests.reports.hostile import HOSTILE
from ui.catalogue.head import CHECKS, FORM, SERVICE
from ui.catalogue.ordered_lines import MIME
from ui.common.buttons import Button

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def stored(house, service: str = "Title extract"):
    return house.read(service_details, house.services[service])


def labels(page) -> list[str]:
    return [line.first for line in page.form.list.lines()]


def asked(page) -> list[str]:
    return [spec.label for spec in page.preview.form.shown()]


def typed(qtbot, field, words: str) -> None:
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, words)


def saved(qtbot, page) -> None:
    qtbot.mouseClick(page.head.save_button, LEFT)
    qtbot.waitUntil(lambda: not page.can_save(), timeout=10_000)


def test_a_question_is_added_by_keys_and_shown_as_a_clerk_gets_it_before_it_is_saved(
    qtbot, page, window, small_house
):
    page.show_part(FORM)
    page.form.choose(1)
    page.add_question()
    assert QApplication.focusWidget() is page.form.editor.label
    qtbot.keyClicks(page.form.editor.label, "For which court")
    page.form.editor.kind.setFocus()
    page.form.editor.kind.set_value(FieldKind.TEXT)
    qtbot.mouseClick(page.form.editor.needed, LEFT, pos=QPoint(8, 14))
    page.form.editor.shown_if.question.setCurrentIndex(1)
    page.form.editor.shown_if.question.activated.emit(1)
    qtbot.mouseClick(page.form.editor.shown_if.boxes["Full"], LEFT, pos=QPoint(8, 14))
    qtbot.waitUntil(lambda: len(page.preview.form.fields()) == 8, timeout=15_000)
    assert "For which court" not in asked(page)
    page.preview.form.row("extent").set_value("Full")
    page.preview.form._answered()
    assert "For which court" in asked(page)
    assert stored(small_house).draft.fields[2].code == "wanted_on"
    saved(qtbot, page)
    spec = stored(small_house).draft.fields[2]
    assert (spec.code, spec.label, spec.is_needed) == (
        "for_which_court",
        "For which court",
        True,
    )
    assert spec.rules.shown_if == ShownIf("extent", ("Full",))
    assert window.told[-1] == "“Title extract” is saved"


def test_questions_are_moved_by_keys_and_by_dragging_and_undo_puts_them_back(
    qtbot, page, small_house
):
    page.show_part(FORM)
    before = labels(page)
    page.form.list.setFocus()
    page.form.choose(0)
    qtbot.keyClick(page.form.list, Qt.Key.Key_Down, modifier=ALT)
    assert labels(page) == [before[1], before[0], *before[2:]]
    assert page.form.chosen() == 1
    model = page.form.list.model()
    carried = model.mimeData([model.index(3)])
    assert carried.hasFormat(MIME)
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, model.index(-1, 0))
    assert labels(page) == [before[3], before[1], before[0], before[2]]
    assert not model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, 0, 0, None)
    qtbot.keyClick(page.form.list, Qt.Key.Key_Z, modifier=CONTROL)
    qtbot.keyClick(page.form.list, Qt.Key.Key_Z, modifier=CONTROL)
    assert labels(page) == before
    assert not page.can_save()


def test_letters_typed_one_after_another_are_one_step(qtbot, page):
    typed(qtbot, page.service.told_price, "12 EUR")
    typed(qtbot, page.service.told_how, "By post")
    page.undo()
    assert page.service.told_how.text() == ""
    assert page.service.told_price.text() == "12 EUR"
    page.undo()
    assert page.service.told_price.text() == ""
    assert not page.can_save()


def test_a_refusal_stands_at_its_question_and_nothing_typed_is_lost(
    qtbot, page, small_house
):
    page.add_question()
    page.form.editor.kind.set_value(FieldKind.CHOICE)
    page.form.editor._turned()
    qtbot.keyClicks(page.form.editor.label, "Kind")
    page.show_part(SERVICE)
    qtbot.mouseClick(page.head.save_button, LEFT)
    choices = page.form.editor._parts["choices"]
    qtbot.waitUntil(lambda: bool(choices.problem()), timeout=10_000)
    assert page.parts.currentWidget() is page.form
    assert choices.problem() == "Nothing can be chosen yet. Write at least one choice."
    assert page.form.editor.choices.hasFocus()
    for letter in "AB":
        qtbot.keyClicks(page.form.editor.choices, letter)
        qtbot.keyClick(page.form.editor.choices, Qt.Key.Key_Return)
    assert choices.problem() == ""
    saved(qtbot, page)
    assert stored(small_house).draft.fields[-4].choices == ("A", "B")


def test_saving_is_undone_from_the_bar(qtbot, page, window, small_house):
    page.show_part(FORM)
    page.form.choose(0)
    page.form.list.setFocus()
    qtbot.keyClick(page.form.list, Qt.Key.Key_Delete)
    saved(qtbot, page)
    assert len(stored(small_house).draft.fields) == 3
    window.undos[-1]()
    qtbot.waitUntil(lambda: len(stored(small_house).draft.fields) == 4, timeout=10_000)
    qtbot.waitUntil(lambda: len(labels(page)) == 4, timeout=10_000)


def test_a_new_service_is_written_and_then_offered(qtbot, page, window, small_house):
    page.new_service()
    assert page.service.name.hasFocus()
    qtbot.keyClicks(page.service.name, "Copy of a deed")
    assert page.list_pane.list.lines()[0].first == "Copy of a deed"
    page.show_part(CHECKS)
    qtbot.mouseClick(page.checks.add, LEFT)
    qtbot.keyClicks(page.checks.text, "Seal it")
    qtbot.mouseClick(page.checks.needed, LEFT, pos=QPoint(8, 14))
    saved(qtbot, page)
    qtbot.waitUntil(lambda: page.service_id > 0, timeout=10_000)
    kept = small_house.read(service_details, page.service_id).draft
    assert (kept.name, kept.unit_id) == (
        "Copy of a deed",
        small_house.units["Land registry"],
    )
    assert [(one.text, one.is_needed) for one in kept.checks] == [("Seal it", True)]
    qtbot.waitUntil(lambda: len(page.list_pane.list.lines()) == 4, timeout=10_000)


def test_who_saved_first_is_told_and_both_are_put_together(qtbot, page, small_house):
    typed(qtbot, page.service.told_price, "12 EUR")
    known = stored(small_house)
    small_house.me("Marko Ivić").run(
        save_service,
        known.service_id,
        replace(known.draft, told_how="By post"),
        expected_version=known.lock,
    )
    qtbot.mouseClick(page.head.save_button, LEFT)
    qtbot.waitUntil(lambda: bool(page.banners.words()), timeout=10_000)
    assert "somebody else" in " ".join(page.banners.words())
    assert page.service.told_price.text() == "12 EUR"
    (both,) = [
        one
        for one in page.banners.findChildren(Button)
        if one.words() == "Put mine onto theirs"
    ]
    qtbot.mouseClick(both, LEFT)
    saved(qtbot, page)
    kept = stored(small_house).draft
    assert (kept.told_how, kept.told_price) == ("By post", "12 EUR")


def test_what_is_not_saved_is_kept_while_another_service_is_looked_at(
    qtbot, page, small_house
):
    typed(qtbot, page.service.told_price, "12 EUR")
    other = small_house.services["Boundary correction"]
    page.choose(other)
    qtbot.waitUntil(lambda: page.service.name.text() == "Boundary correction")
    assert "not saved" in [line.right for line in page.list_pane.list.lines()]
    page.choose(small_house.services["Title extract"])
    assert page.service.told_price.text() == "12 EUR"


def test_hostile_words_stay_words_in_every_field(qtbot, page, small_house):
    page.window().resize(1100, 740)
    words = "".join(HOSTILE)[:4_000]
    for name in ("name", "told_when", "told_how", "told_price"):
        getattr(page.service, name).setText(words)
        page.service._tell(name)
    page.service.description.setPlainText(words)
    page.add_question()
    page.form.editor.label.setText("<b>x</b>\u202e\ud800")
    page.form.editor._tell("label")
    page.form.editor.hint.setText(words)
    page.form.editor._tell("hint")
    qtbot.mouseClick(page.head.save_button, LEFT)
    qtbot.waitUntil(lambda: not page.saving.is_busy, timeout=10_000)
    qtbot.waitUntil(lambda: not page.can_save(), timeout=10_000)
    assert stored(small_house).draft.fields[1].label.startswith("<b>x</b>")
    assert page.width() <= 1100


def test_ten_megabytes_pasted_are_cut_or_refused_in_words(qtbot, page):
    book = "x" * 10_000_000
    QApplication.clipboard().setText(book)
    for field in (page.service.name, page.service.description, page.service.synonyms):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_V, modifier=CONTROL)
        assert field.notice()
    QApplication.clipboard().clear()
