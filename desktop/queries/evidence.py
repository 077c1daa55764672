"""Load what a session's evidence is made from: the pair, its requests, its journal.

Seven statements or so, however much happened. Only requests with a hand-over between
the two units that were open since the period before began are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, ClockStart
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import NotFound
from desktop.domain.evidence import PairEvidence, pair_evidence
from desktop.domain.instants import DAY_S
from desktop.domain.pairs import Case, Pair, Period
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestLeg
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.store.histories import events_where
from desktop.store.reference import Reference, load_reference

IS_OPEN: Final[ColumnElement[bool]] = literal_column("request.is_open")
AT_MOST_IN_ONE = 30_000
DEFAULT_DAYS = 14
GATHERED = time(8)


def zone_of(session: Session) -> ZoneInfo:
    """Return the workspace's time zone."""
    return ZoneInfo(session.scalar(select(Workspace.zone)) or "UTC")


def earlier(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """Return the start of the equally long period before, by the local calendar."""
    first, last = (at.astimezone(zone).replace(tzinfo=None) for at in (start, end))
    return (first - (last - first)).replace(tzinfo=zone).astimezone(UTC)


def period_before(
    on: datetime,
    zone: ZoneInfo,
    *,
    days: int = DEFAULT_DAYS,
    now: datetime | None = None,
) -> Period:
    """Return the ``days`` before the local day of ``on``, gathered at 08:00 that day.

    Nothing is read that happened after ``on`` or after ``now``, and the next session
    is supposed ``days`` later at the same local time.
    """
    day = on.astimezone(zone).date()

    def at(offset: int, when: time = time()) -> datetime:
        local = datetime.combine(day + timedelta(days=offset), when, zone)
        return local.astimezone(UTC)

    as_at = min(on, at(0, GATHERED))
    return Period(
        before_start=at(-2 * days),
        start=at(-days),
        end=at(0),
        as_at=as_at if now is None else min(now, as_at),
        next_at=at(days, on.astimezone(zone).timetz().replace(tzinfo=None)),
    )


def agenda_evidence(
    session: Session, *, front_unit_id: int, back_unit_id: int, period: Period
) -> PairEvidence:
    """Make the evidence between two units. Raises NotFound for an unknown unit."""
    cases, pair = pair_cases(session, front_unit_id, back_unit_id, period)
    return pair_evidence(cases, pair, period)


def pair_cases(
    session: Session, front_unit_id: int, back_unit_id: int, period: Period
) -> tuple[list[Case], Pair]:
    """Read the requests a period's figures between two units are counted from.

    Raises NotFound for an unknown unit.
    """
    reference = load_reference(session, 0)
    terms = tuple(
        one
        for one in reference.terms
        if one.back_unit == back_unit_id and one.front_unit in (None, front_unit_id)
    )
    wanted = _in_scope(
        front_unit_id,
        back_unit_id,
        period,
        at_receipt=any(one.starts is ClockStart.RECEIPT for one in terms),
    ).subquery()
    cases = _cases(session, select(wanted.c.id))
    return cases, _pair(session, reference, (front_unit_id, back_unit_id), terms, cases)


def _in_scope(
    front: int, back: int, period: Period, *, at_receipt: bool
) -> Select[tuple[int]]:
    """Select the requests the evidence has to read.

    Open now, or ended after the period before began: each by its own index, then one
    look at its few legs. What ended before that, for good, cannot count. With
    ``at_receipt`` a promise may also have begun by a hand-over from somebody else.
    """
    between = exists().where(
        RequestLeg.request_id == Request.id,
        or_(
            and_(RequestLeg.unit_id == back, RequestLeg.from_unit_id == front),
            and_(RequestLeg.unit_id == front, RequestLeg.from_unit_id == back),
        ),
    )
    ids = select(Request.id).where(between)
    if at_receipt:
        # "+ 0" keeps SQLite on the index of the request's own few clocks; by the pair
        # it would read all clocks of the two units for every request.
        promised = exists().where(
            RequestClock.request_id == Request.id,
            RequestClock.unit_id + 0 == back,
            RequestClock.for_unit_id + 0 == front,
        )
        ids = select(Request.id).where(or_(between, promised))
    # An open request has no resolved_at, so no request comes twice; UNION would make
    # SQLite walk the whole table in order of id, and a bound on raised_at would make it
    # leave the index of the open ones.
    found = union_all(
        ids.where(IS_OPEN),
        ids.where(
            Request.resolved_at >= period.before_start,
            Request.raised_at < period.as_at,
        ),
    ).subquery()
    return select(found.c.id)


def _cases(session: Session, ids: Select[tuple[int]]) -> list[Case]:
    events = events_where(session, JournalEntry.request_id.in_(ids))
    rows = session.execute(
        select(
            Request.id,
            Request.reference,
            Service.name.label("service"),
            Request.topic,
            Request.site,
            Request.front_unit_id,
            Request.service_id,
            Request.told_due_at,
            Request.customer,
        )
        .outerjoin(Service, Service.id == Request.service_id)
        .where(Request.id.in_(ids))
        .order_by(Request.id)
    )
    return [
        Case(
            request_id=row.id,
            reference=row.reference,
            kind=row.service or row.topic or "",
            place=row.site or None,
            front_unit=row.front_unit_id,
            service=row.service_id,
            events=events[row.id],
            told_by=row.told_due_at,
            customer=row.customer,
        )
        for row in rows
    ]


def _pair(
    session: Session,
    reference: Reference,
    units: tuple[int, int],
    terms: tuple[AgreementTerms, ...],
    cases: Iterable[Case],
) -> Pair:
    front, back = units
    names = {
        row.id: (row.name, row.calendar_id)
        for row in session.execute(
            select(Unit.id, Unit.name, Unit.calendar_id).where(Unit.id.in_(units))
        )
    }
    for unit in units:
        if unit not in names:
            raise NotFound("not_found", what="unit", id=unit)
    calendar = _calendar(session, reference, terms, names[back][1])
    return Pair(
        front=front,
        back=back,
        front_name=names[front][0],
        back_name=names[back][0],
        terms=terms,
        calendars=reference.calendars,
        calendar=calendar,
        calendar_of=reference.calendar_of,
        version_of=reference.version_of,
        calendar_name=calendar.spec.name or None,
        people=_people(session, cases),
    )


def _calendar(
    session: Session,
    reference: Reference,
    terms: Sequence[AgreementTerms],
    of_unit: int | None,
) -> ServiceCalendar:
    """Return the newest agreement's calendar, else the unit's, any, or all hours."""
    agreed = [one.calendar for one in reversed(terms)]
    for key in (*agreed, of_unit, *sorted(reference.calendars)):
        if key is not None and key in reference.calendars:
            return reference.calendars[key]
    around_the_clock = dict.fromkeys(range(7), ((0, DAY_S),))
    return ServiceCalendar(
        CalendarSpec(zone=zone_of(session).key, weekly=around_the_clock)
    )


def _people(session: Session, cases: Iterable[Case]) -> dict[int, str]:
    """Read the names of everybody the requests were ever assigned to."""
    ids = sorted(
        {
            person
            for case in cases
            for event in case.events
            if isinstance(person := event.changes.get("assignee"), int)
        }
    )
    if len(ids) > AT_MOST_IN_ONE:
        rows = session.execute(select(Person.id, Person.name))
    else:
        rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}
