"""The service calendar: counts open time between instants, and finds due times.

A calendar is compiled once per version into sums of open time, a year at a time as
years are asked for; every question is then answered by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desktop.domain.calendar_specs import (
    CalendarSpec,
    Closure,
    Interval,
    Week,
    time_of_day,
)
from desktop.domain.errors import Invalid
from desktop.domain.instants import (
    EPOCH,
    FIRST_INSTANT,
    FIRST_YEAR,
    LAST_INSTANT,
    LAST_YEAR,
    from_microseconds,
    microseconds_of,
    to_microseconds,
    year_start,
)
from desktop.domain.open_time import (
    LocalDays,
    Range,
    closed_ranges,
    has_open_time,
    intersected,
    laid_hours,
    merged,
    year_spans,
)

__all__ = [
    "CalendarSpec",
    "Closure",
    "ClosureSpan",
    "Interval",
    "ServiceCalendar",
    "Span",
    "Week",
    "time_of_day",
]


class Span(NamedTuple):
    """An unbroken stretch of open time, from (included) until (excluded), in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ClosureSpan:
    """One occurrence of a closure: its dates, and what it took of a range asked for.

    `start` and `end` are clipped to that range; `taken` is the open time lost in it
    (zero where the day was closed anyway).
    """

    closure: Closure
    first: date
    last: date
    start: datetime
    end: datetime
    taken: timedelta


_Table = tuple[int, int, list[int], list[int], list[int], list[int]]
"""From, until, starts, ends, open time before minus start, open time at each end.

The first entry is an empty span at "from", so that a look-up never falls off.
"""


