"""What a coordinator does with an agenda's items: draft, add, change, move, remove.

All refuse with NotFound, with Transition once the session was held, and with Conflict
when ``expected_version`` is no longer the stored one. An item's version stands for
its words and minutes: moving others around it, or fresh figures, leave it as it is.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from desktop.domain.agenda import Candidate
from desktop.domain.candidates import on_paper, rank
from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.text import TITLE_CAP
from desktop.entities.meetings import (
    AgendaItem,
    Meeting,
    MeetingState,
    StandingItem,
)
from desktop.entities.units import Person
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_looking import look_at
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.raising_items import place, take_again, take_off
from desktop.use_cases.typed_words import needed_text, typed_line, typed_text

LONGEST_ITEM = 480
SECTION_CAP = 100
OUTCOMES = ("decide", "inform", "unblock")
OWN_SUBJECT = "own:"
LEFT_OUT = "left_out"
CHANGEABLE = (MeetingState.PLANNED, MeetingState.DRAFTED, MeetingState.PUBLISHED)


def draft_agenda(
    work: UnitOfWork,
    meeting_id: int,
    found: Sequence[Candidate],
    offered: Sequence[Candidate] | None = None,
) -> int:
    """Put what the evidence proposes on the agenda; returns how many items are new.

    Refreshing keeps what a person placed, edited or removed: only what was never
    there is added, at its place in the order of the paper. With the first draft
    everything ``offered`` has been looked at; later only what is looked at.
    """
    meeting = changeable(work, meeting_id)
    items = items_of(work, meeting_id)
    known = {(item.kind, item.subject): item for item in items}
    added = 0
    fresh = []
    for candidate in on_paper(found):
        item = known.get((candidate.kind, candidate.subject))
        if item is not None:
            _keep_evidence(work, item, candidate)
            continue
        item = _item_of(work, meeting_id, candidate)
        items.insert(_place(items, item), item)
        known[candidate.kind, candidate.subject] = item
        fresh.append((item, candidate))
        added += 1
    _put_in_order(work, items)
    for item, candidate in fresh:
        place(work, item, candidate)
    look_at(work, meeting, found if offered is None else offered)
    if added or meeting.state is MeetingState.PLANNED:
        mark_edited(meeting)
        work.record_meeting("agenda_drafted", meeting_id, {"added": added})
    return added


def add_candidate(work: UnitOfWork, meeting_id: int, candidate: Candidate) -> int:
    """Put one candidate on the agenda, back where it was if it had been removed."""
    meeting = changeable(work, meeting_id)
    items = items_of(work, meeting_id)
    for item in items:
        if (item.kind, item.subject) == (candidate.kind, candidate.subject):
            _bring_back(work, meeting, item)
            _keep_evidence(work, item, candidate)
            break
    else:
        item = _item_of(work, meeting_id, candidate)
        _insert(work, meeting, items, item)
    place(work, item, candidate)
    look_at(work, meeting, [candidate], again=True)
    return item.id


def leave_out(work: UnitOfWork, meeting_id: int, candidate: Candidate) -> int:
    """Say "not this time": a candidate is off this agenda, and stays off it.

    Returns the item that says so; `offer_again` takes it back.
    """
    meeting = changeable(work, meeting_id)
    items = items_of(work, meeting_id)
    for item in items:
        if (item.kind, item.subject) == (candidate.kind, candidate.subject):
            remove_item(work, item.id)
            return item.id
    item = _item_of(work, meeting_id, candidate)
    item.is_removed = True
    item.evidence = {**item.evidence, LEFT_OUT: True}
    items.insert(_place(items, item), item)
    _put_in_order(work, items)
    look_at(work, meeting, [candidate], again=True)
    work.record_meeting("item_left_out", meeting_id, {"item": item.id})
    return item.id


def offer_again(work: UnitOfWork, item_id: int) -> None:
    """Take "not this time" back: offered again, or on the agenda if it was there."""
    item = work.get(AgendaItem, item_id)
    changeable(work, item.meeting_id)
    if not item.evidence.get(LEFT_OUT):
        restore_item(work, item_id)
    elif item.is_removed:
        meeting_id = item.meeting_id
        work.session.delete(item)
        work.session.flush()
        work.record_meeting("item_offered_again", meeting_id, {"item": item_id})


def add_topic(
    work: UnitOfWork,
    meeting_id: int,
    title: str,
    minutes: int,
    *,
    outcome: str = "decide",
    leader_id: int | None = None,
    notes: str = "",
    chair_notes: str = "",
    section: str = "",
    key: uuid.UUID | None = None,
) -> int:
    """Put a topic of one's own on the agenda, before other business."""
    meeting = changeable(work, meeting_id)
    key = key or uuid.uuid4()
    again = work.session.scalar(select(AgendaItem).where(AgendaItem.key == key))
    if again is not None:
        return again.id
    item = AgendaItem(
        key=key,
        meeting_id=meeting_id,
        kind="topic",
        subject=f"{OWN_SUBJECT}{key}",
        title=_title(title),
        outcome=_outcome(outcome),
        leader_id=_person(work, leader_id),
        leader="chair",
        minutes=_minutes(minutes),
        notes=typed_text(notes, "notes"),
        chair_notes=typed_text(chair_notes, "chair_notes"),
        section=typed_line(section, "section", SECTION_CAP),
    )
    return _insert(work, meeting, items_of(work, meeting_id), item)


