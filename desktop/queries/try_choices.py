"""What can be tried: every agreement as it stands, and units without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms
from desktop.domain.calendars import CalendarSpec
from desktop.domain.requests import Side
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.reference import Reference, load_reference


@dataclass(frozen=True, slots=True)
class TryChoice:
    """An agreement to try: its version in force, else the latest; or none yet.

    ``terms`` is None where nothing is agreed with the back unit. ``people`` counts
    those of it who are known to work there. ``None`` names are "all of them".
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


@dataclass(frozen=True, slots=True)
class TryBoard:
    """Everything to choose from, and since when there is a history."""

    choices: tuple[TryChoice, ...]
    first_at: datetime | None
    last_at: datetime | None


def try_board(session: Session, now: datetime) -> TryBoard:
    """Return what can be tried at ``now``, by the back unit's name."""
    reference = load_reference(session, 0)
    units = {one.id: one for one in session.scalars(select(Unit))}
    services = {one.id: one.name for one in session.scalars(select(Service))}
    people = _people(session)
    found: dict[int, AgreementTerms] = {}
    for one in reference.terms:
        known = found.get(one.agreement_id)
        if known is None or _rank(one, now) >= _rank(known, now):
            found[one.agreement_id] = one
    choices = [
        TryChoice(
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
            people=people.get(terms.back_unit, 0),
        )
        for terms in found.values()
    ]
    agreed = {one.back_unit_id for one in choices}
    choices += [
        _unagreed(unit, unit.calendar_id, reference, people)
        for unit in units.values()
        if unit.side is Side.BACK and unit.id not in agreed and unit.calendar_id
    ]
    choices.sort(key=lambda one: (one.back_unit.casefold(), one.name.casefold()))
    span = select(func.min(Request.raised_at), func.max(Request.raised_at))
    first_at, last_at = session.execute(span).one()
    return TryBoard(tuple(choices), first_at, last_at)


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


def _unagreed(
    unit: Unit, calendar_id: int, reference: Reference, people: dict[int, int]
) -> TryChoice:
    return TryChoice(
        agreement_id=None,
        name="",
        front_unit_id=None,
        front_unit=None,
        back_unit_id=unit.id,
        back_unit=unit.name,
        service_id=None,
        service=None,
        terms=None,
        calendar_id=calendar_id,
        calendar=reference.calendars[calendar_id].spec,
        people=people.get(unit.id, 0),
    )


def _rank(terms: AgreementTerms, now: datetime) -> tuple[bool, datetime]:
    return terms.is_in_force(now), terms.valid_from
