"""Fields: pastes are capped quickly, and what was cut is said."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from ui.common.inputs import BODY_LIMIT, LINE_LIMIT, ChoiceInput, LineInput, TextInput


def pasted(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def test_a_ten_megabyte_paste_is_refused_at_once_and_in_words(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    field.setPlainText("kept")
    field.show()
    data = pasted("x" * 10_000_000)
    began = time.perf_counter()
    field.insertFromMimeData(data)
    took = time.perf_counter() - began
    assert took < 0.1
    assert field.toPlainText() == "kept"
    assert field.notice().startswith("Too long to paste: at most 100")


def test_one_endless_line_is_refused_in_other_words(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    field.insertFromMimeData(pasted("x" * (LINE_LIMIT + 1)))
    assert field.toPlainText() == ""
    assert field.notice().startswith("One line of this is too long.")


def test_a_paste_that_fits_is_taken_and_clears_the_notice(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    field.insertFromMimeData(pasted("x" * 10_000_000))
    field.insertFromMimeData(pasted("a\nb"))
    assert field.toPlainText() == "a\nb"
    assert field.notice() == ""


def test_two_pastes_together_do_not_pass_the_limit(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    half = "\n".join(["x" * 99] * (BODY_LIMIT // 200))
    field.insertFromMimeData(pasted(half))
    field.insertFromMimeData(pasted(half + half))
    assert field.toPlainText() == half


def test_markup_is_pasted_as_text(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("<b>bold</b>")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "<b>bold</b>"


@pytest.mark.parametrize("how", ["pasted", "typed", "set"])
def test_a_line_that_is_cut_says_so(how: str, qtbot) -> None:
    field = LineInput(limit=5)
    qtbot.addWidget(field)
    if how == "pasted":
        field.insert("far too long")
    elif how == "typed":
        qtbot.keyClicks(field, "far too long")
    else:
        field.setText("far too long")
    assert (field.text(), field.notice()) == ("far t", "shortened to 5")


def test_the_word_shortened_goes_when_there_is_room_again(qtbot) -> None:
    field = LineInput(limit=5)
    qtbot.addWidget(field)
    field.setText("far too long")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.notice() == ""


def test_a_line_of_the_full_length_is_not_called_shortened(qtbot) -> None:
    field = LineInput(limit=5)
    qtbot.addWidget(field)
    field.setText("exact")
    assert field.notice() == ""


def test_georgian_and_cyrillic_are_typed_like_latin(qtbot) -> None:
    field = LineInput()
    qtbot.addWidget(field)
    for text in ("ნ", "ђ"):
        QTest.sendKeyEvent(
            QTest.KeyAction.Click,
            field,
            Qt.Key.Key_unknown,
            text,
            Qt.KeyboardModifier.NoModifier,
        )
    assert field.text() == "ნђ"


def test_ctrl_return_sends_from_a_text(qtbot) -> None:
    field = TextInput()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.submitted):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_choice_is_kept_while_it_is_offered(qtbot) -> None:
    field = ChoiceInput([(1, "One"), (2, "Two")])
    qtbot.addWidget(field)
    field.set_value(1)
    field.set_options([(1, "One"), (3, "Three")])
    assert field.value() == 1
    field.set_options([(3, "Three")])
    assert field.value() is None
