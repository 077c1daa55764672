"""A workspace read back as a house: what a house file of it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import Measure, VersionStatus
from desktop.domain.calendar_specs import CalendarSpec, Closure, Interval
from desktop.domain.errors import Conflict
from desktop.domain.files import MOST_MB_SETTING
from desktop.domain.house import (
    EVERY,
    House,
    HouseAgreement,
    HouseCalendar,
    HouseClosure,
    HouseEscalation,
    HouseMember,
    HouseOverride,
    HousePerson,
    HouseSeries,
    HouseService,
    HouseStanding,
    HouseUnit,
    HouseWeek,
    OpenHours,
)
from desktop.domain.obstacles import ANSWER_DAYS_SETTING
from desktop.domain.print_options import PrintOptions
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar
from desktop.entities.checklists import ServiceCheck
from desktop.entities.meetings import MeetingSeries, SeriesMember, StandingItem
from desktop.entities.services import Service
from desktop.entities.units import Person, PersonRole, Unit
from desktop.entities.workspace import Workspace
from desktop.queries.house_settings import house_choices, house_setting
from desktop.store.agreement_rows import drafts_of
from desktop.store.calendar_rows import calendar_specs
from desktop.store.escalation_rows import kept_rules
from desktop.store.form_rows import form_specs

_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the house's things are called, by id."""

    calendars: Mapping[int, str]
    units: Mapping[int, str]
    people: Mapping[int, str]
    services: Mapping[int, str]


def house_of(session: Session, now: datetime) -> House:
    """Return the workspace's house as it stands: applied elsewhere, it is the same.

    What is over is left out: units and services no longer active, people who left,
    agreements that have ended, drafts. Public holidays are named by their country and
    copied in again where the house is applied. Refuses with Conflict where two things
    of a kind have one name, or an active unit no calendar.
    """
    workspace = session.scalars(select(Workspace)).one()
    calendars = session.scalars(
        select(Calendar)
        .where(Calendar.is_around_the_clock.is_(False), Calendar.withdrawn_at.is_(None))
        .order_by(Calendar.name)
    ).all()
    units = session.scalars(select(Unit).where(Unit.is_active).order_by(Unit.id)).all()
    people = _people(session)
    services = _services(session)
    names = _Names(
        {one.id: one.name for one in session.scalars(select(Calendar))},
        _unlike("unit", units),
        _unlike("person", people),
        {one.id: one.name for one in services},
    )
    specs = calendar_specs(session)
    file_mb, answer_days = _choices(session)
    return House(
        workspace.name,
        workspace.zone,
        tuple(_calendar(one, specs[one.id]) for one in calendars),
        tuple(_unit(one, names) for one in units),
        tuple(_person(session, one, names) for one in people),
        tuple(_service(session, one, names) for one in services),
        tuple(_agreements(session, names, ZoneInfo(workspace.zone), now)),
        tuple(_series(session, names)),
        escalation=tuple(_escalation(session, names)),
        file_mb=file_mb,
        answer_days=answer_days,
    )


def _services(session: Session) -> Sequence[Service]:
    return session.scalars(
        select(Service)
        .join(Unit, Unit.id == Service.unit_id)
        .where(Unit.is_active)
        .order_by(Service.unit_id, Service.name)
    ).all()


def _choices(session: Session) -> tuple[int | None, int | None]:
    """Return the largest file and the days to answer, None where never chosen."""
    chosen = house_choices(session)
    file_mb, days = (
        None if house_setting(session, name) is None else value
        for name, value in (
            (MOST_MB_SETTING, chosen.file_mb),
            (ANSWER_DAYS_SETTING, chosen.answer_days),
        )
    )
    return file_mb, days


def _people(session: Session) -> list[Person]:
    """Return who signs in or belongs to a series; other names are only a log's."""
    belonging: Any = union(
        select(SeriesMember.person_id),
        select(MeetingSeries.chair_id),
        select(MeetingSeries.minute_taker_id),
        select(SeriesMember.deputy_id),
        select(StandingItem.leader_id).where(StandingItem.is_active),
    )
    return list(
        session.scalars(
            select(Person)
            .where(Person.is_active, or_(Person.can_sign_in, Person.id.in_(belonging)))
            .order_by(Person.unit_id, Person.name, Person.id)
        )
    )


def _unlike(kind: str, rows: Iterable[Unit | Person]) -> dict[int, str]:
    names: dict[int, str] = {}
    for row in rows:
        if row.name in names.values():
            raise Conflict("two_of_one_name", what=kind, name=row.name)
        names[row.id] = row.name
    return names


def _calendar(row: Calendar, spec: CalendarSpec) -> HouseCalendar:
    holidays = (row.country, row.subdivision) if row.country else None
    moved = spec.moved if holidays else frozenset()
    return HouseCalendar(
        row.name,
        row.zone,
        _week(spec.weekly),
        holidays,
        tuple(
            _closure(one)
            for one in spec.closures
            if not (holidays and one.is_public_holiday)
        ),
        tuple(
            HouseOverride("", day, _hours(hours))
            for day, hours in sorted(spec.overrides.items())
            if day not in moved
        ),
        tuple(HouseWeek(one.valid_from, _week(one.weekly)) for one in spec.later),
        spec.closed_from,
    )


def _week(
    weekly: Mapping[int, Iterable[Interval]],
) -> tuple[tuple[OpenHours, ...], ...]:
    return tuple(_hours(weekly.get(weekday, ())) for weekday in _WEEK)