class ServiceCalendar:
    """The open time of one calendar version, from 1970 to 2100.

    Takes and gives aware instants (any zone in, UTC out) and exact durations; the
    `_us` methods do the same on microseconds since 1970. Safe to share between
    threads. `earlier` are versions clocks may still run under (or run under later,
    seen from an earlier one), by number; whoever loads them sets it. Refuses (Invalid)
    an unknown zone, a calendar never open, instants outside its years, and a due time
    it never reaches.
    """

    def __init__(self, spec: CalendarSpec) -> None:
        self.spec = spec
        self.zone = _zone(spec.zone)
        if not has_open_time(spec, self.zone, FIRST_YEAR, LAST_YEAR):
            raise Invalid("weekly", "never_open", calendar=spec.name)
        self.earlier: Mapping[int, ServiceCalendar] = {}
        self._years: dict[int, list[Range]] = {}
        self._table: _Table = (0, -1, [], [], [], [])

    def __repr__(self) -> str:
        return f"ServiceCalendar({self.spec.name!r}, {self.spec.zone!r})"

    def version(self, number: int) -> ServiceCalendar:
        """Give it as it was in an earlier version, where that is known here."""
        return self.earlier.get(number, self)

    def lay_out(self, start: datetime, end: datetime) -> None:
        """Compile the years of a range now, so that no question about it has to."""
        self._covering(to_microseconds(start), to_microseconds(end))

    # One instant, one duration ------------------------------------------------

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Count the open time from start until end; a reversed range is zero."""
        return timedelta(
            0, 0, self.elapsed_us(to_microseconds(start), to_microseconds(end))
        )

    def due(self, start: datetime, amount: timedelta) -> datetime:
        """Give the instant at which `amount` of open time after start is used up.

        Used up exactly at closing time is due at closing time. A zero amount is due
        at once, or at the next opening. Refuses a negative amount.
        """
        return EPOCH + timedelta(
            0, 0, self.due_us(to_microseconds(start), microseconds_of(amount))
        )

    def is_open(self, at: datetime) -> bool:
        """Say whether the calendar is open at an instant (closing time is closed)."""
        moment = to_microseconds(at)
        _, _, starts, ends, _, _ = self._covering(moment, moment + 1)
        return moment < ends[bisect_right(starts, moment) - 1]

    def next_open(self, at: datetime) -> datetime:
        """Give `at` itself when open, else the next opening."""
        return from_microseconds(self.next_open_us(to_microseconds(at)))

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the open spans between two instants, merged and clipped."""
        for opens, closes in self.spans_us(
            to_microseconds(start), to_microseconds(end)
        ):
            yield Span(from_microseconds(opens), from_microseconds(closes))

    def closures_between(self, start: datetime, end: datetime) -> list[ClosureSpan]:
        """List the closures that touch a range, by time.

        Those on days that are closed anyway are listed too; they took no open time.
        """
        if end <= start:
            return []
        window = (to_microseconds(start), to_microseconds(end))
        self._covering(*window)
        first = start.astimezone(self.zone).date() - timedelta(days=2)
        last = end.astimezone(self.zone).date() + timedelta(days=1)
        days = LocalDays(self.zone)
        hours = merged(laid_hours(self.spec, days, first.toordinal(), last.toordinal()))
        found = []
        for closure in self.spec.all_closures:
            for begins, finishes in closure.occurrences(first, last):
                ranges = merged(
                    closed_ranges(
                        closure, days, max(begins, first), min(finishes, last)
                    )
                )
                ranges = intersected(ranges, [window])
                if ranges:
                    taken = sum(b - a for a, b in intersected(hours, ranges))
                    found.append(
                        ClosureSpan(
                            closure,
                            begins,
                            finishes,
                            from_microseconds(ranges[0][0]),
                            from_microseconds(ranges[-1][1]),
                            timedelta(microseconds=taken),
                        )
                    )
        return sorted(found, key=lambda one: (one.start, one.end, one.closure.name))

    # The same on integers, for many at once -----------------------------------

    def elapsed_us(self, start: int, end: int) -> int:
        """Count the open microseconds between two instants in microseconds."""
        if end <= start:
            return 0
        low, high, starts, ends, shifts, _ = self._table
        if start < low or end > high:
            low, high, starts, ends, shifts, _ = self._covering(start, end)
        at = bisect_right(starts, end) - 1
        closes = ends[at]
        used = shifts[at] + (end if end < closes else closes)
        at = bisect_right(starts, start, 0, at + 1) - 1
        closes = ends[at]
        return used - shifts[at] - (start if start < closes else closes)

    def due_us(self, start: int, amount: int) -> int:
        """Give the due instant in microseconds; see `due`."""
        if amount <= 0:
            if amount < 0:
                raise Invalid("amount", "negative")
            return self.next_open_us(start)
        low, high, starts, ends, shifts, sums = self._table
        if start < low or start > high:
            low, high, starts, ends, shifts, sums = self._covering(start, start)
        at = bisect_right(starts, start) - 1
        closes = ends[at]
        wanted = shifts[at] + (start if start < closes else closes) + amount
        if wanted > sums[-1]:
            return self._due_later(start, amount)
        at = bisect_left(sums, wanted)
        return wanted - shifts[at]

    def next_open_us(self, at: int) -> int:
        """Give the next open instant in microseconds; see `next_open`."""
        table = self._covering(at, at + 1)
        while True:
            _, high, starts, ends, _, _ = table
            found = bisect_right(starts, at) - 1
            if at < ends[found]:
                return at
            if found + 1 < len(starts):
                return starts[found + 1]
            table = self._further(high, at)

    def spans_us(self, start: int, end: int) -> Iterator[Range]:
        """Yield the open spans in microseconds, merged and clipped."""
        if end <= start:
            return
        _, _, starts, ends, _, _ = self._covering(start, end)
        for at in range(bisect_right(ends, start), len(starts)):
            if starts[at] >= end:
                return
            if starts[at] < ends[at]:
                yield max(starts[at], start), min(ends[at], end)

    # Compiling ----------------------------------------------------------------

    def _due_later(self, start: int, amount: int) -> int:
        """Compile further years until the due time is reached (at most to 2100)."""
        table = self._table
        while True:
            table = self._further(table[1], start)
            if self.elapsed_us(start, table[1]) >= amount:
                return self.due_us(start, amount)

    def _further(self, high: int, start: int) -> _Table:
        """Compile at least one more year, more the further it already had to look."""
        if high >= LAST_INSTANT:
            raise Invalid("amount", "beyond_calendar", last_year=LAST_YEAR)
        years_ahead = 1 + (high - start) // (year_start(1971) - FIRST_INSTANT)
        last = min(_year(high) + max(0, years_ahead), LAST_YEAR)
        return self._covering(start, year_start(last + 1))

    def _covering(self, start: int, end: int) -> _Table:
        """Give a table that covers a range, compiling the years it lacks.

        The table is replaced as a whole, so that other threads see the old or the new.
        """
        table = self._table
        if start >= table[0] and end <= table[1]:
            return table
        if start < FIRST_INSTANT or end > LAST_INSTANT:
            raise Invalid("at", "out_of_years", first=FIRST_YEAR, last=LAST_YEAR)
        first, last = _year(start), max(_year(start), _year(max(start, end - 1)))
        if table[1] > table[0]:
            first, last = min(first, _year(table[0])), max(last, _year(table[1] - 1))
        for year in range(first, last + 1):
            if year not in self._years:
                self._years[year] = year_spans(self.spec, self.zone, year)
        spans = merged(
            span for year in range(first, last + 1) for span in self._years[year]
        )
        self._table = _compiled(year_start(first), year_start(last + 1), spans)
        return self._table


def _compiled(low: int, high: int, spans: list[Range]) -> _Table:
    starts, ends, shifts, sums = [low], [low], [-low], [0]
    total = 0
    for start, end in spans:
        starts.append(start)
        ends.append(end)
        shifts.append(total - start)
        total += end - start
        sums.append(total)
    return low, high, starts, ends, shifts, sums


def _year(moment: int) -> int:
    return from_microseconds(moment).year


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise Invalid("zone", "unknown_zone", value=name[:80]) from error
