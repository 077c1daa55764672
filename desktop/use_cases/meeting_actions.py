"""Actions of a series: who does what by when, carried until done or dropped."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
)
from desktop.entities.obstacles import Obstacle
from desktop.entities.requests import Request
from desktop.entities.units import Person, Unit
from desktop.store.action_people import people_of_action
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.session_rights import refuse_sealed
from desktop.use_cases.typed_words import needed_line, typed_line

TEXT_CAP = 2_000
TOPIC_CAP = 200
_REFERENCE: Final = re.compile(r"\b[^\W\d_]{1,8}-\d{1,10}\b")


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
    **about: int | None,
) -> int:
    """Write down who does what by when; it is carried until it is done.

    ``about`` are ``agenda_item_id``, ``request_id`` (else the one the text names) and
    ``obstacle_id``. Refuses with Invalid (``text topic owner``), and with Transition
    where the minutes are approved. The same key makes it once.
    """
    key = key or uuid.uuid4()
    if again := work.session.scalar(select(Action.id).where(Action.key == key)):
        return again
    somebody(work)
    # Of two who add at once, each gets a number of its own.
    work.get(MeetingSeries, series_id, for_update=True)
    _check_meeting(work, series_id, meeting_id)
    owner = _owner(work, owner_id, owner_unit_id)
    said = needed_line(text, "text", TEXT_CAP)
    action = Action(
        key=key,
        series_id=series_id,
        meeting_id=meeting_id,
        due_on=due_on,
        **owner,
        **_about(work, meeting_id, said, **about),
        number=_next_number(work, series_id),
        text=said,
        topic=needed_line(topic, "topic", TOPIC_CAP),
    )
    return _give(work, action)


def _owner(
    work: UnitOfWork, owner_id: int | None, owner_unit_id: int | None
) -> dict[str, int | None]:
    _check_owner(work, owner_id, owner_unit_id)
    return {"owner_id": owner_id, "owner_unit_id": owner_unit_id}


def _about(
    work: UnitOfWork,
    meeting_id: int | None,
    said: str,
    *,
    agenda_item_id: int | None = None,
    request_id: int | None = None,
    obstacle_id: int | None = None,
) -> dict[str, int | None]:
    """Return what an action belongs to, once it is known to be there."""
    _check_item(work, meeting_id, agenda_item_id)
    return {
        "agenda_item_id": agenda_item_id,
        "request_id": _request(work, request_id, said),
        "obstacle_id": work.get(Obstacle, obstacle_id).id if obstacle_id else None,
    }


def _give(work: UnitOfWork, action: Action) -> int:
    action.state = ActionState.OPEN
    action.given_at, action.given_by_id = work.now, somebody(work)
    work.session.add(action)
    _record(work, "action_added", action)
    _tell_owner(work, action)
    return action.id


def _check_meeting(work: UnitOfWork, series_id: int, meeting_id: int | None) -> None:
    if meeting_id is None:
        return
    meeting = work.get(Meeting, meeting_id)
    if meeting.series_id != series_id:
        raise Invalid("meeting", "not_a_choice")
    refuse_sealed(meeting)


def _check_item(work: UnitOfWork, meeting_id: int | None, item_id: int | None) -> None:
    if item_id is not None and work.get(AgendaItem, item_id).meeting_id != meeting_id:
        raise Invalid("item", "not_a_choice")


def _check_owner(
    work: UnitOfWork, owner_id: int | None, owner_unit_id: int | None
) -> None:
    if owner_id is None and owner_unit_id is None:
        raise Invalid("owner", "missing")
    if owner_id is not None:
        work.get(Person, owner_id)
    if owner_unit_id is not None:
        work.get(Unit, owner_unit_id)


def _request(work: UnitOfWork, request_id: int | None, text: str) -> int | None:
    """Return the request given, else the first one the text names."""
    if request_id is not None:
        return work.get(Request, request_id).id
    named = list(dict.fromkeys(one.upper() for one in _REFERENCE.findall(text)))[:20]
    if not named:
        return None
    rows = work.session.execute(
        select(Request.reference, Request.id).where(Request.reference.in_(named))
    )
    known: dict[str, int] = {row.reference: row.id for row in rows}
    return next((known[one] for one in named if one in known), None)


def _next_number(work: UnitOfWork, series_id: int) -> int:
    last = work.session.scalar(
        select(func.max(Action.number)).where(Action.series_id == series_id)
    )
    return (last or 0) + 1


def _tell_owner(work: UnitOfWork, action: Action) -> None:
    owner = action.owner_id or f"unit{action.owner_unit_id}"
    tell_people(
        work,
        people_of_action(work.session, action),
        "action_given",
        f"action:{action.id}:given:{owner}",
        meeting_id=action.meeting_id,
        action_id=action.id,
        words=action.text,
    )


# ---------------------------------------------------------------- changing


def change_action(
    work: UnitOfWork,
    action_id: int,
    *,
    expected_version: int | None = None,
    **values: Any,
) -> int:
    """Change ``due_on, owner_id, owner_unit_id, text, topic``; returns the version.

    Refuses (Transition) one that is closed, and other words for what approved minutes
    say; a new owner is told.
    """
    action = known_action(work, action_id, expected_version)
    refuse_closed(action)
    before = {name: getattr(action, name) for name in values}
    for name, value in values.items():
        setattr(action, name, _checked(name, value))
    _check_owner(work, action.owner_id, action.owner_unit_id)
    changed = sorted(name for name in values if getattr(action, name) != before[name])
    if not changed:
        return action.version
    if {"text", "topic"} & set(changed) and action.meeting_id is not None:
        refuse_sealed(work.get(Meeting, action.meeting_id))
    work.session.flush()
    _record(work, "action_changed", action, {"changed": changed})
    if {"owner_id", "owner_unit_id"} & set(changed):
        _tell_owner(work, action)
    return action.version


def _checked(name: str, value: Any) -> Any:
    match name:
        case "text":
            return needed_line(value, "text", TEXT_CAP)
        case "topic":
            return needed_line(value, "topic", TOPIC_CAP)
        case "due_on" if isinstance(value, date):
            return value
        case "owner_id" | "owner_unit_id":
            return value
    raise Invalid(name, "unknown")


# ---------------------------------------------------------------- closing


def close_action(
    work: UnitOfWork,
    action_id: int,
    *,
    dropped: bool = False,
    why: str = "",
    expected_version: int | None = None,
) -> None:
    """Say that an action is done, or will not be."""
    action = known_action(work, action_id, expected_version)
    refuse_closed(action)
    action.state = ActionState.DROPPED if dropped else ActionState.DONE
    action.closed_at = work.now
    action.closed_by_id = somebody(work)
    action.closed_why = typed_line(why, "why", TEXT_CAP)
    work.session.flush()
    _record(work, "action_dropped" if dropped else "action_done", action)


@dataclass(frozen=True, slots=True)
class Closing:
    """One action to close: whether it is dropped, and the words that go with it."""

    action_id: int
    dropped: bool = False
    why: str = ""


def close_actions(work: UnitOfWork, closings: Sequence[Closing]) -> tuple[int, ...]:
    """Close several at once; returns the ids of those that were open.

    What somebody closed meanwhile stays as it is.
    """
    closed = []
    for one in sorted(closings, key=lambda each: each.action_id):
        if known_action(work, one.action_id, None).state is ActionState.OPEN:
            close_action(work, one.action_id, dropped=one.dropped, why=one.why)
            closed.append(one.action_id)
    return tuple(closed)


def reopen_action(work: UnitOfWork, action_id: int) -> None:
    """Take back that an action was done or dropped."""
    action = known_action(work, action_id, None)
    if action.state is ActionState.OPEN:
        return
    action.state = ActionState.OPEN
    action.closed_at = action.closed_by_id = None
    action.closed_why = ""
    work.session.flush()
    _record(work, "action_reopened", action)


def reopen_actions(work: UnitOfWork, action_ids: Sequence[int]) -> None:
    """Take back that several were done or dropped."""
    for one in sorted(action_ids):
        reopen_action(work, one)


# ---------------------------------------------------------------- deciding


def renew_action(
    work: UnitOfWork,
    action_id: int,
    due_on: date,
    why: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Decide that an action carried three times is done after all, by a new day.

    Refuses with Invalid (``why``; ``due`` where the day is not to come).
    """
    action = known_action(work, action_id, expected_version)
    refuse_closed(action)
    series = work.get(MeetingSeries, action.series_id)
    if due_on <= work.now.astimezone(ZoneInfo(series.zone)).date():
        raise Invalid("due", "not_to_come")
    action.due_on = due_on
    _decide(work, action, "action_renewed", why)


