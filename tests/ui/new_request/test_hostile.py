"""What hurts other programs: huge pastes and words that look like something else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.domain.forms import FieldKind
from desktop.entities.services import FormField, Service
from tests.ui.new_request.test_page import CONTROL, choose, come, fill, sent, window

__all__ = ["window"]


def test_ten_megabytes_pasted_anywhere_are_cut_or_refused_in_words(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    QGuiApplication.clipboard().setText("x" * 10_000_000)
    for code in ("_customer", "parcel", "_body"):
        field = page.form.form.row(code).input
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_V, modifier=CONTROL)
        assert field.notice()
    page.search.field.setFocus()
    qtbot.keyClick(page.search.field, Qt.Key.Key_V, modifier=CONTROL)
    assert len(page.search.field.text()) == 200
    QGuiApplication.clipboard().clear()
    assert len(page.form.common("_customer")) == 200
    assert page.form.common("_body") == ""


def test_hostile_words_stay_words(qtbot, window, small_house):
    words = "<img src=x> <b>bold</b> '; DROP TABLE request; --"

    def name(work) -> None:
        service = work.get(Service, small_house.services["Title extract"])
        service.name, service.synonyms = f"Title {words}", [words, "\u202e" * 40]
        work.session.add(
            FormField(
                service_id=service.id,
                position=9,
                code="odd",
                label=words,
                kind=FieldKind.TEXT,
                hint=words,
            )
        )

    small_house.run(name)
    page = come(qtbot, window, width=1184, height=744)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", words)
    page.form.form.row("odd").set_value(words)
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    (made,) = sent(qtbot, small_house, 1)
    assert (made.customer, made.form["odd"]) == (words, words)
    assert page.width() <= 1184
