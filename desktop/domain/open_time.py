"""Lays a calendar's local hours on the UTC line, date by date, through clock changes.

An edge in the hour a spring change skips moves forward by what is skipped; an
ambiguous one in autumn means the first pass (both are `fold=0` of PEP 495). A date
that a zone skipped altogether (Samoa, 30 December 2011) has no hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from desktop.domain.calendar_specs import CalendarSpec, Closure
from desktop.domain.instants import (
    DAY_S,
    EPOCH_ORDINAL,
    SECOND,
    microseconds_of,
    year_start,
)

Range = tuple[int, int]
"""Microseconds since 1970, from (included) until (excluded)."""


class LocalDays:
    """The days of one zone, as edges on the UTC line."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._offsets: dict[int, int] = {}

    def edge(self, ordinal: int, second: int) -> int:
        """Give the instant of a local time, in microseconds since 1970."""
        more, second = divmod(second, DAY_S)
        ordinal += more
        offset = self._offset(ordinal)
        if offset != self._offset(ordinal + 1):
            local = datetime.fromordinal(ordinal) + timedelta(seconds=second)
            offset = self._offset_at(local)
        return ((ordinal - EPOCH_ORDINAL) * DAY_S + second) * SECOND - offset

    def exists(self, ordinal: int) -> bool:
        """Say whether the zone had this date at all."""
        if self._offset(ordinal) == self._offset(ordinal + 1):
            return True
        noon = datetime.fromordinal(ordinal).replace(hour=12, tzinfo=self._zone)
        return noon.astimezone(UTC).astimezone(self._zone).toordinal() == ordinal

    def _offset(self, ordinal: int) -> int:
        """Give what the zone is ahead of UTC at the date's midnight (microseconds)."""
        offset = self._offsets.get(ordinal)
        if offset is None:
            offset = self._offset_at(datetime.fromordinal(ordinal))
            self._offsets[ordinal] = offset
        return offset

    def _offset_at(self, local: datetime) -> int:
        ahead = local.replace(tzinfo=self._zone).utcoffset()
        return microseconds_of(ahead) if ahead is not None else 0


def year_spans(spec: CalendarSpec, zone: tzinfo, year: int) -> list[Range]:
    """Give a year's open time: disjoint, in order, clipped to the year in UTC.

    Two days on either side are laid too, for zones and nights that reach across.
    """
    first = date(year - 1, 12, 29)
    last = date(year + 1, 1, 2)
    days = LocalDays(zone)
    hours = merged(laid_hours(spec, days, first.toordinal(), last.toordinal()))
    closed = merged(
        closed_range
        for closure in spec.all_closures
        for closed_range in closed_ranges(closure, days, first, last)
    )
    bounds = [(year_start(year), year_start(year + 1))]
    return intersected(without(hours, closed), bounds)


def laid_hours(
    spec: CalendarSpec, days: LocalDays, first: int, last: int
) -> Iterator[Range]:
    """Yield the hours beginning on the dates `first` to `last` (ordinals), unclosed."""
    weeks = [
        (week.valid_from.toordinal(), [week.weekly.get(day, ()) for day in range(7)])
        for week in spec.later
    ]
    weekly = [spec.weekly.get(weekday, ()) for weekday in range(7)]
    overrides = {day.toordinal(): hours for day, hours in spec.overrides.items()}
    for ordinal in range(first, last + 1):
        while weeks and weeks[0][0] <= ordinal:
            weekly = weeks.pop(0)[1]
        hours = overrides.get(ordinal)
        if hours is None:
            hours = weekly[(ordinal - 1) % 7]
        if hours and days.exists(ordinal):
            for start, end in hours:
                yield days.edge(ordinal, start), days.edge(ordinal, end)


def closed_ranges(
    closure: Closure, days: LocalDays, first: date, last: date
) -> Iterator[Range]:
    """Yield what a closure closes between two dates (inclusive)."""
    from_s, to_s = closure.hours
    for start, end in closure.occurrences(first, last):
        low, high = max(start, first).toordinal(), min(end, last).toordinal()
        if closure.is_whole_day:
            yield days.edge(low, 0), days.edge(high, DAY_S)
            continue
        for ordinal in range(low, high + 1):
            yield days.edge(ordinal, from_s), days.edge(ordinal, to_s)


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Sort ranges and join those that touch or overlap; empty ones vanish."""
    result: list[Range] = []
    for start, end in sorted(ranges):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def without(ranges: Sequence[Range], holes: Sequence[Range]) -> list[Range]:
    """Take `holes` out of `ranges`; both disjoint and in order."""
    if not holes:
        return list(ranges)
    result: list[Range] = []
    next_hole = 0
    for start, end in ranges:
        while next_hole < len(holes) and holes[next_hole][1] <= start:
            next_hole += 1
        at = next_hole
        while at < len(holes) and holes[at][0] < end:
            if holes[at][0] > start:
                result.append((start, holes[at][0]))
            start = max(start, holes[at][1])
            at += 1
        if start < end:
            result.append((start, end))
    return result


def intersected(ranges: Sequence[Range], bounds: Sequence[Range]) -> list[Range]:
    """Keep of `ranges` what lies in one of `bounds`; both disjoint and in order."""
    return [
        (max(start, low), min(end, high))
        for low, high in bounds
        for start, end in ranges
        if start < high and end > low
    ]


def has_open_time(
    spec: CalendarSpec, zone: tzinfo, first_year: int, last_year: int
) -> bool:
    """Say whether anything is open in a range of years; mostly the first one tells."""
    if spec.weekly or any(week.weekly for week in spec.later):
        return any(
            year_spans(spec, zone, year) for year in range(first_year, last_year + 1)
        )
    years = {day.year for day, hours in spec.overrides.items() if hours}
    years |= {year + 1 for year in years} | {year - 1 for year in years}
    return any(
        year_spans(spec, zone, year)
        for year in sorted(years)
        if first_year <= year <= last_year
    )
