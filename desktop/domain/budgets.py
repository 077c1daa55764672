"""The promise budget: each unit's part of a request against what the customer was told.

A part is a unit's legs of one request taken together; the front unit's share is a part
like any other, and so are those of the requests it was split into. Parts one after
another add up; those side by side are counted once. What decided when it was done is
the critical path: while parts were open the one that ended last, else who had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
CalendarOfUnit = Callable[[int], ServiceCalendar]


class BrokenBy(StrEnum):
    """Why a part is named as the one that broke what the customer was told.

    ``over_target``: of those on the critical path it used the most beyond its own
    target. ``had_it``: nobody was beyond a target; it had the request when the time
    ran out.
    """

    OVER_TARGET = "over_target"
    HAD_IT = "had_it"


@dataclass(frozen=True, slots=True)
class Piece:
    """One request as the budget reads it; ``whole`` is the one it is a part of."""

    request: int
    whole: int | None
    history: History
    promises: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part: its stays, the working time used, and its target if any.

    ``used`` is counted by its promise, where there is one: what held that is not in
    it. ``waited`` is open time in which the request waited for somebody there.
    """

    request: int
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

    @property
    def left(self) -> timedelta:
        """Return how much of its target is left."""
        if self.target is None:
            return timedelta()
        return max(self.target - self.used, timedelta())


@dataclass(frozen=True, slots=True)
class Step:
    """A span of the critical path: ``part`` (an index) decided how long it took."""

    part: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Budget:
    """All parts against what the customer was told, as at an instant.

    ``left`` is wall-clock time until the told instant, negative once it passed;
    ``elapsed`` what all parts together took, time side by side counted once.
    ``critical`` leads from the beginning to the end. ``broken_by`` indexes ``parts``;
    ``waiting_for`` is whom the request waited for at the told instant.
    """

    parts: tuple[Part, ...]
    told_due_at: datetime | None
    ended_at: datetime | None
    elapsed: timedelta
    left: timedelta | None
    critical: tuple[Step, ...] = ()
    broken_by: int | None = None
    why: BrokenBy | None = None
    waiting_for: PendingReason | None = None

    @property
    def is_broken(self) -> bool:
        """Tell whether what the customer was told did not come true."""
        return self.left is not None and self.left < timedelta()


def budget_of(
    pieces: Sequence[Piece],
    calendar_of_unit: CalendarOfUnit,
    told_due_at: datetime | None,
    at: datetime,
) -> Budget:
    """Lay the legs of a request and its parts out, as at an instant.

    ``pieces`` begin with the whole; those of which nothing is known yet are left out.
    """
    whole = pieces[0].history
    end = min(whole.ended_at or at, at)
    known = [one for one in pieces if one.history.raised_at is not None]
    parts = tuple(
        part for piece in known for part in _parts(piece, whole, calendar_of_unit, end)
    )
    budget = Budget(
        parts,
        told_due_at,
        whole.ended_at if whole.ended_at and whole.ended_at <= at else None,
        wall_clock(span for part in parts for span in part.spans),
        None if told_due_at is None else told_due_at - end,
        critical_path(known, parts, end),
    )
    if not budget.is_broken or told_due_at is None:
        return budget
    broken_by, why = _broken_by(budget, told_due_at)
    holder = pieces[0].request if broken_by is None else parts[broken_by].request
    named = next(one.history for one in pieces if one.request == holder)
    waiting = _waiting_at(named, told_due_at)
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


# ------------------------------------------------------------ each unit's part


def _parts(
    piece: Piece, whole: History, calendar_of_unit: CalendarOfUnit, end: datetime
) -> Iterator[Part]:
    """Yield a request's units with their stays, while the whole was there."""
    assert whole.raised_at is not None
    last = min(piece.history.ended_at or end, end)
    found: dict[int, list[Span]] = {}
    for leg in piece.history.legs:
        start = max(leg.start, whole.raised_at)
        until = last if leg.end is None else min(leg.end, last)
        if leg.unit is not None and start <= until:
            found.setdefault(leg.unit, []).append((start, until))
    for unit, spans in found.items():
        yield _part(piece, unit, tuple(spans), calendar_of_unit, last)


def _part(
    piece: Piece,
    unit: int,
    spans: tuple[Span, ...],
    calendar_of_unit: CalendarOfUnit,
    end: datetime,
) -> Part:
    # A front unit owes answers; each is a promise of its own.
    own = _own(piece, unit, TargetKind.RESOLUTION)
    own = own or _own(piece, unit, TargetKind.ANSWER)
    calendar = own[-1].calendar if own else calendar_of_unit(unit)
    waited = sum(
        (
            calendar.elapsed(max(hold.start, start), min(hold.end or end, until))
            for hold in piece.history.holds
            for start, until in spans
        ),
        timedelta(),
    )
    if own and own[0].kind is TargetKind.RESOLUTION:
        used = sum((one.clock().elapsed(end) for one in own), timedelta())
    else:
        used = sum((calendar.elapsed(*span) for span in spans), timedelta())
    target = sum((one.amount for one in own), timedelta()) if own else None
    return Part(piece.request, unit, spans, used, waited, target, calendar)


