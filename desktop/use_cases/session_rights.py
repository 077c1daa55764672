"""Who runs a session, and until when what it says can be changed."""

from __future__ import annotations

from desktop.domain.errors import Forbidden, Transition
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.store.session_rights import may_approve, may_run
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody

RECORDABLE = (MeetingState.IN_SESSION, MeetingState.HELD)


def runs(work: UnitOfWork, series: MeetingSeries) -> int:
    """Return who acts: chair, their deputy, minute-taker, or a coordinator.

    Refuses anybody else with Forbidden ``not_yours_to_hold``.
    """
    me = somebody(work)
    if not may_run(work.session, series, me):
        raise Forbidden("not_yours_to_hold")
    return me


def approves(work: UnitOfWork, series: MeetingSeries) -> int:
    """Return who acts: the chair or their deputy; a coordinator where there is none.

    Refuses anybody else with Forbidden ``the_chair_approves``.
    """
    me = somebody(work)
    if not may_approve(work.session, series, me):
        raise Forbidden("the_chair_approves")
    return me


def recordable(work: UnitOfWork, meeting_id: int) -> Meeting:
    """Return a session whose minutes can be written by who acts, locked.

    Refuses (Transition) one that has not begun, and one whose minutes are approved.
    """
    meeting = work.get(Meeting, meeting_id, for_update=True)
    runs(work, work.get(MeetingSeries, meeting.series_id))
    refuse_sealed(meeting)
    if meeting.state not in RECORDABLE:
        raise Transition("session_not_begun")
    return meeting


def refuse_sealed(meeting: Meeting) -> None:
    """Refuse (Transition) what would change approved minutes."""
    if meeting.state is MeetingState.APPROVED:
        raise Transition("minutes_are_sealed")
