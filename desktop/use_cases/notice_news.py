"""What others did, and dates that came, as notices for those it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.escalation import NEWS, NoticeKind, Recipient
from desktop.domain.reminders import told_at
from desktop.domain.requests import EntryKind
from desktop.entities.approvals import Approval
from desktop.entities.base import microseconds
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.store.approval_rows import overdue_between
from desktop.store.linked import open_wholes_of
from desktop.store.notice_people import People, Someone, place_of

OVERLAP: Final = 200
MOST_ENTRIES: Final = 5_000
"""What is older is no news: nobody is told of a history brought in from elsewhere."""

MENTIONS: Final = "mentions"
"""The detail of an entry that holds the ids of the people its text names."""

_ENDS: Final = frozenset({EntryKind.RESOLVED.value, EntryKind.DECLINED.value})
_NEWS: Final = {kind.value: told for kind, told in NEWS.items()}


class _Since(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def entry(self) -> int: ...
    @property
    def news_from(self) -> datetime: ...


class NewsMaker:
    """Reads the journal's new entries, and the dates to look again that came."""

    def __init__(self, session: Session, since: _Since, until: datetime) -> None:
        self._session = session
        self._since, self._until = since, until

    def entries(self) -> list[tuple[JournalEntry, Request]]:
        """Return the entries since the last sweep, without what was undone."""
        last = self._session.scalar(select(func.max(JournalEntry.id))) or 0
        # Somebody's entry may become visible after one with a higher number.
        after = max(self._since.entry - OVERLAP, last - MOST_ENTRIES)
        found = self._session.execute(
            select(JournalEntry, Request)
            .join(Request, Request.id == JournalEntry.request_id)
            .where(JournalEntry.id > after, JournalEntry.at > self._since.news_from)
            .order_by(JournalEntry.id)
        ).all()
        undone = {
            (entry.request_id, entry.changes.get("undoes"))
            for entry, _ in found
            if entry.kind == EntryKind.UNDONE
        }
        return [
            (entry, request)
            for entry, request in found
            if (entry.request_id, entry.seq) not in undone
        ]

    def followed_up(self) -> list[Request]:
        """Return the waiting requests whose follow-up date came."""
        reach = self._since.at - timedelta(hours=1)
        return list(
            self._session.scalars(
                select(Request).where(
                    Request.follow_up_at > reach,
                    Request.follow_up_at <= self._until,
                )
            )
        )

    def unapproved(self) -> list[Approval]:
        """Return the approvals still asked for whose deadline came."""
        reach = self._since.at - timedelta(hours=1)
        return list(
            self._session.scalars(
                select(Approval)
                .join(Request, Request.id == Approval.request_id)
                .where(overdue_between(reach, self._until), Request.is_open)
            )
        )

    def rows(
        self,
        people: People,
        entries: Sequence[tuple[JournalEntry, Request]],
        waited: Sequence[Request],
        unapproved: Sequence[Approval],
    ) -> Iterator[dict[str, Any]]:
        """Yield the notices of all three."""
        ended = {request.id for entry, request in entries if entry.kind in _ENDS}
        wholes = open_wholes_of(self._session, ended) if ended else {}
        for entry, request in entries:
            whole = wholes.get(request.id) if entry.kind in _ENDS else None
            if whole is None:
                yield from _of_entry(people, entry, request)
            elif entry.kind == EntryKind.DECLINED:
                yield from _of_part(people, entry, request, whole)
        for request in waited:
            yield from _of_follow_up(people, request)
        for approval in unapproved:
            yield from _of_deadline(people, approval)


def _of_entry(
    people: People, entry: JournalEntry, request: Request
) -> Iterator[dict[str, Any]]:
    told: dict[int, NoticeKind] = {}
    for person_id in entry.details.get(MENTIONS, ()):
        for one in people.named(person_id):
            told[one.person_id] = NoticeKind.MENTIONED
    if entry.kind in _NEWS:
        kind, recipient = _NEWS[entry.kind]
        for one in _whom(people, recipient, entry, request):
            told[one.person_id] = kind
    if entry.kind == EntryKind.APPROVED:
        # The next ones in line are asked by the yes of those before.
        for person_id in entry.details.get("people", ()):
            told[person_id] = NoticeKind.APPROVAL
    told.pop(entry.actor_id or 0, None)
    for person_id, kind in told.items():
        yield {
            **_row(person_id, request.id, kind, f"entry:{entry.id}", entry.at),
            "actor_id": entry.actor_id,
            "unit_id": entry.unit_id,
        }


def _of_part(
    people: People, entry: JournalEntry, part: Request, whole: Request
) -> Iterator[dict[str, Any]]:
    """Tell whoever holds the whole that a part was declined.

    Of parts that are done the last one tells; who asked is told of the whole.
    """
    place = place_of(whole)
    for one in people.told(Recipient.HOLDER, place, whole.unit_id, None):
        if one.person_id != entry.actor_id:
            mark = f"entry:{entry.id}"
            kind = NoticeKind.DECLINED
            yield {
                **_row(one.person_id, part.id, kind, mark, entry.at),
                "actor_id": entry.actor_id,
                "unit_id": entry.unit_id,
            }


def _whom(
    people: People, recipient: Recipient, entry: JournalEntry, request: Request
) -> Iterator[Someone]:
    if recipient is Recipient.PERSON:
        named = [entry.changes.get("assignee"), *entry.details.get("people", ())]
        for person_id in named:
            yield from people.named(person_id)
    else:
        yield from people.told(recipient, place_of(request), request.unit_id, None)


def _of_follow_up(people: People, request: Request) -> Iterator[dict[str, Any]]:
    at = request.follow_up_at
    assert at is not None
    mark = f"follow_up:{microseconds(at)}"
    for one in people.told(Recipient.HOLDER, place_of(request), request.unit_id, None):
        shown = told_at(people.own_hours(one), at)
        row = _row(one.person_id, request.id, NoticeKind.FOLLOW_UP, mark, shown)
        yield {**row, "unit_id": request.unit_id, "due_at": at}


def _of_deadline(people: People, approval: Approval) -> Iterator[dict[str, Any]]:
    """Tell who is to decide, and who asked, that a yes or no is late."""
    at, mark = approval.due_at, f"approval_due:{approval.id}"
    assert at is not None
    for person_id in (
        approval.delegate_id or approval.approver_id,
        approval.asked_by_id,
    ):
        for one in people.named(person_id):
            shown = told_at(people.own_hours(one), at)
            kind = NoticeKind.APPROVAL
            row = _row(one.person_id, approval.request_id, kind, mark, shown)
            yield {**row, "due_at": at}


def _row(
    person_id: int, request_id: int, kind: NoticeKind, mark: str, at: datetime
) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "request_id": request_id,
        "mark": mark,
        "kind": kind,
        "clock_kind": None,
        "unit_id": None,
        "actor_id": None,
        "due_at": None,
        "at": at,
        "next_at": None,
    }
