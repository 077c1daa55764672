"""What an agenda holds besides evidence: open actions, attendance, the last minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import Attendee
from desktop.domain.agenda_sections import (
    ACTIONS_SHOWN,
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
from desktop.entities.sittings import Decision
from desktop.entities.units import Person
from desktop.store.session_rows import action_rows


def open_actions(
    session: Session, series_id: int, at: datetime, zone: ZoneInfo
) -> OpenActions:
    """Return a series' open actions, overdue first, as on the local day of ``at``."""
    wanted = and_(Action.series_id == series_id, Action.state == ActionState.OPEN)
    told = [row for _action, row in action_rows(session, wanted, at, zone)]
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
    """Return the session before number ``number``, with what came of it."""
    row = session.scalars(
        select(Meeting)
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
    given = select(func.count()).select_from(Action).where(Action.meeting_id == row.id)
    decided = (
        select(func.count())
        .select_from(Decision)
        .where(Decision.meeting_id == row.id, Decision.is_withdrawn.is_(False))
    )
    return LastMinutes(
        number=row.number,
        held_at=row.starts_at,
        version=row.agenda_version or None,
        actions=session.scalar(given) or 0,
        state=_MINUTES.get(row.state, ""),
        approved_at=row.approved_at,
        decisions=session.scalar(decided) or 0,
    )


_MINUTES: Final[dict[MeetingState, Literal["", "draft", "approved"]]] = {
    MeetingState.IN_SESSION: "draft",
    MeetingState.HELD: "draft",
    MeetingState.APPROVED: "approved",
}


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return people's names by id."""
    known = [one for one in ids if one is not None]
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(known)))
    return {row.id: row.name for row in rows}
