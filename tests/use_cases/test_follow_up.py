"""A held request is looked at again on its day, unless it moved on before."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Invalid
from desktop.domain.escalation import NoticeKind
from desktop.domain.requests import PendingReason
from desktop.entities.requests import Request
from desktop.queries.notices import inbox, is_sweep_due
from desktop.store.verification import verify
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import hold, resume, take
from desktop.use_cases.undoing import undo
from tests.small_house import SmallHouse

AGENT, OTHER = "Dušan Kovač", "Ana Petrović"


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give the small house with an agent at the desk."""
    return any_small_house.me(AGENT)


def held(house: SmallHouse) -> int:
    """Raise a request; who takes it holds it until Thursday at eight."""
    request = house.at(9, 9).raised()
    house.run(take, request)
    at = house.at(12, 8).now
    house.at(9, 10).run(hold, request, PendingReason.THIRD_PARTY, follow_up_at=at)
    return request


def follow_up(house: SmallHouse, request: int) -> object:
    return house.read(lambda session: session.get_one(Request, request).follow_up_at)


def told(house: SmallHouse, name: str) -> int:
    rows = house.read(inbox, house.people[name], house.now).rows
    return sum(row.kind is NoticeKind.FOLLOW_UP for row in rows)


def test_a_hold_keeps_its_day_and_going_on_empties_it(house: SmallHouse) -> None:
    request = held(house)
    assert follow_up(house, request) == house.at(12, 8).now
    house.at(10, 9).run(resume, request)
    assert follow_up(house, request) is None


def test_a_hold_taken_back_keeps_no_day(house: SmallHouse) -> None:
    request = held(house)
    house.run(undo, request)
    assert follow_up(house, request) is None


def test_whoever_holds_it_is_reminded_once_when_the_day_comes(
    house: SmallHouse,
) -> None:
    held(house)
    house.at(11, 9).run(sweep, house.now)
    assert told(house, AGENT) == 0
    assert house.read(is_sweep_due, house.at(12, 8, 1).now)
    house.run(sweep, house.now)
    house.at(12, 15).run(sweep, house.now)
    assert (told(house, AGENT), told(house, OTHER)) == (1, 0)


def test_a_day_that_is_over_is_refused_since_nobody_would_be_reminded(
    house: SmallHouse,
) -> None:
    request = house.at(9, 9).raised()
    house.run(take, request)
    with pytest.raises(Invalid, match="is_over"):
        house.run(hold, request, PendingReason.CUSTOMER, follow_up_at=house.now)
    assert follow_up(house, request) is None


def test_nobody_is_reminded_of_what_went_on_before(house: SmallHouse) -> None:
    request = held(house)
    house.at(10, 9).run(resume, request)
    house.at(12, 9).run(sweep, house.now)
    assert told(house, AGENT) == 0


def test_the_journal_and_the_row_agree(house: SmallHouse) -> None:
    held(house)
    assert not house.read(verify).differences
