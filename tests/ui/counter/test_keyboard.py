"""Where the keyboard is at the counter, and that what it typed is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.use_cases.requests import answer, confirm
from tests.ui.counter.test_page import come, day, holder, ids, panel
from ui.counter.spec import PAGES

__all__ = ["day"]


def test_without_a_question_the_keyboard_begins_in_the_first_row(
    qtbot, sit_down, day, small_house
):
    small_house.run(answer, day["asked"], "The one on Vinogradska.")
    window = sit_down()
    page = window.show(PAGES[0])
    page.head.setFocus()
    page.focusNextPrevChild(True)
    qtbot.waitUntil(lambda: page._view is not None, timeout=10_000)
    first, second, *_more = (one.view for one in page.needs_you.holders())
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second


def test_after_the_last_one_is_confirmed_the_keyboard_is_in_another_row(
    qtbot, sit_down, day, small_house
):
    small_house.run(answer, day["asked"], "The one on Vinogradska.")
    small_house.run(confirm, day["declined"])
    page = come(qtbot, sit_down())
    row = holder(page, day["done"])
    row.view.setFocus()
    qtbot.keyClick(row.view, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: day["done"] in ids(page.done_today), timeout=10_000)
    (first, *_rest) = page.on_the_way.holders()
    assert first.view.hasFocus()


def test_an_answer_begun_is_there_again_when_the_counter_is(qtbot, sit_down, day):
    page = come(qtbot, sit_down())
    qtbot.waitUntil(panel(page, day["asked"]).field.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "Vinogradska")
    page._context.operations.closing.emit()
    again = come(qtbot, sit_down())
    field = panel(again, day["asked"]).field
    assert field.toPlainText() == "Vinogradska"
    again._send(day["asked"], field.toPlainText())
    qtbot.waitUntil(lambda: holder(again, day["asked"]).panel is None)
    assert not again._kept.kept(f"answer {day['asked']}")
