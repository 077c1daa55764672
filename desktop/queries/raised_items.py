"""What was raised for sessions: by whom, for which series, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from desktop.entities.meetings import (
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.obstacles import Obstacle
from desktop.entities.requests import Request, RequestLeg
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.entities.units import Person, Unit

MOST_SHOWN: Final = 200
TO_COME: Final = (
    MeetingState.PLANNED,
    MeetingState.DRAFTED,
    MeetingState.PUBLISHED,
)


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """A series something can be raised in; ``next_at`` its next session, if planned.

    ``fits``: it is of the units the request or obstacle lies between, or one's own.
    """

    id: int
    name: str
    front: str
    back: str
    zone: str
    next_at: datetime | None
    fits: bool


@dataclass(frozen=True, slots=True)
class RaisedItemRow:
    """Something raised, and what became of it.

    ``state`` is ``waiting placed withdrawn refused``; ``session`` the number of the
    session that has it; ``why`` why it was refused.
    """

    id: int
    version: int
    series_id: int
    series: str
    title: str
    notes: str
    minutes: int
    by: str
    at: datetime
    state: str
    why: str
    request_id: int | None
    reference: str | None
    obstacle: int | None
    session: int | None
    session_at: datetime | None
    zone: str


def series_choices(
    session: Session,
    person_id: int,
    now: datetime,
    *,
    request_id: int | None = None,
    obstacle_id: int | None = None,
) -> tuple[SeriesChoice, ...]:
    """Return the series something can be raised in, those it fits first.

    What is raised from a request fits the series of two units that had it, from an
    obstacle that of its two units, else one's own unit's or where one is a member.
    """
    units = _units(session, request_id, obstacle_id)
    mine = _mine(session, person_id)
    found = []
    for series, front_name, back_name, next_at in _open_series(session, now):
        pair = {series.front_unit_id, series.back_unit_id}
        fits = pair <= units if units else series.id in mine
        found.append(
            SeriesChoice(
                series.id,
                series.name,
                front_name,
                back_name,
                series.zone,
                next_at,
                fits,
            )
        )
    return tuple(sorted(found, key=lambda one: not one.fits))


_Front, _Back = aliased(Unit), aliased(Unit)


def _open_series(session: Session, now: datetime) -> Sequence[Any]:
    """Return the series that have not ended, with their units and next sessions."""
    following = (
        select(func.min(Meeting.starts_at))
        .where(
            Meeting.series_id == MeetingSeries.id,
            Meeting.state.in_(TO_COME),
            Meeting.starts_at > now,
        )
        .scalar_subquery()
    )
    return session.execute(
        select(MeetingSeries, _Front.name, _Back.name, following)
        .join(_Front, _Front.id == MeetingSeries.front_unit_id)
        .join(_Back, _Back.id == MeetingSeries.back_unit_id)
        .where(MeetingSeries.ended_at.is_(None))
        .order_by(MeetingSeries.name, MeetingSeries.id)
    ).all()


def raised_by(session: Session, person_id: int) -> tuple[RaisedItemRow, ...]:
    """Return what somebody raised, the latest first, and what became of it."""
    return _rows(session, RaisedItem.raised_by_id == person_id, newest_first=True)


def raised_from(session: Session, request_id: int) -> tuple[RaisedItemRow, ...]:
    """Return what was raised from a request and is not withdrawn, oldest first."""
    stands = RaisedItem.state != RaisedState.WITHDRAWN
    return _rows(session, (RaisedItem.request_id == request_id) & stands)


def _units(
    session: Session, request_id: int | None, obstacle_id: int | None
) -> set[int]:
    """Return the units a request was with, or an obstacle lies between."""
    found: set[int | None] = set()
    if request_id is not None:
        legs = select(RequestLeg.unit_id, RequestLeg.from_unit_id).where(
            RequestLeg.request_id == request_id
        )
        for row in session.execute(legs):
            found |= set(row)
        front = select(Request.front_unit_id).where(Request.id == request_id)
        found.add(session.scalar(front))
    if obstacle_id is not None:
        between = select(Obstacle.unit_id, Obstacle.owing_unit_id)
        for row in session.execute(between.where(Obstacle.id == obstacle_id)):
            found |= set(row)
    return {one for one in found if one is not None}


def _mine(session: Session, person_id: int) -> set[int]:
    unit = session.scalar(select(Person.unit_id).where(Person.id == person_id))
    member = select(SeriesMember.series_id).where(SeriesMember.person_id == person_id)
    return set(
        session.scalars(
            select(MeetingSeries.id).where(
                MeetingSeries.id.in_(member)
                | (MeetingSeries.front_unit_id == unit)
                | (MeetingSeries.back_unit_id == unit)
                | (MeetingSeries.chair_id == person_id)
                | (MeetingSeries.minute_taker_id == person_id)
            )
        )
    )


def _rows(
    session: Session, wanted: ColumnElement[bool], *, newest_first: bool = False
) -> tuple[RaisedItemRow, ...]:
    order = (
        (RaisedItem.raised_at.desc(), RaisedItem.id.desc())
        if newest_first
        else (RaisedItem.raised_at, RaisedItem.id)
    )
    rows = session.execute(
        select(
            RaisedItem,
            MeetingSeries.name,
            MeetingSeries.zone,
            Person.name,
            Request.reference,
            Obstacle.number,
            Meeting.number,
            Meeting.starts_at,
        )
        .join(MeetingSeries, MeetingSeries.id == RaisedItem.series_id)
        .join(Person, Person.id == RaisedItem.raised_by_id)
        .outerjoin(Request, Request.id == RaisedItem.request_id)
        .outerjoin(Obstacle, Obstacle.id == RaisedItem.obstacle_id)
        .outerjoin(AgendaItem, AgendaItem.id == RaisedItem.agenda_item_id)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(wanted)
        .order_by(*order)
        .limit(MOST_SHOWN)
    )
    return tuple(_row(*row) for row in rows)


def _row(
    one: RaisedItem,
    series: str,
    zone: str,
    by: str,
    reference: str | None,
    obstacle: int | None,
    number: int | None,
    starts_at: datetime | None,
) -> RaisedItemRow:
    return RaisedItemRow(
        id=one.id,
        version=one.version,
        series_id=one.series_id,
        series=series,
        title=one.title,
        notes=one.notes,
        minutes=one.minutes,
        by=by,
        at=one.raised_at,
        state=one.state.value,
        why=one.why,
        request_id=one.request_id,
        reference=reference,
        obstacle=obstacle,
        session=number,
        session_at=starts_at,
        zone=zone,
    )
