"""What a coordinator does: plan a session, draft its agenda, put it in order, publish.

All refuse with NotFound, and with Conflict when ``expected_version`` is no longer the
stored one. An agenda that is published can be changed; publishing again makes the next
numbered version.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from desktop.domain.agenda import Candidate
from desktop.domain.candidates import on_paper
from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.recurrence import next_occurrence
from desktop.use_cases.typed_words import needed_text, typed_line, typed_text

FIRST_PERIOD = timedelta(days=14)
LONGEST_ITEM = 480
OUTCOMES = ("decide", "inform", "unblock")
CHANGEABLE = (MeetingState.PLANNED, MeetingState.DRAFTED, MeetingState.PUBLISHED)


def plan_session(work: UnitOfWork, series_id: int) -> int:
    """Plan the next session of a series; returns its id, the planned one if there is.

    Its period runs from the day of the session before to the day of this one. Refuses
    (Transition) a series that has ended.
    """
    series = work.get(MeetingSeries, series_id)
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
    end = start_of_day(starts_at, series.zone)
    start = (
        start_of_day(last.starts_at, series.zone)
        if last
        else start_of_day(starts_at - FIRST_PERIOD, series.zone)
    )
    meeting = Meeting(
        series_id=series_id,
        number=(last.number if last else 0) + 1,
        starts_at=starts_at,
        minutes=series.minutes,
        place=series.place,
        period_start=start,
        period_end=end,
        state=MeetingState.PLANNED,
    )
    work.session.add(meeting)
    work.session.flush()
    work.record_meeting("meeting_planned", meeting.id)
    return meeting.id


def draft_agenda(work: UnitOfWork, meeting_id: int, found: Sequence[Candidate]) -> int:
    """Put what the evidence proposes on the agenda; returns how many items are new.

    Refreshing keeps what a person placed, edited or removed: only what was never
    there is added, at its place in the order of the paper.
    """
    meeting = _changeable(work, meeting_id)
    known = {(item.kind, item.subject): item for item in _items(work, meeting_id)}
    ordered = on_paper(found)
    is_new_agenda = not known
    added = 0
    for candidate in ordered:
        item = known.get((candidate.kind, candidate.subject))
        if item is not None:
            item.evidence = _evidence(candidate)
            continue
        position = len(known) if is_new_agenda else _place(known, candidate)
        item = _item_of(meeting_id, candidate, position)
        work.session.add(item)
        known[candidate.kind, candidate.subject] = item
        added += 1
    if meeting.state is MeetingState.PLANNED:
        meeting.state = MeetingState.DRAFTED
    work.session.flush()
    work.record_meeting("agenda_drafted", meeting_id, {"added": added})
    return added


def add_candidate(work: UnitOfWork, meeting_id: int, candidate: Candidate) -> int:
    """Put one candidate on the agenda, back where it was if it had been removed."""
    _changeable(work, meeting_id)
    items = _items(work, meeting_id)
    for item in items:
        if (item.kind, item.subject) == (candidate.kind, candidate.subject):
            item.is_removed = False
            item.evidence = _evidence(candidate)
            work.session.flush()
            return item.id
    known = {(item.kind, item.subject): item for item in items}
    item = _item_of(meeting_id, candidate, _place(known, candidate))
    work.session.add(item)
    work.session.flush()
    work.record_meeting("item_added", meeting_id, {"item": item.id})
    return item.id


def add_topic(
    work: UnitOfWork,
    meeting_id: int,
    title: str,
    minutes: int,
    *,
    outcome: str = "decide",
    key: uuid.UUID | None = None,
) -> int:
    """Put a topic of one's own on the agenda, before other business."""
    _changeable(work, meeting_id)
    key = key or uuid.uuid4()
    again = work.session.scalar(select(AgendaItem).where(AgendaItem.key == key))
    if again is not None:
        return again.id
    items = _items(work, meeting_id)
    position = next(
        (item.position for item in items if item.kind == "other_business"), len(items)
    )
    for item in items:
        item.position += item.position >= position
    item = AgendaItem(
        key=key,
        meeting_id=meeting_id,
        position=position,
        kind="topic",
        subject=f"own:{key}",
        title=_title(title),
        outcome=_outcome(outcome),
        leader="chair",
        minutes=_minutes(minutes),
    )
    work.session.add(item)
    work.session.flush()
    work.record_meeting("item_added", meeting_id, {"item": item.id})
    return item.id


def change_item(
    work: UnitOfWork,
    item_id: int,
    *,
    expected_version: int | None = None,
    **values: Any,
) -> int:
    """Change ``title, minutes, outcome, leader_id, notes`` of an item."""
    item = work.get(AgendaItem, item_id)
    _changeable(work, item.meeting_id)
    if expected_version is not None and item.version != expected_version:
        raise Conflict("changed_meanwhile")
    for name, value in values.items():
        setattr(item, name, _checked(name, value))
    work.session.flush()
    work.record_meeting("item_changed", item.meeting_id, {"item": item_id})
    return item.version


def move_item(work: UnitOfWork, item_id: int, position: int) -> None:
    """Move an item to a place in the running order (0 is the first)."""
    item = work.get(AgendaItem, item_id)
    _changeable(work, item.meeting_id)
    shown = [one for one in _items(work, item.meeting_id) if not one.is_removed]
    hidden = [one for one in _items(work, item.meeting_id) if one.is_removed]
    if item in shown:
        shown.remove(item)
    shown.insert(max(0, min(position, len(shown))), item)
    for index, one in enumerate([*shown, *(one for one in hidden if one is not item)]):
        one.position = index
    work.session.flush()
    work.record_meeting("item_moved", item.meeting_id, {"item": item_id})


