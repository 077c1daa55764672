"""The promise budget adds the units' parts up and names the one that broke it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from desktop.domain.budgets import BrokenBy, wall_clock
from desktop.domain.errors import NotFound
from desktop.domain.requests import PendingReason, Side
from desktop.entities.requests import Request
from desktop.queries.budgets import BudgetView, promise_budget
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.requests import ask, hand_over, resolve, take
from tests.small_house import ZONE, SmallHouse

HOUR = 3600


def tell(house: SmallHouse, request_id: int, due: datetime | None) -> None:
    """Tell the customer by when it will be done."""

    def told(work: UnitOfWork) -> None:
        work.session.execute(
            update(Request).where(Request.id == request_id).values(told_due_at=due)
        )

    house.run(told)


def on(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def budget(house: SmallHouse, request_id: int) -> BudgetView:
    return house.read(promise_budget, request_id, house.now)


def test_parts_of_several_units_add_up(any_small_house: SmallHouse) -> None:
    house = any_small_house.at(9, 9)
    request = house.raised()
    tell(house, request, on(12, 16))
    house.me("Dušan Kovač").at(9, 10)
    house.run(take, request)
    house.run(hand_over, request, house.units["Building permits"], "By the map")
    house.me("Vesna Stojanović").at(9, 14)
    house.run(take, request)
    house.at(10, 9)
    house.run(resolve, request, "Done")
    found = budget(house, request)
    assert [(one.unit, one.used_s / HOUR) for one in found.parts] == [
        ("Land registry", 1),
        ("Building permits", 6.5),
    ]
    assert [one.target_s for one in found.parts] == [16 * HOUR, None]
    assert found.used_s == 7.5 * HOUR
    assert found.elapsed_s == 24 * HOUR
    assert (found.is_broken, found.broken_by) == (False, None)
    assert sum(one.share for one in found.parts) == pytest.approx(1)


def test_the_part_beyond_its_target_broke_it(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    tell(house, request, on(13, 10))
    house.me("Dušan Kovač").at(9, 10)
    house.run(take, request)
    found = budget(house.at(16, 9), request)
    assert found.is_broken
    assert (found.broken_by, found.why) == (0, BrokenBy.OVER_TARGET)
    assert found.parts[0].over_s > 0
    assert found.left_s is not None
    assert found.left_s < 0


def test_the_front_units_share_is_a_part_like_any_other(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    tell(house, request, on(9, 15))
    house.me("Dušan Kovač")
    house.run(take, request)
    house.at(9, 10)
    house.run(hand_over, request, house.units["Central counter"], "The form is empty")
    found = budget(house.at(9, 16), request)
    back, front = found.parts
    assert (back.side, front.side) == (Side.BACK, Side.FRONT)
    assert front.used_s == 5.5 * HOUR
    assert front.target_s == 4 * HOUR
    assert (found.broken_by, found.why) == (1, BrokenBy.OVER_TARGET)


def test_who_had_it_when_time_ran_out_is_named(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    tell(house, request, on(9, 12))
    house.me("Dušan Kovač")
    house.run(take, request)
    house.at(9, 11)
    house.run(ask, request, "Which parcel?")
    found = budget(house.at(9, 13), request)
    assert (found.broken_by, found.why) == (0, BrokenBy.HAD_IT)
    assert found.waiting_for is PendingReason.FRONT_OFFICE
    # What waited is not in what was used.
    assert found.parts[0].used_s == 2 * HOUR
    assert found.parts[0].waited_s == 1.5 * HOUR


def test_nothing_told_breaks_nothing(small_house: SmallHouse) -> None:
    request = small_house.at(9, 9).raised()
    tell(small_house, request, None)
    found = budget(small_house.at(20, 9), request)
    assert (found.told_due_at, found.left_s, found.is_broken) == (None, None, False)


def test_time_side_by_side_is_counted_once() -> None:
    start = on(9, 8)

    def span(begin: int, end: int) -> tuple[datetime, datetime]:
        return start + timedelta(hours=begin), start + timedelta(hours=end)

    assert wall_clock([span(0, 3), span(2, 5), span(7, 8)]) == timedelta(hours=6)


def test_a_request_that_is_not_there_is_refused(small_house: SmallHouse) -> None:
    with pytest.raises(NotFound):
        budget(small_house, 4711)
