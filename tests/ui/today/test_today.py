"""The day's page, by keys: sections, what opens, and the count in the rail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.use_cases.requests import comment, resolve, take
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from ui.context import PageSpec
from ui.main_window import MainWindow
from ui.program import Program
from ui.today.columns import key_of
from ui.today.page import MEASURE, TodayPage

AGENT, CLERK = "Dušan Kovač", "Jelena Marić"


class Paper(QWidget):
    """Stands for the request's page: notes what it was sent."""

    def __init__(self, places: list[dict[str, object]]) -> None:
        super().__init__()
        self._places = places

    def go_to(self, **what: object) -> None:
        self._places.append(what)


@pytest.fixture
def went() -> list[dict[str, object]]:
    """Give what the request's page was sent."""
    return []


@pytest.fixture
def page(
    seat: Seat,
    window: MainWindow,
    program: Program,
    small_house: SmallHouse,
    went: list[dict[str, object]],
    qtbot,
) -> TodayPage:
    """Give the day of an agent: one request is overdue, one due later today."""
    for minute, subject in ((0, "Late"), (30, "Soon late")):
        request = small_house.at(9, 9, minute).raised(subject)
        small_house.me(AGENT).run(take, request)
    small_house.at(12, 10, 15)
    specs = [
        PageSpec("today", "sun", "Today", TodayPage),
        PageSpec("request", "list", "Request", lambda _: Paper(went), in_rail=False),
    ]
    program.features = replace(program.features, pages=lambda: specs)
    window.show()
    seat(AGENT)
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), TodayPage))
    shown = window.pages.currentWidget()
    assert isinstance(shown, TodayPage)
    qtbot.waitUntil(lambda: len(shown.model.section_rows()) == 2)
    return shown


def titles(page: TodayPage) -> list[str]:
    rows = page.model.section_rows()
    return [page.model.section_at(row).title for row in rows]


def test_the_day_is_laid_out_and_counted(page: TodayPage) -> None:
    assert titles(page) == ["Overdue", "Due today"]
    assert page.badge() == 2
    assert "12" in page.about.text()


def test_enter_opens_the_request_and_comes_back_here(
    page: TodayPage, small_house: SmallHouse, went: list[dict[str, object]], qtbot
) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [{"request_id": page.table.current_row().id, "back": "today"}]


def test_what_is_done_leaves_the_day(
    page: TodayPage, program: Program, small_house: SmallHouse, qtbot
) -> None:
    late = page.table.current_row().id
    program.context.operations.write(resolve, late, "Here it is.").start(page)
    qtbot.waitUntil(lambda: titles(page) == ["Due today"])
    assert page.badge() == 1


def test_a_day_with_nothing_says_so(
    page: TodayPage, program: Program, small_house: SmallHouse, qtbot
) -> None:
    rows = [page.model.entry(at) for at in range(page.model.rowCount())]
    for row in rows:
        if row is not None:
            write = program.context.operations.write(resolve, row.id, "Done.")
            write.start(page)
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.nothing)


def test_a_wide_window_shows_the_coming_days_beside_this_one(
    page: TodayPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    request = small_house.at(12, 10, 16).raised("Much later", priority=3)
    small_house.me(AGENT).run(take, request)
    page.reread()
    qtbot.waitUntil(lambda: titles(page)[-1] == "Yours, later")
    late = page.chosen()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: page.later.table.isVisible())
    assert "Yours, later" not in titles(page)
    assert page.chosen() == late
    ends = page.later.table.mapTo(page, page.later.table.rect().topRight()).x()
    assert ends > page.width() - 40
    assert page.table.width() <= MEASURE
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert page.later.table.hasFocus()
    assert page.chosen().id == request
    assert page.table.current_row() is None
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not page.later.table.isVisible())
    assert page.table.current_row().id == request


def test_what_others_wrote_stands_out(
    page: TodayPage, small_house: SmallHouse, qtbot
) -> None:
    row = page.table.current_row()
    place = page.model.place_of(key_of(row))
    small_house.at(12, 10, 20).me(CLERK).run(comment, row.id, "She waits here.")
    page._beat()
    qtbot.waitUntil(lambda: page.model.cell(place, 1).bold)
    assert place == page.model.place_of(key_of(row))