def remove_item(work: UnitOfWork, item_id: int) -> None:
    """Take an item off the agenda; a refresh does not bring it back."""
    item = work.get(AgendaItem, item_id)
    _changeable(work, item.meeting_id)
    item.is_removed = True
    work.session.flush()
    work.record_meeting("item_removed", item.meeting_id, {"item": item_id})


def restore_item(work: UnitOfWork, item_id: int) -> None:
    """Put a removed item back where it was."""
    item = work.get(AgendaItem, item_id)
    _changeable(work, item.meeting_id)
    item.is_removed = False
    work.session.flush()
    work.record_meeting("item_added", item.meeting_id, {"item": item_id})


def publish_agenda(
    work: UnitOfWork, meeting_id: int, *, expected_version: int | None = None
) -> int:
    """Publish the agenda as its next numbered version; returns the number."""
    meeting = _changeable(work, meeting_id)
    if expected_version is not None and meeting.version != expected_version:
        raise Conflict("changed_meanwhile")
    if not any(not item.is_removed for item in _items(work, meeting_id)):
        raise Transition("agenda_is_empty")
    meeting.agenda_version += 1
    meeting.published_at = work.now
    meeting.state = MeetingState.PUBLISHED
    work.session.flush()
    frozen = [
        {
            "kind": item.kind,
            "subject": item.subject,
            "title": item.title,
            "minutes": item.minutes,
            "outcome": item.outcome,
        }
        for item in _items(work, meeting_id)
        if not item.is_removed
    ]
    work.record_meeting(
        "agenda_published",
        meeting_id,
        {"number": meeting.agenda_version, "items": frozen},
    )
    return meeting.agenda_version


def close_session(work: UnitOfWork, meeting_id: int) -> None:
    """Say that the session took place; its open actions are carried to the next."""
    meeting = _changeable(work, meeting_id)
    meeting.state = MeetingState.HELD
    carried = select(Action).where(
        Action.series_id == meeting.series_id,
        Action.state == ActionState.OPEN,
        Action.due_on <= meeting.starts_at.astimezone(UTC).date(),
    )
    for action in work.session.scalars(carried):
        action.carried += 1
    work.session.flush()
    work.record_meeting("meeting_held", meeting_id)


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
    """Write down who does what by when; it is carried until it is done."""
    key = key or uuid.uuid4()
    again = work.session.scalar(select(Action).where(Action.key == key))
    if again is not None:
        return again.id
    if owner_id is None and owner_unit_id is None:
        raise Invalid("owner", "missing")
    number = work.session.scalar(
        select(func.max(Action.number)).where(Action.series_id == series_id)
    )
    action = Action(
        key=key,
        series_id=series_id,
        meeting_id=meeting_id,
        number=(number or 0) + 1,
        text=needed_text(text, "text"),
        topic=typed_line(needed_text(topic, "topic"), "topic", 200),
        owner_id=owner_id,
        owner_unit_id=owner_unit_id,
        due_on=due_on,
        state=ActionState.OPEN,
    )
    work.session.add(action)
    work.session.flush()
    return action.id


def close_action(work: UnitOfWork, action_id: int, *, dropped: bool = False) -> None:
    """Say that an action is done, or will not be."""
    action = work.get(Action, action_id)
    if action.state is not ActionState.OPEN:
        raise Transition("closed_already")
    action.state = ActionState.DROPPED if dropped else ActionState.DONE
    action.closed_at = work.now


def start_of_day(at: datetime, zone: str) -> datetime:
    """Return local midnight of an instant's day."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), ZoneInfo(zone)).astimezone(UTC)


def _items(work: UnitOfWork, meeting_id: int) -> list[AgendaItem]:
    wanted = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(
        work.session.scalars(wanted.order_by(AgendaItem.position, AgendaItem.id))
    )


def _changeable(work: UnitOfWork, meeting_id: int) -> Meeting:
    meeting = work.get(Meeting, meeting_id)
    if meeting.state not in CHANGEABLE:
        raise Transition("meeting_is_over", state=meeting.state.value)
    return meeting


def _item_of(meeting_id: int, candidate: Candidate, position: int) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting_id,
        position=position,
        kind=candidate.kind,
        subject=candidate.subject,
        outcome=candidate.outcome,
        leader=candidate.leader_role,
        minutes=candidate.minutes,
        evidence=_evidence(candidate),
    )


def _evidence(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as JSON can keep it; the query makes it one again."""
    return asdict(candidate)


def _place(known: dict[tuple[str, str], AgendaItem], candidate: Candidate) -> int:
    """Make room before other business and return that place."""
    last = next(
        (item for item in known.values() if item.kind == "other_business"), None
    )
    if last is None or candidate.kind == "other_business":
        return max((item.position for item in known.values()), default=-1) + 1
    place = last.position
    for item in known.values():
        item.position += item.position >= place
    return place


def _checked(name: str, value: Any) -> Any:
    match name:
        case "title":
            return typed_line(value, "title", 200)
        case "minutes":
            return _minutes(value)
        case "outcome":
            return _outcome(value)
        case "notes":
            return typed_text(value, "notes")
        case "leader_id":
            return value
        case _:
            raise Invalid(name, "unknown")


def _title(title: str) -> str:
    return typed_line(needed_text(title, "title"), "title", 200)


def _minutes(minutes: Any) -> int:
    if not isinstance(minutes, int) or not 1 <= minutes <= LONGEST_ITEM:
        raise Invalid("minutes", "out_of_range", least=1, most=LONGEST_ITEM)
    return minutes


def _outcome(outcome: Any) -> str:
    if outcome not in OUTCOMES:
        raise Invalid("outcome", "not_a_choice")
    return str(outcome)
