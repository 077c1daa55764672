"""The chair presents in one program, the minute-taker types in another: one truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.queries.meetings import meeting_board, series_list
from desktop.queries.sitting import sitting
from desktop.use_cases.meetings import draft_agenda
from desktop.use_cases.sitting import begin_session
from tests.end_to_end.conftest import Clock, Seat
from ui.meetings.minutes.page import MinutesPage
from ui.meetings.sitting.window import SittingWindow

SERIES = "Central counter with Civil registry"
CHAIR, TAKER = "Vesna Horvat", "Jelena Marić"
FOLLOWS_MS = 3_000


def begin(seat: Seat, clock: Clock) -> tuple[int, datetime]:
    """Begin the next session of the series at its time; returns its id."""
    assert seat.program.opened is not None
    desk = seat.program.opened.desk
    series = next(
        one for one in desk.read(series_list, clock.now) if one.name == SERIES
    )
    assert series.next is not None
    meeting = series.next.id
    board = desk.read(meeting_board, meeting, clock.now)
    if not board.items:
        desk.run(draft_agenda, meeting, board.drafted)
    clock.now = series.next.starts_at
    desk.run(begin_session, meeting)
    return meeting, series.next.starts_at


def test_the_minute_taker_follows_the_chair_and_neither_loses_a_word(
    open_seat: Callable[[str], Seat], clock: Clock, qtbot
) -> None:
    chair = open_seat(CHAIR)
    meeting, _at = begin(chair, clock)
    taker = open_seat(TAKER)
    taker.window.navigate("minutes", meeting_id=meeting)
    taker.settle()
    page = taker.page()
    assert isinstance(page, MinutesPage)
    assert chair.program.context is not None
    screen = SittingWindow(chair.program.context, meeting)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.board is not None, timeout=FOLLOWS_MS)
    qtbot.waitUntil(lambda: page.board is not None, timeout=FOLLOWS_MS)
    first, second = (one.id for one in screen.board.items[:2])

    # Both type under the same item at the same moment.
    page.item.said.setFocus()
    page.item.said.insertPlainText("The taker's words")
    screen.write("note")
    screen.entry.line.setText("The chair's words")
    QTest.keyClick(screen.entry.line, Qt.Key.Key_Return)

    def told() -> str:
        desk = chair.program.opened.desk
        me = chair.program.context.me.person_id
        return desk.read(sitting, meeting, me, clock.now).items[0].item.said

    qtbot.waitUntil(lambda: "taker" in told() and "chair" in told(), timeout=8_000)
    qtbot.waitUntil(lambda: page.item.said.toPlainText() == told(), timeout=FOLLOWS_MS)

    # The chair goes on; the taker is told and stays where they are.
    page.item.said.insertPlainText(" and more")
    screen.go_by(1)
    qtbot.waitUntil(lambda: page.board.item_id == second, timeout=FOLLOWS_MS)
    assert page.item.item is not None
    assert page.item.item.id == first
    assert page.now_button.isVisible()

    # What the taker decides is on the screen within a moment.
    page.choose(second)
    page.write("decision")
    page.item.entry.line.setText("Decided by both")
    page.item.entry.save()
    qtbot.waitUntil(
        lambda: (
            [one.text for one in screen.board.items[1].decisions] == ["Decided by both"]
        ),
        timeout=FOLLOWS_MS,
    )
    assert "and more" in told()
    assert QApplication.activeModalWidget() is None
