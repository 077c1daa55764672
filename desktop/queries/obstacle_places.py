"""Whose answer an obstacle is when it is raised, by when, and which are like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import NotFound
from desktop.domain.obstacles import (
    ObstacleState,
    answer_due,
)
from desktop.domain.requests import Side
from desktop.domain.text import TITLE_CAP, searchable
from desktop.entities.meetings import MeetingSeries
from desktop.entities.obstacles import Obstacle
from desktop.entities.requests import Request, RequestLeg
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.house_settings import house_choices
from desktop.store.reference import reference_of

LOOKED_AT: Final = 300
SHORTEST_WORD: Final = 4
STEM: Final = 5
MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """What an obstacle is about and who owes its answer."""

    service_id: int | None
    owing_unit_id: int


def place_of(
    session: Session,
    *,
    unit_id: int,
    request_id: int | None = None,
    service_id: int | None = None,
    owing_unit_id: int | None = None,
) -> Place:
    """Return who owes the answer to what somebody of a unit raises.

    Whoever is named, else the back unit that has the request or had it last, else the
    one that offers the service, else the unit itself. Raises NotFound.
    """
    if request_id is not None:
        request = _known(session, Request, request_id)
        service_id = service_id or request.service_id
        owing_unit_id = owing_unit_id or _held_by(session, request_id)
    if service_id is not None:
        offered_by = _known(session, Service, service_id).unit_id
        owing_unit_id = owing_unit_id or offered_by
    return Place(service_id, owing_unit_id or unit_id)


def _known(session: Session, entity: type[Any], identity: int) -> Any:
    found = session.get(entity, identity)
    if found is None:
        raise NotFound("not_found", what=entity.__name__.lower(), id=identity)
    return found


def _held_by(session: Session, request_id: int) -> int | None:
    return session.scalar(
        select(RequestLeg.unit_id)
        .join(Unit, Unit.id == RequestLeg.unit_id)
        .where(
            RequestLeg.request_id == request_id,
            Unit.side == Side.BACK,
            Unit.is_active.is_(True),
        )
        .order_by(RequestLeg.position.desc())
        .limit(1)
    )


def due_of(
    session: Session,
    calendars: Mapping[int, ServiceCalendar],
    unit_id: int,
    now: datetime,
) -> datetime:
    """Return by when a unit is to answer what is raised now, by its own calendar."""
    key = session.scalar(select(Unit.calendar_id).where(Unit.id == unit_id))
    calendar = calendars.get(key) if key is not None else None
    return answer_due(calendar, now, house_choices(session).answer_days)


@dataclass(frozen=True, slots=True)
class RaisingView:
    """What is shown before an obstacle is raised: who would answer, and by when."""

    owing_unit_id: int
    owing: str
    due_at: datetime
    units: tuple[tuple[int, str], ...]
    reference: str = ""
    subject: str = ""


def raising_view(
    session: Session,
    *,
    unit_id: int,
    now: datetime,
    request_id: int | None = None,
    service_id: int | None = None,
    owing_unit_id: int | None = None,
) -> RaisingView:
    """Return who would owe the answer to what is raised now, and the other choices."""
    place = place_of(
        session,
        unit_id=unit_id,
        request_id=request_id,
        service_id=service_id,
        owing_unit_id=owing_unit_id,
    )
    units = session.execute(
        select(Unit.id, Unit.name).where(Unit.is_active).order_by(Unit.name)
    ).all()
    names = {row.id: row.name for row in units}
    request = session.get(Request, request_id) if request_id is not None else None
    return RaisingView(
        owing_unit_id=place.owing_unit_id,
        owing=names.get(place.owing_unit_id, ""),
        due_at=due_of(
            session, reference_of(session).calendars, place.owing_unit_id, now
        ),
        units=tuple((row.id, row.name) for row in units),
        reference=request.reference if request is not None else "",
        subject=request.subject if request is not None else "",
    )


@dataclass(frozen=True, slots=True)
class AlikeObstacle:
    """One that is being answered already, and may be the one just typed."""

    id: int
    number: int
    title: str
    raised_by: str
    raised_at: datetime
    is_mine: bool


def alike_obstacles(
    session: Session, title: str, *, person_id: int, limit: int = 3
) -> tuple[AlikeObstacle, ...]:
    """Return the open obstacles that share at least half of a title's words.

    Words of four letters on count, by their beginnings, so that other endings of the
    same word are found; the most alike come first.
    """
    words = searchable(title[:TITLE_CAP]).split()
    told = dict.fromkeys(one[:STEM] for one in words if len(one) >= SHORTEST_WORD)
    stems = list(told)[:MOST_WORDS]
    if not stems:
        return ()
    rows = session.execute(
        select(Obstacle, Person.name)
        .join(Person, Person.id == Obstacle.raised_by_id)
        .where(
            Obstacle.state.in_((ObstacleState.OPEN, ObstacleState.IMPROVING)),
            or_(*(Obstacle.folded.contains(one, autoescape=True) for one in stems)),
        )
        .order_by(Obstacle.id.desc())
        .limit(LOOKED_AT)
    )
    ranked = []
    for found, name in rows:
        shared = sum(one in found.folded for one in stems)
        if shared * 2 >= len(stems):
            ranked.append((-shared, -found.id, found, name))
    ranked.sort(key=lambda one: one[:2])
    return tuple(
        AlikeObstacle(
            found.id,
            found.number,
            found.title,
            name,
            found.raised_at,
            found.raised_by_id == person_id,
        )
        for _shared, _id, found, name in ranked[:limit]
    )


def series_for(session: Session, obstacle_id: int) -> tuple[tuple[int, str], ...]:
    """Return the series an obstacle can be raised for, those of its units first."""
    kept = _known(session, Obstacle, obstacle_id)
    units = {kept.unit_id, kept.owing_unit_id}
    rows = session.scalars(
        select(MeetingSeries).where(MeetingSeries.ended_at.is_(None))
    ).all()

    def rank(one: MeetingSeries) -> tuple[int, str, int]:
        fits = len(units & {one.front_unit_id, one.back_unit_id})
        return -fits, one.name, one.id

    return tuple((one.id, one.name) for one in sorted(rows, key=rank))
