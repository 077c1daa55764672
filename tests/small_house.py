"""A small house in a workspace: two front units, two back ones, a day that can move.

``small_house`` is on a fresh SQLite file, ``any_small_house`` on each database. Time
stands still until a test moves it, also on PostgreSQL, whose own clock is bypassed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from desktop.desk import Desk
from desktop.domain.agreements import ClockStart, TargetKind
from desktop.domain.forms import FieldKind
from desktop.domain.requests import PendingReason, Side
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.calendars import Calendar, CalendarClosure, CalendarInterval
from desktop.entities.services import FormField, Service
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.entities.workspace import Workspace
from desktop.store.engine import make_engine, writing
from desktop.store.unit_of_work import Actor, Store, UnitOfWork
from desktop.use_cases.raising import NewRequest, raise_request

P = ParamSpec("P")
T = TypeVar("T")

ZONE = ZoneInfo("Europe/Belgrade")
OPENING = datetime(2026, 11, 9, 8, 0, tzinfo=ZONE)
"""Monday 9 November 2026, 08:00: when the house opens. The Wednesday is a holiday."""

HOURS = ((8 * 3600, 12 * 3600), (12 * 3600 + 1800, 16 * 3600))
HOLDING = (
    PendingReason.CUSTOMER,
    PendingReason.FRONT_OFFICE,
    PendingReason.THIRD_PARTY,
    PendingReason.APPROVAL,
)
PEOPLE = {
    "Jelena Marić": ("Central counter", Role.CLERK),
    "Petar Ilić": ("Phone line", Role.CLERK),
    "Dušan Kovač": ("Land registry", Role.AGENT),
    "Ana Petrović": ("Land registry", Role.AGENT),
    "Marko Ivić": ("Land registry", Role.COORDINATOR),
    "Vesna Stojanović": ("Building permits", Role.AGENT),
}
UNITS = {
    "Central counter": (Side.FRONT, "R"),
    "Phone line": (Side.FRONT, "R"),
    "Land registry": (Side.BACK, "LR"),
    "Building permits": (Side.BACK, "BP"),
}
SERVICES = {
    "Title extract": "Land registry",
    "Boundary correction": "Land registry",
    "Building permit": "Building permits",
}


@dataclass
class SmallHouse:
    """A desk on a workspace with a house in it, and a clock to move by hand.

    ``units``, ``people`` and ``services`` give ids by name; ``me`` signs somebody in.
    """

    desk: Desk
    instant: datetime
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    calendar_id: int = 0

    @property
    def now(self) -> datetime:
        """Return what time it is in the house, in UTC."""
        return self.instant

    def at(self, day: int, hour: int, minute: int = 0) -> SmallHouse:
        """Move to a day of November 2026 at a local time."""
        local = datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
        self.instant = local.astimezone(UTC)
        return self

    def later(self, **span: float) -> SmallHouse:
        """Move on by a span: ``later(hours=2)``."""
        self.instant += timedelta(**span)
        return self

    def me(self, name: str) -> SmallHouse:
        """Put somebody at the desk."""
        self.desk.sign_in(self.actor(name))
        return self

    def actor(self, name: str) -> Actor:
        """Return somebody as the desk knows people."""
        return Actor(self.people[name], self.units[PEOPLE[name][0]])

    def run(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case for whoever is at the desk, at the house's own time."""
        store = self.desk.store
        with Session(writing(store.engine), autoflush=True) as session:
            work = UnitOfWork(session, self.instant, self.desk.actor, store.cache)
            value = use_case(work, *args, **kwargs)
            session.commit()
        return value

    def read(
        self,
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask a query."""
        return self.desk.read(query, *args, **kwargs)

    def raised(
        self,
        subject: str = "Parcel 1184/2",
        *,
        service: str = "Title extract",
        by: str = "Jelena Marić",
        **more: Any,
    ) -> int:
        """Raise a request as a clerk and return its id; who was at the desk stays."""
        before = self.desk.actor
        self.me(by)
        draft = NewRequest(self.services[service], subject, **more)
        made = self.run(raise_request, draft)
        self.desk.sign_in(before)
        return made.id


def build_small_house(url: str) -> SmallHouse:
    """Put the house into an empty, migrated workspace and open its doors."""
    opening = OPENING.astimezone(UTC)
    desk = Desk(Store(make_engine(url), lambda: house.instant))
    house = SmallHouse(desk, opening)
    house.run(_furnish, house)
    return house


def _furnish(work: UnitOfWork, house: SmallHouse) -> None:
    session = work.session
    session.add(
        Workspace(name="City of Lipovac", zone=ZONE.key, created_at=house.instant)
    )
    house.calendar_id = _calendar(session)
    for name, (side, prefix) in UNITS.items():
        unit = Unit(name=name, side=side, prefix=prefix, calendar_id=house.calendar_id)
        session.add(unit)
        session.flush()
        house.units[name] = unit.id
    for name, (unit_name, role) in PEOPLE.items():
        person = Person(name=name, unit_id=house.units[unit_name])
        session.add(person)
        session.flush()
        session.add(PersonRole(person_id=person.id, role=role))
        house.people[name] = person.id
    for name, unit_name in SERVICES.items():
        service = Service(unit_id=house.units[unit_name], name=name)
        session.add(service)
        session.flush()
        house.services[name] = service.id
    _form(session, house.services["Title extract"])
    _agreement(session, house, "Land registry", 16)
    _agreement(session, house, "Building permits", 40)
    session.flush()
    work.rules_changed()


def _calendar(session: Session) -> int:
    calendar = Calendar(name="Office hours", zone=ZONE.key, country="RS")
    session.add(calendar)
    session.flush()
    session.add_all(
        CalendarInterval(
            calendar_id=calendar.id, weekday=weekday, from_s=start, to_s=end
        )
        for weekday in range(5)
        for start, end in HOURS
    )
    session.add(
        CalendarClosure(
            calendar_id=calendar.id,
            start=date(2026, 11, 11),
            end=date(2026, 11, 11),
            name="Armistice Day",
            is_public_holiday=True,
        )
    )
    return calendar.id


def _form(session: Session, service_id: int) -> None:
    fields: list[tuple[str, str, FieldKind, list[str]]] = [
        ("parcel", "Parcel number", FieldKind.TEXT, []),
        ("extent", "Extent", FieldKind.CHOICE, ["Short", "Full"]),
        ("wanted_on", "Wanted on", FieldKind.DATE, []),
        ("fee_paid", "Fee paid", FieldKind.YES_NO, []),
    ]
    session.add_all(
        FormField(
            service_id=service_id,
            position=position,
            code=code,
            label=label,
            kind=kind,
            choices=choices,
        )
        for position, (code, label, kind, choices) in enumerate(fields, 1)
    )


def _agreement(session: Session, house: SmallHouse, back: str, hours: int) -> None:
    agreement = Agreement(name=f"Counters with {back}", back_unit_id=house.units[back])
    session.add(agreement)
    session.flush()
    version = AgreementVersion(
        agreement_id=agreement.id,
        number=3,
        calendar_id=house.calendar_id,
        starts=ClockStart.FRONT_HANDOVER,
        valid_from=datetime(2026, 5, 1, tzinfo=ZONE),
    )
    session.add(version)
    session.flush()
    targets = {
        TargetKind.RESPONSE: 2,
        TargetKind.RESOLUTION: hours,
        TargetKind.ANSWER: 4,
    }
    for kind, promised in targets.items():
        session.add(
            AgreementTarget(version_id=version.id, kind=kind, target_s=promised * 3600)
        )
    session.add_all(
        AgreementHold(version_id=version.id, kind=TargetKind.RESOLUTION, reason=reason)
        for reason in HOLDING
    )


@pytest.fixture
def small_house(sqlite_workspace: str) -> Iterator[SmallHouse]:
    """Give the small house in a fresh workspace file."""
    house = build_small_house(sqlite_workspace)
    yield house
    house.desk.close()


@pytest.fixture
def any_small_house(workspace_url: str) -> Iterator[SmallHouse]:
    """Give the small house on each database."""
    house = build_small_house(workspace_url)
    yield house
    house.desk.close()
