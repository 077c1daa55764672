"""What the agreement promises for a request about to be raised, and what is likely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockReading, ClockState
from desktop.domain.statistics import Observation, SurvivalCurve
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.services import find_services
from desktop.store.projection import clock_view
from desktop.store.reference import load_reference

COMPARED_WITHIN = timedelta(days=180)
MOST_COMPARED = 2_000
FEWEST_COMPARED = 20
BINS = 14
USUAL_PRIORITY = 3


@dataclass(frozen=True, slots=True)
class SkippedClosure:
    """A named closure between now and the promised instant."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Bin:
    """How many comparable requests were done within one span of working seconds."""

    start_s: float
    end_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Likely:
    """What history makes likely, from ``n`` comparable requests since ``since``.

    ``unfinished`` of them are still open. ``half_s`` and ``eight_s`` are working
    seconds until 5 and 8 of 10 are done (None where fewer ever were), ``half_at`` and
    ``eight_at`` the instants that gives. ``kept`` of ``judged`` kept the promise.
    """

    n: int
    unfinished: int
    since: datetime
    half_s: float | None
    eight_s: float | None
    half_at: datetime | None
    eight_at: datetime | None
    kept: int
    judged: int
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class PromiseView:
    """What can be promised now for one service; agreement fields None without one."""

    service_id: int
    unit_id: int
    unit: str
    agreement: str | None = None
    version: int | None = None
    calendar_id: int | None = None
    zone: str | None = None
    response_s: int | None = None
    response_due: datetime | None = None
    target_s: int | None = None
    due_at: datetime | None = None
    closures: tuple[SkippedClosure, ...] = ()
    likely: Likely | None = None


@dataclass(frozen=True, slots=True)
class ServiceTile:
    """A service somebody raises often, and what it takes to say when it would be done.

    ``target_s`` seconds on the calendar ``calendar_id`` from whenever it is sent;
    both None where nothing is promised.
    """

    service_id: int
    name: str
    unit: str
    calendar_id: int | None = None
    target_s: int | None = None


def most_used(
    session: Session,
    *,
    person_id: int,
    front_unit_id: int,
    now: datetime,
    limit: int = 4,
) -> tuple[ServiceTile, ...]:
    """Return the services a person raises most, then those the unit does."""
    hits = find_services(
        session,
        "",
        person_id=person_id,
        front_unit_id=front_unit_id,
        now=now,
        limit=limit,
    )
    reference = load_reference(session, 0)
    tiles = []
    for hit in hits:
        terms = reference.chooser(hit.id)(front_unit_id, hit.unit_id, now)
        target_s = (
            terms.target_s(TargetKind.RESOLUTION, USUAL_PRIORITY) if terms else None
        )
        tiles.append(
            ServiceTile(
                hit.id,
                hit.name,
                hit.unit,
                terms.calendar if terms else None,
                target_s,
            )
        )
    return tuple(tiles)


def promise_for(
    session: Session,
    service_id: int,
    *,
    front_unit_id: int,
    priority: int,
    now: datetime,
) -> PromiseView | None:
    """Return what a request of this service, sent now, would be promised."""
    row = session.execute(
        select(Service.unit_id, Unit.name)
        .join(Unit, Unit.id == Service.unit_id)
        .where(Service.id == service_id)
    ).first()
    if row is None:
        return None
    unit_id, unit = row
    reference = load_reference(session, 0)
    terms = reference.chooser(service_id)(front_unit_id, unit_id, now)
    if terms is None:
        return PromiseView(service_id, unit_id, unit)
    calendar = reference.calendars[terms.calendar]
    response_s = terms.target_s(TargetKind.RESPONSE, priority)
    target_s = terms.target_s(TargetKind.RESOLUTION, priority)
    due_at = _due(calendar, now, target_s)
    return PromiseView(
        service_id,
        unit_id,
        unit,
        terms.name,
        terms.number,
        terms.calendar,
        calendar.spec.zone,
        response_s,
        _due(calendar, now, response_s),
        target_s,
        due_at,
        _closures(calendar, now, due_at),
        likely(session, service_id, terms, calendar, priority, now),
    )


