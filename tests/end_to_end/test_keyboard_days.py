"""A clerk's and an agent's day, and what is asked back: nothing but keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop.domain.requests import EntryKind, PendingReason, RequestState
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.desk_sections import approvals_of
from tests.end_to_end.conftest import Clock, Seat
from tests.end_to_end.hands import (
    CTRL,
    MOST_TABS,
    SHIFT,
    Key,
    chooses,
    comes_back,
    details,
    goes,
    in_popup,
    sends,
    tabs_to,
    undo_words,
)
from ui.counter.page import CounterPage
from ui.counter.returns_dialog import ReturnsDialog
from ui.counter.row_view import RowView
from ui.new_request.page import NewRequestPage
from ui.queue.queue_page import QueuePage

AGENT, CLERK = "Ana Petrović", "Jelena Marić"


@pytest.fixture
def seat(open_seat: Callable[[str], Seat]) -> Seat:
    """Give a window with the clerk at it."""
    return open_seat(CLERK)


def raises(seat: Seat, customer: str) -> str:
    """Find the service by typing, fill its form, send; returns the reference."""
    seat.press(Key.Key_N, CTRL)
    page = seat.page()
    assert isinstance(page, NewRequestPage)
    seat.type("proof of adress")
    seat.press(Key.Key_Tab)
    assert page.form.service().name == "Residence certificate"
    for words in (customer, "064 555 310"):
        seat.type(words)
        seat.press(Key.Key_Tab)
    tabs_to(seat, "Date of birth")
    seat.type("1984-03-09")
    tabs_to(seat, "Address on the identity card")
    seat.type("Виноградска 14")
    seat.press(Key.Key_Return, CTRL)
    told = next((one for one in seat.words() if " is sent." in one), None)
    assert told is not None, seat.words()
    return told.split(" is sent.")[0]


def walks_to(seat: Seat, name: str) -> None:
    """Go into the rows of the counter with Tab, then by arrows to the one wanted."""
    assert isinstance(seat.page(), CounterPage)
    for _time in range(MOST_TABS):
        if isinstance(seat.focused(), RowView):
            break
        seat.press(Key.Key_Tab)
    passed = []
    for step in (Key.Key_Up, Key.Key_Down):
        for _row in range(60):
            before = seat.focused()
            passed.append(before.accessibleName())
            if name in passed[-1]:
                return
            seat.press(step)
            if seat.focused() is before:
                break
    raise AssertionError(f"{name} is not reached by the arrows, only {passed}")


def test_a_clerks_day(seat: Seat, clock: Clock) -> None:
    asked, liked = raises(seat, "Milica Antić"), raises(seat, "Goran Tomić")

    clock.later(minutes=5)
    seat.sits(AGENT)
    goes(seat, asked)
    seat.press(Key.Key_T)
    seat.press(Key.Key_A)
    sends(seat, "Which of the two addresses?")
    goes(seat, liked)
    seat.press(Key.Key_R)
    sends(seat, "Printed and stamped.")

    clock.later(minutes=5)
    seat.sits(CLERK)
    goes(seat, "Counter")
    walks_to(seat, "Milica Antić")
    # The first question is open already: its field follows its row.
    tabs_to(seat, "Your answer")
    seat.type("The one on Vinogradska.")
    seat.press(Key.Key_Return, CTRL)
    assert details(seat, asked).state is RequestState.ACTIVE

    walks_to(seat, "Goran Tomić")
    seat.press(Key.Key_C, SHIFT)
    found = details(seat, liked)
    assert found.state is RequestState.CLOSED
    assert "could not be better" in undo_words(seat)

    seat.press(Key.Key_Z, CTRL)
    goes(seat, liked)
    goes(seat, "Reopen")
    sends(seat, "One of two copies is missing.")
    assert details(seat, liked).state is RequestState.ACTIVE


def refs(seat: Seat, service: str, unit: str) -> list[str]:
    """Return open requests of a unit for a service that wait for nobody."""
    desk = seat.program.opened.desk
    return desk.read(
        lambda session: list(
            session.scalars(
                select(Request.reference)
                .join(Service, Service.id == Request.service_id)
                .join(Unit, Unit.id == Request.unit_id)
                .where(
                    Service.name == service,
                    Unit.name == unit,
                    Request.state.in_((RequestState.NEW, RequestState.ACTIVE)),
                )
                .order_by(Request.id)
            )
        )
    )


def test_an_agents_day(open_seat: Callable[[str], Seat]) -> None:
    seat = open_seat(AGENT)
    page = goes(seat, "Queue")
    assert isinstance(page, QueuePage)
    seat.press(Key.Key_N)
    assert undo_words(seat).endswith("is yours")
    mine = undo_words(seat).split()[0]
    assert details(seat, mine).assignee == AGENT
    seat.press(Key.Key_Z, CTRL)
    assert details(seat, mine).assignee != AGENT
    goes(seat, mine)
    seat.press(Key.Key_T)
    assert details(seat, mine).assignee == AGENT

    ask_in_canned_words(seat, mine)
    seat.press(Key.Key_Z, CTRL)
    assert details(seat, mine).state is RequestState.ACTIVE

    seat.press(Key.Key_H)
    chooses(seat, "waits for the customer")
    tabs_to(seat, "Look again on")
    seat.type("2026-05-12")
    sends(seat)
    held = details(seat, mine)
    assert held.pending is PendingReason.CUSTOMER
    told = [one.details for one in held.entries if one.kind is EntryKind.HELD]
    assert told[-1] == {"follow_up_at": "2026-05-12T06:00:00+00:00"}
    seat.press(Key.Key_G)
    assert details(seat, mine).pending is None

    page = goes(seat, "Queue")
    resolve_three_and_undo(seat)

    goes(seat, mine)
    seat.press(Key.Key_O)
    chooses(seat, "Building permits")
    tabs_to(seat, "Person")
    chooses(seat, "Tamara")
    tabs_to(seat, "Why")
    sends(seat, "She has the plans.")
    assert details(seat, mine).assignee == "Tamara Jovanović"


def ask_in_canned_words(seat: Seat, reference: str) -> None:
    """Ask the front office in words kept a moment ago."""
    seat.press(Key.Key_A)
    asking = seat.focused()
    seat.press(Key.Key_Space, CTRL)
    # None is kept yet, or others are: a new one is chosen as soon as it is kept.
    tabs_to(seat, "New")
    seat.press(Key.Key_Space)
    seat.type("Spelling")
    tabs_to(seat, "Text")
    seat.type("How is {customer} spelt?")
    seat.press(Key.Key_Return, CTRL)
    comes_back(seat)
    seat.press(Key.Key_Return)
    comes_back(seat)
    assert seat.focused() is asking
    sends(seat)
    found = details(seat, reference)
    assert found.pending is PendingReason.FRONT_OFFICE
    assert f"How is {found.customer} spelt?" in [one.text for one in found.entries]


def resolve_three_and_undo(seat: Seat) -> None:
    """Choose three rows of the queue by keys, end them at once, and take it back."""
    page = seat.page()
    assert isinstance(page, QueuePage)
    if not page.table.hasFocus():
        tabs_to(seat, "Queue")
    seat.press(Key.Key_Home)
    seat.press(Key.Key_Down)
    for _row in range(page.model.rowCount()):
        if len(page.table.selected_rows()) == 3:
            break
        seat.press(Key.Key_Down, SHIFT)
    chosen = [one.reference for one in page.targets()]
    assert len(chosen) == 3, page.model.rowCount()
    before = [details(seat, one).state for one in chosen]
    seat.press(Key.Key_R)
    sends(seat, "Printed together.")
    assert {details(seat, one).state for one in chosen} == {RequestState.RESOLVED}
    assert undo_words(seat) == "3 requests are resolved"
    seat.press(Key.Key_Z, CTRL)
    assert [details(seat, one).state for one in chosen] == before


def test_what_an_agent_does_beside_the_plain_steps(
    open_seat: Callable[[str], Seat],
) -> None:
    seat = open_seat("Tamara Jovanović")
    case = refs(seat, "Building permit, small works", "Building permits")[0]
    other = refs(seat, "Location terms", "Building permits")[0]
    goes(seat, case)
    tabs_to(seat, "Parcel compared with the cadastre")
    seat.press(Key.Key_Space)
    assert details(seat, case).entries[-1].kind is EntryKind.CHECKED

    tabs_to(seat, "Write to the front office")
    seat.type("See the deed, @vlad")
    seat.press(Key.Key_Return)
    seat.press(Key.Key_Return, CTRL)
    assert details(seat, case).entries[-1].text == "See the deed, @Vladimir Stojanović"

    tabs_to(seat, "Public")
    seat.press(Key.Key_V)
    seat.type("V")
    in_popup(seat, Key.Key_L, "l")
    in_popup(seat, Key.Key_Return)
    tabs_to(seat, "What is to be decided")
    sends(seat, "May the wall be 1.9 m?")
    asked = seat.program.opened.desk.read(approvals_of, details(seat, case).id)
    assert [one.approver for one in asked] == ["Vladimir Stojanović"]
    assert details(seat, case).pending is PendingReason.APPROVAL

    goes(seat, other)
    seat.press(Key.Key_L)
    seat.type(case)
    seat.press(Key.Key_Down)
    seat.press(Key.Key_Return)
    sends(seat)
    assert details(seat, other).entries[-1].kind is EntryKind.LINKED

    seat.press(Key.Key_S, SHIFT)
    chooses(seat, "Finance")
    tabs_to(seat, "What")
    seat.type("Check that the fee is paid")
    sends(seat)
    assert details(seat, other).entries[-1].kind is EntryKind.SPLIT


def test_what_is_asked_back_is_answered_resolved_and_counted(
    seat: Seat, clock: Clock
) -> None:
    reference = raises(seat, "Ксения Орлова")
    clock.later(minutes=5)
    seat.sits(AGENT)
    goes(seat, reference)
    seat.press(Key.Key_T)
    seat.press(Key.Key_A)
    words = seat.focused()
    tabs_to(seat, "Why it comes back", back=True)
    chooses(seat, "A fact")
    tabs_to(seat, words.accessibleName())
    sends(seat, "Which floor is it on?")
    assert details(seat, reference).pending is PendingReason.FRONT_OFFICE

    clock.later(minutes=5)
    seat.sits(CLERK)
    goes(seat, reference)
    seat.press(Key.Key_W)
    sends(seat, "The second.")
    seat.sits(AGENT)
    goes(seat, reference)
    seat.press(Key.Key_R)
    sends(seat, "Printed and stamped.")

    seat.sits(CLERK)
    goes(seat, "Counter")
    seat.press(Key.Key_Escape)
    walks_to(seat, "Ксения")
    seat.press(Key.Key_B)
    shown = seat.dialog()
    assert isinstance(shown, ReturnsDialog)
    assert shown.found is not None
    assert any(one.reference == reference for one in shown.found.rows)
