"""What past sessions said: decisions, actions, topics, minutes, and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from desktop.domain.instants import EPOCH
from desktop.domain.obstacles import ObstacleState
from desktop.domain.text import searchable
from desktop.entities.meetings import Action, AgendaItem, Meeting, MeetingSeries
from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.requests import Request
from desktop.entities.sittings import AgendaItemRequest, Decision, RaisedItem
from desktop.entities.units import Person, Unit
from desktop.queries.obstacle_lists import (
    ObstacleRow,
    contains_all,
    obstacles_of_request,
)

SHOWN: Final = 100
SHOWN_OF_SERVICE: Final = 5
_ANSWERED: Final = (
    ObstacleState.ANSWERED,
    ObstacleState.REFUSED,
    ObstacleState.IMPROVING,
    ObstacleState.CLOSED,
)


_Read = Callable[[Session, list[Any], int, Mapping[str, int]], "list[Said]"]


class SaidKind(StrEnum):
    """What was found."""

    DECISION = "decision"
    ACTION = "action"
    ITEM = "item"
    OBSTACLE = "obstacle"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a session said, or the answer an obstacle got.

    ``at`` is when: the session's beginning, or the answer's instant. ``text`` is what
    was said, ``topic`` of what; ``owner`` and ``due_on`` are an action's, ``state`` the
    code of its or the obstacle's state. ``series`` is empty outside any session.
    ``is_near`` tells of the same service, not of the request itself.
    """

    kind: SaidKind
    id: int
    at: datetime
    text: str
    topic: str = ""
    number: int = 0
    owner: str = ""
    due_on: date | None = None
    state: str = ""
    series_id: int | None = None
    series: str = ""
    meeting_id: int | None = None
    meeting_number: int | None = None
    is_near: bool = False


def find_said(session: Session, words: str, limit: int = SHOWN) -> tuple[Said, ...]:
    """Return what past sessions said with all these words, the latest first.

    Words are found without case and accents, in any order, in Cyrillic and Georgian
    also as typed in Latin letters. Nothing typed finds nothing.
    """
    if not searchable(words[:400]):
        return ()
    found: list[Said] = []
    for entity, read in (
        (Decision, _decisions),
        (Action, _actions),
        (AgendaItem, _items),
        (Obstacle, _answers),
    ):
        wanted = contains_all(entity.folded, words)
        found += read(session, wanted, limit)
    return tuple(_latest(found)[:limit])


def _latest(found: Iterable[Said]) -> list[Said]:
    return sorted(
        found, key=lambda one: (one.at, one.meeting_id or 0, one.id), reverse=True
    )


