"""Several customers, copies, templates, drafts, files, and what was raised lately."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QMenu
from sqlalchemy import select

from desktop.domain.forms import FieldKind, FieldSpec, Rules, ShownIf
from desktop.domain.requests import Audience, RequestState
from desktop.entities.attachments import Attachment
from desktop.queries.request_details import request_details
from desktop.use_cases.attachments import NewFile, attach
from tests.small_house import SmallHouse
from tests.ui.new_request.test_page import (
    CONTROL,
    choose,
    come,
    fill,
    requests,
    sent,
    window,
)
from tests.use_cases.test_catalogue import details, save
from ui.common.dialog import Dialog
from ui.new_request.template_dialog import TemplateDialog
from ui.new_request.templates_dialog import TemplatesDialog

__all__ = ["window"]

LEFT = Qt.MouseButton.LeftButton
LIST = "Goran Tadić\t064 555\nAna Babić\nMilan Ilić"


def save_rules(house: SmallHouse) -> None:
    """Let the form ask for a court, needed, only where the extract is full."""
    before = house.desk.actor
    fields = details(house).draft.fields
    court = FieldSpec(
        "",
        "Which court",
        FieldKind.TEXT,
        True,
        rules=Rules(ShownIf("extent", ("Full",))),
    )
    wanted = replace(fields[2], rules=Rules(earliest="today"))
    save(
        house,
        fields=(*fields[:2], court, wanted, *fields[3:]),
        told_how="By post",
        told_price="12 EUR",
    )
    house.desk.sign_in(before)


# ------------------------------------------------------------ the form's rules


def test_a_question_is_asked_when_an_answer_calls_for_it_and_only_then_needed(
    qtbot, window, small_house
):
    save_rules(small_house)
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    row = page.form.form.row("which_court")
    assert not row.isVisible()
    assert page.form.foot.state.text() == "Everything Land registry needs is here"
    extent = page.form.form.row("extent").input
    extent.setFocus()
    qtbot.keyClicks(extent, "F")
    extent.activated.emit(extent.currentIndex())
    assert row.isVisible()
    assert page.form.foot.state.text() == "Still needed: Which court"
    qtbot.keyClicks(row.input, "Lipovac")
    extent.setCurrentIndex(0)
    extent.activated.emit(0)
    assert not row.isVisible()
    qtbot.mouseClick(page.form.foot.send, LEFT)
    (made,) = sent(qtbot, small_house, 1)
    # What is not asked is not kept either.
    assert made.form == {"extent": "Short"}


def test_a_day_out_of_range_is_said_at_its_field(qtbot, window, small_house):
    save_rules(small_house)
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    row = page.form.form.row("wanted_on")
    row.set_value("2026-11-11")
    qtbot.mouseClick(page.form.foot.send, LEFT)
    assert row.problem() == "Choose Thu 12 Nov 2026 or later."
    assert requests(small_house) == []


def test_what_the_house_says_of_price_and_way_is_told_and_can_be_typed_over(
    qtbot, window, small_house
):
    save_rules(small_house)
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fields = page.pane.told_fields
    assert (fields.how.text(), fields.price.text()) == ("By post", "12 EUR")
    assert page.pane.words().endswith("By post. It costs 12 EUR.")
    fields.price.clear()
    qtbot.keyClicks(fields.price, "free")
    assert page.pane.words().endswith("It costs free.")
    qtbot.mouseClick(page.form.foot.send, LEFT)
    (made,) = sent(qtbot, small_house, 1)
    assert (made.told_how, made.told_price) == ("By post", "free")
    kept = small_house.read(
        request_details, made.id, reader_unit_id=None, now=small_house.now
    )
    assert (kept.told_how, kept.told_price) == ("By post", "free")


# ------------------------------------------------------------ several customers


def test_the_same_is_sent_for_several_customers_and_taken_back_at_once(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    page.form.form.row("_customer").input.setFocus()
    qtbot.keyClick(
        QApplication.focusWidget(),
        Qt.Key.Key_M,
        modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier,
    )
    field = page.form.form.row("_customers").input
    assert field.hasFocus()
    assert field.toPlainText() == ""
    QApplication.clipboard().setText(LIST)
    qtbot.keyClick(field, Qt.Key.Key_V, modifier=CONTROL)
    assert page.form.foot.send.words() == "Send 3 requests"
    qtbot.mouseClick(page.form.foot.send, LEFT)
    made = sent(qtbot, small_house, 3)
    assert [one.customer for one in made] == ["Goran Tadić", "Ana Babić", "Milan Ilić"]
    assert made[0].contact == "064 555"
    qtbot.waitUntil(lambda: bool(window.undos), timeout=10_000)
    assert window.told[-1] == "3 requests are sent: LR-0001 to LR-0003."
    assert not page.form.is_several()
    window.undos[-1]()
    qtbot.waitUntil(
        lambda: (
            {one.state for one in requests(small_house)} == {RequestState.CANCELLED}
        ),
        timeout=10_000,
    )
    qtbot.waitUntil(lambda: "taken back" in window.told[-1], timeout=10_000)


def test_who_was_typed_before_is_the_first_of_several(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Vera Kos")
    fill(qtbot, page, "_contact", "064 1")
    page.toggle_several()
    field = page.form.form.row("_customers").input
    assert field.toPlainText() == "Vera Kos; 064 1\n"
    qtbot.keyClicks(field, "Ana")
    assert page.form.foot.send.words() == "Send 2 requests"
    page.toggle_several()
    page.toggle_several()
    assert page.form.form.row("_customers").input.toPlainText().endswith("Ana")


def test_a_line_too_long_is_said_at_the_list_and_nothing_is_sent(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    page.toggle_several()
    page.form.form.row("_customers").set_value("Ana\n" + "x" * 300)
    qtbot.mouseClick(page.form.foot.send, LEFT)
    row = page.form.form.row("_customers")
    assert row.problem() == "Line 2 is too long. Shorten it to 200 letters."
    assert requests(small_house) == []


# ------------------------------------------------------------ alike


def test_what_was_raised_lately_is_shown_while_typing_and_opens_with_a_click(
    qtbot, window, small_house
):
    earlier = small_house.raised("Parcel 1184/2", customer="Goran Tadić")
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    alike = page.form.foot.alike
    assert not alike.isVisible()
    page.form.form.row("_customer").input.setFocus()
    fill(qtbot, page, "_customer", "goran tadic")
    qtbot.waitUntil(lambda: alike.isVisible(), timeout=10_000)
    (link,) = alike.links
    assert link.text().startswith("LR-0001  ·  Parcel 1184/2  ·  Goran Tadić")
    assert page.form.form.row("_customer").input.hasFocus()
    qtbot.mouseClick(link, LEFT)
    assert window.went[-1] == ("request", {"request_id": earlier})
    page.form.form.row("_customer").input.clear()
    qtbot.waitUntil(lambda: not alike.isVisible(), timeout=10_000)


# ------------------------------------------------------------ copies, templates


def test_one_like_an_earlier_one_keeps_what_was_typed_as_a_draft(
    qtbot, window, small_house
):
    earlier = small_house.raised(
        customer="Goran", form={"parcel": "1184/2", "extent": "Full"}, body="Twice"
    )
    page = come(qtbot, window)
    choose(qtbot, page, "permit")
    fill(qtbot, page, "_customer", "Ana")
    page.go_to(like=earlier)
    qtbot.waitUntil(lambda: page.form.common("_customer") == "Goran", timeout=10_000)
    qtbot.waitUntil(lambda: page.form.title.text() == "Title extract", timeout=10_000)
    assert page.form.own_answers() == {"parcel": "1184/2", "extent": "Full"}
    assert page.form.common("_body") == "Twice"
    assert page.search.drafts_button.words() == "1 more draft"
    qtbot.mouseClick(page.search.drafts_button, LEFT)
    (menu,) = page.search.drafts_button.findChildren(QMenu)
    (draft,) = menu.actions()
    assert draft.text().startswith("Building permit  ·  Ana")
    draft.trigger()
    menu.close()
    qtbot.waitUntil(lambda: page.form.title.text() == "Building permit", timeout=10_000)
    assert page.form.common("_customer") == "Ana"
    assert page.search.drafts_button.words() == "1 more draft"


def test_files_of_an_earlier_request_come_along_when_that_is_wanted(
    qtbot, window, small_house
):
    earlier = small_house.raised(form={"parcel": "1184/2", "extent": "Full"})
    small_house.me("Jelena Marić")
    files = [NewFile("plan.pdf", b"%PDF-1.7 plan"), NewFile("id.pdf", b"%PDF-1.7 id")]
    small_house.run(attach, earlier, files)
    internal = [NewFile("note.txt", b"for us")]
    small_house.run(attach, earlier, internal, audience=Audience.INTERNAL)
    page = come(qtbot, window)
    page.go_to(like=earlier)
    qtbot.waitUntil(lambda: bool(window.offered), timeout=10_000)
    assert page.form.kept_files() == []
    words, take = window.offered[-1]
    assert words == "Take its 2 files along"
    take()
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 2, timeout=10_000)
    fill(qtbot, page, "_customer", "Ana")
    qtbot.mouseClick(page.form.foot.send, LEFT)
    qtbot.waitUntil(lambda: len(requests(small_house)) == 2, timeout=10_000)
    names = small_house.read(
        lambda s: [
            one.name
            for one in s.scalars(select(Attachment).order_by(Attachment.id))
            if one.request_id != earlier
        ]
    )
    assert names == ["plan.pdf", "id.pdf"]


def test_a_template_is_saved_found_by_typing_and_fills_only_what_is_empty(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    page.form.form.row("extent").set_value("Full")
    fill(qtbot, page, "parcel", "77")
    page.beginnings.save_as_template()
    dialog = page.findChild(TemplateDialog)
    dialog.name.setText("For the bank")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return, modifier=CONTROL)
    qtbot.waitUntil(lambda: "For the bank" in str(window.told), timeout=10_000)
    page.drafting.forget()
    page.refresh()
    qtbot.waitUntil(
        lambda: any(one.template_id for one in page.search.hits()), timeout=10_000
    )
    page.search.field.setFocus()
    choose(qtbot, page, "bank")
    qtbot.waitUntil(
        lambda: page.form.own_answers() == {"parcel": "77", "extent": "Full"},
        timeout=10_000,
    )
    assert page.form.common("_customer") == ""
    page.form.form.row("parcel").set_value("88")
    # Going on to the service itself takes off what the template laid, not what I wrote.
    choose(qtbot, page, "title")
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    page.search.chosen.emit(
        next(one for one in page.search.hits() if one.template_id is None)
    )
    assert page.form.own_answers() == {"parcel": "88"}
    page.beginnings.manage_templates()
    qtbot.waitUntil(lambda: page.findChild(TemplatesDialog) is not None, timeout=10_000)
    listed = page.findChild(TemplatesDialog)
    qtbot.waitUntil(lambda: len(listed.buttons) == 1, timeout=10_000)
    (button,) = listed.buttons.values()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: not listed.buttons, timeout=10_000)
    listed.accept()
    assert [type(one) for one in page.findChildren(Dialog) if one.isVisible()] == []


# ------------------------------------------------------------ files


def test_files_go_with_the_request_and_outlive_a_restart(
    qtbot, window, small_house, sit_down, tmp_path
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    plan = tmp_path / "plan.txt"
    plan.write_text("a plan")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(plan))])
    assert page.form.well.take_mime(mime)
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 1, timeout=10_000)
    window.context.operations.closing.emit()
    plan.unlink()
    anew = come(qtbot, sit_down())
    qtbot.waitUntil(lambda: anew.form.service() is not None, timeout=10_000)
    assert [one.name for one in anew.form.kept_files()] == ["plan.txt"]
    (kept,) = anew.form.kept_files()
    qtbot.mouseClick(anew.form.foot.send, LEFT)
    (made,) = sent(qtbot, small_house, 1)
    stored = small_house.read(lambda s: s.scalars(select(Attachment)).one())
    assert (stored.request_id, stored.name) == (made.id, "plan.txt")
    qtbot.waitUntil(lambda: not kept.path.exists(), timeout=10_000)


@pytest.mark.parametrize("words", ["\ud800 lone", "\u202egnp.exe", "<b>x</b>", "=1+1"])
def test_hostile_words_in_every_field_are_sent_as_words(
    qtbot, window, small_house, words
):
    save_rules(small_house)
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    page.form.form.row("extent").set_value("Full")
    page.form.form._answered()
    for code in ("_customer", "_contact", "parcel", "which_court", "_body"):
        page.form.form.row(code).set_value(words)
    page.pane.told_fields.how.setText(words)
    page.pane.told_fields.price.setText(words)
    page._typed()
    page.leaving()
    qtbot.mouseClick(page.form.foot.send, LEFT)
    (made,) = sent(qtbot, small_house, 1)
    # Qt takes a lone surrogate out of what is typed, before it could hurt anybody.
    clean = words.replace("\ud800", "").strip()
    assert (made.customer, made.form["which_court"]) == (clean, clean)
    assert (made.told_how, made.told_price) == (clean, clean)
