"""A service calendar counted minute by minute: slow, plain, and written apart.

It knows nothing of the program's calculation: every UTC minute is turned into wall
time, edges are looked up among those minutes, and open minutes are counted one by one.
Hours, holds and instants must lie on whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.calendars import CalendarSpec, Closure

MINUTE = timedelta(minutes=1)


class BruteForce:
    """The open minutes of a calendar between two instants, one boolean each."""

    def __init__(self, spec: CalendarSpec, start: datetime, end: datetime) -> None:
        self.spec = spec
        self.origin = start.astimezone(UTC) - timedelta(days=3)
        count = (end - self.origin + timedelta(days=3)) // MINUTE
        zone = ZoneInfo(spec.zone)
        self._walls = [
            (self.origin + index * MINUTE).astimezone(zone).replace(tzinfo=None)
            for index in range(count)
        ]
        self._first: dict[datetime, int] = {}
        for index, wall in enumerate(self._walls):
            self._first.setdefault(wall, index)
        self._dates = sorted({wall.date() for wall in self._walls})
        self.open = [False] * count
        self._lay()

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Count the open minutes between two instants."""
        return sum(self.open[self._index(start) : self._index(end)]) * MINUTE

    def due(self, start: datetime, amount: timedelta) -> datetime | None:
        """Walk until the amount is used up; None when that is beyond the window."""
        left = amount // MINUTE
        if not left:
            return self.next_open(start)
        for index in range(self._index(start), len(self.open)):
            left -= self.open[index]
            if not left:
                return self.origin + (index + 1) * MINUTE
        return None

    def next_open(self, at: datetime) -> datetime | None:
        """Walk to the first open minute; None when that is beyond the window."""
        for index in range(self._index(at), len(self.open)):
            if self.open[index]:
                return self.origin + index * MINUTE
        return None

    def is_open(self, at: datetime) -> bool:
        """Look the minute up."""
        return self.open[self._index(at)]

    def held(self, pauses: Iterable[tuple[datetime, datetime | None]]) -> None:
        """Close the minutes of holds, as if nothing were open in them."""
        for start, end in pauses:
            last = len(self.open) if end is None else self._index(end)
            for index in range(self._index(start), max(last, self._index(start))):
                self.open[index] = False

    def _index(self, at: datetime) -> int:
        return max(0, min((at - self.origin) // MINUTE, len(self.open)))

    def _edge(self, day: date, second: int) -> int:
        """Find a wall time among the minutes: its first pass, or moved past a gap."""
        wall = datetime.combine(day, time()) + timedelta(seconds=second)
        if wall in self._first:
            return self._first[wall]
        for index in range(1, len(self._walls)):
            before = self._walls[index - 1]
            if before < wall < self._walls[index]:
                return index - 1 + (wall - before) // MINUTE
        return 0 if wall < self._walls[0] else len(self._walls)

    def _mark(self, day: date, start: int, end: int, is_open: bool) -> None:
        first, last = self._edge(day, start), self._edge(day, end)
        for index in range(first, last):
            self.open[index] = is_open

    def _lay(self) -> None:
        for day in self._dates:
            hours = self.spec.overrides.get(day)
            if hours is None:
                hours = self.spec.weekly.get(day.weekday(), ())
            for start, end in hours:
                self._mark(day, start, end, True)
        for day in self._dates:
            for closure in self.spec.closures:
                if _closes(closure, day):
                    self._mark(day, *closure.hours, False)


def _closes(closure: Closure, day: date) -> bool:
    """Say whether a closure covers a date, by comparing days of the year."""
    if not closure.yearly:
        return closure.start <= day <= closure.end
    start = (closure.start.month, closure.start.day)
    end = (closure.end.month, closure.end.day)
    here = (day.month, day.day)
    return start <= here <= end if start <= end else here >= start or here <= end