def _decisions(
    session: Session, wanted: list[Any], limit: int, values: Mapping[str, int] = {}
) -> list[Said]:
    rows = session.execute(
        select(Decision, Meeting.starts_at, AgendaItem.title, *_SESSION, Person.name)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .outerjoin(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .outerjoin(Person, Person.id == Decision.by_id)
        .where(Decision.is_withdrawn.is_(False), *wanted)
        .order_by(Meeting.starts_at.desc(), Decision.number)
        .limit(limit),
        values,
    )
    return [
        Said(
            SaidKind.DECISION,
            one.id,
            at,
            one.text,
            topic=title or "",
            number=one.number,
            owner=name or "",
            **_place(place),
        )
        for one, at, title, *place, name in rows
    ]


def _actions(
    session: Session, wanted: list[Any], limit: int, values: Mapping[str, int] = {}
) -> list[Said]:
    rows = session.execute(
        select(Action, Meeting.starts_at, Person.name, Unit.name, *_SESSION)
        .join(MeetingSeries, MeetingSeries.id == Action.series_id)
        .outerjoin(Meeting, Meeting.id == Action.meeting_id)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(*wanted)
        .order_by(Action.id.desc())
        .limit(limit),
        values,
    )
    return [
        Said(
            SaidKind.ACTION,
            one.id,
            at or one.given_at or one.closed_at or EPOCH,
            one.text,
            topic=one.topic,
            number=one.number,
            owner=person or unit or "",
            due_on=one.due_on,
            state=one.state.value,
            **_place(place),
        )
        for one, at, person, unit, *place in rows
    ]


def _items(
    session: Session, wanted: list[Any], limit: int, values: Mapping[str, int] = {}
) -> list[Said]:
    """Return items by what the minutes tell of them, else by title and notes."""
    rows = session.execute(
        select(AgendaItem, Meeting.starts_at, Person.name, *_SESSION)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .outerjoin(Person, Person.id == AgendaItem.leader_id)
        .where(AgendaItem.is_removed.is_(False), *wanted)
        .order_by(Meeting.starts_at.desc(), AgendaItem.position)
        .limit(limit),
        values,
    )
    return [
        Said(
            SaidKind.ITEM,
            one.id,
            at,
            one.said or one.notes,
            topic=one.title,
            number=one.position,
            owner=name or "",
            state=one.kind,
            **_place(place),
        )
        for one, at, name, *place in rows
    ]


_AnsweredBy, _Owing = aliased(Person), aliased(Unit)


def _answers(
    session: Session, wanted: list[Any], limit: int, values: Mapping[str, int] = {}
) -> list[Said]:
    rows = session.execute(
        select(Obstacle, _AnsweredBy.name, _Owing.name)
        .join(_Owing, _Owing.id == Obstacle.owing_unit_id)
        .outerjoin(_AnsweredBy, _AnsweredBy.id == Obstacle.answered_by_id)
        .where(Obstacle.state.in_(_ANSWERED), *wanted)
        .order_by(Obstacle.answered_at.desc(), Obstacle.id.desc())
        .limit(limit),
        values,
    )
    return [
        Said(
            SaidKind.OBSTACLE,
            one.id,
            one.answered_at or one.raised_at,
            one.answer,
            topic=one.title,
            number=one.number,
            owner=name or unit,
            state=one.state.value,
        )
        for one, name, unit in rows
    ]


@dataclass(frozen=True, slots=True)
class AboutRequest:
    """The open obstacles met on a request, and what was said about it."""

    obstacles: tuple[ObstacleRow, ...] = ()
    said: tuple[Said, ...] = ()


def about_request(session: Session, request_id: int) -> AboutRequest:
    """Return what obstacles and sessions have to do with a request."""
    found = obstacles_of_request(session, request_id)
    waiting = tuple(one for one in found if one.state is ObstacleState.OPEN)
    return AboutRequest(waiting, decided_about(session, request_id))


def decided_about(session: Session, request_id: int) -> tuple[Said, ...]:
    """Return what was decided, is to be done or was answered about a request.

    First what names the request itself, the latest first: on an item's list, by an
    action, an obstacle or a voice. Then, as near, a few decisions, actions and answers
    about the same service.
    """
    own = _of(session, _about_request(), request_id)
    seen = {(one.kind, one.id) for one in own}
    service_id = session.scalar(
        select(Request.service_id).where(Request.id == request_id)
    )
    if service_id is None:
        return tuple(own)
    near = [
        replace(one, is_near=True)
        for one in _of(session, _about_service(), service_id)
        if one.kind is not SaidKind.ITEM and (one.kind, one.id) not in seen
    ]
    return (*own, *_latest(near)[:SHOWN_OF_SERVICE])


_ONE: Final[BindParameter[int]] = bindparam("one", type_=BigInteger)
"""The request or service something is about."""


class _About(NamedTuple):
    """How what is about something is read, and a statement that tells which there is.

    Mostly nothing is, and every request chosen in a list asks for it.
    """

    reads: tuple[tuple[_Read, list[Any]], ...]
    is_there: Select[*tuple[Any, ...]]


@cache
def _about_request() -> _About:
    voiced = select(ObstacleVoice.obstacle_id).where(ObstacleVoice.request_id == _ONE)
    merged = select(Obstacle.merged_into_id).where(Obstacle.request_id == _ONE)
    obstacles = select(Obstacle.id).where(
        or_(
            Obstacle.request_id == _ONE,
            Obstacle.id.in_(voiced),
            Obstacle.id.in_(merged),
        )
    )
    listed = select(AgendaItemRequest.agenda_item_id).where(
        AgendaItemRequest.request_id == _ONE
    )
    raised = select(RaisedItem.agenda_item_id).where(
        or_(RaisedItem.request_id == _ONE, RaisedItem.obstacle_id.in_(obstacles)),
        RaisedItem.agenda_item_id.is_not(None),
    )
    return _about(listed.union(raised), obstacles, Action.request_id == _ONE)


@cache
def _about_service() -> _About:
    """Tell of what was said on items about requests of a service, and its obstacles."""
    obstacles = select(Obstacle.id).where(Obstacle.service_id == _ONE)
    items = (
        select(AgendaItemRequest.agenda_item_id)
        .join(Request, Request.id == AgendaItemRequest.request_id)
        .where(Request.service_id == _ONE)
        .cte("items")
        # So that it is gone through once for all that is asked about it.
        .prefix_with("MATERIALIZED")
    )
    return _about(select(items.c.agenda_item_id), obstacles)


def _about(items: Any, obstacles: Any, *actions: ColumnElement[bool]) -> _About:
    about_action = or_(
        *actions,
        Action.agenda_item_id.in_(items),
        Action.obstacle_id.in_(obstacles),
    )
    wanted: tuple[tuple[Any, _Read, list[Any]], ...] = (
        (Decision, _decisions, [Decision.agenda_item_id.in_(items)]),
        (Action, _actions, [about_action]),
        (AgendaItem, _items, [AgendaItem.id.in_(items), AgendaItem.said != ""]),
        (Obstacle, _answers, [Obstacle.id.in_(obstacles)]),
    )
    there = (select(entity.id).where(*some).exists() for entity, _, some in wanted)
    return _About(tuple((read, some) for _, read, some in wanted), select(*there))


def _of(session: Session, about: _About, one: int) -> list[Said]:
    found: list[Said] = []
    there = session.execute(about.is_there, {_ONE.key: one}).one()
    for (read, wanted), is_there in zip(about.reads, there, strict=True):
        if is_there:
            found += read(session, wanted, SHOWN, {_ONE.key: one})
    return _latest(found)


_SESSION: Final = (MeetingSeries.id, MeetingSeries.name, Meeting.id, Meeting.number)


def _place(row: list[Any]) -> dict[str, Any]:
    series_id, series, meeting_id, number = row
    return {
        "series_id": series_id,
        "series": series,
        "meeting_id": meeting_id,
        "meeting_number": number,
    }
