"""Many service clocks at once: the rules of one, on arrays of microseconds.

Every array is int64 microseconds since 1970 in UTC; it agrees with `ServiceClock` to
the microsecond. NumPy is imported when first used, not with the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    LAST_YEAR,
    from_microseconds,
    year_start,
)
from desktop.domain.open_time import Range, merged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Micros: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]

NEVER: Final = 2**63 - 1
"""Stands for an instant there is none of: no stop yet, no due time, not broken."""

_AT_ONCE: Final = 1 << 16
"""Rows worked on together; their columns then fit the processor's cache."""


class BulkCalendar:
    """One compiled calendar's open time, asked about arrays of instants.

    Refuses (Invalid) instants outside the calendar's years, as the calendar does.
    """

    def __init__(self, calendar: ServiceCalendar) -> None:
        self.calendar = calendar
        self._low = self._high = 0
        self._starts: Micros
        self._ends: Micros
        self._shifts: Micros
        self._sums: Micros

    def used(self, at: Micros) -> Micros:
        """Give the open time before each instant, from a common beginning."""
        index = self._starts.searchsorted(at, side="right")
        index -= 1
        found: Micros = self._ends.take(index)
        import numpy as np

        np.minimum(found, at, out=found)
        found += self._shifts.take(index)
        return found

    def elapsed(self, starts: Micros, ends: Micros) -> Micros:
        """Count the open time from each start until its end; reversed is zero."""
        import numpy as np

        if not len(starts):
            return np.zeros(0, np.int64)
        low = min(int(starts.min()), int(ends.min()))
        self.cover(low, max(int(starts.max()), int(ends.max())))
        pieces = [
            np.maximum(self.used(ends[part]) - self.used(starts[part]), 0)
            for part in _parts(len(starts))
        ]
        return np.concatenate(pieces)

    def due(self, starts: Micros, amounts: Micros) -> Micros:
        """Give when each amount of open time after its start is used up.

        `NEVER` where the calendar has no such time any more. Refuses a negative one.
        """
        import numpy as np

        if not len(starts):
            return np.zeros(0, np.int64)
        if int(amounts.min()) < 0:
            raise Invalid("amount", "negative")
        self.cover(int(starts.min()), int(starts.max()))
        pieces = []
        for part in _parts(len(starts)):
            found = self.at(self.used(starts[part]) + amounts[part])
            for row in np.flatnonzero(amounts[part] == 0):
                found[row] = self.next_open(int(starts[part][row]))
            pieces.append(found)
        return np.concatenate(pieces)

    def at(self, wanted: Micros) -> Micros:
        """Give the first instants at which `used` reaches what is wanted."""
        import numpy as np

        self._reach(int(wanted.max()))
        index = self._sums.searchsorted(wanted)
        is_over = index >= len(self._sums)
        if is_over.any():
            index = np.minimum(index, len(self._sums) - 1)
        found: Micros = wanted - self._shifts.take(index)
        if is_over.any():
            found[is_over] = NEVER
        return found

    def next_open(self, at: int) -> int:
        """Give `at` itself when open, else the next opening, `NEVER` without one."""
        try:
            return self.calendar.next_open_us(at)
        except Invalid as refused:
            if refused.code != "beyond_calendar":
                raise
            return NEVER

    def cover(self, low: int, high: int) -> None:
        """Have the open time between two instants ready to be asked."""
        import numpy as np

        if self._high > self._low and low >= self._low and high < self._high:
            return
        if low < FIRST_INSTANT or high > LAST_INSTANT:
            raise Invalid("at", "out_of_years")
        if self._high > self._low:
            low, high = min(low, self._low), max(high, self._high - 1)
        last = min(from_microseconds(high).year, LAST_YEAR)
        self._low = year_start(from_microseconds(low).year)
        self._high = year_start(last + 1) + (last == LAST_YEAR)
        reached = min(self._high, LAST_INSTANT)
        spans = list(self.calendar.spans_us(self._low, reached))
        pairs = np.array([(self._low, self._low), *spans], np.int64)
        self._starts = pairs[:, 0].copy()
        self._ends = pairs[:, 1].copy()
        self._sums = np.cumsum(self._ends - self._starts)
        self._shifts = self._sums - self._ends

    def _reach(self, wanted: int) -> None:
        """Cover years ahead until so much is open, or the calendar ends."""
        years = 1
        while wanted > int(self._sums[-1]) and self._high <= LAST_INSTANT:
            last = from_microseconds(self._high - 1).year + years
            self.cover(self._low, year_start(min(last, LAST_YEAR) + 1) - 1)
            if last >= LAST_YEAR:
                self.cover(self._low, LAST_INSTANT)
            years *= 2


