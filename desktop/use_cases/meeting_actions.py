"""Actions of a series: who does what by when, carried until done or dropped."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.entities.meetings import Action, ActionState, Meeting, MeetingSeries
from desktop.entities.units import Person, Unit
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import needed_text, typed_line

TEXT_CAP = 2_000


def add_action(
    work: UnitOfWork,
    series_id: int,
    text: str,
    topic: str,
    due_on: date,
    *,
    owner_id: int | None = None,
    owner_unit_id: int | None = None,
    meeting_id: int | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """Write down who does what by when; it is carried until it is done.

    Refuses with Invalid (fields ``text topic owner``). The same key makes it once.
    """
    key = key or uuid.uuid4()
    again = work.session.scalar(select(Action.id).where(Action.key == key))
    if again is not None:
        return again
    somebody(work)
    # Of two who add at once, each gets a number of its own.
    work.get(MeetingSeries, series_id, for_update=True)
    _check_meeting(work, series_id, meeting_id)
    _check_owner(work, owner_id, owner_unit_id)
    action = Action(
        key=key,
        series_id=series_id,
        meeting_id=meeting_id,
        number=_next_number(work, series_id),
        text=typed_line(needed_text(text, "text"), "text", TEXT_CAP),
        topic=typed_line(needed_text(topic, "topic"), "topic", 200),
        owner_id=owner_id,
        owner_unit_id=owner_unit_id,
        due_on=due_on,
        state=ActionState.OPEN,
    )
    work.session.add(action)
    _record(work, "action_added", action)
    return action.id


def _check_meeting(work: UnitOfWork, series_id: int, meeting_id: int | None) -> None:
    if meeting_id is not None and work.get(Meeting, meeting_id).series_id != series_id:
        raise Invalid("meeting", "not_a_choice")


def _check_owner(
    work: UnitOfWork, owner_id: int | None, owner_unit_id: int | None
) -> None:
    if owner_id is None and owner_unit_id is None:
        raise Invalid("owner", "missing")
    if owner_id is not None:
        work.get(Person, owner_id)
    if owner_unit_id is not None:
        work.get(Unit, owner_unit_id)


def _next_number(work: UnitOfWork, series_id: int) -> int:
    last = work.session.scalar(
        select(func.max(Action.number)).where(Action.series_id == series_id)
    )
    return (last or 0) + 1


def close_action(
    work: UnitOfWork,
    action_id: int,
    *,
    dropped: bool = False,
    expected_version: int | None = None,
) -> None:
    """Say that an action is done, or will not be."""
    action = _known(work, action_id, expected_version)
    if action.state is not ActionState.OPEN:
        raise Transition("action_closed_already")
    action.state = ActionState.DROPPED if dropped else ActionState.DONE
    action.closed_at = work.now
    work.session.flush()
    _record(work, "action_dropped" if dropped else "action_done", action)


def reopen_action(work: UnitOfWork, action_id: int) -> None:
    """Take back that an action was done or dropped."""
    action = _known(work, action_id, None)
    if action.state is ActionState.OPEN:
        return
    action.state = ActionState.OPEN
    action.closed_at = None
    work.session.flush()
    _record(work, "action_reopened", action)


def _known(work: UnitOfWork, action_id: int, expected_version: int | None) -> Action:
    somebody(work)
    action = work.get(Action, action_id, for_update=True)
    if expected_version is not None and action.version != expected_version:
        raise Conflict("changed_meanwhile")
    return action


def _record(work: UnitOfWork, kind: str, action: Action) -> None:
    """Write it into the journal, of the session the action was given in, if any."""
    work.session.flush()
    told = {"action": action.id, "number": action.number}
    if action.meeting_id is not None:
        work.record_meeting(kind, action.meeting_id, told)
    else:
        work.record_house(kind, told | {"series": action.series_id})
