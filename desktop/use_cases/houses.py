"""Applying a house: its calendars, units, people, services, agreements, series.

What is there already is brought in line with the house, what the house does not name
is left alone, and applying the same house again changes nothing.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from desktop.domain.errors import Invalid
from desktop.domain.files import MOST_MB_SETTING
from desktop.domain.house import (
    House,
    HousePerson,
    HouseSeries,
    HouseService,
    HouseUnit,
)
from desktop.domain.obstacles import ANSWER_DAYS_SETTING
from desktop.domain.requests import Side
from desktop.domain.service_drafts import CheckSpec
from desktop.entities.base import Keyed
from desktop.entities.checklists import ServiceCheck
from desktop.entities.meetings import MeetingSeries
from desktop.entities.requests import RequestClock, RequestLeg
from desktop.entities.services import Service
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.entities.workspace import Workspace
from desktop.store.check_rows import write_checks
from desktop.store.form_rows import write_form
from desktop.store.retiming import retime
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.house_agreements import apply_agreement
from desktop.use_cases.house_calendars import apply_calendar
from desktop.use_cases.house_escalation import apply_escalation
from desktop.use_cases.house_rows import put_row, put_setting
from desktop.use_cases.house_series import apply_series
from desktop.use_cases.meeting_series import Planned, follow

E = TypeVar("E", bound=Keyed)

HOUSE_KEYS: Final = uuid.UUID("5f0c9f0e-5d0b-5f0f-9a51-3f6c4a1c7b1e")


@dataclass(slots=True)
class HouseApplied:
    """What applying a house did: table name → how many rows."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    retimed: int = 0
    """Requests that were there before and whose clocks were counted again."""

    @property
    def is_nothing(self) -> bool:
        """Tell whether everything was as the house wants it."""
        return not self.created and not self.changed


def house_key(kind: str, name: str) -> uuid.UUID:
    """Return the key of a thing made from a house: the same one every time."""
    return uuid.uuid5(HOUSE_KEYS, f"{kind}:{name}")


def apply_house(
    work: UnitOfWork,
    house: House,
    *,
    also_units: Iterable[str] = (),
    years: Iterable[int] = (),
) -> HouseApplied:
    """Bring the workspace in line with ``house`` and tell what that changed.

    ``also_units`` are units a history names; those the house does not name become
    what its ``unknown_units`` says. Public holidays are copied in from the year
    before ``work.now`` to two years after, and for ``years``. Raises Invalid when a
    unit is unknown and the house has no rule for it, or when a calendar or its public
    holidays make no sense.
    """
    builder = _Builder(work, house, sorted({*years, *_years_around(work.now)}))
    units = (*house.units, *_unknown_units(house, also_units))
    for calendar in house.calendars:
        builder.calendar(calendar.name)
    for unit in units:
        builder.unit(unit)
    for person in house.people:
        builder.person(person)
    for service in house.services:
        builder.service(service)
    builder.agreements(units)
    for series in house.series:
        builder.series(series)
    builder.escalation()
    builder.choices()
    builder.finish()
    return builder.applied


def _years_around(now: datetime) -> range:
    return range(now.year - 1, now.year + 3)


def _unknown_units(house: House, names: Iterable[str]) -> Iterator[HouseUnit]:
    known = {unit.name for unit in house.units}
    for name in sorted(set(names) - known):
        if house.unknown_units is None:
            raise Invalid("unit", "no_unit_rule", name=name)
        rule = house.unknown_units
        yield HouseUnit(name, rule.side, rule.calendar)


