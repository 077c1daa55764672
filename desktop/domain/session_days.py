"""Which day a session is laid on: the rule's own, or another when a unit is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

FARTHEST_MOVE: Final = 31
"""How many days a session is moved at most to find an open one."""

Laid = Literal["rule", "earlier", "later", "skipped", "closed"]


class HolidayRule(StrEnum):
    """What becomes of a session on a day either unit is closed."""

    KEEP = "keep"
    SKIP = "skip"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What became of one occurrence of a rule.

    ``rule_at`` is the instant the rule gave. ``starts_at`` is when the session is;
    None where there is none: the day is ``skipped``, or ``closed`` without another.
    """

    rule_at: datetime
    starts_at: datetime | None
    laid: Laid


def laid_out(
    instants: Iterable[datetime],
    zone: str,
    holidays: HolidayRule,
    skipped: Set[date],
    is_closed: Callable[[date], bool],
) -> Iterator[Occurrence]:
    """Lay the instants of a rule, in order, on days that are open.

    The wall-clock time in ``zone`` stays. A session is moved at most 31 days and never
    onto the day of another occurrence or beyond it: it is left out then, for that
    other one is near enough.
    """
    layer = _Layer(ZoneInfo(zone), holidays, skipped, is_closed)
    before: datetime | None = None
    waiting: datetime | None = None
    for instant in instants:
        if waiting is not None:
            yield layer.laid(waiting, before, instant)
            before = waiting
        waiting = instant
    if waiting is not None:
        yield layer.laid(waiting, before, None)


@dataclass(frozen=True, slots=True)
class _Layer:
    zone: ZoneInfo
    holidays: HolidayRule
    skipped: Set[date]
    is_closed: Callable[[date], bool]

    def laid(
        self, at: datetime, before: datetime | None, after: datetime | None
    ) -> Occurrence:
        local = at.astimezone(self.zone)
        day = local.date()
        if day in self.skipped:
            return Occurrence(at, None, "skipped")
        if self.holidays is HolidayRule.KEEP or not self.is_closed(day):
            return Occurrence(at, at, "rule")
        moved: date | None = None
        if self.holidays is HolidayRule.EARLIER:
            moved = self._open(day, -1, self._day(before))
        elif self.holidays is HolidayRule.LATER:
            moved = self._open(day, 1, self._day(after))
        if moved is None:
            return Occurrence(at, None, "closed")
        starts_at = datetime.combine(moved, local.time(), self.zone).astimezone(UTC)
        laid: Laid = "earlier" if moved < day else "later"
        return Occurrence(at, starts_at, laid)

    def _day(self, at: datetime | None) -> date | None:
        return at.astimezone(self.zone).date() if at else None

    def _open(self, day: date, step: int, bound: date | None) -> date | None:
        """Return the next open day, None before the bound or too far away."""
        for count in range(1, FARTHEST_MOVE + 1):
            wanted = day + timedelta(days=step * count)
            if wanted == bound:
                return None
            if not self.is_closed(wanted):
                return wanted
        return None
