"""What a replay tells: shares kept now and then, by what, which requests, how long."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from desktop.domain.agreements import TargetKind
from desktop.domain.instants import SECOND

_MINUTE = 60 * SECOND


class Verdict(StrEnum):
    """What came of a promise; open: neither kept nor broken yet."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Count:
    """How many promises were kept, broken, and have no verdict yet."""

    kept: int
    broken: int
    open: int

    @property
    def judged(self) -> int:
        """Return how many have a verdict."""
        return self.kept + self.broken

    @property
    def share(self) -> float | None:
        """Return the share kept (0..1) of those with a verdict; None without any."""
        return self.kept / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Group:
    """The promises of one service, priority, unit or weekday (0: Monday).

    ``gained`` are kept only in the trial, ``lost`` kept only now.
    """

    key: int | str | None
    n: int
    now: Count
    then: Count
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Change:
    """A promise whose verdict changes; times in seconds of open time.

    ``started_at`` tells those of one request apart.
    """

    request_id: int
    reference: str
    subject: str
    label: str
    used_now_s: int
    used_then_s: int
    target_now_s: int
    target_then_s: int
    now: Verdict
    then: Verdict
    started_at: datetime


@dataclass(frozen=True, slots=True)
class KindReplay:
    """One kind of promise, now and in the trial.

    ``used_done`` and ``used_open`` are what those done and those not done yet used
    under the trial, in microseconds, in order. Targets in seconds, shortest first.
    """

    kind: TargetKind
    now: Count
    then: Count
    gained: int
    lost: int
    is_promised_now: bool
    by_service: tuple[Group, ...]
    by_priority: tuple[Group, ...]
    by_front: tuple[Group, ...]
    by_back: tuple[Group, ...]
    by_weekday: tuple[Group, ...]
    changes: tuple[Change, ...]
    used_done: tuple[int, ...]
    used_open: tuple[int, ...]
    targets_now: tuple[int, ...]
    targets_then: tuple[int, ...]

    @property
    def n(self) -> int:
        """Return how many promises there are, those without a verdict included."""
        return len(self.used_done) + len(self.used_open)

    def at_target(self, target_s: int) -> Count:
        """Tell what one target for all of them would have come to."""
        limit = target_s * SECOND
        kept = bisect_right(self.used_done, limit)
        still = bisect_right(self.used_open, limit)
        broken = self.n - kept - still
        return Count(kept, broken, still)

    def target_for(self, share: float) -> int | None:
        """Return the shortest target, in seconds, that would have been kept so often.

        In whole minutes, rounded up. None where even the longest was not enough.
        """
        # A longer target keeps more and breaks less, so the share only rises; it
        # changes where something was done, and where an open one gets its time.
        lengths = sorted(
            {ceil(one / _MINUTE) for one in (*self.used_done, *self.used_open)}
        )

        def holds(minutes: int) -> bool:
            reached = self.at_target(minutes * 60).share
            return reached is not None and reached >= share

        place = bisect_left(lengths, True, key=holds)
        return lengths[place] * 60 if place < len(lengths) else None


@dataclass(frozen=True, slots=True)
class DayWork:
    """One local day: how many promises began, how many lay open at its end.

    ``open_s`` is the calendar's open time that day.
    """

    day: date
    arrived: int
    in_hand: int
    open_s: int


@dataclass(frozen=True, slots=True)
class Work:
    """What resolution promises ask of the unit, day by day.

    ``handling_s`` is the median open time from receipt until done, waiting not
    counted: an upper bound of the work itself, since lying counts.
    """

    days: tuple[DayWork, ...]
    handling_s: int | None
    done: int

    @property
    def arrived(self) -> int:
        """Return how many promises began in the period."""
        return sum(day.arrived for day in self.days)

    @property
    def open_s(self) -> int:
        """Return the open time of the period."""
        return sum(day.open_s for day in self.days)

    def in_hand_at(self, target_s: float) -> float | None:
        """Return how many lie open at once if each takes so long (Little's law)."""
        return self.arrived / self.open_s * target_s if self.open_s else None

    def by_weekday(self) -> tuple[tuple[int, float, float, int], ...]:
        """Return weekday, mean seconds of work arriving, mean open seconds, days."""
        found = []
        for weekday in range(7):
            days = [one for one in self.days if one.day.weekday() == weekday]
            if not days:
                continue
            arrived = sum(one.arrived for one in days) / len(days)
            opened = sum(one.open_s for one in days) / len(days)
            work = arrived * (self.handling_s or 0)
            if opened or arrived:
                found.append((weekday, work, opened, len(days)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Replay:
    """A trial replayed; ``read`` of ``total`` requests are in it so far."""

    as_at: datetime
    start: datetime
    end: datetime
    read: int
    total: int
    kinds: Mapping[TargetKind, KindReplay]
    work: Work

    @property
    def is_whole(self) -> bool:
        """Tell whether everything has been read."""
        return self.read == self.total
