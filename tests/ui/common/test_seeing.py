"""Names offered while writing, rows not read yet, and who else looks at a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.queries.notices import inbox
from desktop.queries.seeing import unread_among
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import comment
from desktop.use_cases.seeing import begin_reading, see_requests
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from ui.common.cells import LinesCell
from ui.common.mentions import Mentions
from ui.common.seeing import Seeing
from ui.context import PageSpec
from ui.main_window import MainWindow
from ui.notices.feature import add_notices
from ui.notices.inbox_page import InboxPage
from ui.program import Program
from ui.request.requests_page import RequestsPage

AGENT, OTHER, CLERK = "Dušan Kovač", "Ana Petrović", "Jelena Marić"


@pytest.fixture
def requests(small_house: SmallHouse) -> list[int]:
    """Give two requests raised after the agent's reading counts."""
    small_house.at(9, 8).me(AGENT).run(begin_reading)
    return [small_house.at(9, 9).raised(f"Parcel {n}") for n in (1, 2)]


@pytest.fixture
def page(
    seat: Seat,
    window: MainWindow,
    program: Program,
    small_house: SmallHouse,
    requests: list[int],
    qtbot,
) -> RequestsPage:
    """Give the requests with the agent before it, the first request in the pane."""
    spec = PageSpec("requests", "list", "Requests", RequestsPage)
    program.features = replace(program.features, pages=lambda: [spec])
    window.show()
    seat(AGENT)
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), RequestsPage))
    shown = window.pages.currentWidget()
    assert isinstance(shown, RequestsPage)
    qtbot.waitUntil(lambda: shown.pane.details is not None)
    return shown


def is_bold(page: RequestsPage, request: int) -> bool:
    cell = page.model.cell(page.model.place_of(request), 1)
    assert isinstance(cell, LinesCell)
    return cell.bold


def test_rows_stand_out_until_they_are_looked_at(
    page: RequestsPage, small_house: SmallHouse, requests: list[int], qtbot
) -> None:
    shown = page.pane.details.id
    other = next(one for one in requests if one != shown)
    page.table.viewport().repaint()
    qtbot.waitUntil(lambda: is_bold(page, other))
    me = small_house.people[AGENT]

    def unread() -> frozenset[int]:
        return small_house.read(unread_among, me, requests, small_house.now)

    qtbot.waitUntil(lambda: unread() == {other}, timeout=15_000)
    qtbot.waitUntil(lambda: not is_bold(page, shown))
    small_house.at(9, 10).me(CLERK).run(comment, shown, "Is it done?")
    assert unread() == set(requests)


def test_a_key_marks_as_not_read_until_it_is_opened_again_and_ctrl_z_takes_it_back(
    page: RequestsPage,
    small_house: SmallHouse,
    requests: list[int],
    program: Program,
    window: MainWindow,
    qtbot,
) -> None:
    me = small_house.people[AGENT]

    def unread() -> frozenset[int]:
        return small_house.read(unread_among, me, requests, small_house.now)

    shown = page.pane.details.id
    page.table.viewport().repaint()
    qtbot.waitUntil(lambda: shown not in unread(), timeout=15_000)
    qtbot.waitUntil(lambda: not is_bold(page, shown))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: shown in unread())
    qtbot.waitUntil(lambda: is_bold(page, shown))
    page.pane._reread()
    seeing = Seeing.of(program.context)
    seeing.look(shown)
    assert not seeing._dwell.isActive()
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown not in unread())


def test_the_bell_and_the_inbox_follow_what_is_marked_as_not_read(
    page: RequestsPage,
    small_house: SmallHouse,
    requests: list[int],
    program: Program,
    window: MainWindow,
    qtbot,
) -> None:
    seen = page.pane.details.id
    small_house.at(9, 11).me(CLERK).run(comment, seen, f"@{AGENT}: is it done?")
    small_house.me(AGENT).run(sweep, small_house.now)
    small_house.run(see_requests, requests)
    add_notices(program.context, window)
    bell = window.top.bell
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.undo_bar.words() == "Marked as not read")
    qtbot.waitUntil(lambda: bell.count() == 1)
    inbox_page = InboxPage(program.context)
    qtbot.addWidget(inbox_page)
    qtbot.waitUntil(lambda: inbox_page.about.text() == "1 not read")
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bell.count() == 0)


def test_what_is_too_old_to_be_news_is_not_called_unread(
    page: RequestsPage, small_house: SmallHouse, window: MainWindow, qtbot
) -> None:
    small_house.instant += timedelta(days=40)
    page.table.setFocus()
    # Nothing in it is unread any more, so the key asks for that; it cannot be.
    qtbot.keyClick(page.table, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    said = "What is older than 30 days, or than your first day, is read."
    qtbot.waitUntil(lambda: window.undo_bar.words() == said)


def test_who_else_writes_is_said_in_pane_and_row(
    page: RequestsPage, small_house: SmallHouse, program: Program, qtbot
) -> None:
    request = page.pane.details.id
    presence = small_house.desk.presence
    ana = small_house.people[OTHER]
    presence.look(ana, request, small_house.now, is_writing=True)
    seeing = Seeing.of(program.context)
    seeing._again.timeout.emit()
    said = f"{OTHER} is writing …"
    qtbot.waitUntil(lambda: page.pane.company.text() == said)
    cell = page.model.cell(page.model.place_of(request), 0)
    assert isinstance(cell, LinesCell)
    assert cell.second == said
    presence.leave(ana, request)
    seeing._again.timeout.emit()
    qtbot.waitUntil(lambda: not page.pane.company.isVisible())


def test_others_see_that_i_look_and_write(
    page: RequestsPage, small_house: SmallHouse, qtbot
) -> None:
    presence, ana = small_house.desk.presence, small_house.people[OTHER]

    def seen() -> list[tuple[int, bool]]:
        found = presence.others(ana, small_house.now)
        return [(one.request_id, one.is_writing) for one in found]

    request = page.pane.details.id
    qtbot.waitUntil(lambda: seen() == [(request, False)])
    page.pane.composer.field.setFocus()
    qtbot.keyClicks(page.pane.composer.field, "Well")
    qtbot.waitUntil(lambda: seen() == [(request, True)])
    page.hide()
    qtbot.waitUntil(lambda: seen() == [])


def test_a_name_is_chosen_from_the_list_and_told(
    page: RequestsPage, small_house: SmallHouse, qtbot
) -> None:
    field = page.pane.composer.field
    field.setFocus()
    qtbot.keyClicks(field, "Please look, @pet")
    qtbot.waitUntil(lambda: offered(page) != [])
    assert offered(page)[0] == OTHER
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == f"Please look, @{OTHER} "
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: field.toPlainText() == "")
    small_house.run(sweep, small_house.now)
    rows = small_house.read(inbox, small_house.people[OTHER], small_house.now).rows
    assert [row.kind for row in rows] == ["mentioned"]


def offered(page: RequestsPage) -> list[str]:
    (mentions,) = page.pane.composer.field.findChildren(Mentions)
    if not mentions.completer.popup().isVisible():
        return []
    return mentions._model.stringList()
