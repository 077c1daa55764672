"""Actions across series: mine, my unit's, everybody's; of a request; by number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.action_words import Owner
from desktop.domain.carried import age_days, must_decide
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingSeries,
    SeriesMember,
)
from desktop.entities.obstacles import Obstacle
from desktop.entities.requests import Request
from desktop.entities.units import Person, Unit

OPEN_SHOWN = 2_000
CLOSED_SHOWN = 200


class BoardView(StrEnum):
    """Whose actions are wanted."""

    MINE = "mine"
    UNIT = "unit"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; overdue and its age as on its series' own day.

    ``owner`` is a person's name, else the unit's; ``unit`` is whose it is. ``why`` is
    the reason it was closed with, or what was decided when it had been carried thrice.
    """

    id: int
    version: int
    number: int
    series_id: int
    series: str
    text: str
    topic: str
    owner: str
    owner_id: int | None
    owner_unit_id: int | None
    unit: str
    due_on: date
    state: str
    carried: int
    age_days: int | None
    days_over: int
    must_decide: bool
    escalated_to: str
    why: str
    request_id: int | None
    reference: str
    obstacle: int | None
    obstacle_id: int | None
    meeting_id: int | None
    session: int | None
    item_id: int | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state == "open"

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day is past and it is open."""
        return self.is_open and self.days_over > 0

    @property
    def label(self) -> str:
        """Return its number as people say it."""
        return f"A-{self.number}"


def action_board(
    session: Session,
    person_id: int,
    now: datetime,
    view: BoardView = BoardView.MINE,
    *,
    closed: bool = False,
) -> tuple[ActionLine, ...]:
    """Return open actions, those due first on top, or those closed last.

    A unit's actions are those it owns itself, and those of its people.
    """
    wanted: list[Any] = [
        Action.state != ActionState.OPEN if closed else Action.state == ActionState.OPEN
    ]
    my_unit = session.scalar(select(Person.unit_id).where(Person.id == person_id))
    if view is BoardView.MINE:
        wanted.append(Action.owner_id == person_id)
    elif view is BoardView.UNIT:
        of_unit = select(Person.id).where(Person.unit_id == my_unit)
        wanted.append(
            or_(Action.owner_unit_id == my_unit, Action.owner_id.in_(of_unit))
        )
    order = (
        (Action.closed_at.desc(), Action.id.desc())
        if closed
        else (Action.due_on, Action.series_id, Action.number)
    )
    return _lines(session, now, wanted, order, CLOSED_SHOWN if closed else OPEN_SHOWN)


def request_actions(
    session: Session, request_id: int, now: datetime
) -> tuple[ActionLine, ...]:
    """Return what was agreed about a request, open ones first."""
    wanted = [Action.request_id == request_id]
    found = _lines(session, now, wanted, (Action.due_on, Action.id), OPEN_SHOWN)
    return tuple(sorted(found, key=lambda one: not one.is_open))


def actions_numbered(
    session: Session, numbers: Collection[int], now: datetime
) -> tuple[ActionLine, ...]:
    """Return every action of these numbers; each series has numbers of its own."""
    wanted = [Action.number.in_(numbers)]
    order = (Action.number, Action.state != ActionState.OPEN, Action.series_id)
    return _lines(session, now, wanted, order, OPEN_SHOWN)


def actions_given(
    session: Session, meeting_id: int, now: datetime
) -> tuple[ActionLine, ...]:
    """Return the actions given in a session, in the order they were given."""
    wanted = [Action.meeting_id == meeting_id]
    return _lines(session, now, wanted, (Action.number,), OPEN_SHOWN)


def open_actions_of(
    session: Session, series_id: int, now: datetime
) -> tuple[ActionLine, ...]:
    """Return a series' open actions, those due first on top."""
    wanted = [Action.series_id == series_id, Action.state == ActionState.OPEN]
    return _lines(session, now, wanted, (Action.due_on, Action.number), OPEN_SHOWN)


def action_line(session: Session, action_id: int, now: datetime) -> ActionLine | None:
    """Return one action, None where there is none."""
    found = _lines(session, now, [Action.id == action_id], (Action.id,), 1)
    return found[0] if found else None