@dataclass(frozen=True, slots=True)
class Pauses:
    """Pauses of many clocks, flat: those of row i lie from offsets[i] to offsets[i+1].

    Within a row they are disjoint and in order; `of` makes them so. One without an
    end reaches to `LAST_INSTANT`.
    """

    starts: Micros
    ends: Micros
    offsets: Micros

    @classmethod
    def of(cls, rows: Sequence[Sequence[Range]]) -> Pauses:
        """Lay pauses flat; overlapping and touching ones of a row are joined."""
        import numpy as np

        joined = [merged(row) if len(row) else () for row in rows]
        flat = [pause for row in joined for pause in row]
        pairs = np.array(flat, np.int64).reshape(-1, 2)
        counts = np.fromiter((len(row) for row in joined), np.int64, len(joined))
        offsets = np.concatenate(([0], np.cumsum(counts)))
        return cls(pairs[:, 0].copy(), pairs[:, 1].copy(), offsets)

    @classmethod
    def none(cls, count: int) -> Pauses:
        """Return no pauses for so many clocks."""
        import numpy as np

        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, np.zeros(count + 1, np.int64))

    def of_rows(self, rows: Micros) -> Pauses:
        """Return those of some rows, in the order these are given."""
        import numpy as np

        counts = np.diff(self.offsets)[rows]
        offsets = np.concatenate(([0], np.cumsum(counts)))
        firsts = self.offsets[:-1][rows] - offsets[:-1]
        places = np.repeat(firsts, counts) + np.arange(offsets[-1])
        return Pauses(self.starts[places], self.ends[places], offsets)

    def part(self, first: int, last: int) -> Pauses:
        """Return those of a run of rows."""
        low, high = int(self.offsets[first]), int(self.offsets[last])
        offsets = self.offsets[first : last + 1] - low
        return Pauses(self.starts[low:high], self.ends[low:high], offsets)


