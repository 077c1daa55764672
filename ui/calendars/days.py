"""Every day of a year of a calendar: open, closed, a holiday, with hours of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendars import CalendarSpec, Closure, Interval
from desktop.domain.instants import LAST_YEAR

KINDS = ("open", "off", "closed", "holiday", "part", "own", "good")


@dataclass(frozen=True, slots=True)
class DayState:
    """A date: its kind, the hours that begin on it, the closures that touch it.

    Kinds: `open` and `off` (no hours that weekday) by the weekly hours, `own` by hours
    of the date, `closed` and `part` by closures, `holiday`, `good` (closed for good).
    """

    day: date
    kind: str
    hours: tuple[Interval, ...] = ()
    closures: tuple[Closure, ...] = ()


def year_states(spec: CalendarSpec, year: int) -> dict[date, DayState]:
    """Return the days of a year (1970 to 2100) in order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    by_day: dict[date, list[Closure]] = defaultdict(list)
    for closure in spec.closures:
        for begins, ends in closure.occurrences(first, last):
            day, until = max(begins, first), min(ends, last)
            while day <= until:
                by_day[day].append(closure)
                day += timedelta(days=1)
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return {day: _state(spec, day, tuple(by_day.get(day, ()))) for day in days}


def _state(spec: CalendarSpec, day: date, closures: tuple[Closure, ...]) -> DayState:
    has_own = day in spec.overrides
    hours = spec.overrides[day] if has_own else spec.weekly_on(day).get(day.weekday())
    hours = tuple(hours or ())
    whole = [one for one in closures if one.is_whole_day]
    if spec.closed_from is not None and day >= spec.closed_from:
        kind = "good"
    elif any(one.is_public_holiday for one in whole):
        kind = "holiday"
    elif whole:
        kind = "closed"
    elif closures:
        kind = "part"
    elif has_own:
        kind = "own" if hours else "closed"
    else:
        kind = "open" if hours else "off"
    return DayState(day, kind, hours, closures)


def known_year(year: int) -> bool:
    """Tell whether calendars reach this year."""
    return 1970 <= year <= LAST_YEAR
