"""A session's items as its running order takes them, each with what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agenda import Candidate, ItemKind, LeaderRole, Outcome, RuleCode
from desktop.domain.running_orders import Entry, draft
from desktop.entities.meetings import AgendaItem, Meeting
from desktop.entities.units import Person
from desktop.queries.agenda_files import meeting_files

OWN_WEIGHT = 500.0
"""What a coordinator wrote is placed before what rules found."""


def entries_of(
    session: Session, meeting: Meeting, found: Sequence[Candidate]
) -> list[Entry]:
    """Return the items as the coordinator left them, or what a draft would hold."""
    rows = session.execute(
        select(AgendaItem, Person.name)
        .outerjoin(Person, Person.id == AgendaItem.leader_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    if not rows:
        return [Entry.of(one) for one in draft(found, meeting.minutes)]
    by_subject = {(one.kind, one.subject): one for one in found}
    files = meeting_files(session, meeting.id)
    return [
        _entry(
            item,
            leader,
            by_subject.get((_kind(item.kind), item.subject)),
            tuple(one.name for one in files.get(item.id, ())),
        )
        for item, leader in rows
        if not item.is_removed
    ]


def _entry(
    item: AgendaItem,
    leader: str | None,
    behind: Candidate | None,
    files: tuple[str, ...],
) -> Entry:
    behind = behind or once_found(item)
    return Entry(
        kind=_kind(item.kind),
        minutes=item.minutes,
        outcome=cast("Outcome", _one_of(item.outcome, get_args(Outcome), "inform")),
        leader_role=cast(
            "LeaderRole", _one_of(item.leader, get_args(LeaderRole), "coordinator")
        ),
        title=item.title or None,
        leader=leader,
        note=item.notes or None,
        weight=behind.weight if behind else OWN_WEIGHT,
        found=behind,
        subject=item.subject,
        section=item.section,
        chair_note=item.chair_notes or None,
        files=files,
    )


def once_found(item: AgendaItem) -> Candidate | None:
    """Return the candidate an item was made of, without its figures of that day."""
    rule = item.evidence.get("rule")
    if rule not in get_args(RuleCode):
        return None
    return Candidate(
        rule=cast("RuleCode", rule),
        kind=_kind(item.kind),
        subject=item.subject,
        weight=float(item.evidence.get("weight") or 0.0),
        counts=(),
        request_ids=(),
        outcome="inform",
        leader_role="coordinator",
        minutes=item.minutes,
        label=str(item.evidence.get("label") or ""),
        is_standing=bool(item.evidence.get("is_standing")),
    )


def _kind(kind: str) -> ItemKind:
    return cast("ItemKind", _one_of(kind, get_args(ItemKind), "topic"))


def _one_of(value: str, allowed: Iterable[str], otherwise: str) -> str:
    return value if value in allowed else otherwise
