"""The inbox page, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.queries.notices import Inbox, InboxView, inbox
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import ask, take
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from ui.main_window import MainWindow
from ui.notices.inbox_page import InboxPage
from ui.notices.spec import PAGES
from ui.program import Program

CLERK, AGENT = "Jelena Marić", "Dušan Kovač"


@pytest.fixture
def page(
    seat: Seat, window: MainWindow, program: Program, small_house: SmallHouse, qtbot
) -> InboxPage:
    """Give the inbox of a clerk: asked a day ago, late since then; asked today."""
    for day in (9, 10):
        request = small_house.at(day, 9).raised(f"Parcel {day}")
        small_house.me(AGENT).run(take, request)
        small_house.run(ask, request, "Which parcel?")
    small_house.at(10, 10).run(sweep, small_house.now)
    program.features = replace(program.features, pages=lambda: PAGES)
    window.show()
    seat(CLERK)
    qtbot.waitExposed(window)
    window.navigate("inbox")
    shown = window.pages.currentWidget()
    assert isinstance(shown, InboxPage)
    qtbot.waitUntil(lambda: len(shown.model.section_rows()) == 2)
    return shown


def mine(house: SmallHouse) -> Inbox:
    return house.read(inbox, house.people[CLERK], house.now)


def shown(page: InboxPage) -> list[str]:
    rows = [page.model.entry(at) for at in range(page.model.rowCount())]
    return [f"{row.kind} {row.subject}" for row in rows if row is not None]


def test_notices_stand_by_day_the_newest_first(page: InboxPage) -> None:
    titles = [page.model.section_at(at).title for at in page.model.section_rows()]
    assert titles == ["Today", "Yesterday"]
    assert shown(page) == ["asked Parcel 10", "broken Parcel 9", "asked Parcel 9"]


def test_what_is_shown_beside_the_list_is_read(
    page: InboxPage, small_house: SmallHouse, qtbot
) -> None:
    qtbot.waitUntil(lambda: page.about.text() == "2 not read")
    assert [row.is_read for row in mine(small_house).rows] == [True, False, False]


def test_going_to_a_notice_shows_its_request_and_reads_it(
    page: InboxPage, small_house: SmallHouse, qtbot
) -> None:
    qtbot.waitUntil(lambda: page.pane.details is not None)
    qtbot.waitUntil(lambda: mine(small_house).unread == 2)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.pane.details.subject == "Parcel 9")
    qtbot.waitUntil(lambda: page.table.current_row().is_read)
    assert mine(small_house).unread == 1
    qtbot.keyClick(page.table, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: mine(small_house).unread == 2)


def test_all_are_read_and_that_is_taken_back(
    page: InboxPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    qtbot.waitUntil(lambda: page.about.text() == "2 not read")
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: mine(small_house).unread == 0)
    qtbot.waitUntil(lambda: window.undo_bar.words() == "2 marked as read.")
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: mine(small_house).unread == 2)


def test_a_chip_narrows_the_list(page: InboxPage, qtbot) -> None:
    qtbot.mouseClick(page.chips[InboxView.WARNINGS], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == ["broken Parcel 9"])
    qtbot.mouseClick(page.chips[InboxView.WORK], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.nothing)


def test_a_silence_is_listed_and_taken_back(
    page: InboxPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current_row().subject == "Parcel 9"
    qtbot.keyClick(page.table, Qt.Key.Key_Z)
    qtbot.waitUntil(page.silences.isVisible)
    assert page.silences.title.text() == "1 request silenced"
    assert [row.subject for row in mine(small_house).silenced] == ["Parcel 9"]
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: not page.silences.isVisible())
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(page.silences.isVisible)
    qtbot.mouseClick(page.silences.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: mine(small_house).silenced == ())
