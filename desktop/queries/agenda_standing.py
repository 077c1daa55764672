"""What an agenda holds besides evidence: open actions, attendance, the last minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import Attendee
from desktop.domain.agenda_sections import (
    ACTIONS_SHOWN,
    ActionRow,
    LastMinutes,
    OpenActions,
)
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingState,
    SeriesMember,
)
from desktop.entities.units import Person, Unit


def open_actions(
    session: Session, series_id: int, at: datetime, zone: ZoneInfo
) -> OpenActions:
    """Return a series' open actions, overdue first, as on the local day of ``at``."""
    today = at.astimezone(zone).date()
    rows = session.execute(
        select(Action, Person.name, Unit.name)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(Action.series_id == series_id, Action.state == ActionState.OPEN)
        .order_by(Action.due_on, Action.number)
    ).all()
    told = [
        ActionRow(
            label=f"A-{action.number}",
            text=action.text,
            topic=action.topic,
            owner=person or unit,
            due=action.due_on,
            carried=action.carried,
            state="overdue"
            if action.due_on < today
            else "due_today"
            if action.due_on == today
            else "open",
        )
        for action, person, unit in rows
    ]
    return OpenActions(
        rows=tuple(told[:ACTIONS_SHOWN]),
        total=len(told),
        overdue=sum(one.state == "overdue" for one in told),
    )


def attendance_of(session: Session, series_id: int) -> tuple[Attendee, ...]:
    """Return who belongs to a series, in the order of its list."""
    return tuple(
        Attendee(name, side.value, part or None)
        for name, side, part in session.execute(
            select(Person.name, SeriesMember.side, SeriesMember.part)
            .join(Person, Person.id == SeriesMember.person_id)
            .where(SeriesMember.series_id == series_id)
            .order_by(SeriesMember.position, Person.name)
        )
    )


def last_minutes(session: Session, series_id: int, number: int) -> LastMinutes:
    """Return the session before number ``number``, with how many actions it gave."""
    row = session.execute(
        select(Meeting.id, Meeting.number, Meeting.starts_at, Meeting.agenda_version)
        .where(
            Meeting.series_id == series_id,
            Meeting.number < number,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return LastMinutes()
    given = session.scalar(
        select(func.count()).select_from(Action).where(Action.meeting_id == row.id)
    )
    return LastMinutes(
        number=row.number,
        held_at=row.starts_at,
        version=row.agenda_version or None,
        actions=given or 0,
    )


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return people's names by id."""
    known = [one for one in ids if one is not None]
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(known)))
    return {row.id: row.name for row in rows}