def _hours(intervals: Iterable[Interval]) -> tuple[OpenHours, ...]:
    """Return intervals in minutes; one without length says closed."""
    return tuple(
        OpenHours(start // 60, end // 60) for start, end in intervals if end > start
    )


def _closure(one: Closure) -> HouseClosure:
    start, end = one.hours
    hours = None if one.is_whole_day else OpenHours(start // 60, end // 60)
    return HouseClosure(one.name, one.start, one.end, hours, one.yearly)


def _unit(row: Unit, names: _Names) -> HouseUnit:
    if row.calendar_id is None:
        raise Conflict("unit_without_calendar", name=row.name)
    return HouseUnit(row.name, row.side, names.calendars[row.calendar_id], row.prefix)


def _person(session: Session, row: Person, names: _Names) -> HousePerson:
    roles = session.scalars(
        select(PersonRole.role)
        .where(PersonRole.person_id == row.id)
        .order_by(PersonRole.role)
    )
    unit = names.units.get(row.unit_id) if row.unit_id is not None else None
    return HousePerson(
        row.name,
        unit,
        tuple(one.value for one in roles),
        row.email,
        row.can_sign_in,
    )


def _service(session: Session, row: Service, names: _Names) -> HouseService:
    checks = session.execute(
        select(ServiceCheck.text, ServiceCheck.is_needed)
        .where(ServiceCheck.service_id == row.id, ServiceCheck.is_active)
        .order_by(ServiceCheck.position)
    )
    return HouseService(
        row.name,
        names.units[row.unit_id],
        row.description,
        tuple(row.synonyms),
        form_specs(session, row.id),
        tuple((words, is_needed) for words, is_needed in checks),
        row.told_when,
        row.told_how,
        row.told_price,
        row.is_active,
    )


def _agreements(
    session: Session, names: _Names, zone: ZoneInfo, now: datetime
) -> Iterator[HouseAgreement]:
    """Yield each agreement by the last version both sides agreed to, if it lasts."""
    rows = session.execute(
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(
            AgreementVersion.status == VersionStatus.AGREED,
            or_(
                AgreementVersion.valid_until.is_(None),
                AgreementVersion.valid_until > now,
            ),
        )
        .order_by(Agreement.name, AgreementVersion.number)
    ).all()
    latest = {agreement.id: (agreement, version) for agreement, version in rows}
    drafts = drafts_of(session, [version for _, version in latest.values()])
    for agreement, version in latest.values():
        parties = {agreement.back_unit_id, agreement.front_unit_id} - {None}
        has_service = agreement.service_id in (None, *names.services)
        if parties <= names.units.keys() and has_service:
            since = version.valid_from.astimezone(zone).date()
            yield _agreement(agreement, drafts[version.id], names, since)


def _agreement(
    row: Agreement, terms: TermsDraft, names: _Names, since: date
) -> HouseAgreement:
    plain = [one for one in terms.targets if one.rule is None]
    return HouseAgreement(
        row.name,
        EVERY if row.front_unit_id is None else names.units[row.front_unit_id],
        names.units[row.back_unit_id],
        names.calendars[terms.calendar_id],
        {(one.kind, one.priority): one.seconds or 0 for one in plain},
        terms.holds,
        EVERY if row.service_id is None else names.services[row.service_id],
        terms.starts,
        terms.warn_share,
        since,
        {
            (one.kind, one.priority): one.rule
            for one in terms.targets
            if one.rule is not None
        },
        frozenset(
            (one.kind, one.priority)
            for one in plain
            if one.measure is Measure.AROUND_THE_CLOCK
        ),
        terms.warnings,
        terms.at_reopen,
        terms.at_priority,
        terms.at_unit,
        terms.reopen_days,
    )


def _series(session: Session, names: _Names) -> Iterator[HouseSeries]:
    going_on = select(MeetingSeries).where(MeetingSeries.ended_at.is_(None))
    rows = session.scalars(going_on.order_by(MeetingSeries.name)).all()
    for row in rows:
        if not {row.front_unit_id, row.back_unit_id} <= names.units.keys():
            continue
        first = row.first_at.astimezone(ZoneInfo(row.zone))
        yield HouseSeries(
            row.name,
            names.units[row.front_unit_id],
            names.units[row.back_unit_id],
            row.recurrence,
            first.date(),
            first.time(),
            row.zone,
            row.minutes,
            row.place,
            names.people.get(row.chair_id or 0),
            names.people.get(row.minute_taker_id or 0),
            tuple(_members(session, row.id, names)),
            row.link,
            tuple(date.fromisoformat(one) for one in row.skipped_days),
            row.holidays,
            row.ahead,
            tuple(_standing(session, row.id, names)),
            PrintOptions.of(row.options),
        )


def _members(session: Session, series_id: int, names: _Names) -> Iterator[HouseMember]:
    rows = session.scalars(
        select(SeriesMember)
        .where(SeriesMember.series_id == series_id)
        .order_by(SeriesMember.position)
    )
    for one in rows:
        if one.person_id in names.people:
            deputy = names.people.get(one.deputy_id or 0)
            yield HouseMember(names.people[one.person_id], one.side, one.part, deputy)


def _standing(
    session: Session, series_id: int, names: _Names
) -> Iterator[HouseStanding]:
    rows = session.scalars(
        select(StandingItem)
        .where(StandingItem.series_id == series_id, StandingItem.is_active)
        .order_by(StandingItem.position)
    )
    for one in rows:
        leader = names.people.get(one.leader_id or 0)
        yield HouseStanding(
            one.title, one.minutes, one.outcome, leader, one.after, one.notes
        )


def _escalation(session: Session, names: _Names) -> Iterator[HouseEscalation]:
    for one in kept_rules(session):
        unit, person = one.rule.unit, one.rule.person
        if unit in (None, *names.units) and person in (None, *names.people):
            yield HouseEscalation(
                replace(one.rule, unit=None, person=None),
                names.units[unit] if unit is not None else None,
                names.people[person] if person is not None else None,
                one.is_active,
            )
