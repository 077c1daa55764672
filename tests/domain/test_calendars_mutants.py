"""Calculators that are wrong on purpose, in the ways real ones are, are found out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ServiceClock
from desktop.domain.instants import to_microseconds
from tests.domain.clock_properties import (
    agrees_with_brute_force,
    clock_agrees_with_brute_force,
    holds_only_delay,
    used_up_at_closing_is_due_at_closing,
)


def without_lunch(spec: CalendarSpec) -> ServiceCalendar:
    """Take the first opening and the last closing of a day for its hours."""
    weekly = {
        day: [(hours[0][0], max(end for _, end in hours))]
        for day, hours in spec.weekly.items()
    }
    return ServiceCalendar(replace(spec, weekly=weekly))


def without_clock_changes(spec: CalendarSpec) -> ServiceCalendar:
    """Take the zone's hours for those of UTC all year round."""
    return ServiceCalendar(replace(spec, zone="UTC"))


def without_nights(spec: CalendarSpec) -> ServiceCalendar:
    """Cut hours off at midnight."""
    weekly = {
        day: [(start, min(end, 86_400)) for start, end in hours]
        for day, hours in spec.weekly.items()
    }
    return ServiceCalendar(replace(spec, weekly=weekly))


def without_closures(spec: CalendarSpec) -> ServiceCalendar:
    """Forget the holidays."""
    return ServiceCalendar(replace(spec, closures=()))


def with_whole_day_closures_only(spec: CalendarSpec) -> ServiceCalendar:
    """Take a closed morning for a closed day."""
    closures = [replace(one, from_s=None, to_s=None) for one in spec.closures]
    return ServiceCalendar(replace(spec, closures=closures))


class DueNextMorning(ServiceCalendar):
    """Moves what is used up at closing time to the next opening."""

    def due(self, start: datetime, amount: timedelta) -> datetime:
        return self.next_open(super().due(start, amount))


class HoldsTakenOneByOne(ServiceClock):
    """Subtracts each hold by itself, so that overlapping ones count twice."""

    __slots__ = ()

    def elapsed_us(self, at: int) -> int:
        start = to_microseconds(self.start)
        used = self.calendar.elapsed_us(start, at)
        for pause in self.pauses:
            first = max(to_microseconds(pause.start), start)
            last = at if pause.end is None else min(to_microseconds(pause.end), at)
            used -= self.calendar.elapsed_us(first, last)
        return used


class HoldsInWallTime(ServiceClock):
    """Moves the due time by how long a hold took, open or not."""

    __slots__ = ()

    def due_at(self, at: datetime) -> datetime | None:
        due = self.calendar.due(self.start, self.target)
        for pause in self.pauses:
            if pause.end is None:
                return None
            due += max(pause.end - max(pause.start, self.start), timedelta())
        return due


class LastHoldOnly(ServiceClock):
    """Remembers one hold."""

    __slots__ = ()

    def __init__(self, calendar: Any, target: Any, start: Any, *rest: Any) -> None:
        pauses, *stop = rest
        super().__init__(calendar, target, start, pauses[-1:], *stop)


def is_caught(check: Callable[..., None], wrong: Any, examples: int = 150) -> bool:
    """Say whether a check fails on a wrong calculator."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def law(data: Any) -> None:
        check(data, wrong)

    try:
        law()
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (without_lunch, agrees_with_brute_force),
        (without_clock_changes, agrees_with_brute_force),
        (without_nights, agrees_with_brute_force),
        (without_closures, agrees_with_brute_force),
        (with_whole_day_closures_only, agrees_with_brute_force),
        (DueNextMorning, used_up_at_closing_is_due_at_closing),
        (HoldsTakenOneByOne, holds_only_delay),
        (HoldsInWallTime, clock_agrees_with_brute_force),
        (LastHoldOnly, holds_only_delay),
    ],
    ids=lambda one: one.__name__,
)
def test_a_wrong_calculator_is_caught(wrong: Any, check: Callable[..., None]) -> None:
    assert is_caught(check, wrong)