def change_item(
    work: UnitOfWork,
    item_id: int,
    *,
    expected_version: int | None = None,
    **values: Any,
) -> int:
    """Change an item's words and minutes; returns its new version.

    X"""
    item = work.get(AgendaItem, item_id)
    meeting = changeable(work, item.meeting_id)
    if expected_version is not None and item.version != expected_version:
        raise Conflict("changed_meanwhile")
    checked = {name: _checked(work, item, name, values[name]) for name in values}
    changed = {
        name: value for name, value in checked.items() if getattr(item, name) != value
    }
    if not changed:
        return item.version
    for name, value in changed.items():
        setattr(item, name, value)
    mark_edited(meeting)
    work.session.flush()
    told = {"item": item_id, "changed": sorted(changed)}
    work.record_meeting("item_changed", item.meeting_id, told)
    return item.version


def move_item(work: UnitOfWork, item_id: int, position: int) -> None:
    """Move an item to a place among those on the agenda (0 is the first).

    Removed items keep their neighbours. Refuses (Transition) a removed one.
    """
    item = work.get(AgendaItem, item_id)
    meeting = changeable(work, item.meeting_id)
    if item.is_removed:
        raise Transition("item_is_removed")
    items = items_of(work, item.meeting_id)
    before = list(items)
    items.remove(item)
    shown = [one for one in items if not one.is_removed]
    if position < len(shown):
        items.insert(items.index(shown[max(0, position)]), item)
    else:
        items.insert(items.index(shown[-1]) + 1 if shown else 0, item)
    if items == before:
        return
    _put_in_order(work, items)
    mark_edited(meeting)
    work.record_meeting("item_moved", item.meeting_id, {"item": item_id})


def remove_item(work: UnitOfWork, item_id: int) -> None:
    """Take an item off the agenda; a refresh does not bring it back."""
    item = work.get(AgendaItem, item_id)
    meeting = changeable(work, item.meeting_id)
    if item.is_removed:
        return
    item.is_removed = True
    mark_edited(meeting)
    work.session.flush()
    take_off(work, item)
    work.record_meeting("item_removed", item.meeting_id, {"item": item_id})


def restore_item(work: UnitOfWork, item_id: int) -> None:
    """Put a removed item back where it was."""
    item = work.get(AgendaItem, item_id)
    meeting = changeable(work, item.meeting_id)
    if item.is_removed:
        take_again(work, item)
        _bring_back(work, meeting, item)


def changeable(work: UnitOfWork, meeting_id: int) -> Meeting:
    """Return a session that can still be changed; refuses (Transition) one held."""
    somebody(work)
    # Locked until the end: what is published is what its items say.
    meeting = work.get(Meeting, meeting_id, for_update=True)
    if meeting.state not in CHANGEABLE:
        raise Transition("meeting_is_over", state=meeting.state.value)
    return meeting


def mark_edited(meeting: Meeting) -> None:
    """Make a session's agenda a draft: of its first version, or of the next one."""
    meeting.state = MeetingState.DRAFTED
    meeting.published_at = None


