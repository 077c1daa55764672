"""Forms: answers come out as the core takes them, and errors stand by the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Conflict
from desktop.domain.forms import FieldKind, FieldProblem, FieldSpec, problems_of
from ui.common.date_input import DateInput
from ui.common.dialog import Dialog
from ui.common.form import Form
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.typed_dates import date_in_order

FIELDS = [
    FieldSpec("who", "Customer", FieldKind.PERSON, is_needed=True),
    FieldSpec("note", "Note", FieldKind.LONG_TEXT),
    FieldSpec("extent", "Extent", FieldKind.CHOICE, True, "", ("Short", "Full")),
    FieldSpec("parts", "Parts", FieldKind.CHOICES, False, "", ("Map", "Owner")),
    FieldSpec("by", "Needed by", FieldKind.DATE),
    FieldSpec("copies", "Copies", FieldKind.NUMBER),
    FieldSpec("fee", "Fee", FieldKind.AMOUNT),
    FieldSpec("urgent", "Urgent", FieldKind.YES_NO),
]
ANSWERS = {
    "who": "Goran Tadić",
    "note": "For the bank",
    "extent": "Full",
    "parts": ["Owner"],
    "by": "2026-11-16",
    "copies": "2",
    "fee": "12.50",
    "urgent": False,
}


@pytest.fixture
def form(qtbot) -> Form:
    made = Form(FIELDS)
    qtbot.addWidget(made)
    return made


def test_answers_of_every_kind_come_back_as_given(form) -> None:
    form.set_values(ANSWERS)
    assert form.values() == ANSWERS
    assert problems_of(FIELDS, form.values()) == ()


def test_an_empty_form_answers_nothing_and_names_what_is_needed(form) -> None:
    assert form.values() == {}
    assert [spec.code for spec in form.missing()] == ["who", "extent"]


def test_a_decimal_comma_is_understood(form) -> None:
    form.row("fee").set_value("1 250,5")
    assert form.values()["fee"] == "1250.5"


def test_what_is_no_date_is_kept_as_typed_and_named(form) -> None:
    form.set_values({**ANSWERS, "by": "soon"})
    problems = problems_of(FIELDS, form.values())
    assert problems == (FieldProblem("by", "not_a_date"),)
    form.show_problems(problems)
    assert form.row("by").problem().startswith("Write a date")
    assert form.values()["by"] == "soon"


def test_writing_into_a_field_takes_its_complaint_back(form) -> None:
    form.show_problems([FieldProblem("who", "missing")])
    assert form.row("who").problem() == "This is needed."
    form.row("who").input.insert("A")
    assert form.row("who").problem() == ""


def test_another_form_keeps_what_fits_both(form) -> None:
    form.set_values(ANSWERS)
    form.set_fields([FIELDS[0], FieldSpec("note", "Note", FieldKind.TEXT)])
    assert form.values() == {"who": "Goran Tadić"}


def test_needed_is_a_word_the_screen_reader_hears(form) -> None:
    assert form.row("who").input.accessibleName() == "Customer, needed"


def test_a_refused_dialog_keeps_what_was_typed(qtbot) -> None:
    dialog = Dialog("Hold", submit="Hold it")
    qtbot.addWidget(dialog)
    line = LineInput()
    dialog.body.addWidget(line)
    dialog.open()
    line.setText("waiting for the sketch")
    dialog.set_busy(True)
    dialog.show_refusal(Conflict("stale"))
    assert dialog.isVisible()
    assert line.text() == "waiting for the sketch"
    assert dialog.problem().startswith("Somebody saved this first.")
    assert dialog.submit_button.isEnabled()


def test_a_busy_dialog_is_not_sent_twice(qtbot) -> None:
    dialog = Dialog("Hold", submit="Hold it")
    qtbot.addWidget(dialog)
    sent: list[bool] = []
    dialog.submitted.connect(lambda: sent.append(True))
    dialog.submit()
    dialog.set_busy(True)
    dialog.submit()
    assert sent == [True]


def test_ctrl_return_sends_a_dialog_from_whichever_field_has_the_keyboard(
    qtbot,
) -> None:
    dialog = Dialog("Save", submit="Save it")
    qtbot.addWidget(dialog)
    heard: list[str] = []
    listened = TextInput()
    listened.submitted.connect(lambda: heard.append("field"))
    fields = [LineInput(), listened, TextInput(), DateInput(), ChoiceInput([(1, "a")])]
    for field in fields:
        dialog.body.addWidget(field)
    dialog.submitted.connect(lambda: heard.append("dialog"))
    dialog.open()
    for field in fields:
        field.setFocus()
        held = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, held)
    assert heard == ["dialog", "field", "dialog", "dialog", "dialog"]


@pytest.mark.parametrize(
    "comes", [Dialog.accept, lambda dialog: dialog.show_refusal(Conflict("stale"))]
)
def test_what_is_kept_after_a_dialog_was_left_finds_it_gone(qtbot, comes) -> None:
    dialog = Dialog("Hold", submit="Hold it")
    dialog.open()
    dialog.set_busy(True)
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    comes(dialog)
    dialog.set_busy(False)
    assert not isValid(dialog)


def test_a_date_is_one_tab_and_its_calendar_a_key_away(qtbot) -> None:
    field = DateInput(name="Day")
    after = QLineEdit()
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.addWidget(field)
    layout.addWidget(after)
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    field.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert box.focusWidget() is after
    field.set_value("2026-05-16")
    field.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    (calendar,) = field.findChildren(QCalendarWidget)
    qtbot.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Right)
    qtbot.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    assert field.value() == "2026-05-17"
    assert box.focusWidget() is field.line


@pytest.mark.parametrize(
    ("typed", "pattern", "wanted"),
    [
        ("9/3/1984", "dd/MM/yyyy", "1984-03-09"),
        ("09.03.1984", "dd/MM/yyyy", "1984-03-09"),
        ("9. 3. 1984.", "dd.MM.yyyy.", "1984-03-09"),
        ("3/9/1984", "M/d/yyyy", "1984-03-09"),
        ("1984-3-9", "yyyy-MM-dd", "1984-03-09"),
        ("9/3/84", "dd/MM/yyyy", ""),
        ("31/2/1984", "dd/MM/yyyy", ""),
        ("9/3", "dd/MM/yyyy", ""),
        ("9th 3 1984", "dd/MM/yyyy", ""),
        ("", "dd/MM/yyyy", ""),
    ],
)
def test_a_date_is_read_however_it_is_separated(
    typed: str, pattern: str, wanted: str
) -> None:
    assert date_in_order(typed, pattern).toString(Qt.DateFormat.ISODate) == wanted