def owners_of(session: Session, series_id: int) -> tuple[Owner, ...]:
    """Return who an action of a series can be given to, those meant first on top.

    Members and their deputies, then the people of both units, then units.
    """
    series = session.get(MeetingSeries, series_id)
    if series is None:
        return ()
    members = select(SeriesMember).where(SeriesMember.series_id == series_id)
    ranked: dict[int, int] = {}
    for one in session.scalars(members.order_by(SeriesMember.position)):
        ranked.setdefault(one.person_id, 0)
        if one.deputy_id is not None:
            ranked.setdefault(one.deputy_id, 0)
    pair = (series.front_unit_id, series.back_unit_id)
    known = session.execute(
        select(Person.id, Person.name, Unit.name)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(
            Person.is_active,
            or_(Person.id.in_(ranked), Person.unit_id.in_(pair)),
        )
        .order_by(Person.name, Person.id)
    ).all()
    people = [
        Owner(row[0], None, row[1], row[2] or "", ranked.get(row[0], 1))
        for row in known
    ]
    units = session.execute(
        select(Unit.id, Unit.name).where(Unit.is_active).order_by(Unit.name, Unit.id)
    ).all()
    own = [Owner(None, row.id, row.name, "", 2) for row in units if row.id in pair]
    others = [
        Owner(None, row.id, row.name, "", 3) for row in units if row.id not in pair
    ]
    return (*sorted(people, key=lambda one: one.rank), *own, *others)


_Owner, _Escalated = aliased(Person), aliased(Person)
_OwnUnit, _OfOwner = aliased(Unit), aliased(Unit)


def _lines(
    session: Session, now: datetime, wanted: list[Any], order: Any, most: int
) -> tuple[ActionLine, ...]:
    rows = session.execute(
        select(
            *(Action, MeetingSeries.name, MeetingSeries.zone),
            *(_Owner.name, _OwnUnit.name, _OfOwner.name, _Escalated.name),
            *(Request.reference, Obstacle.number, Meeting.number),
        )
        .join(MeetingSeries, MeetingSeries.id == Action.series_id)
        .outerjoin(_Owner, _Owner.id == Action.owner_id)
        .outerjoin(_OwnUnit, _OwnUnit.id == Action.owner_unit_id)
        .outerjoin(_OfOwner, _OfOwner.id == _Owner.unit_id)
        .outerjoin(_Escalated, _Escalated.id == Action.escalated_to_id)
        .outerjoin(Request, Request.id == Action.request_id)
        .outerjoin(Obstacle, Obstacle.id == Action.obstacle_id)
        .outerjoin(Meeting, Meeting.id == Action.meeting_id)
        .where(*wanted)
        .order_by(*order)
        .limit(most)
    )
    return tuple(_line(row, now) for row in rows)


def _line(row: Any, now: datetime) -> ActionLine:
    action: Action = row[0]
    zone = ZoneInfo(row[2])
    today = now.astimezone(zone).date()
    is_open = action.state is ActionState.OPEN
    return ActionLine(
        id=action.id,
        version=action.version,
        number=action.number,
        series_id=action.series_id,
        series=row[1],
        text=action.text,
        topic=action.topic,
        owner=row[3] or row[4] or "",
        owner_id=action.owner_id,
        owner_unit_id=action.owner_unit_id,
        unit=row[4] or row[5] or "",
        due_on=action.due_on,
        state=action.state.value,
        carried=action.carried,
        age_days=age_days(action.given_at, today, zone),
        days_over=max(0, (today - action.due_on).days),
        must_decide=is_open and must_decide(action.carried, action.decided_carried),
        escalated_to=row[6] or "",
        why=action.decided_why if is_open else action.closed_why,
        request_id=action.request_id,
        reference=row[7] or "",
        obstacle=row[8],
        obstacle_id=action.obstacle_id,
        meeting_id=action.meeting_id,
        session=row[9],
        item_id=action.agenda_item_id,
        closed_at=action.closed_at,
    )
