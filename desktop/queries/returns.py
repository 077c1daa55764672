"""What came back to a front unit for missing facts: from whom, about what, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.requests import EntryKind
from desktop.domain.returns import ReturnReason
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit

MOST_READ: Final = 5_000
_READ: Final = tuple(
    kind.value
    for kind in (
        EntryKind.ASKED,
        EntryKind.HANDED_OVER,
        EntryKind.UNASKED,
        EntryKind.UNDONE,
    )
)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return: a question, or a request handed back, with the words said.

    ``reason`` is ``None`` where none was named. ``unit`` returned it.
    """

    request_id: int
    reference: str
    subject: str
    sender: str
    service: str
    unit: str
    by: str
    at: datetime
    kind: EntryKind
    reason: ReturnReason | None
    text: str


@dataclass(frozen=True, slots=True)
class ReturnCount:
    """How often something came back for one sender, service or reason."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Returns:
    """A front unit's returns of a period, newest first, and how they add up.

    Counts are largest first. ``reasons`` hold codes, empty where none was named.
    """

    rows: tuple[ReturnRow, ...]
    reasons: tuple[ReturnCount, ...]
    senders: tuple[ReturnCount, ...]
    services: tuple[ReturnCount, ...]
    units: tuple[ReturnCount, ...]


def returns_of(session: Session, front_unit_id: int, since: datetime) -> Returns:
    """Return what came back to a front unit since an instant, in one statement.

    A question taken back and a step undone count for nothing.
    """
    entries = session.execute(_entries(front_unit_id, since)).all()
    rows = [_row(entry) for entry in _standing(entries)]
    rows.sort(key=lambda one: one.at, reverse=True)
    return Returns(
        tuple(rows),
        _counts(rows, lambda one: one.reason.value if one.reason else ""),
        _counts(rows, lambda one: one.sender),
        _counts(rows, lambda one: one.service),
        _counts(rows, lambda one: one.unit),
    )


def returns_among(
    session: Session,
    front_unit_id: int,
    request_ids: Sequence[int],
    since: datetime,
    unit_id: int,
) -> tuple[ReturnRow, ...]:
    """Return what one unit returned of some requests since an instant, oldest first."""
    if not request_ids:
        return ()
    wanted = _entries(front_unit_id, since).where(
        JournalEntry.request_id.in_(request_ids)
    )
    entries = session.execute(wanted).all()
    rows = [_row(one) for one in _standing(entries) if one.unit_id == unit_id]
    return tuple(sorted(rows, key=lambda one: one.at))


_Sender, _Actor, _Unit = aliased(Person), aliased(Person), aliased(Unit)


def _entries(front_unit_id: int, since: datetime) -> Any:
    """Select what may be a return: of requests touched since, by an index."""
    entry = JournalEntry
    return (
        select(
            entry.request_id,
            Request.reference,
            Request.subject,
            _Sender.name.label("sender"),
            Service.name.label("service"),
            _Unit.name.label("unit"),
            _Actor.name.label("actor"),
            entry.at,
            entry.seq,
            entry.kind,
            entry.changes,
            entry.details,
            entry.text,
            entry.unit_id,
            Request.front_unit_id,
        )
        .join(Request, Request.id == entry.request_id)
        .outerjoin(_Sender, _Sender.id == Request.requester_id)
        .outerjoin(Service, Service.id == Request.service_id)
        .outerjoin(_Unit, _Unit.id == entry.unit_id)
        .outerjoin(_Actor, _Actor.id == entry.actor_id)
        .where(
            Request.front_unit_id == front_unit_id,
            Request.last_at >= since,
            entry.at >= since,
            entry.kind.in_(_READ),
        )
        .order_by(entry.request_id, entry.seq)
        .limit(MOST_READ)
    )


def _standing(entries: Iterable[Any]) -> list[Any]:
    """Leave out what went elsewhere, was taken back, or was undone."""
    undone = {
        (one.request_id, one.changes.get("undoes"))
        for one in entries
        if one.kind == EntryKind.UNDONE
    }
    found: list[Any] = []
    for one in entries:
        if (one.request_id, one.seq) in undone:
            continue
        is_last = bool(found) and found[-1].request_id == one.request_id
        if one.kind == EntryKind.UNASKED and is_last:
            found.pop()
        elif one.kind == EntryKind.ASKED or _is_back(one):
            found.append(one)
    return found


def _is_back(one: Any) -> bool:
    is_moved = one.kind == EntryKind.HANDED_OVER
    return bool(is_moved and one.changes.get("unit") == one.front_unit_id)


def _row(entry: Any) -> ReturnRow:
    reason = entry.details.get("reason")
    return ReturnRow(
        entry.request_id,
        entry.reference,
        entry.subject,
        entry.sender or "",
        entry.service or "",
        entry.unit or "",
        entry.actor or "",
        entry.at,
        EntryKind(entry.kind),
        ReturnReason(reason) if reason else None,
        entry.text,
    )


def _counts(
    rows: Iterable[ReturnRow], name_of: Callable[[ReturnRow], str]
) -> tuple[ReturnCount, ...]:
    counted = Counter(name_of(row) for row in rows)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(ReturnCount(name, count) for name, count in ordered)
