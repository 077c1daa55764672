"""The promise budget: each unit's part of a request against what the customer was told.

A part is a unit's legs taken together; the front unit's share is a part like any
other. Parts one after another add up; those side by side are counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import History
from desktop.domain.instants import to_microseconds
from desktop.domain.open_time import merged
from desktop.domain.promises import Promise
from desktop.domain.requests import PendingReason

Span = tuple[datetime, datetime]


class BrokenBy(StrEnum):
    """Why a part is named as the one that broke what the customer was told.

    ``over_target``: it used the most beyond its own target. ``had_it``: nobody was
    beyond a target; it had the request when the time ran out.
    """

    OVER_TARGET = "over_target"
    HAD_IT = "had_it"


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part: its stays, the working time used, and its target if any.

    ``used`` is counted by its promise, where there is one: what held that is not in
    it. ``waited`` is open time in which the request waited for somebody there.
    """

    unit: int
    spans: tuple[Span, ...]
    used: timedelta
    waited: timedelta
    target: timedelta | None
    calendar: ServiceCalendar

    @property
    def over(self) -> timedelta:
        """Return how far it went beyond its target."""
        if self.target is None:
            return timedelta()
        return max(self.used - self.target, timedelta())


@dataclass(frozen=True, slots=True)
class Budget:
    """All parts against what the customer was told, as at an instant.

    ``left`` is wall-clock time until the told instant, negative once it passed;
    ``elapsed`` what all parts together took, time side by side counted once.
    ``broken_by`` indexes ``parts``; ``waiting_for`` is whom the request waited for at
    the told instant.
    """

    parts: tuple[Part, ...]
    told_due_at: datetime | None
    ended_at: datetime | None
    elapsed: timedelta
    left: timedelta | None
    broken_by: int | None = None
    why: BrokenBy | None = None
    waiting_for: PendingReason | None = None

    @property
    def is_broken(self) -> bool:
        """Tell whether what the customer was told did not come true."""
        return self.left is not None and self.left < timedelta()


def budget_of(
    history: History,
    promises: Sequence[Promise],
    calendar_of_unit: Callable[[int], ServiceCalendar],
    told_due_at: datetime | None,
    at: datetime,
) -> Budget:
    """Lay a request's legs out as parts, as at an instant."""
    end = min(history.ended_at or at, at)
    parts = tuple(
        _part(unit, spans, history, promises, calendar_of_unit, end)
        for unit, spans in _stays(history, end)
    )
    left = None if told_due_at is None else told_due_at - end
    budget = Budget(
        parts,
        told_due_at,
        history.ended_at if history.ended_at and history.ended_at <= at else None,
        wall_clock(span for part in parts for span in part.spans),
        left,
    )
    if not budget.is_broken or told_due_at is None:
        return budget
    broken_by, why = _broken_by(parts, told_due_at)
    waiting = _waiting_at(history, told_due_at)
    return replace(budget, broken_by=broken_by, why=why, waiting_for=waiting)


def _waiting_at(history: History, at: datetime) -> PendingReason | None:
    for hold in history.holds:
        if hold.start <= at and (hold.end is None or at < hold.end):
            return hold.reason
    return None


def wall_clock(spans: Iterable[Span]) -> timedelta:
    """Return how long spans last together, what overlaps counted once."""
    ranges = merged((to_microseconds(a), to_microseconds(b)) for a, b in spans)
    return timedelta(microseconds=sum(b - a for a, b in ranges))


def _stays(history: History, end: datetime) -> list[tuple[int, tuple[Span, ...]]]:
    found: dict[int, list[Span]] = {}
    for leg in history.legs:
        until = end if leg.end is None else min(leg.end, end)
        if leg.unit is not None and leg.start <= until:
            found.setdefault(leg.unit, []).append((leg.start, until))
    return [(unit, tuple(spans)) for unit, spans in found.items()]


def _part(
    unit: int,
    spans: tuple[Span, ...],
    history: History,
    promises: Sequence[Promise],
    calendar_of_unit: Callable[[int], ServiceCalendar],
    end: datetime,
) -> Part:
    own = [
        one
        for one in promises
        if one.unit == unit and one.kind is TargetKind.RESOLUTION and not one.is_void
    ]
    if not own:
        # A front unit owes answers; each is a promise of its own.
        own = [
            one
            for one in promises
            if one.unit == unit and one.kind is TargetKind.ANSWER and not one.is_void
        ]
    calendar = own[-1].calendar if own else calendar_of_unit(unit)
    waited = sum(
        (
            calendar.elapsed(max(hold.start, start), min(hold.end or end, until))
            for hold in history.holds
            for start, until in spans
        ),
        timedelta(),
    )
    if own and own[0].kind is TargetKind.RESOLUTION:
        used = sum((one.clock().elapsed(end) for one in own), timedelta())
    else:
        used = sum((calendar.elapsed(*span) for span in spans), timedelta())
    target = sum((one.amount for one in own), timedelta()) if own else None
    return Part(unit, spans, used, waited, target, calendar)


def _broken_by(
    parts: Sequence[Part], told_due_at: datetime
) -> tuple[int | None, BrokenBy | None]:
    """Name the part beyond its target by most, of those begun before it broke."""
    begun = [
        (part.over, place)
        for place, part in enumerate(parts)
        if part.spans[0][0] < told_due_at and part.over > timedelta()
    ]
    if begun:
        return max(begun, key=lambda one: (one[0], -one[1]))[1], BrokenBy.OVER_TARGET
    for place, part in enumerate(parts):
        if any(start <= told_due_at < until for start, until in part.spans):
            return place, BrokenBy.HAD_IT
    return None, None
