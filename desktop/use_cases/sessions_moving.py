"""Moves a session, cancels it with a reason, adds one beside the rule, and back again.

Members are told, and each telling counts up the session's ``sequence``, by which
calendars know what is newer. Refuses with NotFound, with Transition what cannot be
changed any more, with Conflict when ``expected_version`` is no longer the stored one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.series_drafts import FIRST_YEAR, LAST_YEAR, LONGEST, SHORTEST
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.entities.outgoing import SessionNotice
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.sessions_collected import hand_on, take_back
from desktop.use_cases.sessions_order import (
    TO_COME,
    mark_of,
    put_in_order,
    tell_members,
)
from desktop.use_cases.sessions_planning import new_session, plan_ahead
from desktop.use_cases.typed_words import needed_text, typed_line


@dataclass(frozen=True, slots=True)
class SessionTime:
    """When and where a session is to be; ``at`` is local time in its series' zone."""

    day: date
    at: time
    minutes: int
    place: str = ""
    link: str = ""


def move_session(
    work: UnitOfWork,
    meeting_id: int,
    said: SessionTime,
    *,
    expected_version: int | None = None,
) -> bool:
    """Give a session another time or place; returns whether that changed anything.

    Its agenda stays as it is. Refuses (Invalid) ``day`` (a time that is over, or that
    of another session), ``minutes``, ``place`` and ``link``.
    """
    meeting, series = _to_come(work, meeting_id, expected_version)
    wanted = _checked(work, series, said, besides=meeting_id)
    before = _as_it_is(meeting)
    if all(before[name] == value for name, value in wanted.items()):
        return False
    _move(work, meeting, series, wanted)
    tell_members(work, meeting, "session_moved")
    return True


def take_back_move(work: UnitOfWork, meeting_id: int) -> None:
    """Put a session back where it was before it was moved last.

    Who has not read of the move is told nothing; who has is told of the way back.
    """
    meeting, series = _to_come(work, meeting_id, None)
    entry = _last_entry(work, meeting_id)
    if entry is None or entry.kind != "meeting_moved":
        raise Transition("nothing_to_take_back")
    before = dict(entry.details["before"])
    before["starts_at"] = datetime.fromisoformat(before["starts_at"])
    told = _untell(work, meeting, "session_moved")
    _move(work, meeting, series, before, kind="meeting_moved_back")
    if told:
        tell_members(work, meeting, "session_moved")


