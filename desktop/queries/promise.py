"""What the agreement promises for a request about to be raised, and what is likely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, Target, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.likely import FEWEST_COMPARED, Alike, Bin, Likely, likely
from desktop.queries.services import find_services
from desktop.store.reference import Reference, load_reference

__all__ = [
    "FEWEST_COMPARED",
    "Alike",
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
    target: Target | None = None

    def due_from(self, calendar: ServiceCalendar, now: datetime) -> datetime | None:
        """Return when it would be due, sent at ``now``; the calendar is its own."""
        return None if self.target is None else self.target.due(calendar, now)


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
    target: Target | None = None

    def due_from(self, calendar: ServiceCalendar, now: datetime) -> datetime | None:
        """Return when it would be due, sent at ``now``; the calendar is its own."""
        return None if self.target is None else self.target.due(calendar, now)


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
        target = terms.target(TargetKind.RESOLUTION, USUAL_PRIORITY) if terms else None
        if terms is None or target is None:
            own = terms.calendar if terms else None
            tiles.append(ServiceTile(hit.id, hit.name, hit.unit, own))
            continue
        calendar_id = target.calendar or terms.calendar
        amount = target.amount(reference.calendars[calendar_id], now)
        tiles.append(
            ServiceTile(
                hit.id,
                hit.name,
                hit.unit,
                calendar_id,
                int(amount.open_time.total_seconds()),
                target,
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
    return _view(session, row, (service_id, priority), terms, reference, now)


def _view(
    session: Session,
    unit: Row[int, str],
    asked: tuple[int, int],
    terms: AgreementTerms,
    reference: Reference,
    now: datetime,
) -> PromiseView:
    """Return what ``terms`` promise for a service and priority, sent now."""
    service_id, priority = asked
    target = terms.target(TargetKind.RESOLUTION, priority)
    calendar_id = (target.calendar if target else None) or terms.calendar
    calendar = reference.calendars[calendar_id]
    target_s, due_at = _promised(target, reference, terms.calendar, now)
    response_s, response_due = _promised(
        terms.target(TargetKind.RESPONSE, priority), reference, terms.calendar, now
    )
    return PromiseView(
        service_id,
        unit.unit_id,
        unit.name,
        terms.name,
        terms.number,
        calendar_id,
        calendar.spec.zone,
        response_s,
        response_due,
        target_s,
        due_at,
        _closures(calendar, now, due_at),
        likely(session, service_id, terms, calendar, priority, now),
        target,
    )


def _promised(
    target: Target | None, reference: Reference, usual: int, now: datetime
) -> tuple[int | None, datetime | None]:
    """Return a target's open seconds from now and when it would be due."""
    if target is None:
        return None, None
    calendar = reference.calendars[target.calendar or usual]
    amount = target.amount(calendar, now)
    return int(amount.open_time.total_seconds()), target.due(calendar, now)


def _closures(
    calendar: ServiceCalendar, now: datetime, due_at: datetime | None
) -> tuple[SkippedClosure, ...]:
    if due_at is None:
        return ()
    return tuple(
        SkippedClosure(one.closure.name, one.first, one.last)
        for one in calendar.closures_between(now, due_at)
    )