class _Builder:
    """Applies one house in one transaction, and remembers what it touched."""

    def __init__(self, work: UnitOfWork, house: House, years: list[int]) -> None:
        self.work = work
        self.session: Session = work.session
        self.house = house
        self.years = years
        self.applied = HouseApplied()
        self.calendars: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self.sides: dict[str, Side] = {}
        self.people: dict[str, int] = {}
        self.services: dict[tuple[str, str], int] = {}
        self.retime_units: set[int] = set()
        self.retime_calendars: set[int] = set()
        self.has_new_rules = False
        self.planned: list[Planned] = []

    def calendar(self, name: str) -> None:
        wanted = next(one for one in self.house.calendars if one.name == name)
        row, verdict = apply_calendar(
            self.work, wanted, house_key("calendar", name), self.years
        )
        self.calendars[name] = row.id
        self._count("calendar", verdict)
        if verdict == "changed":
            self.retime_calendars.add(row.id)

    def unit(self, unit: HouseUnit) -> None:
        row, verdict = put_row(
            self.session,
            Unit,
            house_key("unit", unit.name),
            Unit.name == unit.name,
            {
                "name": unit.name,
                "side": unit.side,
                "prefix": unit.prefix,
                "calendar_id": self.calendars[unit.calendar],
            },
        )
        self._count("unit", verdict)
        self.units[unit.name] = row.id
        self.sides[unit.name] = unit.side
        if verdict == "changed":
            self.retime_units.add(row.id)

    def person(self, person: HousePerson) -> None:
        row, verdict = put_row(
            self.session,
            Person,
            house_key("person", person.name),
            Person.name == person.name,
            {
                "name": person.name,
                "email": person.email,
                "unit_id": self.units[person.unit] if person.unit else None,
                "can_sign_in": person.can_sign_in,
            },
        )
        self.people[person.name] = row.id
        found = {
            one.role: one
            for one in self.session.scalars(
                select(PersonRole).where(PersonRole.person_id == row.id)
            )
        }
        wanted = {Role(role) for role in person.roles}
        for role in wanted - found.keys():
            self.session.add(PersonRole(person_id=row.id, role=role))
        for role in found.keys() - wanted:
            self.session.delete(found[role])
        if wanted != found.keys():
            verdict = verdict or "changed"
        self._count("person", verdict)

    def service(self, service: HouseService) -> None:
        unit_id = self.units[service.unit]
        row, verdict = put_row(
            self.session,
            Service,
            house_key("service", f"{service.unit}\n{service.name}"),
            (Service.name == service.name) & (Service.unit_id == unit_id),
            {
                "name": service.name,
                "unit_id": unit_id,
                "description": service.summary,
                "synonyms": list(service.synonyms),
                "told_when": service.told_when,
                "told_how": service.told_how,
                "told_price": service.told_price,
                "is_active": service.is_active,
            },
        )
        self.services[service.unit, service.name] = row.id
        has_form = write_form(self.session, row.id, service.fields, self.work.now)
        has_checks = self._put_checks(row.id, service)
        if has_form or has_checks:
            verdict = verdict or "changed"
        self._count("service", verdict)

    def _put_checks(self, service_id: int, service: HouseService) -> bool:
        """Bring the checklist in line; a line is the same one by its words."""
        known = {
            one.text: one.key
            for one in self.session.scalars(
                select(ServiceCheck).where(ServiceCheck.service_id == service_id)
            )
        }
        wanted = [
            CheckSpec(words, is_needed, known.get(words) or uuid.uuid4())
            for words, is_needed in service.checks
        ]
        return write_checks(self.session, service_id, wanted)

    def agreements(self, units: Iterable[HouseUnit]) -> None:
        backs = [unit.name for unit in units if unit.side is Side.BACK]
        services = {name: row for (_, name), row in self.services.items()}
        for agreement in self.house.agreements:
            for verdict, back in apply_agreement(
                self.work,
                agreement,
                self.house.zone,
                units=self.units,
                backs=backs,
                calendars=self.calendars,
                services=services,
                key=lambda one: house_key("agreement", one),
            ):
                self._count("agreement", verdict)
                if verdict:
                    self.has_new_rules = True
                    self.retime_units.add(back)

    def series(self, series: HouseSeries) -> None:
        units = {one.name: one.unit for one in self.house.people}
        sides = {
            name: self.sides[unit] for name, unit in units.items() if unit is not None
        }
        key = house_key("series", series.name)
        known = self.session.scalar(
            select(MeetingSeries).where(
                or_(MeetingSeries.key == key, MeetingSeries.name == series.name)
            )
        )
        planned = Planned.of(self.work, known) if known is not None else None
        verdict = apply_series(
            self.session,
            series,
            key,
            units=self.units,
            people=self.people,
            sides=sides,
        )
        self._count("meeting_series", verdict)
        if planned is not None and verdict:
            self.planned.append(planned)

    def escalation(self) -> None:
        verdict = apply_escalation(
            self.session, self.house.escalation, units=self.units, people=self.people
        )
        self._count("escalation", verdict)
        self.has_new_rules = self.has_new_rules or verdict is not None

    def choices(self) -> None:
        wanted = {
            MOST_MB_SETTING: self.house.file_mb,
            ANSWER_DAYS_SETTING: self.house.answer_days,
        }
        for name, value in wanted.items():
            if value is not None:
                self._count("house_setting", put_setting(self.session, name, value))

    def finish(self) -> None:
        """Make compiled copies stale and count again what runs under new rules."""
        self.session.flush()
        self._say_what_this_is()
        self._record()
        self._retime()
        for one in self.planned:
            follow(self.work, one)

    def _retime(self) -> None:
        touched = self.has_new_rules or self.retime_units or self.retime_calendars
        is_new = any(
            self.applied.created[table] for table in ("unit", "calendar", "agreement")
        )
        if not touched and not is_new:
            return
        self.work.rules_changed()
        touched_requests = self._requests_to_retime()
        retime(self.session, touched_requests, self.work.reference)
        self.applied.retimed = len(touched_requests)

    def _record(self) -> None:
        """Write into the journal what was made and changed, as counts by table."""
        if not self.applied.is_nothing:
            told = {
                "name": self.house.name,
                "created": dict(self.applied.created),
                "changed": dict(self.applied.changed),
            }
            self.work.record_house("house_applied", told)

    def _say_what_this_is(self) -> None:
        """Name a workspace nobody has named yet."""
        if self.session.scalar(select(Workspace.id).limit(1)) is None:
            self.session.add(
                Workspace(
                    name=self.house.name,
                    zone=self.house.zone,
                    created_at=self.work.now,
                )
            )
            self.session.flush()

    def _requests_to_retime(self) -> list[int]:
        if not self.retime_units and not self.retime_calendars:
            return []
        touched = union(
            select(RequestLeg.request_id).where(
                RequestLeg.unit_id.in_(self.retime_units)
            ),
            select(RequestClock.request_id).where(
                RequestClock.calendar_id.in_(self.retime_calendars)
            ),
        )
        return list(self.session.scalars(touched))

    def _count(self, table: str, verdict: str | None) -> None:
        if verdict == "created":
            self.applied.created[table] += 1
        elif verdict == "changed":
            self.applied.changed[table] += 1
