"""What a coordinator does with a session: plan it, publish its agenda, hold it.

All refuse with NotFound, and with Conflict when ``expected_version`` is no longer the
stored one. An agenda that is published can be changed; it is a draft again then, and
publishing it makes the next numbered version. What is done with items, actions and
series lies in modules of their own and is offered here too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.domain.errors import Conflict, Transition
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import (
    add_candidate,
    add_topic,
    change_item,
    changeable,
    draft_agenda,
    items_of,
    mark_edited,
    move_item,
    remove_item,
    restore_item,
)
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.meeting_actions import add_action, close_action, reopen_action
from desktop.use_cases.meeting_series import NewSeries, create_series
from desktop.use_cases.recurrence import next_occurrence

FIRST_PERIOD_DAYS = 14


def plan_session(work: UnitOfWork, series_id: int) -> int:
    """Plan the next session of a series; returns its id, the planned one if there is.

    Its period runs from the day of the session before to the day of this one. Refuses
    (Transition) a series that has ended.
    """
    somebody(work)
    # Locked until the end: who plans second finds what was planned first.
    series = work.get(MeetingSeries, series_id, for_update=True)
    last = work.session.scalar(
        select(Meeting)
        .where(Meeting.series_id == series_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.number.desc())
        .limit(1)
    )
    if last is not None and last.starts_at > work.now:
        return last.id
    after = max(work.now, last.starts_at) if last else work.now
    starts_at = next_occurrence(series.recurrence, series.first_at, series.zone, after)
    if starts_at is None:
        raise Transition("series_has_ended", series=series.name)
    meeting = Meeting(
        series_id=series_id,
        number=_next_number(work, series_id),
        starts_at=starts_at,
        minutes=series.minutes,
        place=series.place,
        period_start=start_of_day(last.starts_at, series.zone)
        if last
        else start_of_day(starts_at, series.zone, days_before=FIRST_PERIOD_DAYS),
        period_end=start_of_day(starts_at, series.zone),
        state=MeetingState.PLANNED,
    )
    work.session.add(meeting)
    work.session.flush()
    work.record_meeting("meeting_planned", meeting.id)
    return meeting.id


def _next_number(work: UnitOfWork, series_id: int) -> int:
    """Return the number after the last one given, cancelled sessions' included."""
    last = work.session.scalar(
        select(Meeting.number)
        .where(Meeting.series_id == series_id)
        .order_by(Meeting.number.desc())
        .limit(1)
    )
    return (last or 0) + 1


def publish_agenda(
    work: UnitOfWork, meeting_id: int, *, expected_version: int | None = None
) -> int:
    """Publish the agenda as its next numbered version; returns the number.

    Refuses (Transition) an agenda without items, and one published as it stands.
    """
    meeting = changeable(work, meeting_id)
    if expected_version is not None and meeting.version != expected_version:
        raise Conflict("changed_meanwhile")
    if meeting.state is MeetingState.PUBLISHED:
        raise Transition("published_already", number=meeting.agenda_version)
    items = [item for item in items_of(work, meeting_id) if not item.is_removed]
    if not items:
        raise Transition("agenda_is_empty")
    meeting.agenda_version += 1
    meeting.published_at = work.now
    meeting.state = MeetingState.PUBLISHED
    work.session.flush()
    work.record_meeting(
        "agenda_published",
        meeting_id,
        {
            "number": meeting.agenda_version,
            "items": [_frozen(item) for item in items],
        },
    )
    return meeting.agenda_version


def reopen_agenda(work: UnitOfWork, meeting_id: int) -> None:
    """Make a published agenda the draft of its next version, with figures of now."""
    meeting = changeable(work, meeting_id)
    if meeting.state is MeetingState.PUBLISHED:
        mark_edited(meeting)
        work.session.flush()
        work.record_meeting("agenda_reopened", meeting_id)


def close_session(work: UnitOfWork, meeting_id: int) -> None:
    """Say that the session took place; what was due by then is carried on.

    Refuses (Transition) a session that has not begun.
    """
    meeting = changeable(work, meeting_id)
    if meeting.starts_at > work.now:
        raise Transition("session_not_begun")
    series = work.get(MeetingSeries, meeting.series_id)
    meeting.state = MeetingState.HELD
    carried = select(Action).where(
        Action.series_id == meeting.series_id,
        Action.state == ActionState.OPEN,
        Action.due_on <= _local_day(meeting.starts_at, series.zone),
    )
    for action in work.session.scalars(carried):
        action.carried += 1
    work.session.flush()
    work.record_meeting("meeting_held", meeting_id)


def start_of_day(at: datetime, zone: str, *, days_before: int = 0) -> datetime:
    """Return local midnight of an instant's day, or of so many days before."""
    day = _local_day(at, zone) - timedelta(days=days_before)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _frozen(item: AgendaItem) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "subject": item.subject,
        "title": item.title,
        "minutes": item.minutes,
        "outcome": item.outcome,
        "leader": item.leader,
        "leader_id": item.leader_id,
        "notes": item.notes,
    }


__all__ = [
    "NewSeries",
    "add_action",
    "add_candidate",
    "add_topic",
    "change_item",
    "close_action",
    "close_session",
    "create_series",
    "draft_agenda",
    "move_item",
    "plan_session",
    "publish_agenda",
    "remove_item",
    "reopen_action",
    "reopen_agenda",
    "restore_item",
    "start_of_day",
]
