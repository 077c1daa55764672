"""Names and words without an end: broken, cut with a sign, whole in tip and copy."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.forms import FieldKind, FieldSpec
from ui.common.buttons import MOST_WORDS, Button, Chip, SegmentedControl
from ui.common.flow_layout import FlowLayout
from ui.common.form import Form
from ui.common.inputs import CheckInput
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.menu import Menu
from ui.common.scroll_area import ScrollArea

ADDRESS = "https://example.invalid/" + "path/" * 40


def test_a_word_without_an_end_is_broken_at_the_edge_of_its_page(qtbot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(PlainLabel("W" * 10_000, wraps=True))
    area = ScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    assert page.width() <= area.viewport().width()
    assert page.height() > 2_000


def test_what_is_copied_from_a_broken_word_is_the_word(qtbot) -> None:
    label = PlainLabel(ADDRESS, wraps=True, selectable=True)
    qtbot.addWidget(label)
    label.resize(200, 200)
    label.show()
    assert label.text() == ADDRESS
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ADDRESS


def test_the_menu_of_a_text_selects_and_copies_it(qtbot) -> None:
    label = PlainLabel(ADDRESS, wraps=True, selectable=True)
    qtbot.addWidget(label)
    label.show()
    QGuiApplication.clipboard().clear()
    label.contextMenuEvent(_asking())
    copying, selecting = label.findChildren(Menu)[-1].actions()
    assert not copying.isEnabled()
    selecting.trigger()
    label.copy()
    assert QGuiApplication.clipboard().text() == ADDRESS
    plain = PlainLabel("words", parent=label)
    plain.contextMenuEvent(_asking())
    assert not plain.findChildren(Menu)


def _asking() -> QContextMenuEvent:
    at = QPoint(1, 1)
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at)


def test_a_name_on_a_button_is_cut_and_told_whole_by_its_tip(qtbot) -> None:
    name = "Office of " + "very " * 60
    button, chip = Button(name), Chip(name, count=3)
    segments = SegmentedControl([("a", "Mine"), ("b", name)], name="Whose")
    for one in (button, chip, segments):
        qtbot.addWidget(one)
        assert one.sizeHint().width() < MOST_WORDS + 120
    assert name.strip() in button.toolTip()
    assert name.strip() in chip.toolTip()
    short = Button("Save")
    qtbot.addWidget(short)
    assert not short.toolTip()


def test_a_box_to_tick_shrinks_beside_a_long_name_but_not_beside_our_words(
    qtbot,
) -> None:
    long, short = CheckInput("x" * 200), CheckInput("One after another")
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.addWidget(long)
    qtbot.addWidget(page)
    qtbot.addWidget(short)
    page.resize(400, 40)
    page.show()
    assert long.width() <= page.width() == 400
    assert "x" * 200 in long.toolTip()
    assert short.minimumSizeHint() == short.sizeHint()


def test_a_line_that_flows_cuts_what_is_longer_than_the_whole_line(qtbot) -> None:
    line = QWidget()
    flow = FlowLayout(line)
    words = ElidedLabel("words " * 100)
    flow.addWidget(words)
    qtbot.addWidget(line)
    line.resize(300, 60)
    line.show()
    assert words.width() == 300


def test_a_long_question_takes_lines_and_leaves_the_form_as_wide_as_it_was(
    qtbot,
) -> None:
    question = "What else there is to say of it and " * 5
    fields = [
        FieldSpec("a", question, FieldKind.TEXT, True),
        FieldSpec("b", "W" * 200, FieldKind.TEXT, True),
    ]
    form = Form(fields)
    qtbot.addWidget(form)
    form.resize(560, 400)
    form.show()
    assert form.width() == 560
    label = form.row("a").label
    assert label.text() == question
    assert label.height() >= label.heightForWidth(label.width())