def _own(piece: Piece, unit: int, kind: TargetKind) -> list[Promise]:
    return [
        one
        for one in piece.promises
        if one.unit == unit and one.kind is kind and not one.is_void
    ]


# ------------------------------------------------------------ the critical path


def critical_path(
    pieces: Sequence[Piece], parts: Sequence[Part], end: datetime
) -> tuple[Step, ...]:
    """Return what decided how long it took, from the beginning to ``end``."""
    start = pieces[0].history.raised_at if pieces else None
    if start is None or start >= end:
        return ()
    found: list[Step] = []
    for step in sorted(
        _traced(pieces[0], pieces, parts, (start, end)), key=lambda one: one.start
    ):
        last = found[-1] if found else None
        if last is not None and (last.part, last.end) == (step.part, step.start):
            found[-1] = Step(last.part, last.start, step.end)
        else:
            found.append(step)
    return tuple(found)


def _traced(
    piece: Piece, pieces: Sequence[Piece], parts: Sequence[Part], span: Span
) -> Iterator[Step]:
    """Go back from the end of ``span`` to the part that ended last, and on from it."""
    first, cursor = span
    while cursor > first:
        last = _ended_last(piece, pieces, parts, (first, cursor))
        if last is None:
            break
        part, (start, end) = last
        yield from _own_steps(piece, parts, (end, cursor))
        yield from _traced(part, pieces, parts, (start, end))
        cursor = start
    yield from _own_steps(piece, parts, (first, cursor))


def _ended_last(
    piece: Piece, pieces: Sequence[Piece], parts: Sequence[Part], span: Span
) -> tuple[Piece, Span] | None:
    """Return the part that was done last, or will be as far as one can tell.

    Of those still open that is the one furthest beyond its target, else the one with
    most of its target left.
    """
    found: list[tuple[tuple[datetime, bool, timedelta, timedelta, int], datetime]] = []
    for place, one in enumerate(pieces):
        if one.whole != piece.request or not _is_waited_for(one, piece):
            continue
        own = [part for part in parts if part.request == one.request]
        spans = [stay for part in own for stay in part.spans]
        if not spans:
            continue
        start = max(span[0], min(stay[0] for stay in spans))
        end = min(span[1], max(stay[1] for stay in spans))
        if start < end:
            is_open = one.history.ended_at is None
            over = max(part.over for part in own)
            left = max(part.left for part in own)
            found.append(((end, is_open, over, left, -place), start))
    if not found:
        return None
    rank, start = max(found)
    return pieces[-rank[-1]], (start, rank[0])


def _is_waited_for(part: Piece, whole: Piece) -> bool:
    """Tell whether the whole ended after the part; one done without it waited not."""
    ended = whole.history.ended_at
    if ended is None:
        return True
    return part.history.ended_at is not None and part.history.ended_at <= ended


def _own_steps(piece: Piece, parts: Sequence[Part], span: Span) -> Iterator[Step]:
    for place, part in enumerate(parts):
        if part.request != piece.request:
            continue
        for start, end in part.spans:
            begun, until = max(start, span[0]), min(end, span[1])
            if begun < until:
                yield Step(place, begun, until)


def _broken_by(
    budget: Budget, told_due_at: datetime
) -> tuple[int | None, BrokenBy | None]:
    """Name the part beyond its target by most, of those that decided it until then."""
    begun = [
        (_deciding_over(budget, place), -place)
        for place in {one.part for one in budget.critical if one.start < told_due_at}
    ]
    most = max(begun, default=(timedelta(), 0))
    if most[0] > timedelta():
        return -most[1], BrokenBy.OVER_TARGET
    for step in budget.critical:
        if step.start <= told_due_at < step.end:
            return step.part, BrokenBy.HAD_IT
    return None, None


def _deciding_over(budget: Budget, place: int) -> timedelta:
    """Return how far a part went beyond its target where nobody else was waited for.

    A unit whose clock ran on while parts were done elsewhere is not to blame for them.
    """
    part = budget.parts[place]
    if part.target is None:
        return timedelta()
    deciding = sum(
        (
            part.calendar.elapsed(step.start, step.end)
            for step in budget.critical
            if step.part == place
        ),
        timedelta(),
    )
    return min(part.over, deciding - part.target)
