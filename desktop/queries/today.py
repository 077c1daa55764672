"""What somebody has before them today: requests, approvals, sessions, actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Role, Unit
from desktop.queries.desk_sections import ApprovalRow, approvals_waiting
from desktop.queries.list_conditions import IS_OPEN
from desktop.queries.request_rows import QueueRow, row_select, rows_of

SHOWN: Final = 50
MOST_AT_RISK: Final = 2_000
MOST_COUNTED: Final = 5_000
"""Who has more before them today needs no exact number."""

WEEK: Final = timedelta(days=7)

_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__.c
LEADING: Final = frozenset(
    {Role.COORDINATOR, Role.MANAGER, Role.EXECUTIVE, Role.ADMINISTRATOR}
)


class TodaySection(StrEnum):
    """What a day consists of, in this order."""

    APPROVALS = "approvals"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    FOLLOW_UP = "follow_up"
    BROKEN_TODAY = "broken_today"
    AT_RISK = "at_risk"
    MINE = "mine"
    SESSIONS = "sessions"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class TodaySession:
    """A session of the coming week."""

    meeting_id: int
    series_id: int
    name: str
    number: int
    starts_at: datetime
    place: str
    units: str


@dataclass(frozen=True, slots=True)
class TodayAction:
    """An action agreed on in a session, due or over."""

    id: int
    series_id: int
    series: str
    text: str
    owner: str
    due_on: date


Line = QueueRow | ApprovalRow | TodaySession | TodayAction


@dataclass(frozen=True, slots=True)
class TodayPart:
    """One section: its first lines, and how many there are."""

    section: TodaySection
    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """Whose day it is, and when: days begin at midnight in ``zone``."""

    person_id: int
    unit_id: int | None
    roles: frozenset[str]
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """Return what day it is."""
        return self.now.astimezone(self.zone).date()

    def midnight(self, days: int = 0) -> datetime:
        """Return when a day begins, so many days from today."""
        day = self.today + timedelta(days=days)
        return datetime.combine(day, time(), self.zone)

    @property
    def works(self) -> bool:
        """Tell whether they work on requests themselves."""
        return Role.AGENT.value in self.roles and self.unit_id is not None

    @property
    def leads(self) -> bool:
        """Tell whether they answer for what others do."""
        return bool({role.value for role in LEADING} & self.roles)


def today(session: Session, day: Day) -> tuple[TodayPart, ...]:
    """Return what is before somebody, by section; empty sections are not there.

    A request stands in the first section it belongs to.
    """
    parts: list[TodayPart] = [_part(TodaySection.APPROVALS, _approvals(session, day))]
    if day.works:
        parts += [
            _requests(session, section, condition)
            for section, condition in _worked(day)
        ]
    if day.leads:
        parts += [
            _requests(session, section, condition)
            for section, condition in _led(session, day)
        ]
        parts.append(_part(TodaySection.SESSIONS, _sessions(session, day)))
        parts.append(_part(TodaySection.ACTIONS, _actions(session, day)))
    return tuple(part for part in _once(parts) if part.lines)


def _once(parts: Sequence[TodayPart]) -> Iterator[TodayPart]:
    seen: set[int] = set()
    for part in parts:
        again = {one.id for one in part.lines if isinstance(one, QueueRow)} & seen
        lines = tuple(
            one
            for one in part.lines
            if not (isinstance(one, QueueRow) and one.id in again)
        )
        seen |= {one.id for one in lines if isinstance(one, QueueRow)}
        yield replace(part, lines=lines, count=part.count - len(again))


def _part(section: TodaySection, lines: Sequence[Line]) -> TodayPart:
    return TodayPart(section, tuple(lines[:SHOWN]), len(lines))


def _approvals(session: Session, day: Day) -> tuple[ApprovalRow, ...]:
    return approvals_waiting(session, day.person_id)


def _worked(day: Day) -> Iterable[tuple[TodaySection, ColumnElement[bool]]]:
    """Yield what an agent works on: their own, and what nobody in the unit has yet."""
    mine = _REQUEST.assignee_id == day.person_id
    here = and_(
        IS_OPEN,
        _REQUEST.unit_id == day.unit_id,
        or_(mine, _REQUEST.assignee_id.is_(None)),
    )
    due, follow_up = _REQUEST.due_at, _REQUEST.follow_up_at
    tomorrow = day.midnight(1)
    looked_at = follow_up < tomorrow
    yield TodaySection.OVERDUE, and_(here, due < day.now)
    yield TodaySection.DUE_TODAY, and_(here, due >= day.now, due < tomorrow)
    yield TodaySection.FOLLOW_UP, and_(here, looked_at, due.is_(None))
    # Each part is a range of the unit's index; both at once would be all of it.
    own = and_(IS_OPEN, _REQUEST.unit_id == day.unit_id, mine)
    later, never = (
        select(_REQUEST.id).where(own, part)
        for part in (due >= tomorrow, due.is_(None))
    )
    yield TodaySection.MINE, _REQUEST.id.in_(later.union_all(never))


def _led(
    session: Session, day: Day
) -> Iterable[tuple[TodaySection, ColumnElement[bool]]]:
    """Yield what a unit owes, or is owed; without a unit of the whole house."""
    here: ColumnElement[bool] = IS_OPEN
    if day.unit_id is not None:
        ours = (_REQUEST.unit_id == day.unit_id, _REQUEST.front_unit_id == day.unit_id)
        here = and_(here, or_(*ours))
    due = _REQUEST.due_at
    yield (
        TodaySection.BROKEN_TODAY,
        and_(here, due >= day.midnight(), due < day.now),
    )
    # Read first: a list of few is looked up faster than any join finds them.
    risky = session.scalars(
        select(_CLOCK.request_id)
        .where(
            _CLOCK.running_since.is_not(None),
            _CLOCK.due_at >= day.now,
            _CLOCK.at_risk_at <= day.now,
        )
        .order_by(_CLOCK.due_at)
        .limit(MOST_AT_RISK)
    ).all()
    yield TodaySection.AT_RISK, and_(_REQUEST.id.in_(risky), here, due >= day.now)


def _requests(
    session: Session, section: TodaySection, condition: ColumnElement[bool]
) -> TodayPart:
    wanted = (
        select(_REQUEST.id)
        .where(condition)
        .order_by(
            _REQUEST.due_at.is_(None),
            _REQUEST.due_at,
            _REQUEST.follow_up_at,
            _REQUEST.id,
        )
        .limit(SHOWN)
        .subquery("wanted")
    )
    rows = rows_of(session, row_select(wanted))
    rows.sort(key=_by_due)
    count = len(rows)
    if count == SHOWN:
        count = (
            session.scalar(select(func.count()).select_from(Request).where(condition))
            or 0
        )
    return TodayPart(section, tuple(rows), count)


def _by_due(row: QueueRow) -> tuple[bool, datetime, int]:
    at = row.due_at or row.follow_up_at or row.raised_at
    return row.due_at is None, at, row.id


_Front, _Back = aliased(Unit), aliased(Unit)


def _sessions(session: Session, day: Day) -> list[TodaySession]:
    wanted = (
        select(
            Meeting.id,
            Meeting.series_id,
            MeetingSeries.name,
            Meeting.number,
            Meeting.starts_at,
            Meeting.place,
            _Front.name,
            _Back.name,
        )
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .join(_Front, _Front.id == MeetingSeries.front_unit_id)
        .join(_Back, _Back.id == MeetingSeries.back_unit_id)
        .where(
            Meeting.starts_at >= day.midnight(),
            Meeting.starts_at < day.now + WEEK,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at)
        .limit(SHOWN)
    )
    if day.unit_id is not None:
        wanted = wanted.where(_is_party(day))
    return [
        TodaySession(*row[:6], f"{row[6]} · {row[7]}")
        for row in session.execute(wanted)
    ]


def _is_party(day: Day) -> ColumnElement[bool]:
    return or_(
        MeetingSeries.front_unit_id == day.unit_id,
        MeetingSeries.back_unit_id == day.unit_id,
        MeetingSeries.chair_id == day.person_id,
        MeetingSeries.minute_taker_id == day.person_id,
    )


def _actions(session: Session, day: Day) -> list[TodayAction]:
    wanted = (
        select(
            Action.id,
            Action.series_id,
            MeetingSeries.name,
            Action.text,
            func.coalesce(Person.name, Unit.name, ""),
            Action.due_on,
        )
        .join(MeetingSeries, MeetingSeries.id == Action.series_id)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(Action.state == ActionState.OPEN, Action.due_on < day.today + WEEK)
        .order_by(Action.due_on, Action.id)
        .limit(SHOWN)
    )
    if day.unit_id is not None:
        mine = (Action.owner_id == day.person_id, Action.owner_unit_id == day.unit_id)
        wanted = wanted.where(or_(*mine, _is_party(day)))
    return [TodayAction(*row) for row in session.execute(wanted)]