def drop_action(
    work: UnitOfWork,
    action_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Decide that an action will not be done; the reason is needed."""
    said = needed_line(why, "why", TEXT_CAP)
    close_action(
        work, action_id, dropped=True, why=said, expected_version=expected_version
    )


def escalate_action(
    work: UnitOfWork,
    action_id: int,
    person_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Put an action before somebody who can decide it; they are told."""
    action = known_action(work, action_id, expected_version)
    refuse_closed(action)
    action.escalated_to_id = work.get(Person, person_id).id
    action.escalated_at = work.now
    _decide(work, action, "action_escalated", why)
    tell_people(
        work,
        [person_id],
        "action_escalated",
        f"action:{action.id}:escalated:{work.now.isoformat()}",
        meeting_id=action.meeting_id,
        action_id=action.id,
        words=action.text,
    )


def _decide(work: UnitOfWork, action: Action, kind: str, why: str) -> None:
    action.decided_why = needed_line(why, "why", TEXT_CAP)
    action.decided_carried = action.carried
    work.session.flush()
    _record(work, kind, action)


# ---------------------------------------------------------------- parts


def known_action(
    work: UnitOfWork, action_id: int, expected_version: int | None
) -> Action:
    """Return an action, locked; refuses with Conflict one that was changed."""
    somebody(work)
    action = work.get(Action, action_id, for_update=True)
    if expected_version is not None and action.version != expected_version:
        raise Conflict("changed_meanwhile")
    return action


def refuse_closed(action: Action) -> None:
    """Refuse (Transition) an action that is done or dropped."""
    if action.state is not ActionState.OPEN:
        raise Transition("action_closed_already")


def _record(
    work: UnitOfWork, kind: str, action: Action, more: dict[str, Any] | None = None
) -> None:
    """Write it into the journal, of the session the action was given in, if any."""
    work.session.flush()
    told: dict[str, Any] = {
        "action": action.id,
        "number": action.number,
        **(more or {}),
    }
    if action.meeting_id is not None:
        work.record_meeting(kind, action.meeting_id, told)
    else:
        work.record_house(kind, told | {"series": action.series_id})
