"""The short lists every window needs: workspace, people, units, calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.requests import Side
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.entities.workspace import Workspace
from desktop.store.reference import load_reference

_BEFORE, _AFTER = timedelta(weeks=53), timedelta(weeks=5)


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """What this workspace is called, where it is, and whether it is a demo."""

    name: str
    zone: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, as lists name it."""

    id: int
    name: str
    side: Side
    calendar_id: int | None
    prefix: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who can sign in, with unit and roles."""

    id: int
    name: str
    unit_id: int | None
    unit: str
    side: Side | None
    roles: frozenset[Role]


def workspace_info(session: Session) -> WorkspaceInfo | None:
    """Return what the workspace is, None before a house was put in it."""
    row = session.execute(
        select(Workspace.name, Workspace.zone, Workspace.is_demo)
    ).first()
    return WorkspaceInfo(*row) if row else None


def names_of(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of some people."""
    rows = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(person_ids))
    )
    return {row.id: row.name for row in rows}


def units(session: Session, side: Side | None = None) -> tuple[UnitRow, ...]:
    """Return the active units by name, of one side or of both."""
    wanted = select(Unit.id, Unit.name, Unit.side, Unit.calendar_id, Unit.prefix)
    wanted = wanted.where(Unit.is_active).order_by(Unit.name)
    if side is not None:
        wanted = wanted.where(Unit.side == side)
    return tuple(UnitRow(*row) for row in session.execute(wanted))


def people(
    session: Session, *, unit_id: int | None = None, only_signing_in: bool = True
) -> tuple[PersonRow, ...]:
    """Return the active people by name, of one unit or of all."""
    roles: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in session.execute(
        select(PersonRole.person_id, PersonRole.role)
    ):
        roles[person_id].add(role)
    wanted = (
        select(Person.id, Person.name, Person.unit_id, Unit.name, Unit.side)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.is_active)
        .order_by(Person.name, Person.id)
    )
    if only_signing_in:
        wanted = wanted.where(Person.can_sign_in)
    if unit_id is not None:
        wanted = wanted.where(Person.unit_id == unit_id)
    return tuple(
        PersonRow(*row[:3], row[3] or "", row[4], frozenset(roles[row[0]]))
        for row in session.execute(wanted)
    )


def units_and_people(
    session: Session,
) -> tuple[tuple[UnitRow, ...], tuple[PersonRow, ...]]:
    """Return where a request can go, and to whom there."""
    return units(session), people(session)


def calendars(
    session: Session, around: datetime | None = None
) -> dict[int, ServiceCalendar]:
    """Return every calendar by its id: for clocks that tick on screen.

    The year before and the weeks after ``around`` are laid out, so that no painting
    has to.
    """
    found = dict(load_reference(session, 0).calendars)
    if around is not None:
        for one in found.values():
            one.lay_out(around - _BEFORE, around + _AFTER)
    return found
