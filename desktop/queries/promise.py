"""What the agreement promises for a request about to be raised, and what is likely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.likely import FEWEST_COMPARED, Bin, Likely, likely
from desktop.queries.services import find_services
from desktop.store.reference import load_reference

__all__ = [
    "FEWEST_COMPARED",
    "Bin",
    "Likely",
    "PromiseView",
    "ServiceTile",
    "SkippedClosure",
    "most_used",
    "promise_for",
]

USUAL_PRIORITY = 3


@dataclass(frozen=True, slots=True)
class SkippedClosure:
    """A named closure between now and the promised instant."""

    name: str
    start: date
    end: date


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
