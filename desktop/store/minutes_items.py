"""The items of minutes: what was said to each, decided, given to whom, in how long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agenda import (
    AgendaPaper,
    ItemKind,
    LeaderRole,
    Outcome,
    RuleCode,
    RunningItem,
)
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import DecisionRow, ItemFate, MinutesItem
from desktop.entities.meetings import Action, AgendaItem, Meeting, MeetingState
from desktop.entities.requests import Request
from desktop.entities.sittings import AgendaFile, Decision
from desktop.entities.units import Person
from desktop.store.session_rows import (
    KnownSession,
    action_rows,
    requests_of,
    shown_items,
)

REFERENCES_SHOWN = 20


def minutes_items(
    session: Session, found: KnownSession, agenda: AgendaPaper | None, now: datetime
) -> tuple[MinutesItem, ...]:
    """Return items with what was said, decided and given, numbered as handed out."""
    meeting = found.meeting
    rows = shown_items(session, meeting.id)
    ids = [row.id for row in rows]
    decided = _decisions(session, meeting.id)
    given = _given(session, found, now)
    leaders = _names(session, (row.leader_id for row in rows))
    behind = _references(session, rows)
    files = _files(session, ids)
    printed = agenda.items if agenda and len(agenda.items) == len(rows) else None
    items = []
    for number, row in enumerate(rows, start=1):
        decisions = tuple(decided.get(row.id, ()))
        actions = tuple(given.get(row.id, ()))
        was_there = bool(row.spent_s or row.said or decisions or actions)
        words = (
            _printed(printed[number - 1])
            if printed is not None
            else _words(row, leaders)
        )
        items.append(
            MinutesItem(
                number=number,
                minutes=row.minutes,
                spent_s=row.spent_s,
                fate=_fate(meeting, row, was_there),
                section=row.section,
                said=row.said,
                decisions=decisions,
                actions=actions,
                references=tuple(behind.get(row.id, ())),
                files=tuple(files.get(row.id, ())),
                **words,
            )
        )
    return tuple(items)


def _printed(item: RunningItem) -> dict[str, Any]:
    """Return what an item is called, as on the agenda handed out."""
    return {
        "kind": item.kind,
        "outcome": item.outcome,
        "leader_role": item.leader_role,
        "title": item.title,
        "leader": item.leader,
        "rule": item.rule,
        "counts": item.counts,
        "label": item.label,
    }


def _words(row: AgendaItem, leaders: Mapping[int | None, str]) -> dict[str, Any]:
    rule = row.evidence.get("rule")
    counts = row.evidence.get("counts") or ()
    return {
        "kind": cast("ItemKind", _one_of(row.kind, get_args(ItemKind), "topic")),
        "outcome": cast("Outcome", _one_of(row.outcome, get_args(Outcome), "inform")),
        "leader_role": cast(
            "LeaderRole", _one_of(row.leader, get_args(LeaderRole), "coordinator")
        ),
        "title": row.title or None,
        "leader": leaders.get(row.leader_id),
        "rule": cast("RuleCode", rule) if rule in get_args(RuleCode) else None,
        "counts": tuple((str(name), int(value)) for name, value in counts),
        "label": str(row.evidence.get("label") or ""),
    }


def _one_of(value: str, allowed: Iterable[str], otherwise: str) -> str:
    return value if value in allowed else otherwise


def _fate(meeting: Meeting, row: AgendaItem, was_there: bool) -> ItemFate:
    if row.is_parked:
        return "parked"
    if row.is_done:
        return "done"
    if meeting.state in (MeetingState.HELD, MeetingState.APPROVED):
        # Nobody followed it on screen: what was not said otherwise took place.
        return "done" if was_there or meeting.begun_at is None else "not_reached"
    return "open"


def _decisions(
    session: Session, meeting_id: int
) -> dict[int | None, list[DecisionRow]]:
    found: dict[int | None, list[DecisionRow]] = defaultdict(list)
    for row in session.scalars(
        select(Decision)
        .where(Decision.meeting_id == meeting_id, Decision.is_withdrawn.is_(False))
        .order_by(Decision.number)
    ):
        found[row.agenda_item_id].append(DecisionRow(row.number, row.text))
    return found


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    known = {one for one in ids if one is not None}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(known)))
    return {row.id: row.name for row in rows}


def _references(session: Session, rows: Sequence[AgendaItem]) -> dict[int, list[str]]:
    behind = {
        item: ids[:REFERENCES_SHOWN] for item, ids in requests_of(session, rows).items()
    }
    wanted = {one for ids in behind.values() for one in ids}
    known = {
        row.id: row.reference
        for row in session.execute(
            select(Request.id, Request.reference).where(Request.id.in_(wanted))
        )
    }
    return {
        item: [known[one] for one in ids if one in known]
        for item, ids in behind.items()
    }


def _files(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(AgendaFile.agenda_item_id, AgendaFile.name)
        .where(AgendaFile.agenda_item_id.in_(ids), AgendaFile.removed_at.is_(None))
        .order_by(AgendaFile.id)
    )
    for item_id, name in rows:
        found[item_id].append(name)
    return found


def _given(
    session: Session, found: KnownSession, now: datetime
) -> dict[int | None, list[ActionRow]]:
    """Return the actions given in a session, by item."""
    told: dict[int | None, list[ActionRow]] = defaultdict(list)
    wanted = Action.meeting_id == found.meeting.id
    for action, row in action_rows(session, wanted, now, found.zone):
        told[action.agenda_item_id].append(row)
    return told