@dataclass(frozen=True, slots=True)
class BulkClocks:
    """Targets counted on one calendar, less pauses: many `ServiceClock`s at once.

    `stops` are `NEVER` where the promised thing is not done yet.
    """

    calendar: BulkCalendar
    targets: Micros
    starts: Micros
    stops: Micros
    pauses: Pauses

    def elapsed(self, at: Micros) -> Micros:
        """Count the open time used as at an instant of each."""
        import numpy as np

        pieces = [part._elapsed(when) for part, when in self._cut(at)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)

    def due(self, at: Micros) -> Micros:
        """Give when each target is, was or would have been used up as at an instant.

        `NEVER` where a clock is held within its target, or its calendar closes before.
        """
        import numpy as np

        pieces = [part._due(when) for part, when in self._cut(at)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)

    def _cut(self, at: Micros) -> list[tuple[BulkClocks, Micros]]:
        """Cut into parts that fit the cache, their years ready."""
        import numpy as np

        if not len(self.starts):
            return []
        end = np.minimum(at, self.stops)
        low = min(int(self.starts.min()), int(end.min()))
        self.calendar.cover(low, max(int(self.starts.max()), int(end.max())))
        return [
            (
                BulkClocks(
                    self.calendar,
                    self.targets[part],
                    self.starts[part],
                    self.stops[part],
                    self.pauses.part(part.start, part.stop),
                ),
                at[part],
            )
            for part in _parts(len(self.starts))
        ]

    def _held(self, end: Micros) -> tuple[Micros, Micros, Micros]:
        """Give each pause cut to its clock's life, and the row it is of."""
        import numpy as np

        pauses = self.pauses
        count = len(self.starts)
        rows = np.repeat(np.arange(count), np.diff(pauses.offsets))
        first, last = self.starts.take(rows), end.take(rows)
        held_from = np.maximum(pauses.starts, first)
        np.minimum(held_from, last, out=held_from)
        held_until = np.maximum(pauses.ends, held_from)
        np.minimum(held_until, last, out=held_until)
        return held_from, held_until, rows

    def _elapsed(self, at: Micros) -> Micros:
        import numpy as np

        end = np.maximum(np.minimum(at, self.stops), self.starts)
        used = self.calendar.used(end)
        used -= self.calendar.used(self.starts)
        if len(self.pauses.starts):
            held_from, held_until, _ = self._held(end)
            lost = self.calendar.used(held_until)
            lost -= self.calendar.used(held_from)
            sums = np.concatenate(([0], np.cumsum(lost)))
            offsets = self.pauses.offsets
            used -= sums.take(offsets[1:]) - sums.take(offsets[:-1])
        return used

    def _due(self, at: Micros) -> Micros:
        """Find the stretch in which each target is used up, then the instant in it."""
        import numpy as np

        end = np.maximum(np.minimum(at, self.stops), self.starts)
        calendar, offsets = self.calendar, self.pauses.offsets
        used_start, used_end = calendar.used(self.starts), calendar.used(end)
        held_from, held_until, rows = self._held(end)
        lost_from, lost_until = calendar.used(held_from), calendar.used(held_until)
        lost = lost_until - lost_from
        sums = np.concatenate(([0], np.cumsum(lost)))
        before = sums[:-1] - sums.take(offsets[:-1]).take(rows)
        # What had been counted when a pause began; with the target still within it,
        # the pause moves the due time by what it took of the open time.
        counted = lost_from - used_start.take(rows) - before
        is_before = counted < self.targets.take(rows)
        shifts = np.concatenate(([0], np.cumsum(np.where(is_before, lost, 0))))
        shift = shifts.take(offsets[1:]) - shifts.take(offsets[:-1])
        wanted = used_start + shift + self.targets
        reached = wanted <= used_end
        found = calendar.at(wanted)
        is_held = self._is_held(at, end, rows)
        found[is_held & ~reached] = NEVER
        at_once = np.flatnonzero(self.targets <= 0)
        for row in at_once:
            found[row] = self._due_at_once(int(row), int(at[row]), int(end[row]))
        return found

    def _is_held(self, at: Micros, end: Micros, rows: Micros) -> Flags:
        """Tell of each clock that has not stopped whether a pause covers its end."""
        import numpy as np

        covers = self.pauses.starts <= at.take(rows)
        covers &= self.pauses.ends > at.take(rows)
        held = np.bincount(rows, covers, len(at)) > 0
        held &= self.stops > at
        held &= at >= self.starts
        return held

    def _due_at_once(self, row: int, at: int, end: int) -> int:
        """Give when nothing is used up: at the first open moment it ran in."""
        low, high = int(self.pauses.offsets[row]), int(self.pauses.offsets[row + 1])
        position, calendar = int(self.starts[row]), self.calendar.calendar
        for place in range(low, high):
            held = int(self.pauses.starts[place])
            if calendar.elapsed_us(position, min(held, end)):
                return self.calendar.next_open(position)
            position = max(position, int(self.pauses.ends[place]))
        if position < end and calendar.elapsed_us(position, end):
            return self.calendar.next_open(position)
        is_held = any(
            self.pauses.starts[place] <= at < self.pauses.ends[place]
            for place in range(low, high)
        )
        if is_held and self.stops[row] > at >= self.starts[row]:
            return NEVER
        return self.calendar.next_open(end)


def _parts(count: int) -> list[slice]:
    """Cut so many rows into parts that fit the processor's cache."""
    return [
        slice(first, min(first + _AT_ONCE, count))
        for first in range(0, count, _AT_ONCE)
    ]
