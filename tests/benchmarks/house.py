"""The house the benchmarks work in: four counters, twenty back offices, one calendar.

Its calendar is in UTC and without holidays, so that a history moved by whole weeks
keeps every figure the rules made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.desk import Desk
from desktop.domain.agreements import ClockStart, TargetKind
from desktop.domain.requests import PendingReason, Side
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.calendars import Calendar, CalendarInterval
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Actor, Store, UnitOfWork

NOW = datetime(2026, 11, 9, 10, 0, tzinfo=UTC)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
FRONTS = 4
BACKS = 20
SERVICES_EACH = 3
PEOPLE_EACH = 8
TARGET_HOURS = (4, 8, 16, 24, 40)
HELD_BY = (PendingReason.CUSTOMER, PendingReason.FRONT_OFFICE)


@dataclass
class House:
    """Ids of what is in the house, the busiest back office first."""

    fronts: list[int] = field(default_factory=list)
    backs: list[int] = field(default_factory=list)
    services: dict[int, list[int]] = field(default_factory=dict)
    people: dict[int, list[int]] = field(default_factory=dict)

    def actor(self, unit: int) -> Actor:
        """Return somebody of a unit."""
        return Actor(self.people[unit][0], unit)


def open_desk(url: str) -> Desk:
    """Open the desk of a benchmark's workspace; time stands still."""
    return Desk(Store(make_engine(url), lambda: NOW))


def furnish(work: UnitOfWork) -> House:
    """Build the house in an empty workspace."""
    house = House()
    session = work.session
    session.add(Workspace(name="Benchmark", zone="UTC", created_at=NOW))
    calendar = Calendar(name="Office hours", zone="UTC")
    session.add(calendar)
    session.flush()
    session.add_all(
        CalendarInterval(
            calendar_id=calendar.id, weekday=day, from_s=start * 3600, to_s=end * 3600
        )
        for day in range(5)
        for start, end in ((8, 12), (13, 17))
    )
    for number in range(FRONTS + BACKS):
        _unit(work, house, number, calendar.id)
    for number, back in enumerate(house.backs):
        _agreement(work, back, calendar.id, TARGET_HOURS[number % 5])
    session.flush()
    work.rules_changed()
    return house


def _unit(work: UnitOfWork, house: House, number: int, calendar_id: int) -> None:
    is_front = number < FRONTS
    side, name = (Side.FRONT, "Counter") if is_front else (Side.BACK, "Office")
    session = work.session
    unit = Unit(
        name=f"{name} {number + 1}", side=side, prefix="N", calendar_id=calendar_id
    )
    session.add(unit)
    session.flush()
    people = [
        Person(name=f"Person {number * PEOPLE_EACH + one}", unit_id=unit.id)
        for one in range(PEOPLE_EACH)
    ]
    services = [
        Service(unit_id=unit.id, name=f"Service {number * SERVICES_EACH + one}")
        for one in range(0 if is_front else SERVICES_EACH)
    ]
    session.add_all([*people, *services])
    session.flush()
    (house.fronts if is_front else house.backs).append(unit.id)
    house.people[unit.id] = [person.id for person in people]
    house.services[unit.id] = [service.id for service in services]


def _agreement(work: UnitOfWork, back: int, calendar_id: int, hours: int) -> None:
    session = work.session
    agreement = Agreement(name=f"Promise of {back}", back_unit_id=back)
    session.add(agreement)
    session.flush()
    version = AgreementVersion(
        agreement_id=agreement.id,
        number=1,
        calendar_id=calendar_id,
        starts=ClockStart.FRONT_HANDOVER,
        valid_from=FIRST,
    )
    session.add(version)
    session.flush()
    promised = {
        TargetKind.RESPONSE: 2,
        TargetKind.RESOLUTION: hours,
        TargetKind.ANSWER: 4,
    }
    session.add_all(
        AgreementTarget(version_id=version.id, kind=kind, target_s=target * 3600)
        for kind, target in promised.items()
    )
    session.add_all(
        AgreementHold(version_id=version.id, kind=TargetKind.RESOLUTION, reason=reason)
        for reason in HELD_BY
    )
