"""What is done while a session sits: begin, go from item to item, park, end.

What is under discussion lies in the store, so that every window shows the same. All
refuse with NotFound, with Forbidden who neither chairs, takes minutes nor coordinates,
and with Transition where the session is not in that state.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select, update

from desktop.domain.errors import Invalid, Transition
from desktop.domain.text import TITLE_CAP, clean_line, shortened
from desktop.entities.meetings import (
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.store.changes import note_changes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import items_of
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.attendance import invite_if_nobody_is
from desktop.use_cases.holding import hold, take_back
from desktop.use_cases.session_rights import recordable, refuse_sealed, runs

READY = (MeetingState.DRAFTED, MeetingState.PUBLISHED)
EARLY = timedelta(hours=12)
"""So long before its time a session can begin."""


def begin_session(work: UnitOfWork, meeting_id: int) -> None:
    """Begin a session at the first item of its agenda; again changes nothing.

    Refuses (Transition) one without an agenda, one that is over, and one more than
    12 hours before its time.
    """
    meeting = work.get(Meeting, meeting_id, for_update=True)
    runs(work, work.get(MeetingSeries, meeting.series_id))
    refuse_sealed(meeting)
    if meeting.state is MeetingState.IN_SESSION:
        return
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise Transition("meeting_is_over", state=meeting.state.value)
    items = _shown(work, meeting_id)
    if meeting.state not in READY or not items:
        raise Transition("agenda_is_empty")
    if meeting.starts_at - work.now > EARLY:
        raise Transition("session_not_begun")
    invite_if_nobody_is(work, meeting)
    meeting.state = MeetingState.IN_SESSION
    meeting.begun_at = work.now
    meeting.item_id, meeting.item_since = items[0].id, work.now
    work.session.flush()
    work.record_meeting("session_begun", meeting_id, {"item": items[0].id})


def take_up(work: UnitOfWork, meeting_id: int, item_id: int) -> None:
    """Go to an item; the time of the one before is added to it."""
    meeting = _sitting(work, meeting_id)
    if meeting.item_id == item_id:
        return
    item = _item(work, meeting, item_id)
    _go_to(work, meeting, item.id)


def pause_timer(work: UnitOfWork, meeting_id: int) -> None:
    """Hold the timer; what was used so far is kept."""
    meeting = _sitting(work, meeting_id)
    if meeting.item_since is not None:
        _count_time(work, meeting)
        meeting.item_since = None
        work.session.flush()
        work.record_meeting("timer_held", meeting_id)


def resume_timer(work: UnitOfWork, meeting_id: int) -> None:
    """Let the timer go on."""
    meeting = _sitting(work, meeting_id)
    if meeting.item_since is None and meeting.item_id is not None:
        meeting.item_since = work.now
        work.session.flush()
        work.record_meeting("timer_resumed", meeting_id)


def finish_item(work: UnitOfWork, item_id: int, *, done: bool = True) -> int | None:
    """Say that an item is done, or take that back; returns the item gone to, if any.

    The item under discussion makes room for the next one that is open.
    """
    item = work.get(AgendaItem, item_id)
    meeting = recordable(work, item.meeting_id)
    if item.is_done == done:
        return None
    item.is_done = done
    if item.is_parked and done:
        _take_back_parked(work, item)
    work.session.flush()
    kind = "item_done" if done else "item_reopened"
    work.record_meeting(kind, meeting.id, {"item": item.id})
    return _move_on(work, meeting, item) if done else None


def park_item(
    work: UnitOfWork, item_id: int, title: str, *, key: uuid.UUID | None = None
) -> int | None:
    """Put an item off to the next session; returns the item gone to, if any.

    ``title`` are the words it prints under, for it may have none of its own.
    """
    item = work.get(AgendaItem, item_id)
    meeting = recordable(work, item.meeting_id)
    if item.is_parked:
        return None
    _park(work, meeting, item, title, key or uuid.uuid4())
    return _move_on(work, meeting, item)


def unpark_item(work: UnitOfWork, item_id: int) -> None:
    """Take back that an item was put off.

    Refuses (Transition) where the next agenda has it already.
    """
    item = work.get(AgendaItem, item_id)
    meeting = recordable(work, item.meeting_id)
    if not item.is_parked:
        return
    _take_back_parked(work, item)
    work.session.flush()
    work.record_meeting("item_unparked", meeting.id, {"item": item.id})


def end_session(
    work: UnitOfWork, meeting_id: int, put_off: Mapping[int, str] | None = None
) -> None:
    """End a session; ``put_off`` are items for the next one, each with its words.

    Open actions due by its day are carried, and the minutes are a draft from now on.
    """
    meeting = _sitting(work, meeting_id)
    _count_time(work, meeting)
    meeting.item_id, meeting.item_since = None, None
    meeting.ended_at = work.now
    for item_id, title in (put_off or {}).items():
        item = _item(work, meeting, item_id)
        if not item.is_parked:
            _park(work, meeting, item, title, uuid.uuid4())
    hold(work, meeting)


def resume_session(work: UnitOfWork, meeting_id: int) -> None:
    """Take back that a session was ended: it sits again, and nothing was carried."""
    meeting = recordable(work, meeting_id)
    if meeting.state is MeetingState.IN_SESSION:
        return
    if meeting.ended_at is None:
        raise Transition("session_not_begun")
    take_back(work, meeting)
    meeting.state = MeetingState.IN_SESSION
    meeting.ended_at = None
    work.session.flush()
    work.record_meeting("session_resumed", meeting_id)


# ---------------------------------------------------------------- parts


def _sitting(work: UnitOfWork, meeting_id: int) -> Meeting:
    meeting = recordable(work, meeting_id)
    if meeting.state is not MeetingState.IN_SESSION:
        raise Transition("meeting_is_over", state=meeting.state.value)
    return meeting


def _shown(work: UnitOfWork, meeting_id: int) -> list[AgendaItem]:
    return [one for one in items_of(work, meeting_id) if not one.is_removed]


def _item(work: UnitOfWork, meeting: Meeting, item_id: int) -> AgendaItem:
    item = work.get(AgendaItem, item_id)
    if item.meeting_id != meeting.id or item.is_removed:
        raise Invalid("item", "not_a_choice")
    return item


def _count_time(work: UnitOfWork, meeting: Meeting) -> None:
    """Add the time since an item was taken up; its version stays, it is no edit."""
    if meeting.item_id is None or meeting.item_since is None:
        return
    used = max(0, round((work.now - meeting.item_since).total_seconds()))
    work.session.execute(
        update(AgendaItem)
        .where(AgendaItem.id == meeting.item_id)
        .values(spent_s=AgendaItem.spent_s + used)
        .execution_options(synchronize_session="fetch")
    )
    note_changes(work.session, AgendaItem.__tablename__, [meeting.item_id])


def _go_to(work: UnitOfWork, meeting: Meeting, item_id: int) -> None:
    _count_time(work, meeting)
    meeting.item_id, meeting.item_since = item_id, work.now
    work.session.flush()
    work.record_meeting("item_taken_up", meeting.id, {"item": item_id})


def _move_on(work: UnitOfWork, meeting: Meeting, item: AgendaItem) -> int | None:
    """Go from an item that is dealt with to the next open one, if it is on screen."""
    if meeting.state is not MeetingState.IN_SESSION or meeting.item_id != item.id:
        return None
    items = _shown(work, meeting.id)
    at = items.index(item)
    following = next(
        (
            one
            for one in (*items[at + 1 :], *items[:at])
            if not (one.is_done or one.is_parked)
        ),
        None,
    )
    if following is None:
        return None
    _go_to(work, meeting, following.id)
    return following.id


def _park(
    work: UnitOfWork, meeting: Meeting, item: AgendaItem, title: str, key: uuid.UUID
) -> None:
    item.is_parked, item.is_done = True, False
    behind = item.evidence.get("request_ids") or []
    work.session.add(
        RaisedItem(
            key=key,
            series_id=meeting.series_id,
            title=shortened(clean_line(item.title or title), TITLE_CAP),
            notes=item.said or item.notes,
            minutes=item.minutes,
            outcome=item.outcome,
            raised_by_id=somebody(work),
            raised_at=work.now,
            request_id=behind[0] if len(behind) == 1 else None,
            parked_from_id=item.id,
            state=RaisedState.WAITING,
        )
    )
    work.session.flush()
    work.record_meeting("item_parked", meeting.id, {"item": item.id})


def _take_back_parked(work: UnitOfWork, item: AgendaItem) -> None:
    item.is_parked = False
    for raised in work.session.scalars(
        select(RaisedItem).where(
            RaisedItem.parked_from_id == item.id,
            RaisedItem.state != RaisedState.WITHDRAWN,
        )
    ):
        if raised.state is RaisedState.PLACED:
            raise Transition("parked_is_placed")
        raised.state = RaisedState.WITHDRAWN
