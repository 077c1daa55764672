"""Two windows on one file: each follows the other, and disturbs nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.domain.requests import EntryKind
from desktop.queries.queue import QueueRow
from tests.end_to_end.conftest import Clock, Seat
from ui.counter.page import CounterPage
from ui.new_request.page import NewRequestPage
from ui.queue.queue_page import QueuePage

FOLLOWS_MS = 3000
"""What another window wrote is heard of within this time."""


def queue_of(seat: Seat) -> QueuePage:
    seat.window.navigate("queue")
    seat.settle()
    page = seat.page()
    assert isinstance(page, QueuePage)
    return page


def rows_of(page: QueuePage) -> dict[int, QueueRow]:
    entries = (page.model.entry(row) for row in range(page.model.rowCount()))
    return {one.id: one for one in entries if isinstance(one, QueueRow)}


def step(seat: Seat, page: QueuePage, request_id: int, kind: EntryKind) -> None:
    """Choose a request in a window and take a step that asks for nothing."""
    page.go_to(request_id=request_id)
    seat.settle()
    assert page.targets()[0].id == request_id
    assert seat.window.actions_known.run(f"queue.{kind.value}")


def hears(qtbot, seat: Seat):
    """Wait for a window to be told that somebody else wrote, not it itself."""
    operations = seat.program.operations
    assert operations is not None
    return qtbot.waitSignal(
        operations.changed,
        timeout=FOLLOWS_MS,
        check_params_cb=lambda _changes, initiator: initiator is None,
    )


def writing_field(page: QueuePage) -> QLineEdit | QPlainTextEdit:
    """Return where a word to the other side is written."""
    fields = [
        *page.pane.composer.findChildren(QPlainTextEdit),
        *page.pane.composer.findChildren(QLineEdit),
    ]
    return next(one for one in fields if one.isVisible())


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_a_queue_follows_what_the_colleague_takes_and_keeps_what_is_typed(
    open_seat: Callable[[str], Seat], qtbot
) -> None:
    theirs = open_seat("Dušan Kovač")
    their_queue = queue_of(theirs)
    mine = open_seat("Ana Petrović")
    my_queue = queue_of(mine)
    free = next(
        one.id for one in rows_of(their_queue).values() if one.assignee_id is None
    )
    other = next(one.id for one in rows_of(my_queue).values() if one.id != free)
    my_queue.go_to(request_id=other)
    mine.settle()
    field = writing_field(my_queue)
    field.setFocus()
    mine.type("Second pair of ey")
    scrolled = my_queue.table.verticalScrollBar().value()

    with hears(qtbot, mine):
        step(theirs, their_queue, free, EntryKind.TAKEN)

    # What was heard first may be that he has read it.
    def is_taken() -> bool:
        return rows_of(my_queue)[free].assignee == "Dušan Kovač"

    qtbot.waitUntil(is_taken, timeout=FOLLOWS_MS)
    mine.settle()
    assert mine.focused() is field
    assert text_of(field) == "Second pair of ey"
    assert my_queue.pane.request_id == other
    assert my_queue.table.current_row().id == other
    assert my_queue.table.verticalScrollBar().value() == scrolled


def test_of_two_windows_that_take_at_once_one_owns_and_one_is_told(
    open_seat: Callable[[str], Seat], qtbot
) -> None:
    theirs, mine = open_seat("Dušan Kovač"), open_seat("Ana Petrović")
    their_queue, my_queue = queue_of(theirs), queue_of(mine)
    free = next(
        one.id for one in rows_of(their_queue).values() if one.assignee_id is None
    )
    my_queue.go_to(request_id=free)
    mine.settle()
    step(theirs, their_queue, free, EntryKind.TAKEN)
    assert mine.window.actions_known.run("queue.taken")
    with hears(qtbot, mine):
        theirs.settle()
        mine.settle()
    mine.settle()
    # Both were sent at once: whoever was first owns it, the other is told who.
    owner = rows_of(my_queue)[free].assignee
    assert owner in {"Dušan Kovač", "Ana Petrović"}
    told = (mine if owner == "Dušan Kovač" else theirs).words()
    assert any(f"{owner} took this first." in one for one in told), told


def test_a_question_reaches_the_counter_while_a_request_is_being_written(
    open_seat: Callable[[str], Seat], qtbot, clock: Clock
) -> None:
    clerk, agent = open_seat("Sanja Lukić"), open_seat("Ana Petrović")
    clerk.window.navigate("counter")
    clerk.settle()
    counter = clerk.page()
    assert isinstance(counter, CounterPage)
    before = counter.badge()
    clerk.window.navigate("new_request")
    clerk.settle()
    page = clerk.page()
    assert isinstance(page, NewRequestPage)
    queue = queue_of(agent)
    clerk.uses()
    page.search.field.setFocus()
    clerk.type("residence")
    assert page.search.field.text() == "residence"
    mine = next(
        one.id
        for one in rows_of(queue).values()
        if one.pending is None and raised_by(agent, one.id) == "Sanja Lukić"
    )
    queue.go_to(request_id=mine)
    agent.settle()
    clock.later(minutes=1)

    from desktop.use_cases.requests import ask

    with hears(qtbot, clerk):
        agent.program.operations.write(ask, mine, "Which of the two?").start(queue)
    clerk.settle()

    assert clerk.focused() is page.search.field
    assert page.search.field.text() == "residence"
    assert clerk.window.pages.current_id == "new_request"
    clerk.window.navigate("counter")
    clerk.settle()
    assert counter.badge() == before + 1


def raised_by(seat: Seat, request_id: int) -> str:
    """Return who raised a request."""
    from desktop.queries.request_details import request_details

    desk = seat.program.opened.desk
    return desk.read(
        request_details, request_id, reader_unit_id=None, now=seat.clock.now
    ).requester


@pytest.mark.parametrize("closed_first", [0, 1])
def test_one_window_goes_and_the_other_works_on(
    open_seat: Callable[[str], Seat], closed_first: int
) -> None:
    seats = [open_seat("Dušan Kovač"), open_seat("Ana Petrović")]
    gone, stays = seats[closed_first], seats[1 - closed_first]
    page = queue_of(stays)
    gone.program.close()
    free = next(one.id for one in rows_of(page).values() if one.assignee_id is None)
    step(stays, page, free, EntryKind.TAKEN)
    stays.settle()
    assert rows_of(page)[free].assignee_id is not None
