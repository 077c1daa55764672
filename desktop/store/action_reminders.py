"""Which reminders of actions are due and not told yet; alike on every computer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.action_days import Reminder, last_reminder
from desktop.domain.calendars import ServiceCalendar
from desktop.entities.meetings import Action, ActionState, MeetingSeries
from desktop.entities.outgoing import SessionNotice
from desktop.entities.seeing import PersonSetting
from desktop.store.action_people import people_of_action
from desktop.store.notice_people import People

AHEAD: Final = timedelta(days=15)
"""So far ahead an action is looked at: a holiday may lie before the day."""
SILENT_ACTIONS: Final = "silent_actions"
"""The name under which somebody keeps actions they want no reminders of."""


def reminders_due(
    session: Session, until: datetime, calendars: Mapping[int, ServiceCalendar]
) -> list[dict[str, Any]]:
    """Return the rows of `SessionNotice` that are due by ``until`` and not there."""
    actions = session.execute(
        select(Action, MeetingSeries.zone)
        .join(MeetingSeries, MeetingSeries.id == Action.series_id)
        .where(
            Action.state == ActionState.OPEN, Action.due_on <= (until + AHEAD).date()
        )
        .order_by(Action.id)
    ).all()
    if not actions:
        return []
    people = People(session, calendars)
    silent = _silent(session)
    rows: list[dict[str, Any]] = []
    for action, zone in actions:
        for person_id in people_of_action(session, action):
            if silent.get((person_id, action.id)) == action.due_on.isoformat():
                continue
            for one in people.named(person_id):
                calendar = people.own_hours(one)
                due = last_reminder(action.due_on, until, calendar, ZoneInfo(zone))
                if due is None or (action.given_at and due.at <= action.given_at):
                    continue
                rows.append(_row(person_id, action, due))
    return _not_told(session, rows)


def _row(person_id: int, action: Action, due: Reminder) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "mark": f"action:{action.id}:{due.mark}",
        "kind": due.kind,
        "meeting_id": action.meeting_id,
        "action_id": action.id,
        "obstacle_id": None,
        "actor_id": None,
        "words": action.text,
        "at": due.at,
        "read_at": None,
    }


def _silent(session: Session) -> dict[tuple[int, int], str]:
    """Return who silenced which action, and of which day."""
    kept = session.execute(
        select(PersonSetting.person_id, PersonSetting.value).where(
            PersonSetting.name == SILENT_ACTIONS
        )
    )
    return {
        (person_id, int(action_id)): str(day)
        for person_id, value in kept
        for action_id, day in (value or {}).items()
    }


def _not_told(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    marks = {row["mark"] for row in rows}
    told = {
        (row.person_id, row.mark)
        for row in session.execute(
            select(SessionNotice.person_id, SessionNotice.mark).where(
                SessionNotice.mark.in_(marks)
            )
        )
    }
    return [row for row in rows if (row["person_id"], row["mark"]) not in told]
