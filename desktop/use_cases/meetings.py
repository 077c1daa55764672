"""What a coordinator does with a session: plan it, publish its agenda, hold it.

All refuse with NotFound, and with Conflict when ``expected_version`` is no longer the
stored one. An agenda that is published can be changed; it is a draft again then, and
publishing it makes the next numbered version. What is done with items, actions and
series lies in modules of their own and is offered here too.
"""

from __future__ import annotations

from typing import Any

from desktop.domain.errors import Conflict, Transition
from desktop.entities.meetings import (
    AgendaItem,
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
from desktop.use_cases.attendance import keep_attendance
from desktop.use_cases.holding import close_session
from desktop.use_cases.meeting_actions import add_action, close_action, reopen_action
from desktop.use_cases.sessions_planning import plan_session


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
    keep_attendance(work, meeting)
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
    "add_action",
    "add_candidate",
    "add_topic",
    "change_item",
    "close_action",
    "close_session",
    "draft_agenda",
    "move_item",
    "plan_session",
    "publish_agenda",
    "remove_item",
    "reopen_action",
    "reopen_agenda",
    "restore_item",
]
