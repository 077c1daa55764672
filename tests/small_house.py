"""A small house in a workspace: two front units, two back ones, a day that can move.

``small_house`` is on a fresh SQLite file, ``any_small_house`` on each database. Time
stands still until a test moves it, also on PostgreSQL, whose own clock is bypassed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import URL, make_url
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
from desktop.store.engine import make_engine, sqlite_url, writing
from desktop.store.unit_of_work import Actor, Store, UnitOfWork
from desktop.use_cases.raising import NewRequest, raise_request
from tests.postgres import Server
from tests.postgres_rows import Kept, Lender

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


def open_small_house(url: str, like: SmallHouse) -> SmallHouse:
    """Open a workspace that holds the same as that of another small house."""
    desk = Desk(Store(make_engine(url), lambda: house.instant))
    house = replace(
        like,
        desk=desk,
        instant=OPENING.astimezone(UTC),
        units=dict(like.units),
        people=dict(like.people),
        services=dict(like.services),
    )
    return house


@dataclass(frozen=True)
class Furnished:
    """A house furnished once a run, and what puts the same into another workspace."""

    house: SmallHouse
    furnish: Callable[[URL], None]

    @contextmanager
    def opened(self, url: str) -> Iterator[SmallHouse]:
        """Give the house in an empty workspace for the length of a block."""
        self.furnish(make_url(url))
        house = open_small_house(url, self.house)
        yield house
        house.desk.close()


@pytest.fixture(scope="session")
def sqlite_furnished(
    workspace_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Furnished:
    """Furnish a workspace file to copy."""
    path = tmp_path_factory.mktemp("furnished") / workspace_template.name
    shutil.copyfile(workspace_template, path)
    house = build_small_house(sqlite_url(path))
    house.desk.close()
    return Furnished(house, lambda url: _copy_over(path, url))


def _copy_over(path: Path, url: URL) -> None:
    assert url.database is not None
    shutil.copyfile(path, url.database)


@pytest.fixture(scope="session")
def postgresql_furnished(postgres_lender: Lender, postgres_server: Server) -> Furnished:
    """Furnish a database, and keep its rows."""
    with postgres_lender.lent() as url:
        house = build_small_house(url.render_as_string(hide_password=False))
        house.desk.close()
        with postgres_server.connected(str(url.database)) as connection:
            kept = Kept.of(connection)

    def furnish(url: URL) -> None:
        with postgres_server.connected(str(url.database)) as connection:
            kept.put(connection)

    return Furnished(house, furnish)


@pytest.fixture
def small_house(
    sqlite_workspace: str, sqlite_furnished: Furnished
) -> Iterator[SmallHouse]:
    """Give the small house in a fresh workspace file."""
    with sqlite_furnished.opened(sqlite_workspace) as house:
        yield house


@pytest.fixture
def any_small_house(
    workspace_url: str, request: pytest.FixtureRequest
) -> Iterator[SmallHouse]:
    """Give the small house on each database."""
    database = make_url(workspace_url).get_backend_name()
    furnished: Furnished = request.getfixturevalue(f"{database}_furnished")
    with furnished.opened(workspace_url) as house:
        yield house