def items_of(work: UnitOfWork, meeting_id: int) -> list[AgendaItem]:
    """Return a session's items in their order, the removed ones among them."""
    wanted = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(
        work.session.scalars(wanted.order_by(AgendaItem.position, AgendaItem.id))
    )


def evidence_of(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as JSON gives it back, so that the same one compares equal."""
    kept: dict[str, Any] = json.loads(json.dumps(asdict(candidate)))
    return kept


def _bring_back(work: UnitOfWork, meeting: Meeting, item: AgendaItem) -> None:
    if not item.is_removed:
        return
    item.is_removed = False
    mark_edited(meeting)
    work.session.flush()
    work.record_meeting("item_restored", item.meeting_id, {"item": item.id})


def _insert(
    work: UnitOfWork, meeting: Meeting, items: list[AgendaItem], item: AgendaItem
) -> int:
    items.insert(_place(items, item), item)
    _put_in_order(work, items)
    mark_edited(meeting)
    work.record_meeting("item_added", item.meeting_id, {"item": item.id})
    return item.id


def _put_in_order(work: UnitOfWork, items: Sequence[AgendaItem]) -> None:
    """Number the items; a new number alone is no edit, so versions stay."""
    for position, item in enumerate(items):
        if item not in work.session:
            item.position = position
            work.session.add(item)
    work.session.flush()
    for position, item in enumerate(items):
        if item.position != position:
            work.session.execute(
                update(AgendaItem)
                .where(AgendaItem.id == item.id)
                .values(position=position)
            )


def _keep_evidence(work: UnitOfWork, item: AgendaItem, candidate: Candidate) -> None:
    evidence = evidence_of(candidate)
    if item.is_removed and item.evidence.get(LEFT_OUT):
        evidence[LEFT_OUT] = True
    if item.evidence != evidence:
        work.session.execute(
            update(AgendaItem)
            .where(AgendaItem.id == item.id)
            .values(evidence=evidence)
            .execution_options(synchronize_session="fetch")
        )


def _item_of(work: UnitOfWork, meeting_id: int, candidate: Candidate) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting_id,
        kind=candidate.kind,
        subject=candidate.subject,
        outcome=candidate.outcome,
        leader=candidate.leader_role,
        leader_id=candidate.leader_id,
        minutes=candidate.minutes,
        notes=_standing_notes(work, candidate),
        evidence=evidence_of(candidate),
    )


def _standing_notes(work: UnitOfWork, candidate: Candidate) -> str:
    if candidate.rule != "standing" or candidate.source_id is None:
        return ""
    standing = work.session.get(StandingItem, candidate.source_id)
    return standing.notes if standing is not None else ""


def _rank(item: AgendaItem) -> float:
    after = item.evidence.get("after") if item.evidence else None
    return rank(item.kind, after if isinstance(after, str) else None)


def _place(items: Sequence[AgendaItem], item: AgendaItem) -> int:
    """Return the place of a new item: after the last that comes no later on paper."""
    wanted = _rank(item)
    for at in range(len(items), 0, -1):
        if _rank(items[at - 1]) <= wanted:
            return at
    return 0


def _checked(work: UnitOfWork, item: AgendaItem, name: str, value: Any) -> Any:
    match name:
        case "title" if item.subject.startswith(OWN_SUBJECT):
            return _title(value)
        case "title":
            return typed_line(value, "title", TITLE_CAP)
        case "minutes":
            return _minutes(value)
        case "outcome":
            return _outcome(value)
        case "notes" | "chair_notes":
            return typed_text(value, name)
        case "section":
            return typed_line(value, "section", SECTION_CAP)
        case "leader_id":
            return _person(work, value)
        case _:
            raise Invalid(name, "unknown")


def _person(work: UnitOfWork, person_id: int | None) -> int | None:
    return None if person_id is None else work.get(Person, person_id).id


def _title(title: str) -> str:
    return typed_line(needed_text(title, "title"), "title", TITLE_CAP)


def _minutes(minutes: Any) -> int:
    if type(minutes) is not int or not 1 <= minutes <= LONGEST_ITEM:
        raise Invalid("minutes", "out_of_range", least=1, most=LONGEST_ITEM)
    return minutes


def _outcome(outcome: Any) -> str:
    if outcome not in OUTCOMES:
        raise Invalid("outcome", "not_a_choice")
    return str(outcome)
