"""A clock says what is used, what is left, when it ends, and never a blank."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ClockState, Pause, ServiceClock
from desktop.domain.errors import Invalid

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CALENDAR = ServiceCalendar(
    CalendarSpec("UTC", {day: [(8 * 3600, 18 * 3600)] for day in range(5)})
)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """Give an instant of November 2026; the 9th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


MONDAY = on(9, 8)


def clock(
    *pauses: Any,
    start: datetime = MONDAY,
    stop: datetime | None = None,
    hours: int = 4,
) -> ServiceClock:
    """Make a clock of four hours from Monday morning."""
    return ServiceClock(CALENDAR, hours * HOUR, start, pauses, stop)


def test_a_running_clock_says_what_is_left_and_when_it_ends() -> None:
    reading = clock().reading(on(9, 10))

    assert reading.state is ClockState.RUNNING
    assert (reading.used, reading.left, reading.late) == (2 * HOUR, 2 * HOUR, 0 * HOUR)
    assert (reading.due_at, reading.at_risk_at) == (on(9, 12), on(9, 11))
    assert (reading.breached_at, reading.is_at_risk) == (None, False)


def test_a_clock_is_at_risk_from_the_share_agreed() -> None:
    assert clock().reading(on(9, 11)).is_at_risk
    assert not clock().reading(on(9, 10, 59)).is_at_risk
    assert clock().reading(on(9, 10), warn_share=0.5).is_at_risk


def test_a_held_clock_shows_what_is_left_and_no_due_time() -> None:
    reading = clock(Pause(on(9, 9))).reading(on(12, 9))

    assert reading.state is ClockState.PAUSED
    assert (reading.used, reading.left) == (HOUR, 3 * HOUR)
    assert (reading.due_at, reading.at_risk_at) == (None, None)


def test_a_clock_held_after_the_warning_is_still_at_risk() -> None:
    reading = clock(Pause(on(9, 11, 30))).reading(on(9, 17))

    assert (reading.state, reading.is_at_risk) == (ClockState.PAUSED, True)
    assert reading.at_risk_at == on(9, 11)


def test_a_hold_moves_the_due_time_by_its_open_time_only() -> None:
    overnight = clock(Pause(on(9, 11), on(10, 9)))

    assert overnight.due_at(on(10, 9)) == on(10, 10)
    assert overnight.elapsed(on(10, 9)) == 3 * HOUR


def test_a_hold_outside_hours_changes_nothing() -> None:
    assert clock(Pause(on(9, 18), on(10, 8)), hours=12).due_at(on(10, 8)) == on(10, 10)


def test_overlapping_holds_count_once_in_any_order() -> None:
    holds = [
        Pause(on(9, 10), on(9, 11)),
        Pause(on(9, 9), on(9, 10, 30)),
        Pause(on(9, 9, 15), on(9, 9, 45)),
    ]

    assert clock(*holds).due_at(on(9, 11)) == on(9, 14)
    assert clock(*reversed(holds)).due_at(on(9, 11)) == on(9, 14)


def test_empty_and_reversed_holds_and_those_before_the_start_are_nothing() -> None:
    odd = clock(
        Pause(on(9, 9), on(9, 9)),
        Pause(on(9, 11), on(9, 10)),
        Pause(on(2, 9), on(3, 9)),
    )

    assert odd.due_at(on(9, 9)) == on(9, 12)
    assert odd.reading(on(9, 9)).state is ClockState.RUNNING


def test_a_hold_reaching_over_the_start_holds_from_the_start() -> None:
    late_start = clock(Pause(on(6, 9), on(9, 9)))

    assert late_start.reading(on(9, 8, 30)).state is ClockState.PAUSED
    assert late_start.due_at(on(9, 9)) == on(9, 13)


