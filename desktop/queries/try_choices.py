"""What can be tried: every agreement as it stands, and new ones between any units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms
from desktop.domain.calendars import CalendarSpec
from desktop.domain.requests import Side
from desktop.entities.calendars import Calendar
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.reference import Reference, load_reference


@dataclass(frozen=True, slots=True)
class TryChoice:
    """An agreement to try: its version in force, else the latest; or a new one.

    A new one (``agreement_id`` None) has the ``terms`` that hold there now, None where
    nothing is agreed. ``people`` counts those known to work in the back unit. ``None``
    units and services are "all of them".
    """

    agreement_id: int | None
    name: str
    front_unit_id: int | None
    front_unit: str | None
    back_unit_id: int
    back_unit: str
    service_id: int | None
    service: str | None
    terms: AgreementTerms | None
    calendar_id: int
    calendar: CalendarSpec
    people: int

    @property
    def is_new(self) -> bool:
        """Tell whether it would be a new agreement."""
        return self.agreement_id is None


@dataclass(frozen=True, slots=True)
class TryUnit:
    """A unit to choose; ``people`` are known to work there."""

    unit_id: int
    name: str
    side: Side
    calendar_id: int | None
    people: int


@dataclass(frozen=True, slots=True)
class TryService:
    """A service to choose, of a back unit."""

    service_id: int
    name: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class TryBoard:
    """Everything to choose from by name, and since when there is a history.

    ``terms`` are those in force; ``calendars`` go without the program's own.
    """

    choices: tuple[TryChoice, ...] = ()
    units: tuple[TryUnit, ...] = ()
    services: tuple[TryService, ...] = ()
    calendars: tuple[tuple[int, CalendarSpec], ...] = ()
    terms: tuple[AgreementTerms, ...] = ()
    first_at: datetime | None = None
    last_at: datetime | None = None

    def of_side(self, side: Side) -> tuple[TryUnit, ...]:
        """Return the units of a side."""
        return tuple(one for one in self.units if one.side is side)

    def services_of(self, unit_id: int) -> tuple[TryService, ...]:
        """Return the services of a back unit."""
        return tuple(one for one in self.services if one.unit_id == unit_id)

    @property
    def can_be_new(self) -> bool:
        """Tell whether there is a back unit and a calendar to agree something with."""
        return bool(self.of_side(Side.BACK)) and bool(self.calendars)

    def new_choice(
        self, front_id: int | None, back_id: int, service_id: int | None
    ) -> TryChoice:
        """Return a new agreement; it starts from what holds there, in these hours."""
        units = {one.unit_id: one for one in self.units}
        services = {one.service_id: one.name for one in self.services_of(back_id)}
        if service_id not in services:
            service_id = None
        terms = self._holding(front_id, back_id, service_id)
        calendars = dict(self.calendars)
        wanted = terms.calendar if terms else units[back_id].calendar_id
        if wanted not in calendars:
            wanted = self.calendars[0][0]
        return TryChoice(
            agreement_id=None,
            name="",
            front_unit_id=front_id,
            front_unit=units[front_id].name if front_id is not None else None,
            back_unit_id=back_id,
            back_unit=units[back_id].name,
            service_id=service_id,
            service=services.get(service_id) if service_id is not None else None,
            terms=terms,
            calendar_id=wanted,
            calendar=calendars[wanted],
            people=units[back_id].people,
        )

    def _holding(
        self, front_id: int | None, back_id: int, service_id: int | None
    ) -> AgreementTerms | None:
        """Return the terms that hold for all of it, the most specific ones."""
        found = [
            one
            for one in self.terms
            if one.back_unit == back_id
            and one.front_unit in (None, front_id)
            and one.service in (None, service_id)
        ]
        return max(
            found,
            key=lambda one: (one.service is not None, one.front_unit is not None),
            default=None,
        )


def try_board(session: Session, now: datetime) -> TryBoard:
    """Return what can be tried at ``now``, agreements by the back unit's name."""
    reference = load_reference(session, 0)
    units = {one.id: one for one in session.scalars(select(Unit))}
    services = list(session.scalars(select(Service).order_by(Service.name)))
    people = _people(session)
    names = {one.id: one.name for one in services}
    choices = [
        _choice(terms, units, names, reference, people.get(terms.back_unit, 0))
        for terms in _shown(reference.terms, now)
    ]
    choices.sort(key=lambda one: (one.back_unit.casefold(), one.name.casefold()))
    span = select(func.min(Request.raised_at), func.max(Request.raised_at))
    first_at, last_at = session.execute(span).one()
    return TryBoard(
        choices=tuple(choices),
        units=tuple(
            TryUnit(one.id, one.name, one.side, one.calendar_id, people.get(one.id, 0))
            for one in sorted(units.values(), key=lambda one: one.name.casefold())
            if one.is_active
        ),
        services=tuple(
            TryService(one.id, one.name, one.unit_id)
            for one in services
            if one.is_active
        ),
        calendars=tuple(
            (one, reference.calendars[one].spec) for one in _offered(session)
        ),
        terms=tuple(one for one in reference.terms if one.is_in_force(now)),
        first_at=first_at,
        last_at=last_at,
    )


def _shown(terms: Iterable[AgreementTerms], now: datetime) -> list[AgreementTerms]:
    """Return one version of every agreement: that in force, else the latest."""
    found: dict[int, AgreementTerms] = {}
    for one in terms:
        known = found.get(one.agreement_id)
        if known is None or _rank(one, now) >= _rank(known, now):
            found[one.agreement_id] = one
    return list(found.values())


def _choice(
    terms: AgreementTerms,
    units: Mapping[int, Unit],
    services: Mapping[int, str],
    reference: Reference,
    people: int,
) -> TryChoice:
    return TryChoice(
        agreement_id=terms.agreement_id,
        name=terms.name,
        front_unit_id=terms.front_unit,
        front_unit=units[terms.front_unit].name if terms.front_unit else None,
        back_unit_id=terms.back_unit,
        back_unit=units[terms.back_unit].name,
        service_id=terms.service,
        service=services.get(terms.service) if terms.service else None,
        terms=terms,
        calendar_id=terms.calendar,
        calendar=reference.calendars[terms.calendar].spec,
        people=people,
    )


def _offered(session: Session) -> list[int]:
    """Return the calendars people may choose, by name."""
    wanted = (
        select(Calendar.id)
        .where(Calendar.withdrawn_at.is_(None), ~Calendar.is_around_the_clock)
        .order_by(Calendar.name)
    )
    return list(session.scalars(wanted))


def _people(session: Session) -> dict[int, int]:
    """Count who is known to work in each unit."""
    wanted = (
        select(Person.unit_id, func.count())
        .where(Person.is_active)
        .group_by(Person.unit_id)
    )
    found: dict[int, int] = {}
    for unit_id, count in session.execute(wanted):
        if unit_id is not None:
            found[unit_id] = count
    return found


def _rank(terms: AgreementTerms, now: datetime) -> tuple[bool, datetime]:
    return terms.is_in_force(now), terms.valid_from
