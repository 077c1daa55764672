"""What obstacles there are: those between two units for an agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session, aliased

from desktop.domain.obstacles import ObstacleLine, ObstacleState
from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.requests import Request
from desktop.entities.units import Person, Unit
from desktop.queries.evidence import zone_of


def agenda_obstacles(
    session: Session, front_unit_id: int, back_unit_id: int, as_at: datetime
) -> tuple[ObstacleLine, ...]:
    """Return the open obstacles between two units, the longest without answer first.

    Those raised by ``as_at`` in either unit whose answer either unit owes.
    """
    pair = (front_unit_id, back_unit_id)
    wanted = obstacle_lines(Obstacle.proposal).where(
        Obstacle.state == ObstacleState.OPEN,
        Obstacle.raised_at <= as_at,
        Obstacle.unit_id.in_(pair),
        Obstacle.owing_unit_id.in_(pair),
    )
    rows = session.execute(wanted.order_by(Obstacle.raised_at, Obstacle.id)).all()
    ids = [row.id for row in rows]
    voices, met_on = voices_of(session, ids), requests_of(session, ids)
    zone = zone_of(session)
    return tuple(
        ObstacleLine(
            id=row.id,
            number=row.number,
            title=row.title,
            raised_by=row.raised_by,
            unit=row.unit,
            days_open=days_between(row.raised_at, as_at, zone),
            owing=row.owing_person or row.owing_unit,
            due_at=row.answer_due_at,
            proposal=row.proposal,
            voices=1 + voices[row.id],
            references=tuple(reference for _, reference in met_on[row.id]),
            request_ids=tuple(key for key, _ in met_on[row.id]),
            is_overdue=row.answer_due_at is not None and row.answer_due_at < as_at,
        )
        for row in rows
    )


_Raiser, _OwingPerson = aliased(Person), aliased(Person)
_Unit, _Owing = aliased(Unit), aliased(Unit)


def obstacle_lines(*more: Any) -> Any:
    """Select obstacles with the names of who raised them and owes; `more` columns."""
    return (
        select(
            Obstacle.id,
            Obstacle.number,
            Obstacle.title,
            _Raiser.name.label("raised_by"),
            _Unit.name.label("unit"),
            Obstacle.raised_at,
            _OwingPerson.name.label("owing_person"),
            _Owing.name.label("owing_unit"),
            Obstacle.answer_due_at,
            *more,
        )
        .join(_Raiser, _Raiser.id == Obstacle.raised_by_id)
        .join(_Unit, _Unit.id == Obstacle.unit_id)
        .join(_Owing, _Owing.id == Obstacle.owing_unit_id)
        .outerjoin(_OwingPerson, _OwingPerson.id == Obstacle.owing_id)
    )


def days_between(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Return how many days of the calendar on the wall lie between two instants."""
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    return max((last - first).days, 0)


def voices_of(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return how many others each obstacle stops too."""
    found: dict[int, int] = defaultdict(int)
    for key in session.scalars(
        select(ObstacleVoice.obstacle_id).where(ObstacleVoice.obstacle_id.in_(ids))
    ):
        found[key] += 1
    return found


def requests_of(
    session: Session, ids: Sequence[int]
) -> dict[int, list[tuple[int, str]]]:
    """Return on which requests each obstacle was met: ids and references, first first.

    Its own, those of voices, and those of the obstacles merged into it.
    """
    found: dict[int, dict[int, str]] = defaultdict(dict)
    met = _met(ids).subquery()
    for row in session.execute(
        select(met.c.obstacle_id, Request.id, Request.reference)
        .join(Request, Request.id == met.c.request_id)
        .order_by(met.c.obstacle_id, Request.id)
    ):
        found[row.obstacle_id].setdefault(row.id, row.reference)
    return defaultdict(list, {key: list(one.items()) for key, one in found.items()})


def _met(ids: Sequence[int]) -> Select[tuple[int, int | None]]:
    """Select obstacle and request of everything that names one."""
    found = union_all(
        select(Obstacle.id.label("obstacle_id"), Obstacle.request_id).where(
            Obstacle.id.in_(ids), Obstacle.request_id.is_not(None)
        ),
        select(ObstacleVoice.obstacle_id, ObstacleVoice.request_id).where(
            ObstacleVoice.obstacle_id.in_(ids), ObstacleVoice.request_id.is_not(None)
        ),
        select(Obstacle.merged_into_id, Obstacle.request_id).where(
            Obstacle.merged_into_id.in_(ids), Obstacle.request_id.is_not(None)
        ),
    ).subquery()
    return select(found.c.obstacle_id, found.c.request_id)