def test_what_begins_later_is_not_known_yet() -> None:
    planned = clock(Pause(on(9, 10), on(9, 11)), stop=on(9, 14))

    assert planned.due_at(on(9, 9)) == on(9, 12)
    assert planned.reading(on(9, 9)).state is ClockState.RUNNING
    assert planned.due_at(on(9, 10, 30)) is None
    assert planned.reading(on(9, 11)).due_at == on(9, 13)


def test_used_up_exactly_is_due_then_and_kept_if_it_stops_before_more_counts() -> None:
    full = clock(hours=10)

    assert full.reading(on(9, 20)).state is ClockState.RUNNING
    assert full.due_at(on(9, 20)) == on(9, 18)
    assert full.breached_at(on(10, 8)) is None
    assert clock(hours=10, stop=on(10, 8)).reading(on(12, 8)).state is ClockState.MET


def test_a_promise_used_up_at_closing_breaks_with_the_first_moment_after() -> None:
    reading = clock(hours=10).reading(on(10, 8, 1))

    assert (reading.state, reading.late) == (ClockState.BREACHED, MINUTE)
    assert reading.breached_at == reading.due_at == on(9, 18)


def test_a_promise_used_up_when_a_hold_begins_stays_due_at_that_instant() -> None:
    held = clock(Pause(on(9, 12), on(10, 9)))

    assert held.due_at(on(9, 15)) == on(9, 12)
    assert held.reading(on(10, 9)).state is ClockState.RUNNING
    assert held.breached_at(on(10, 9, 1)) == on(9, 12)


def test_a_broken_promise_stays_broken_when_held_and_when_stopped() -> None:
    held = clock(Pause(on(9, 13))).reading(on(9, 17))
    stopped = clock(stop=on(9, 14)).reading(on(20, 8))

    assert (held.state, held.late) == (ClockState.BREACHED, HOUR)
    assert (held.due_at, held.breached_at) == (on(9, 12), on(9, 12))
    assert (stopped.state, stopped.late) == (ClockState.BREACHED, 2 * HOUR)
    assert not held.is_at_risk
    assert not stopped.is_at_risk


def test_a_kept_promise_says_when_it_would_have_been_due() -> None:
    reading = clock(Pause(on(9, 9), on(9, 10)), stop=on(9, 11)).reading(on(20, 8))

    assert reading.state is ClockState.MET
    assert (reading.used, reading.left) == (2 * HOUR, 2 * HOUR)
    assert reading.due_at == on(9, 13)


def test_a_promise_stopped_while_held_is_due_as_if_it_went_on() -> None:
    reading = clock(Pause(on(9, 9)), stop=on(9, 11)).reading(on(20, 8))

    assert (reading.state, reading.due_at) == (ClockState.MET, on(9, 14))


def test_before_its_start_nothing_is_used() -> None:
    reading = clock(start=on(9, 10)).reading(on(9, 8))

    assert (reading.state, reading.used) == (ClockState.RUNNING, 0 * HOUR)
    assert reading.due_at == on(9, 14)
    assert not clock(start=on(9, 10)).is_running(on(9, 8))


def test_a_clock_runs_only_between_start_and_stop_and_outside_holds() -> None:
    busy = clock(Pause(on(9, 9), on(9, 10)), stop=on(9, 11))
    asked = [on(9, 8), on(9, 9), on(9, 10), on(9, 11)]

    assert [busy.is_running(one) for one in asked] == [True, False, True, False]
    assert [busy.is_held(one) for one in asked] == [False, True, False, False]


def test_a_target_of_nothing_is_due_at_the_first_open_moment_not_held() -> None:
    nothing = clock(Pause(on(9, 20), on(10, 10)), start=on(9, 19), hours=0)

    assert nothing.due_at(on(10, 10)) == on(10, 10)
    assert nothing.reading(on(9, 21)).state is ClockState.PAUSED


def test_a_negative_target_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        clock(hours=-1)

    assert refusal.value.field == "target"


def test_plain_pairs_serve_as_holds() -> None:
    assert clock((on(9, 9), None)).pauses == (Pause(on(9, 9), None, None),)
