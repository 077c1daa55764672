"""What concerns one of sessions and actions stands in the same inbox, and opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.queries.notices import SESSION_KINDS_OF, SessionNoticeRow, inbox
from desktop.use_cases.action_reminders import remind
from desktop.use_cases.meeting_actions import add_action
from desktop.use_cases.notices import sweep
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from tests.use_cases.sittings import begun, series_of
from ui.action_board.page import ActionBoardPage
from ui.action_board.spec import PAGES as ACTIONS
from ui.main_window import MainWindow
from ui.meetings.minutes.page import MinutesPage
from ui.meetings.spec import PAGES as MEETINGS
from ui.notices.inbox_page import InboxPage
from ui.notices.session_words import TOLD
from ui.notices.spec import PAGES
from ui.program import Program

ME = "Dušan Kovač"


@pytest.fixture
def page(
    seat: Seat, window: MainWindow, program: Program, small_house: SmallHouse, qtbot
) -> InboxPage:
    """Give the inbox of somebody with an action due, told of it and reminded."""
    house = small_house
    series = series_of(house, begun(house))
    house.run(
        add_action, series, "Call", "T", date(2026, 11, 17), owner_id=house.people[ME]
    )
    house.at(17, 9).run(remind, house.now)
    pages = [*PAGES, *ACTIONS, *MEETINGS]
    program.features = replace(program.features, pages=lambda: pages)
    window.resize(1280, 800)
    window.show()
    seat(ME)
    qtbot.waitExposed(window)
    window.navigate("inbox")
    shown = window.pages.currentWidget()
    assert isinstance(shown, InboxPage)
    qtbot.waitUntil(lambda: rows(shown) != [])
    return shown


def rows(page: InboxPage) -> list[SessionNoticeRow]:
    found = [page.model.entry(at) for at in range(page.model.rowCount())]
    return [row for row in found if isinstance(row, SessionNoticeRow)]


def test_every_kind_has_a_sentence_and_a_place():
    placed = {kind for kinds in SESSION_KINDS_OF.values() for kind in kinds}
    assert placed <= set(TOLD)


def test_a_reminder_is_told_in_words_and_leads_to_its_action(
    page: InboxPage, window: MainWindow, qtbot
) -> None:
    kinds = [row.kind for row in rows(page)]
    assert kinds == ["action_due", "action_given", "agenda_published"]
    page.table.choose(rows(page)[0].notice_id)
    qtbot.waitUntil(lambda: page.beside.currentIndex() == 1)
    assert page.card.title.text() == "An action is due today"
    assert page.card.about.text() == "A-1 · Call · Counter and registry"
    qtbot.mouseClick(page.card.open_button, Qt.MouseButton.LeftButton)
    shown = window.pages.currentWidget()
    assert isinstance(shown, ActionBoardPage)
    qtbot.waitUntil(lambda: shown.table.current_row() is not None)
    assert shown.table.current_row().text == "Call"


def test_a_published_agenda_leads_to_its_session_whoever_one_is(
    page: InboxPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    notice = next(row for row in rows(page) if row.kind == "agenda_published")
    page.table.choose(notice.notice_id)
    page._open_row(notice)
    shown = window.pages.currentWidget()
    assert isinstance(shown, MinutesPage)
    qtbot.waitUntil(lambda: shown.board is not None)
    assert not shown.board.can_record
    assert shown.item.said.isReadOnly()


def test_reminders_of_an_action_are_silenced_until_its_day_changes(
    page: InboxPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    page.table.choose(rows(page)[0].notice_id)
    page.silence(until_moves=False)
    qtbot.waitUntil(lambda: window.undo_bar.can_undo())
    small_house.at(18, 9)
    assert small_house.run(remind, small_house.now) == 0
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: small_house.run(remind, small_house.now) == 1)


def test_all_are_marked_as_read_at_once(
    page: InboxPage, small_house: SmallHouse, qtbot
) -> None:
    small_house.run(sweep, small_house.now)
    page.read_all()
    me = small_house.people[ME]
    qtbot.waitUntil(lambda: small_house.read(inbox, me, small_house.now).unread == 0)
