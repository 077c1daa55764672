"""The register of actions across series, and a series' minutes bound together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.agenda_sections import ActionRow
from desktop.domain.errors import NotFound, Refusal
from desktop.domain.minutes import MinutesPaper
from desktop.domain.session_books import (
    ActionRegister,
    BookSession,
    MinutesBook,
    RegisterRow,
    RegisterSeries,
)
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.queries.minutes import minutes_paper

ENDED_DAYS: Final = 91
ENDED_SHOWN: Final = 30
_HELD: Final = (MeetingState.HELD, MeetingState.APPROVED)


def action_register(
    session: Session,
    now: datetime,
    series_id: int | None = None,
    *,
    days: int = ENDED_DAYS,
) -> ActionRegister:
    """Return the actions of a series, or of all: open ones and those ended lately.

    Of what ended, at most 30 of a series are listed and the others counted.
    """
    house = session.execute(select(Workspace.name, Workspace.zone)).first()
    zone = ZoneInfo(house.zone if house else "UTC")
    today = now.astimezone(zone).date()
    since = now - timedelta(days=days)
    wanted = (
        select(Action, Person.name, Unit.name, MeetingSeries.name, Meeting.number)
        .join(MeetingSeries, MeetingSeries.id == Action.series_id)
        .outerjoin(Meeting, Meeting.id == Action.meeting_id)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(or_(Action.state == ActionState.OPEN, Action.closed_at >= since))
        .order_by(MeetingSeries.name, Action.due_on, Action.number)
    )
    if series_id is not None:
        wanted = wanted.where(Action.series_id == series_id)
    rows: dict[tuple[int, str], list[RegisterRow]] = defaultdict(list)
    for action, person, unit, name, number in session.execute(wanted):
        made = _row(action, person or unit, number, today, zone)
        rows[action.series_id, name].append(made)
    return ActionRegister(
        tuple(_series(name, of) for (_id, name), of in rows.items()),
        since.astimezone(zone).date(),
        now,
        str(zone),
        house.name if house else "",
    )


def _series(name: str, rows: Iterable[RegisterRow]) -> RegisterSeries:
    """Return open actions by due day, then what ended, the latest first."""
    everything = list(rows)
    opened = [one for one in everything if one.end is None]
    ended = [one for one in everything if one.end is not None]
    ended.sort(key=lambda one: one.ended or date.min, reverse=True)
    shown = ended[:ENDED_SHOWN]
    return RegisterSeries(name, (*opened, *shown), len(ended) - len(shown))


def _row(
    action: Action,
    owner: str | None,
    number: int | None,
    today: date,
    zone: ZoneInfo,
) -> RegisterRow:
    state: Any = action.state.value
    if action.state is ActionState.OPEN:
        is_over, is_today = action.due_on < today, action.due_on == today
        state = "overdue" if is_over else "due_today" if is_today else "open"
    told = ActionRow(
        label=f"A-{action.number}",
        text=action.text,
        topic=action.topic,
        owner=owner,
        due=action.due_on,
        carried=action.carried,
        state=state,
    )
    end: Any = None if action.state is ActionState.OPEN else action.state.value
    return RegisterRow(
        told,
        _day(action.given_at, zone),
        number,
        end,
        _day(action.closed_at, zone),
    )


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return None if at is None else at.astimezone(zone).date()


def series_between(
    session: Session, front_unit_id: int, back_unit_id: int
) -> int | None:
    """Return the first series of two units; None where they have none."""
    return session.scalar(
        select(MeetingSeries.id)
        .where(
            MeetingSeries.front_unit_id == front_unit_id,
            MeetingSeries.back_unit_id == back_unit_id,
        )
        .order_by(MeetingSeries.id)
        .limit(1)
    )


def minutes_book(
    session: Session,
    series_id: int,
    start: datetime,
    end: datetime,
    now: datetime,
) -> MinutesBook:
    """Return a series' sessions from ``start`` until ``end`` with their minutes.

    Drafts are told as drafts. Raises NotFound for a series that is not there.
    """
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound("not_found", what="series", id=series_id)
    front = session.get_one(Unit, series.front_unit_id)
    back = session.get_one(Unit, series.back_unit_id)
    rows = session.execute(
        select(Meeting.id, Meeting.number, Meeting.starts_at, Meeting.state)
        .where(
            Meeting.series_id == series_id,
            Meeting.starts_at >= start,
            Meeting.starts_at < end,
        )
        .order_by(Meeting.starts_at, Meeting.number)
    ).all()
    return MinutesBook(
        series.name,
        front.name,
        back.name,
        start,
        end,
        tuple(_book_session(session, row, now) for row in rows),
        now,
        series.zone,
    )


def _book_session(session: Session, row: Any, now: datetime) -> BookSession:
    minutes = _minutes(session, row.id, now) if row.state in _HELD else None
    return BookSession(row.number, row.starts_at, row.state.value, minutes)


def _minutes(session: Session, meeting_id: int, now: datetime) -> MinutesPaper | None:
    """Return a session's minutes; None where the kept ones cannot be trusted."""
    try:
        return minutes_paper(session, meeting_id, now)
    except Refusal:
        return None  # the book says so and holds all others
