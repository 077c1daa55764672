"""What a coordinator does with a session: plan it, publish its agenda, hold it.

All refuse with NotFound, and with Conflict when ``expected_version`` is no longer the
stored one. An agenda that is published can be changed; it is a draft again then, and
publishing it makes the next numbered version. What is done with items, actions and
series lies in modules of their own and is offered here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.agenda import Candidate
from desktop.domain.candidates import looked_key
from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.entities.base import Base
from desktop.entities.meetings import (
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.sittings import AgendaItemRequest
from desktop.entities.units import PersonRole, Role
from desktop.queries.agenda import meeting_agenda
from desktop.store.changes import note_changes
from desktop.store.engine import insert_ignoring_duplicates
from desktop.store.session_notices import tell_people
from desktop.store.session_rights import may_run
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import (
    add_candidate,
    add_topic,
    change_item,
    changeable,
    draft_agenda,
    items_of,
    leave_out,
    mark_edited,
    move_item,
    offer_again,
    remove_item,
    restore_item,
)
from desktop.use_cases.agenda_looking import look
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.attendance import keep_attendance
from desktop.use_cases.holding import close_session
from desktop.use_cases.meeting_actions import add_action, close_action, reopen_action
from desktop.use_cases.meeting_papers import freeze_paper
from desktop.use_cases.sessions_planning import plan_session

AT_ONCE: Final = 500


def publish_agenda(
    work: UnitOfWork, meeting_id: int, *, expected_version: int | None = None
) -> int:
    """Publish the agenda as its next numbered version; returns the number.

    What it says is kept as it is handed out, with who is invited as of now and the
    requests its items are about. Refuses (Forbidden) who neither runs the session nor
    administers, (Transition) an agenda without items, and one published as it stands.
    """
    meeting = changeable(work, meeting_id)
    _refuse_others(work, meeting)
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
    agenda = meeting_agenda(work.session, meeting_id, work.now)
    freeze_paper(work, meeting_id, "agenda", meeting.agenda_version, agenda.paper)
    _keep_requests(work, items, agenda.candidates)
    _tell_members(work, meeting)
    work.record_meeting(
        "agenda_published",
        meeting_id,
        {
            "number": meeting.agenda_version,
            "items": [_frozen(item) for item in items],
        },
    )
    return meeting.agenda_version


def _refuse_others(work: UnitOfWork, meeting: Meeting) -> None:
    me = somebody(work)
    series = work.get(MeetingSeries, meeting.series_id)
    administers = select(PersonRole.id).where(
        PersonRole.person_id == me, PersonRole.role == Role.ADMINISTRATOR
    )
    if not may_run(work.session, series, me) and not work.session.scalar(administers):
        raise Forbidden("not_yours_to_publish")


def _tell_members(work: UnitOfWork, meeting: Meeting) -> None:
    wanted = select(SeriesMember.person_id).where(
        SeriesMember.series_id == meeting.series_id
    )
    tell_people(
        work,
        work.session.scalars(wanted).all(),
        "agenda_published",
        f"agenda:{meeting.id}:{meeting.agenda_version}",
        meeting_id=meeting.id,
    )


def _keep_requests(
    work: UnitOfWork, items: Sequence[AgendaItem], found: Sequence[Candidate]
) -> None:
    """Write down which requests each item is about, so that they find its decisions."""
    behind = {looked_key(one): one.request_ids for one in found}
    rows = [
        {"agenda_item_id": item.id, "request_id": request_id}
        for item in items
        for request_id in behind.get(f"{item.kind}:{item.subject}", ())
    ]
    table = Base.metadata.tables[AgendaItemRequest.__tablename__]
    columns = ("agenda_item_id", "request_id")
    for at in range(0, len(rows), AT_ONCE):
        insert_ignoring_duplicates(
            work.session, table, rows[at : at + AT_ONCE], columns
        )
    note_changes(work.session, table.name, [item.id for item in items])


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
    "leave_out",
    "look",
    "move_item",
    "offer_again",
    "plan_session",
    "publish_agenda",
    "remove_item",
    "reopen_action",
    "reopen_agenda",
    "restore_item",
]
