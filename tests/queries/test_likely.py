"""What history makes likely for a request about to be sent, read from a workspace."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.domain import forecasts
from desktop.domain.forecasts import FEWEST
from desktop.domain.requests import PendingReason
from desktop.queries import likely as likely_module
from desktop.queries.likely import Alike, Likely
from desktop.queries.promise import promise_for
from desktop.use_cases.requests import hold, reopen, resolve
from tests.queries.test_counter import statements
from tests.small_house import ZONE, SmallHouse

FRONT, BACK = "Jelena Marić", "Dušan Kovač"


def likely(
    house: SmallHouse, service: str = "Title extract", priority: int = 3
) -> Likely | None:
    found = house.read(
        promise_for,
        house.services[service],
        front_unit_id=house.units["Central counter"],
        priority=priority,
        now=house.now,
    )
    assert found is not None
    return found.likely


def shown(house: SmallHouse, service: str = "Title extract", **more: int) -> Likely:
    found = likely(house, service, **more)
    assert found is not None
    return found


def worked(
    house: SmallHouse, count: int, minutes: float, *, day: int = 9, hour: int = 8
) -> SmallHouse:
    """Raise requests on a day of November; each is done after so many minutes."""
    for _ in range(count):
        house.at(day, hour)
        made = house.raised()
        house.me(BACK).later(minutes=minutes)
        house.run(resolve, made)
    return house.me(FRONT)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_requests_of_the_service_and_priority_are_compared_first(any_small_house):
    found = shown(worked(any_small_house, 20, 30).at(9, 10))
    assert (found.alike, found.n, found.eight_s) == (Alike.PRIORITY, 20, 30 * 60)
    assert found.eight_at == local(9, 10, 30)


def test_a_rare_priority_is_compared_with_the_whole_service(any_small_house):
    house = worked(any_small_house, 20, 30).at(9, 10)
    found = shown(house, priority=2)
    assert (found.alike, found.n, found.eight_s) == (Alike.SERVICE, 20, 30 * 60)


def test_a_new_service_is_compared_with_what_its_office_was_sent(any_small_house):
    house = worked(any_small_house, 20, 30).at(9, 10)
    found = shown(house, "Boundary correction")
    assert (found.alike, found.n, found.eight_s) == (Alike.OFFICE, 20, 30 * 60)
    assert (found.kept, found.judged) == (20, 20)
    assert sum(one.count for one in found.bins) == 20


def test_an_office_nobody_sent_anything_is_compared_with_the_house(any_small_house):
    house = worked(any_small_house, 30, 30).at(9, 10)
    found = shown(house, "Building permit")
    assert (found.alike, found.n, found.eight_s) == (Alike.HOUSE, 30, 30 * 60)
    # Nobody is told it as if it were usual here, nor that others kept their promises.
    assert (found.usual_at, found.judged) == (None, 0)


def test_what_was_seen_of_its_own_service_may_be_told_to_a_customer(any_small_house):
    found = shown(worked(any_small_house, 20, 30).at(9, 10))
    assert found.usual_at == found.eight_at


def test_what_is_only_reckoned_is_not_told_to_a_customer(any_small_house):
    house = worked(any_small_house, 12, 30)
    for _ in range(12):
        house.at(9, 8).raised()
    found = shown(house.at(9, 10))
    assert (found.n, found.unfinished, found.is_reckoned) == (24, 12, True)
    assert found.eight_s > 2 * 3600
    assert found.usual_at is None


def test_waiting_counts_since_the_customer_waits_too(any_small_house):
    house = worked(any_small_house, 15, 30)
    for _ in range(15):
        house.at(9, 8)
        made = house.raised()
        house.me(BACK).later(minutes=10)
        house.run(hold, made, PendingReason.CUSTOMER)
        house.at(9, 11)
        house.run(resolve, made)
    found = shown(house.me(FRONT).at(9, 11))
    assert (found.n, found.half_s, found.eight_s) == (30, 30 * 60, 3 * 3600)


def test_a_night_and_a_holiday_take_no_time(any_small_house):
    house = any_small_house
    for _ in range(20):
        house.at(10, 15, 30)
        made = house.raised()
        # Wednesday is a holiday: an hour of work later it is Thursday.
        house.me(BACK).at(12, 8, 30)
        house.run(resolve, made)
    found = shown(house.me(FRONT).at(12, 9))
    assert found.eight_s == 3600
    assert found.eight_at == local(12, 10)


def test_what_was_reopened_is_not_done(any_small_house):
    house = worked(any_small_house, 19, 30)
    house.at(9, 8)
    made = house.raised()
    house.me(BACK).later(minutes=30)
    house.run(resolve, made)
    assert shown(house.me(FRONT).at(9, 10)).unfinished == 0
    house.run(reopen, made, "Wrong parcel.")
    assert shown(house.at(9, 10)).unfinished == 1


def test_the_house_of_last_week_outweighs_that_of_last_month(any_small_house):
    house = worked(any_small_house, 60, 120, day=2)
    before = shown(house.at(3, 8))
    assert before.eight_s == 7200
    house = worked(house, 40, 15, day=24).at(24, 12)
    after = shown(house)
    assert (after.n, after.half_s, after.eight_s) == (100, 15 * 60, 15 * 60)


def test_nothing_from_before_half_a_year_is_compared(any_small_house):
    house = worked(any_small_house, 20, 30).at(9, 10)
    house.later(days=179)
    assert shown(house).since == local(9, 8)
    house.later(days=2)
    assert likely(house) is None


@pytest.mark.parametrize("most", [25, 30])
def test_of_very_many_only_some_are_read(any_small_house, monkeypatch, most):
    house = worked(any_small_house, 60, 30).at(9, 10)
    monkeypatch.setattr(forecasts, "MOST", most)
    monkeypatch.setattr(likely_module, "MOST", most)
    found = shown(house)
    assert FEWEST <= found.n <= most
    assert found.eight_s == 30 * 60
    assert found.judged == found.n


def test_a_full_ring_is_read_alone(any_small_house, monkeypatch):
    house = worked(any_small_house, 30, 30).at(9, 10)
    with statements(house) as seen:
        usual = shown(house)
    monkeypatch.setattr(forecasts, "FULL", 30)
    with statements(house) as fewer:
        assert shown(house) == usual
    # Three wider rings are neither counted nor read.
    assert len(seen) - len(fewer) == 6


def test_every_forecast_takes_the_same_statements(any_small_house):
    sent = []
    for count in (20, 20):
        house = worked(any_small_house, count, 30).at(9, 11)
        with statements(house) as seen:
            shown(house)
        sent.append(len(seen))
    assert sent[0] == sent[1]
