"""How many statements a step takes: few, and no more for a longer history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from desktop.domain.requests import PendingReason
from desktop.queries.agreements import agreement_board
from desktop.queries.request_details import request_details
from desktop.use_cases.agreements import Parties, draft_agreement
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import hand_over, hold, resume, take
from tests.small_house import SmallHouse

RAISE = 13
TAKE = 11
DETAILS = 13
BOARD = 11


@contextmanager
def statements(house: SmallHouse) -> Iterator[list[str]]:
    """Note what the house's desk asks of its database, but for its connection's own."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("PRAGMA"):
            seen.append(statement)

    event.listen(house.desk.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(house.desk.store.engine, "before_cursor_execute", note)


def _raise(house: SmallHouse) -> int:
    house.me("Jelena Marić")
    draft = NewRequest(house.services["Title extract"], "Parcel 1184/2")
    return house.desk.run(raise_request, draft).value.id


def test_raising_takes_few_statements(small_house: SmallHouse) -> None:
    # The first ones find the rules uncompiled and the counter not there.
    _raise(small_house)
    with statements(small_house) as seen:
        _raise(small_house)
    assert len(seen) <= RAISE, seen
    assert not [one for one in seen if one.startswith("DELETE")]


def test_taking_takes_few_statements_however_long_the_history(
    small_house: SmallHouse,
) -> None:
    plain, storied = _raise(small_house), _raise(small_house)
    small_house.me("Dušan Kovač")
    permits = small_house.units["Building permits"]
    registry = small_house.units["Land registry"]
    desk = small_house.later(hours=1).desk
    for _ in range(5):
        desk.run(hold, storied, PendingReason.CUSTOMER, "No answer")
        desk.run(resume, storied)
    desk.run(hand_over, storied, permits, "Yours")
    small_house.me("Vesna Stojanović")
    desk.run(hand_over, storied, registry, "No, yours")
    small_house.me("Dušan Kovač")
    sent = []
    for one in (plain, storied):
        with statements(small_house) as seen:
            desk.run(take, one)
        sent.append(len(seen))
    # What it waited for is one statement more, however often it waited.
    assert sent[0] <= TAKE, sent
    assert sent[1] <= sent[0] + 1, sent


def test_a_request_is_read_in_few_statements_however_long_its_history(
    small_house: SmallHouse,
) -> None:
    request_id = _raise(small_house)
    desk = small_house.me("Dušan Kovač").desk
    reader = {"reader_unit_id": small_house.units["Land registry"]}
    sent = []
    # The first reading finds the rules uncompiled.
    desk.read(request_details, request_id, **reader, now=small_house.now)
    for _ in range(2):
        for _ in range(4):
            desk.run(hold, request_id, PendingReason.CUSTOMER, "No answer")
            desk.run(resume, request_id)
        with statements(small_house) as seen:
            desk.read(request_details, request_id, **reader, now=small_house.now)
        sent.append(len(seen))
    assert sent[0] == sent[1] <= DETAILS, sent


def test_the_agreements_take_as_many_statements_however_many_there_are(
    small_house: SmallHouse,
) -> None:
    def board() -> int:
        with statements(small_house) as seen:
            small_house.read(agreement_board, small_house.now)
        return len(seen)

    few = board()
    (first, *_) = small_house.read(agreement_board, small_house.now)
    terms = first[1].versions[0].terms
    small_house.me("Marko Ivić")
    for number in range(5):
        parties = Parties(None, first[1].back_unit_id)
        small_house.run(draft_agreement, f"Draft {number}", parties, terms)
    assert (board(), few <= BOARD) == (few, True)
