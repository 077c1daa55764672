"""Minutes: what was said and decided, typed in session or after, approved, sealed.

All refuse with NotFound, with Forbidden who neither chairs, takes minutes nor
coordinates, and with Transition before a session began and once its minutes are
approved; what has to be said after that is an addendum.
"""

from __future__ import annotations

import uuid

from sqlalchemy import func, select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.merging import merged
from desktop.domain.text import BODY_CAP
from desktop.entities.meetings import (
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.sittings import Addendum, Attendance, Decision
from desktop.store.minutes_rows import drafted_minutes
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meeting_papers import freeze_paper
from desktop.use_cases.session_rights import approves, recordable, runs
from desktop.use_cases.typed_words import needed_line, needed_text, typed_text

DECISION_CAP = 2_000
NOTE_CAP = 2_000
SEALED = 1
"""The number approved minutes are kept under: there is no second."""


def write_said(work: UnitOfWork, item_id: int, text: str, *, before: str) -> str:
    """Write what was said to an item, by somebody who began from ``before``.

    What another wrote meanwhile is kept beside it. Returns the text as it is now.
    """
    item = work.get(AgendaItem, item_id, for_update=True)
    recordable(work, item.meeting_id)
    together = merged(before, typed_text(text, "said"), item.said)
    if len(together) > BODY_CAP:
        raise Invalid("said", "too_long", most=BODY_CAP)
    item.said = together
    work.session.flush()
    return item.said


def add_note(work: UnitOfWork, item_id: int, line: str) -> None:
    """Add a line to what was said to an item."""
    item = work.get(AgendaItem, item_id, for_update=True)
    recordable(work, item.meeting_id)
    said = needed_line(line, "note", NOTE_CAP)
    together = f"{item.said}\n{said}" if item.said else said
    if len(together) > BODY_CAP:
        raise Invalid("note", "too_long", most=BODY_CAP)
    item.said = together
    work.session.flush()


# ---------------------------------------------------------------- decisions


def decide(
    work: UnitOfWork,
    meeting_id: int,
    item_id: int | None,
    text: str,
    *,
    key: uuid.UUID | None = None,
) -> int:
    """Write a decision down under an item; returns its id. The same key makes it once.

    Numbered within the session, as they were made.
    """
    key = key or uuid.uuid4()
    again = work.session.scalar(select(Decision.id).where(Decision.key == key))
    if again is not None:
        return again
    meeting = recordable(work, meeting_id)
    if item_id is not None and work.get(AgendaItem, item_id).meeting_id != meeting.id:
        raise Invalid("item", "not_a_choice")
    last = work.session.scalar(
        select(func.max(Decision.number)).where(Decision.meeting_id == meeting_id)
    )
    row = Decision(
        key=key,
        meeting_id=meeting_id,
        agenda_item_id=item_id,
        number=(last or 0) + 1,
        text=needed_line(text, "text", DECISION_CAP),
        by_id=work.actor.person_id if work.actor else None,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record_meeting(
        "decided", meeting_id, {"decision": row.id, "number": row.number}
    )
    return row.id


def change_decision(
    work: UnitOfWork,
    decision_id: int,
    text: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Put a decision in other words."""
    row = _decision(work, decision_id, expected_version)
    said = needed_line(text, "text", DECISION_CAP)
    if said != row.text:
        row.text = said
        work.session.flush()
        work.record_meeting("decision_changed", row.meeting_id, {"decision": row.id})


def withdraw_decision(
    work: UnitOfWork, decision_id: int, *, withdrawn: bool = True
) -> None:
    """Say that something was not decided after all; its number is not given again."""
    row = _decision(work, decision_id, None)
    if row.is_withdrawn != withdrawn:
        row.is_withdrawn = withdrawn
        work.session.flush()
        kind = "decision_withdrawn" if withdrawn else "decision_restored"
        work.record_meeting(kind, row.meeting_id, {"decision": row.id})


def _decision(
    work: UnitOfWork, decision_id: int, expected_version: int | None
) -> Decision:
    row = work.get(Decision, decision_id, for_update=True)
    recordable(work, row.meeting_id)
    if expected_version is not None and row.version != expected_version:
        raise Conflict("changed_meanwhile")
    return row


# ---------------------------------------------------------------- approval


def approve_minutes(work: UnitOfWork, meeting_id: int) -> None:
    """Approve the minutes as they stand: they are kept so, and never change again.

    The chair does, or who stands in for them. Whoever was invited is told.
    """
    meeting = work.get(Meeting, meeting_id, for_update=True)
    me = approves(work, work.get(MeetingSeries, meeting.series_id))
    if meeting.state is MeetingState.APPROVED:
        raise Transition("minutes_are_sealed")
    if meeting.state is not MeetingState.HELD:
        raise Transition("session_not_over")
    meeting.state = MeetingState.APPROVED
    meeting.approved_at = work.now
    meeting.approved_by_id = me
    work.session.flush()
    paper = drafted_minutes(work.session, meeting_id, work.now)
    freeze_paper(work, meeting_id, "minutes", SEALED, paper)
    work.record_meeting("minutes_approved", meeting_id)
    _tell_all(work, meeting, "minutes_approved", f"minutes:{meeting_id}:approved")


def add_addendum(
    work: UnitOfWork,
    meeting_id: int,
    text: str,
    *,
    item_id: int | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """Correct approved minutes: they stay, and this stands after them; returns its id.

    The same key makes it once. Refuses (Transition) minutes that can still be changed.
    """
    key = key or uuid.uuid4()
    again = work.session.scalar(select(Addendum.id).where(Addendum.key == key))
    if again is not None:
        return again
    meeting = work.get(Meeting, meeting_id, for_update=True)
    me = runs(work, work.get(MeetingSeries, meeting.series_id))
    if meeting.state is not MeetingState.APPROVED:
        raise Transition("minutes_not_approved")
    if item_id is not None and work.get(AgendaItem, item_id).meeting_id != meeting_id:
        raise Invalid("item", "not_a_choice")
    last = work.session.scalar(
        select(func.max(Addendum.number)).where(Addendum.meeting_id == meeting_id)
    )
    row = Addendum(
        key=key,
        meeting_id=meeting_id,
        number=(last or 0) + 1,
        agenda_item_id=item_id,
        text=typed_text(needed_text(text, "text"), "text"),
        by_id=me,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record_meeting("minutes_amended", meeting_id, {"number": row.number})
    mark = f"minutes:{meeting_id}:addendum:{row.number}"
    _tell_all(work, meeting, "minutes_amended", mark)
    return row.id


def _tell_all(work: UnitOfWork, meeting: Meeting, kind: str, mark: str) -> None:
    """Tell the members and all who were invited; who left is told of their session."""
    series = work.get(MeetingSeries, meeting.series_id)
    members = work.session.scalars(
        select(SeriesMember.person_id).where(SeriesMember.series_id == series.id)
    )
    invited = work.session.scalars(
        select(Attendance.person_id).where(Attendance.meeting_id == meeting.id)
    )
    people = {*members, *invited, series.chair_id, series.minute_taker_id}
    tell_people(work, people, kind, mark, meeting_id=meeting.id, words=series.name)