def cancel_session(
    work: UnitOfWork,
    meeting_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Cancel a session for a reason; returns how many items wait for the next one.

    Its period falls to the next session. Refuses (Invalid) a missing ``why``.
    """
    meeting, series = _to_come(work, meeting_id, expected_version, is_over=True)
    waiting = cancel(work, meeting, series, needed_text(why, "why"))
    plan_ahead(work, series.id)
    return waiting


def cancel(
    work: UnitOfWork,
    meeting: Meeting,
    series: MeetingSeries,
    why: str,
    *,
    tells: bool = True,
) -> int:
    """Cancel a session that may be cancelled; returns how many items wait."""
    before = meeting.state
    meeting.state = MeetingState.CANCELLED
    meeting.cancelled_why = why
    meeting.sequence += 1
    waiting = hand_on(work, meeting)
    put_in_order(work, series)
    work.record_meeting(
        "meeting_cancelled", meeting.id, {"why": why, "before": before.value}
    )
    if tells:
        tell_members(work, meeting, "session_cancelled", words=why)
    return waiting


def restore_session(work: UnitOfWork, meeting_id: int) -> None:
    """Take up a cancelled session again, as it was, while its time is not over.

    Refuses (Transition) one that is over, and one another stands for meanwhile.
    """
    somebody(work)
    meeting = work.get(Meeting, meeting_id)
    series = work.get(MeetingSeries, meeting.series_id, for_update=True)
    work.session.refresh(meeting)
    if meeting.state is not MeetingState.CANCELLED:
        raise Transition("session_not_cancelled")
    if meeting.starts_at <= work.now:
        raise Transition("session_is_over")
    if series.ended_at is not None:
        raise Transition("series_has_ended", series=series.name)
    if _at_that_time(work, series, meeting.starts_at, meeting.id):
        raise Transition("another_session_then")
    meeting.state = _state_before(work, meeting_id)
    told = _untell(work, meeting, "session_cancelled")
    meeting.cancelled_why = ""
    meeting.sequence += 1
    take_back(work, meeting)
    put_in_order(work, series)
    work.record_meeting("meeting_restored", meeting_id)
    if told:
        tell_members(work, meeting, "session_planned")


def extra_session(
    work: UnitOfWork, series_id: int, said: SessionTime, key: uuid.UUID
) -> int:
    """Plan a session beside the rule; returns its id, the same for the same key."""
    somebody(work)
    series = work.get(MeetingSeries, series_id, for_update=True)
    again = work.session.scalar(select(Meeting.id).where(Meeting.key == key))
    if again is not None:
        return again
    if series.ended_at is not None:
        raise Transition("series_has_ended", series=series.name)
    meeting = new_session(
        work, series, key=key, **_checked(work, series, said, besides=None)
    )
    put_in_order(work, series)
    work.record_meeting("meeting_planned", meeting.id, {"extra": True})
    tell_members(work, meeting, "session_planned")
    return meeting.id


def relay(
    work: UnitOfWork,
    meeting: Meeting,
    series: MeetingSeries,
    wanted: dict[str, Any],
) -> None:
    """Move a session with its series, and tell its members."""
    _move(work, meeting, series, wanted)
    tell_members(work, meeting, "session_moved")


def _to_come(
    work: UnitOfWork,
    meeting_id: int,
    expected_version: int | None,
    *,
    is_over: bool = False,
) -> tuple[Meeting, MeetingSeries]:
    """Return a session that can be changed, its series locked until the end."""
    somebody(work)
    meeting = work.get(Meeting, meeting_id)
    series = work.get(MeetingSeries, meeting.series_id, for_update=True)
    work.session.refresh(meeting)
    if expected_version is not None and meeting.version != expected_version:
        raise Conflict("changed_meanwhile")
    if meeting.state is MeetingState.CANCELLED:
        raise Transition("session_was_cancelled")
    if meeting.state not in TO_COME:
        raise Transition("meeting_is_over")
    if meeting.starts_at <= work.now and not is_over:
        raise Transition("session_is_over")
    return meeting, series


def _checked(
    work: UnitOfWork, series: MeetingSeries, said: SessionTime, besides: int | None
) -> dict[str, Any]:
    if not FIRST_YEAR <= said.day.year < LAST_YEAR:
        raise Invalid("day", "out_of_range", least=FIRST_YEAR, most=LAST_YEAR - 1)
    local = datetime.combine(said.day, said.at, ZoneInfo(series.zone))
    starts_at = local.astimezone(UTC)
    if starts_at <= work.now:
        raise Invalid("day", "in_the_past")
    if _at_that_time(work, series, starts_at, besides):
        raise Invalid("day", "another_session_then")
    if type(said.minutes) is not int or not SHORTEST <= said.minutes <= LONGEST:
        raise Invalid("minutes", "out_of_range", least=SHORTEST, most=LONGEST)
    return {
        "starts_at": starts_at,
        "minutes": said.minutes,
        "place": typed_line(said.place, "place", 200),
        "link": typed_line(said.link, "link", 500),
    }


def _at_that_time(
    work: UnitOfWork, series: MeetingSeries, starts_at: datetime, besides: int | None
) -> bool:
    wanted = select(Meeting.id).where(
        Meeting.series_id == series.id,
        Meeting.starts_at == starts_at,
        Meeting.state != MeetingState.CANCELLED,
    )
    return any(one != besides for one in work.session.scalars(wanted))


def _as_it_is(meeting: Meeting) -> dict[str, Any]:
    return {
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "place": meeting.place,
        "link": meeting.link,
    }


def _move(
    work: UnitOfWork,
    meeting: Meeting,
    series: MeetingSeries,
    wanted: dict[str, Any],
    kind: str = "meeting_moved",
) -> None:
    before = _as_it_is(meeting)
    for name, value in wanted.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    put_in_order(work, series)
    after = _as_it_is(meeting)
    details = {"before": before, "after": after}
    for told in details.values():
        told["starts_at"] = told["starts_at"].isoformat()
    work.record_meeting(kind, meeting.id, details)


def _last_entry(work: UnitOfWork, meeting_id: int, *kinds: str) -> JournalEntry | None:
    wanted = select(JournalEntry).where(JournalEntry.meeting_id == meeting_id)
    if kinds:
        wanted = wanted.where(JournalEntry.kind.in_(kinds))
    return work.session.scalar(wanted.order_by(JournalEntry.id.desc()).limit(1))


def _state_before(work: UnitOfWork, meeting_id: int) -> MeetingState:
    entry = _last_entry(work, meeting_id, "meeting_cancelled")
    before = entry.details.get("before") if entry else None
    return MeetingState(before) if before else MeetingState.PLANNED


def _untell(work: UnitOfWork, meeting: Meeting, kind: str) -> bool:
    """Take back what nobody read yet of the last telling; tell whether anybody did."""
    mark = SessionNotice.mark == mark_of(meeting, kind)
    work.session.execute(
        delete(SessionNotice).where(mark, SessionNotice.read_at.is_(None))
    )
    return (
        work.session.scalar(select(SessionNotice.id).where(mark).limit(1)) is not None
    )
