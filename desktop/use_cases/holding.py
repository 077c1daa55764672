"""Ending a session: it was held, and what was due by then is carried on."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.domain.errors import Transition
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import changeable
from desktop.use_cases.attendance import invite_if_nobody_is

HELD = "meeting_held"


def close_session(work: UnitOfWork, meeting_id: int) -> None:
    """Say that a session took place that nobody followed on screen.

    Its minutes are typed afterwards. Refuses (Transition) one that has not begun.
    """
    meeting = changeable(work, meeting_id)
    if meeting.starts_at > work.now:
        raise Transition("session_not_begun")
    hold(work, meeting)


def hold(work: UnitOfWork, meeting: Meeting) -> None:
    """End a session: its minutes are a draft, its open actions due by then carried."""
    series = work.get(MeetingSeries, meeting.series_id)
    invite_if_nobody_is(work, meeting)
    meeting.state = MeetingState.HELD
    day = _local_day(meeting.starts_at, series.zone)
    carried = work.session.scalars(
        select(Action)
        .where(
            Action.series_id == meeting.series_id,
            Action.state == ActionState.OPEN,
            Action.due_on <= day,
        )
        .order_by(Action.number)
    ).all()
    for action in carried:
        action.carried += 1
    work.session.flush()
    work.record_meeting(HELD, meeting.id, {"carried": [one.id for one in carried]})


def take_back(work: UnitOfWork, meeting: Meeting) -> None:
    """Undo what ending the session carried."""
    details = work.session.scalar(
        select(JournalEntry.details)
        .where(JournalEntry.meeting_id == meeting.id, JournalEntry.kind == HELD)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    ids = (details or {}).get("carried", [])
    for action in work.session.scalars(select(Action).where(Action.id.in_(ids))):
        action.carried = max(0, action.carried - 1)
        action.decided_carried = min(action.decided_carried, action.carried)
    work.session.flush()


def _local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