def likely(
    session: Session,
    service_id: int,
    terms: AgreementTerms,
    calendar: ServiceCalendar,
    priority: int,
    now: datetime,
) -> Likely | None:
    """Return what comparable requests took, None under 20 of them.

    Comparable: same service and priority, raised in the last 180 days, the most
    recent 2,000. Those still open count as "at least this long" (Kaplan-Meier), so a
    growing backlog is not mistaken for speed.
    """
    rows = _comparable(session, service_id, terms, priority, now)
    if len(rows) < FEWEST_COMPARED:
        return None
    # A stopped clock is read from its row; only those that still run need the rules.
    done = [row for row in rows if row.stopped_at is not None]
    running = [row.id for row in rows if row.stopped_at is None]
    readings = _readings(session, running, calendar, now)
    observations = [Observation(float(row.used_s), True) for row in done]
    observations += [Observation(one.used.total_seconds(), False) for one in readings]
    broken = sum(row.state is ClockState.BREACHED for row in done)
    judged = len(done) + sum(one.state is ClockState.BREACHED for one in readings)
    kept = len(done) - broken
    curve = SurvivalCurve.of(observations)
    half, eight = curve.quantile(0.5), curve.quantile(0.8)
    return Likely(
        curve.n,
        sum(not one.is_finished for one in observations),
        rows[-1].raised_at,
        half,
        eight,
        _due(calendar, now, half),
        _due(calendar, now, eight),
        kept,
        judged,
        _bins(observations, eight),
    )


def _comparable(
    session: Session,
    service_id: int,
    terms: AgreementTerms,
    priority: int,
    now: datetime,
) -> Sequence[Any]:
    return session.execute(
        select(
            RequestClock.id,
            RequestClock.stopped_at,
            RequestClock.used_s,
            RequestClock.state,
            Request.raised_at,
        )
        .join(Request, Request.id == RequestClock.request_id)
        .where(
            Request.service_id == service_id,
            Request.raised_at >= now - COMPARED_WITHIN,
            Request.priority == priority,
            RequestClock.unit_id == terms.back_unit,
            RequestClock.kind == TargetKind.RESOLUTION,
            RequestClock.is_void.is_(False),
        )
        .order_by(Request.raised_at.desc(), Request.id.desc())
        .limit(MOST_COMPARED)
    ).all()


def _readings(
    session: Session, clocks: list[int], calendar: ServiceCalendar, now: datetime
) -> list[ClockReading]:
    if not clocks:
        return []
    rows = session.scalars(select(RequestClock).where(RequestClock.id.in_(clocks)))
    return [clock_view(row).reading(calendar, now) for row in rows]


def _bins(observations: list[Observation], eight: float | None) -> tuple[Bin, ...]:
    """Count the finished ones in equal spans, one edge of which is "8 of 10"."""
    finished = sorted(one.value for one in observations if one.is_finished)
    if not finished or not eight:
        return ()
    # The slowest twentieth would stretch the picture until nothing else is seen.
    longest = max(finished[int(len(finished) * 0.95) - 1], eight)
    width = eight / max(1, round(BINS * eight / longest))
    counts = [0] * (int(longest / width) + 1)
    for value in finished:
        # What ends exactly on an edge belongs to the bar before it.
        index = max(0, math.ceil(value / width - 1e-9) - 1)
        if index < len(counts):
            counts[index] += 1
    while counts and counts[-1] == 0:
        counts.pop()
    return tuple(
        Bin(index * width, (index + 1) * width, count)
        for index, count in enumerate(counts)
    )


def _due(
    calendar: ServiceCalendar, now: datetime, seconds: float | None
) -> datetime | None:
    if seconds is None:
        return None
    return calendar.due(now, timedelta(seconds=seconds))


def _closures(
    calendar: ServiceCalendar, now: datetime, due_at: datetime | None
) -> tuple[SkippedClosure, ...]:
    if due_at is None:
        return ()
    return tuple(
        SkippedClosure(one.closure.name, one.first, one.last)
        for one in calendar.closures_between(now, due_at)
    )
