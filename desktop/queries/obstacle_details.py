"""One obstacle whole: words, voices, requests, story, and what may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotFound
from desktop.domain.obstacles import ALLOWED_FROM, ObstacleStep, may_take
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import AgendaItem, Meeting, MeetingSeries
from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.sittings import RaisedItem
from desktop.entities.units import Person, Unit
from desktop.queries.obstacle_lists import ObstacleRow, obstacles_by_id
from desktop.store.obstacle_people import MAY_LEAD


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody else it stops, and on which request."""

    person_id: int
    name: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MetOn:
    """A request it was met on."""

    id: int
    reference: str
    subject: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """What the journal tells of an obstacle, with names for ids.

    ``unit`` and ``person`` are whom it was given to, ``other`` the obstacle it was
    merged into or that came to it, ``reference`` a request, ``series`` a session's.
    """

    at: datetime
    actor: str
    kind: str
    text: str
    details: Mapping[str, Any]
    unit: str = ""
    person: str = ""
    other: ObstacleRow | None = None
    reference: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """Where it was put on an agenda; ``number`` of the session, once it was taken."""

    series_id: int
    series: str
    state: str
    meeting_id: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class ObstacleDetails:
    """An obstacle whole; ``may`` are the steps open to whoever looks."""

    row: ObstacleRow
    text: str
    proposal: str
    answer: str
    answered_by: str
    raised_by_id: int
    unit_id: int
    owing_unit: str
    owing_id: int | None
    service_id: int | None
    service: str
    request_id: int | None
    requests: tuple[MetOn, ...]
    voices: tuple[Voice, ...]
    merged_into: ObstacleRow | None
    merged_here: tuple[ObstacleRow, ...]
    agendas: tuple[OnAgenda, ...]
    story: tuple[StoryEntry, ...]
    may: frozenset[ObstacleStep]


def obstacle_details(
    session: Session,
    obstacle_id: int,
    *,
    person_id: int,
    unit_id: int | None,
    roles: Collection[str],
) -> ObstacleDetails:
    """Return an obstacle as somebody sees it. Raises NotFound for an unknown one."""
    kept = session.get(Obstacle, obstacle_id)
    if kept is None:
        raise NotFound("not_found", what="obstacle", id=obstacle_id)
    merged = session.scalars(
        select(Obstacle.id).where(Obstacle.merged_into_id == obstacle_id)
    ).all()
    entries = _entries(session, obstacle_id)
    named = [entry[0].details.get(key) for entry in entries for key in ("into", "from")]
    others = [one for one in (*merged, kept.merged_into_id, *named) if one is not None]
    rows = {row.id: row for row in obstacles_by_id(session, [obstacle_id, *others])}
    return ObstacleDetails(
        row=rows[obstacle_id],
        text=kept.text,
        proposal=kept.proposal,
        answer=kept.answer,
        answered_by=_name(session, Person, kept.answered_by_id),
        raised_by_id=kept.raised_by_id,
        unit_id=kept.unit_id,
        owing_unit=_name(session, Unit, kept.owing_unit_id),
        owing_id=kept.owing_id,
        service_id=kept.service_id,
        service=_name(session, Service, kept.service_id),
        request_id=kept.request_id,
        requests=_requests(session, rows[obstacle_id].references),
        voices=_voices(session, obstacle_id),
        merged_into=rows.get(kept.merged_into_id or 0),
        merged_here=tuple(rows[one] for one in merged),
        agendas=_agendas(session, obstacle_id),
        story=_story(session, entries, rows),
        may=_may(kept, person_id, unit_id, roles),
    )


def _may(
    kept: Obstacle, person_id: int, unit_id: int | None, roles: Collection[str]
) -> frozenset[ObstacleStep]:
    is_raiser = kept.raised_by_id == person_id
    found = {
        step
        for step, states in ALLOWED_FROM.items()
        if kept.state in states
        and may_take(
            step,
            is_raiser=is_raiser,
            is_owing=kept.owing_unit_id == unit_id or kept.owing_id == person_id,
            is_leader=any(role.value in roles for role in MAY_LEAD),
        )
    }
    return frozenset(found)


def _name(session: Session, entity: type[Any], identity: int | None) -> str:
    if identity is None:
        return ""
    return session.scalar(select(entity.name).where(entity.id == identity)) or ""


def _requests(session: Session, references: tuple[str, ...]) -> tuple[MetOn, ...]:
    rows = session.execute(
        select(Request.id, Request.reference, Request.subject)
        .where(Request.reference.in_(references))
        .order_by(Request.id)
    )
    return tuple(MetOn(*row) for row in rows)


def _voices(session: Session, obstacle_id: int) -> tuple[Voice, ...]:
    rows = session.execute(
        select(Person.id, Person.name, Unit.name, ObstacleVoice.at)
        .join(ObstacleVoice, ObstacleVoice.person_id == Person.id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(ObstacleVoice.obstacle_id == obstacle_id)
        .order_by(ObstacleVoice.at, ObstacleVoice.id)
    )
    return tuple(Voice(row[0], row[1], row[2] or "", row[3]) for row in rows)


def _agendas(session: Session, obstacle_id: int) -> tuple[OnAgenda, ...]:
    rows = session.execute(
        select(
            MeetingSeries.id,
            MeetingSeries.name,
            RaisedItem.state,
            Meeting.id,
            Meeting.number,
        )
        .join(MeetingSeries, MeetingSeries.id == RaisedItem.series_id)
        .outerjoin(AgendaItem, AgendaItem.id == RaisedItem.agenda_item_id)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(RaisedItem.obstacle_id == obstacle_id)
        .order_by(RaisedItem.id.desc())
    )
    return tuple(OnAgenda(row[0], row[1], row[2].value, row[3], row[4]) for row in rows)


def _entries(session: Session, obstacle_id: int) -> list[tuple[JournalEntry, str]]:
    rows = session.execute(
        select(JournalEntry, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(JournalEntry.obstacle_id == obstacle_id)
        .order_by(JournalEntry.id)
    )
    return [(row[0], row[1] or "") for row in rows]


def _story(
    session: Session,
    entries: list[tuple[JournalEntry, str]],
    others: Mapping[int, ObstacleRow],
) -> tuple[StoryEntry, ...]:
    units = _names(session, Unit, entries, "owing_unit")
    people = _names(session, Person, entries, "owing")
    series = _names(session, MeetingSeries, entries, "series")
    references = _names(session, Request, entries, "request", Request.reference)
    return tuple(
        StoryEntry(
            at=entry.at,
            actor=actor,
            kind=entry.kind,
            text=entry.text,
            details=entry.details,
            unit=units.get(entry.details.get("owing_unit"), ""),
            person=people.get(entry.details.get("owing"), ""),
            other=others.get(entry.details.get("into") or entry.details.get("from", 0)),
            reference=references.get(entry.details.get("request"), ""),
            series=series.get(entry.details.get("series"), ""),
        )
        for entry, actor in entries
    )


def _names(
    session: Session,
    entity: type[Any],
    entries: list[tuple[JournalEntry, str]],
    key: str,
    shown: Any = None,
) -> dict[Any, str]:
    """Return the names of what entries tell of by id."""
    ids = {entry.details.get(key) for entry, _actor in entries} - {None}
    if not ids:
        return {}
    name = entity.name if shown is None else shown
    rows = session.execute(select(entity.id, name).where(entity.id.in_(ids)))
    return {row[0]: row[1] for row in rows}
