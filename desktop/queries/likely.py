"""What history makes likely for a request about to be sent.

Compared are requests of the same service and priority, else of the service, else of
the office, else of the house; each ring is read through an index and thinned where
there are very many.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.forecasts import (
    FEWEST,
    LOOK_BACK,
    MOST,
    NEAR,
    PastCase,
    every,
    forecast,
    is_full,
)
from desktop.domain.instants import to_microseconds
from desktop.domain.requests import RequestState
from desktop.entities.requests import Request, RequestClock, RequestLeg

FEWEST_COMPARED = FEWEST
COUNTED_IN_INDEX = 200_000
COUNTED_IN_TABLE = 20_000
BINS = 14
SECOND_US = 1_000_000


class Alike(StrEnum):
    """What the requests compared have in common, the most alike first."""

    PRIORITY = "priority"
    SERVICE = "service"
    OFFICE = "office"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Bin:
    """How many comparable requests were done in a span of working seconds."""

    end_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Likely:
    """What history makes likely, from ``n`` comparable requests since ``since``.

    ``unfinished`` of them are still open. ``half_s`` and ``eight_s`` are working
    seconds from raising until 5 and 8 of 10 are done, waiting included (None where
    fewer ever were), ``eight_at`` the instant of the latter. ``kept`` of ``judged``
    kept the promise. ``alike`` says what they have in common: with ``SERVICE`` also of
    other priorities, with ``OFFICE`` whatever it was first sent, with ``HOUSE`` whoever
    it was sent to. ``is_reckoned``: "8 of 10" lies further out than any was watched.
    """

    n: int
    unfinished: int
    since: datetime
    half_s: float | None
    eight_s: float | None
    eight_at: datetime | None
    kept: int
    judged: int
    bins: tuple[Bin, ...]
    alike: Alike = Alike.PRIORITY
    is_reckoned: bool = False

    @property
    def usual_at(self) -> datetime | None:
        """Return ``eight_at`` where it was seen, and of requests like this one."""
        is_seen = self.alike is not Alike.HOUSE and not self.is_reckoned
        return self.eight_at if is_seen else None


@dataclass(frozen=True, slots=True)
class _Ring:
    """What is compared, and the index it is read by: an instant, and an id to thin.

    ``counted`` are the conditions it is counted by before it is thinned, at most
    ``most``: those an index answers alone can be counted much further.
    """

    where: tuple[ColumnElement[bool], ...]
    counted: tuple[ColumnElement[bool], ...]
    most: int
    at: SQLColumnExpression[datetime]
    id: SQLColumnExpression[int]
    by_leg: bool = False

    def select(self, *columns: Any) -> Select[Any]:
        """Select of the ring's requests, the newest first."""
        chosen = select(*columns)
        if self.by_leg:
            chosen = chosen.select_from(RequestLeg).join(
                Request, Request.id == RequestLeg.request_id
            )
        else:
            chosen = chosen.select_from(Request)
        return chosen.where(*self.where)


@dataclass(frozen=True, slots=True)
class _Read:
    """A ring as read: since when, every how many-th, and its cases."""

    ring: _Ring
    narrowed: tuple[ColumnElement[bool], ...]
    since: datetime
    cases: list[PastCase]


def likely(
    session: Session,
    service_id: int,
    terms: AgreementTerms,
    calendar: ServiceCalendar,
    priority: int,
    now: datetime,
) -> Likely | None:
    """Return what comparable requests took, None under 20 of them.

    Those still open count as "at least this long", so a growing backlog is not
    mistaken for speed; newer ones weigh more; withdrawn ones do not count.
    """
    asked = _rings(service_id, priority, terms.back_unit)
    rings = list(_needed(session, asked, calendar, now))
    told = forecast([one.cases for one in rings])
    if told is None:
        return None
    chosen, alike = rings[told.ring], tuple(Alike)[told.ring]
    kept = judged = 0
    if alike is not Alike.HOUSE:
        # What other units kept says nothing of this one's promise.
        kept, judged = _verdicts(session, chosen, terms.back_unit, calendar, now)
    return Likely(
        told.n,
        told.unfinished,
        chosen.since,
        told.half_s,
        told.eight_s,
        _due(calendar, now, told.eight_s),
        kept,
        judged,
        # What was never seen has no place in a picture of what was.
        () if told.is_reckoned else _bins(chosen.cases, told.eight_s),
        alike,
        told.is_reckoned,
    )


