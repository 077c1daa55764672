"""What screens read about calendars: the list, one, and what a change would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import NotFound
from desktop.domain.promises import ClockView
from desktop.entities.agreements import AgreementVersion
from desktop.entities.calendars import Calendar, CalendarVersion
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit
from desktop.store.calendar_rows import calendar_specs
from desktop.store.projection import clock_view
from desktop.store.recounting import given as hours_given
from desktop.store.recounting import recounted
from desktop.store.reference import KeptVersion, Reference, load_reference
from desktop.store.retiming import BATCH, projections

_TIMES = ("used_s", "due_at", "breached_at")


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One calendar in the list; ``lock`` is what the next change expects."""

    calendar_id: int
    name: str
    zone: str
    lock: int
    week_s: int
    closures: int
    closed_from: date | None
    is_around_the_clock: bool
    units: int
    agreements: int


@dataclass(frozen=True, slots=True)
class CalendarVersionRow:
    """One version kept; ``refunded_at`` is when running clocks were put under it.

    ``spec`` is what it says, ``before`` the version before; None for the first kept.
    """

    number: int
    at: datetime
    by: str
    refunded_at: datetime | None
    spec: CalendarSpec
    before: CalendarSpec | None = None


@dataclass(frozen=True, slots=True)
class CalendarDetails:
    """A calendar as it is, and the versions kept, the newest first."""

    calendar_id: int
    lock: int
    spec: CalendarSpec
    country: str | None
    subdivision: str | None
    is_around_the_clock: bool
    versions: tuple[CalendarVersionRow, ...]


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One running clock a change would move."""

    request_id: int
    reference: str
    kind: TargetKind
    unit: str
    due_before: datetime | None
    due_after: datetime | None
    was_broken: bool
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Refund:
    """What a change would mean for open requests, by the earliest due time before.

    ``rows`` are all that move, ``requests`` of how many requests, of ``looked_at``
    open ones on the calendar. ``mended`` are no longer broken,
    ``broken`` newly are.
    """

    rows: tuple[RefundRow, ...]
    requests: int
    looked_at: int
    mended: int
    broken: int


def calendar_rows(session: Session) -> tuple[CalendarRow, ...]:
    """Return every calendar by name, but those withdrawn with their draft."""
    specs = calendar_specs(session)
    shown = select(Calendar).where(Calendar.withdrawn_at.is_(None))
    units = dict(
        session.execute(
            select(Unit.calendar_id, func.count()).group_by(Unit.calendar_id)
        ).all()
    )
    used = dict(
        session.execute(
            select(AgreementVersion.calendar_id, func.count()).group_by(
                AgreementVersion.calendar_id
            )
        ).all()
    )
    return tuple(
        CalendarRow(
            calendar_id=one.id,
            name=one.name,
            zone=one.zone,
            lock=one.version,
            week_s=sum(b - a for day in specs[one.id].weekly.values() for a, b in day),
            closures=len(specs[one.id].closures),
            closed_from=one.closed_from,
            is_around_the_clock=one.is_around_the_clock,
            units=units.get(one.id, 0),
            agreements=used.get(one.id, 0),
        )
        for one in session.scalars(shown.order_by(Calendar.name))
    )


def calendar_details(session: Session, calendar_id: int) -> CalendarDetails:
    """Return a calendar as it is with the versions kept. Raises NotFound."""
    row = _calendar(session, calendar_id)
    versions: list[CalendarVersionRow] = []
    for one, by in session.execute(
        select(CalendarVersion, Person.name)
        .join(Person, Person.id == CalendarVersion.by_id, isouter=True)
        .where(CalendarVersion.calendar_id == calendar_id)
        .order_by(CalendarVersion.number)
    ):
        before = versions[-1].spec if versions else None
        spec = CalendarSpec.from_data(one.spec)
        versions.append(
            CalendarVersionRow(
                one.number, one.at, by or "", one.refunded_at, spec, before
            )
        )
    return CalendarDetails(
        calendar_id=row.id,
        lock=row.version,
        spec=calendar_specs(session, calendar_id)[calendar_id],
        country=row.country,
        subdivision=row.subdivision,
        is_around_the_clock=row.is_around_the_clock,
        versions=tuple(reversed(versions)),
    )


def preview_calendar(
    session: Session, calendar_id: int, spec: CalendarSpec, now: datetime
) -> Refund:
    """Return what ``spec`` would mean for open requests, were it given to them.

    Raises NotFound, and Invalid for a calendar that cannot be counted with.
    """
    row = _calendar(session, calendar_id)
    reference = load_reference(session, 0)
    changed = ServiceCalendar(replace(spec, version=row.version + 1))
    return _refund(session, calendar_id, reference, changed, now)


def preview_refund(session: Session, calendar_id: int, now: datetime) -> Refund:
    """Return what the newest version would mean for clocks that run under older ones.

    Raises NotFound.
    """
    _calendar(session, calendar_id)
    reference = load_reference(session, 0)
    newest = reference.calendars[calendar_id]
    return _refund(session, calendar_id, reference, newest, now)


def _refund(
    session: Session,
    calendar_id: int,
    reference: Reference,
    changed: ServiceCalendar,
    now: datetime,
) -> Refund:
    given = _given(reference, calendar_id, changed, now)
    ids = session.scalars(
        select(RequestClock.request_id)
        .join(Request, Request.id == RequestClock.request_id)
        .where(RequestClock.calendar_id == calendar_id, Request.is_open)
        .distinct()
        .order_by(RequestClock.request_id)
    ).all()
    units = dict(session.execute(select(Unit.id, Unit.name)).all())
    rows: list[RefundRow] = []
    left: list[int] = []
    hours_of = hours_given(calendar_id, changed)
    for found, others in recounted(session, ids, hours_of, reference):
        left += others
        rows += [
            _row(one.request, before, after, units, now)
            for one in found
            for _, before, after in one.moved
            if _is_moved(before, after)
        ]
    for start in range(0, len(left), BATCH):
        rows += _moved(session, left[start : start + BATCH], given, units, now)
    rows.sort(key=lambda row: (row.due_before is None, row.due_before, row.reference))
    return Refund(
        rows=tuple(rows),
        requests=len({row.request_id for row in rows}),
        looked_at=len(ids),
        mended=sum(row.was_broken and not row.is_broken for row in rows),
        broken=sum(row.is_broken and not row.was_broken for row in rows),
    )


def _given(
    reference: Reference, calendar_id: int, changed: ServiceCalendar, now: datetime
) -> Reference:
    """Return the rules as they would be, were ``changed`` given to what is open."""
    kept = list(reference.versions.get(calendar_id, ()))
    if not kept:
        kept = [_kept(reference.calendars[calendar_id], now)]
    if kept[-1].number == changed.spec.version:
        kept.pop()
        kept = kept or [_kept(changed, now)]
    newest = _kept(changed, now)
    newest.refunded_at = now
    versions = {**reference.versions, calendar_id: [*kept, newest]}
    return replace(reference, versions=versions)


def _kept(calendar: ServiceCalendar, now: datetime) -> KeptVersion:
    return KeptVersion(calendar.spec.version, now, None, {}, calendar)


def _moved(
    session: Session,
    ids: Iterable[int],
    given: Reference,
    units: dict[int, str],
    now: datetime,
) -> Iterator[RefundRow]:
    wanted = list(ids)
    stored = {
        (row.request_id, row.position): clock_view(row)
        for row in session.scalars(
            select(RequestClock).where(RequestClock.request_id.in_(wanted))
        )
    }
    for request, projected in projections(session, wanted, given):
        for values in projected.clocks:
            before = stored.get((request.id, values["position"]))
            if before is None or before.stopped_at is not None:
                continue
            times = {name: values[name] for name in _TIMES}
            after = replace(before, **times)
            if _is_moved(before, after):
                yield _row(request, before, after, units, now)


def _is_moved(before: ClockView, after: ClockView) -> bool:
    return (before.due_at, before.used_s) != (after.due_at, after.used_s)


def _row(
    request: Any,
    before: ClockView,
    after: ClockView,
    units: Mapping[int, str],
    now: datetime,
) -> RefundRow:
    return RefundRow(
        request_id=request.id,
        reference=request.reference,
        kind=before.kind,
        unit=units[before.unit],
        due_before=before.due_at,
        due_after=after.due_at,
        was_broken=_is_over(before.due_at, before.breached_at, now),
        is_broken=_is_over(after.due_at, after.breached_at, now),
    )


def _is_over(due: datetime | None, breached: datetime | None, now: datetime) -> bool:
    return breached is not None or (due is not None and due < now)


def _calendar(session: Session, calendar_id: int) -> Calendar:
    row = session.get(Calendar, calendar_id)
    if row is None:
        raise NotFound("not_found", what="calendar", id=calendar_id)
    return row
