"""What a calendar's change means for open requests: offered, given, taken back."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.calendars import Closure
from desktop.domain.errors import Conflict
from desktop.queries.calendars import preview_refund
from desktop.queries.lookups import calendars
from desktop.queries.proof import proof
from desktop.store.projection import clock_view
from desktop.store.verification import verify
from desktop.use_cases.calendars import (
    apply_refund,
    restore_calendar,
    save_calendar,
)
from desktop.use_cases.requests import resolve, take
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.test_calendars import (
    HOUR,
    TUESDAY,
    changed,
    due,
    flooded,
    last_clock,
    lock_of,
    spec_of,
)


def test_a_refund_mends_what_the_closure_broke(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    house.raised()
    house.at(9, 15)
    day = Closure(date(2026, 11, 9), date(2026, 11, 9), "Fire")
    changed(house, closures=[*spec_of(house).closures, day])
    found = house.read(preview_refund, house.calendar_id, house.now)
    assert found.mended == 1


def test_a_refund_may_be_given_to_some_requests_alone(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    given = house.run(
        apply_refund, house.calendar_id, expected_version=lock_of(house), only=[one]
    )
    assert (given.moved, due(house, one), due(house, other)) == (
        1,
        "13 10:00",
        "12 10:00",
    )
    view = house.read(proof, one, 2, house.now)
    assert (view.ground.calendar_version, view.reading.due_at) == (
        2,
        house.read(preview_refund, house.calendar_id, house.now).rows[0].due_after,
    )
    assert house.read(verify).is_sound
    # What is left is still offered; what was given is not offered again.
    offer = house.read(preview_refund, house.calendar_id, house.now)
    assert [row.request_id for row in offer.rows] == [other]


def test_some_given_a_change_while_saving_are_given_its_undoing_too(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    spec = spec_of(house)
    saved = house.run(
        save_calendar,
        house.calendar_id,
        replace(spec, closures=[*spec.closures, TUESDAY]),
        expected_version=lock_of(house),
        only=[one],
    )
    assert (due(house, one), due(house, other)) == ("13 10:00", "12 10:00")
    house.run(
        restore_calendar,
        house.calendar_id,
        saved.before,
        expected_version=saved.version,
        only=[one],
    )
    assert (due(house, one), due(house, other)) == ("12 10:00", "12 10:00")
    assert house.read(verify).is_sound


def test_what_was_done_before_a_refund_given_to_it_keeps_its_verdict(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    done = house.raised()
    house.me("Dušan Kovač").at(9, 10)
    house.run(take, done)
    house.at(9, 11)
    flooded(house)
    house.run(
        apply_refund, house.calendar_id, expected_version=lock_of(house), only=[done]
    )
    # The response was given before, the resolution after.
    assert house.read(proof, done, 1, house.now).ground.calendar_version == 1
    assert house.read(proof, done, 2, house.now).ground.calendar_version == 2
    house.at(9, 12)
    house.run(resolve, done, "Done")
    with pytest.raises(Conflict):
        house.run(
            apply_refund,
            house.calendar_id,
            expected_version=lock_of(house),
            only=[done],
        )
    assert house.read(verify).is_sound


def test_a_closure_added_later_is_offered_and_then_given(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    running = house.raised()
    assert due(house, running) == "12 10:00"
    house.at(9, 12)
    flooded(house)
    # Nothing moved yet, and everything agrees with the journal.
    assert due(house, running) == "12 10:00"
    assert house.read(verify).is_sound
    offer = house.read(preview_refund, house.calendar_id, house.now)
    assert (offer.requests, offer.looked_at) == (1, 1)
    last = offer.rows[-1]
    assert last.due_after is not None
    assert last.due_after.astimezone(ZONE).strftime("%d %H:%M") == "13 10:00"
    given = house.run(apply_refund, house.calendar_id, expected_version=lock_of(house))
    assert given.moved == 1
    assert due(house, running) == "13 10:00"
    assert house.read(verify).is_sound
    assert house.read(preview_refund, house.calendar_id, house.now).requests == 0


def test_closed_verdicts_stay_when_a_calendar_changes(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    done = house.raised()
    house.me("Dušan Kovač").at(10, 9)
    house.run(take, done)
    house.run(resolve, done, "Done")
    before = house.read(proof, done, 2, house.now)
    house.at(10, 12)
    flooded(house, refund=True)
    after = house.read(proof, done, 2, house.now)
    assert after.reading.used == before.reading.used
    assert after.ground.calendar_version == 1
    assert house.read(verify).is_sound


def test_a_running_clock_is_read_by_the_version_it_runs_under(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    house.at(9, 12)
    flooded(house)
    view = clock_view(house.read(last_clock, request))
    calendar = house.read(calendars)[house.calendar_id]
    # Tuesday counts for it, though the calendar as it is now is closed then.
    assert view.reading(calendar, house.at(10, 9).now).used.total_seconds() == (
        7.5 * HOUR
    )


def test_a_refund_is_taken_back_by_undoing_it(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    house.at(9, 10)
    saved = flooded(house, refund=True)
    assert due(house, request) == "13 10:00"
    house.at(9, 11)
    undone = house.run(
        restore_calendar,
        house.calendar_id,
        saved.before,
        expected_version=saved.version,
        refund=True,
    )
    assert due(house, request) == "12 10:00"
    assert TUESDAY not in spec_of(house).closures
    assert undone.version == saved.version + 1
    assert house.read(verify).is_sound