def _rings(service_id: int, priority: int, unit_id: int) -> tuple[_Ring, ...]:
    service = (Request.service_id == service_id,)
    alike = (*service, Request.priority == priority)
    unit = (RequestLeg.unit_id == unit_id,)
    return (
        _Ring(alike, alike, COUNTED_IN_TABLE, Request.raised_at, Request.id),
        _Ring(service, service, COUNTED_IN_INDEX, Request.raised_at, Request.id),
        _Ring(
            (*unit, RequestLeg.position == 1),
            unit,
            COUNTED_IN_INDEX,
            RequestLeg.started_at,
            RequestLeg.id,
            by_leg=True,
        ),
        _Ring((), (), COUNTED_IN_INDEX, Request.raised_at, Request.id),
    )


def _needed(
    session: Session, rings: Sequence[_Ring], calendar: ServiceCalendar, now: datetime
) -> Iterator[_Read]:
    """Read the rings, the most alike first, until one is full."""
    for ring in rings:
        read = _read(session, ring, calendar, now)
        yield read
        if is_full(read.cases):
            return


def _read(
    session: Session, ring: _Ring, calendar: ServiceCalendar, now: datetime
) -> _Read:
    """Read the near ones thinned where they are more than enough, else all there are.

    Thinned is by id and inside the index, so that what is read stays bounded.
    """
    near = (ring.at >= now - NEAR, ring.at <= now)
    ids = select(ring.id).where(*ring.counted, *near).limit(ring.most).subquery()
    step = every(session.scalar(select(func.count()).select_from(ids)) or 0)
    narrowed: tuple[ColumnElement[bool], ...] = (
        (ring.at >= now - LOOK_BACK, ring.at <= now)
        if step == 1
        else (*near, ring.id % step == 0)
    )
    rows = session.execute(
        ring.select(Request.raised_at, Request.resolved_at)
        .where(*narrowed, Request.state != RequestState.CANCELLED)
        .order_by(ring.at.desc(), ring.id.desc())
        .limit(MOST)
    ).all()
    present = to_microseconds(now)
    cases = [_past(calendar, raised, done, present) for raised, done in rows]
    return _Read(ring, narrowed, rows[-1][0] if rows else now, cases)


def _past(
    calendar: ServiceCalendar, raised_at: datetime, done_at: datetime | None, now: int
) -> PastCase:
    raised = to_microseconds(raised_at)
    until = now if done_at is None else to_microseconds(done_at)
    return PastCase(
        (now - raised) / SECOND_US,
        calendar.elapsed_us(raised, until) / SECOND_US,
        done_at is not None,
    )


def _verdicts(
    session: Session,
    read: _Read,
    unit_id: int,
    calendar: ServiceCalendar,
    now: datetime,
) -> tuple[int, int]:
    """Count who kept the promise, of those of whom that can be said already."""
    clock = and_(
        RequestClock.request_id == Request.id,
        RequestClock.unit_id == unit_id,
        RequestClock.kind == TargetKind.RESOLUTION,
        RequestClock.is_void.is_(False),
    )
    rows = session.execute(
        read.ring.select(
            RequestClock.state,
            RequestClock.stopped_at,
            RequestClock.used_s,
            RequestClock.target_s,
            RequestClock.running_since,
        )
        .join(RequestClock, clock)
        .where(*read.narrowed, Request.state != RequestState.CANCELLED)
        .order_by(read.ring.at.desc(), read.ring.id.desc())
        .limit(MOST)
    )
    kept = judged = 0
    for state, stopped_at, used_s, target_s, since in rows:
        is_broken = state is ClockState.BREACHED
        if state is ClockState.RUNNING and since is not None and since < now:
            left = timedelta(seconds=target_s - used_s)
            is_broken = calendar.elapsed(since, now) > left
        is_done = stopped_at is not None
        judged += is_done or is_broken
        kept += is_done and not is_broken
    return kept, judged


def _bins(cases: Sequence[PastCase], eight: float | None) -> tuple[Bin, ...]:
    """Count the finished ones in equal spans, one edge of which is "8 of 10"."""
    finished = sorted(one.spent_s for one in cases if one.is_done)
    if not finished or not eight:
        return ()
    # The slowest twentieth would stretch the picture until nothing else is seen.
    longest = max(finished[max(0, int(len(finished) * 0.95) - 1)], eight)
    width = eight / max(1, round(BINS * eight / longest))
    counts = [0] * (int(longest / width) + 1)
    for value in finished:
        # What ends exactly on an edge belongs to the bar before it.
        index = max(0, math.ceil(value / width - 1e-9) - 1)
        if index < len(counts):
            counts[index] += 1
    while counts and counts[-1] == 0:
        counts.pop()
    return tuple(Bin((index + 1) * width, count) for index, count in enumerate(counts))


def _due(
    calendar: ServiceCalendar, now: datetime, seconds: float | None
) -> datetime | None:
    if seconds is None:
        return None
    return calendar.due(now, timedelta(seconds=seconds))
