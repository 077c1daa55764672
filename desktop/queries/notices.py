"""What the bell shows: one's notices, newest first, and how many are unread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice, NoticeSweep
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace

SHOWN = 50


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice. ``due_at`` is the time a warning speaks of."""

    notice_id: int
    request_id: int
    reference: str
    subject: str
    kind: NoticeKind
    clock_kind: TargetKind | None
    unit: str
    actor: str
    due_at: datetime | None
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """The newest notices of a person and the count of all unread ones."""

    rows: tuple[NoticeRow, ...]
    unread: int


def inbox(session: Session, person_id: int, now: datetime, most: int = SHOWN) -> Inbox:
    """Return a person's notices that show by ``now``, newest first."""
    actor = aliased(Person)
    rows = session.execute(
        select(
            Notice.id,
            Notice.request_id,
            Request.reference,
            Request.subject,
            Notice.kind,
            Notice.clock_kind,
            Unit.name,
            actor.name,
            Notice.due_at,
            Notice.at,
            Notice.read_at,
        )
        .join(Request, Request.id == Notice.request_id)
        .outerjoin(Unit, Unit.id == Notice.unit_id)
        .outerjoin(actor, actor.id == Notice.actor_id)
        .where(Notice.person_id == person_id, Notice.at <= now)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(most)
    )
    found = tuple(
        NoticeRow(*row[:6], row[6] or "", row[7] or "", *row[8:10], row[10] is not None)
        for row in rows
    )
    return Inbox(found, unread(session, person_id, now))


def unread(session: Session, person_id: int, now: datetime) -> int:
    """Return how many notices a person has not read by ``now``."""
    return session.scalars(
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.person_id == person_id,
            Notice.read_at.is_(None),
            Notice.at <= now,
        )
    ).one()


def is_sweep_due(session: Session, until: datetime) -> bool:
    """Tell whether a sweep would find something to look at.

    A sweep writes, and a write makes every window read again; so windows ask first.
    """
    stamp = session.scalar(select(Workspace.rules_stamp))
    last = session.execute(
        select(NoticeSweep.until, NoticeSweep.entry_id, NoticeSweep.rules_stamp)
    ).first()
    if last is None or last.rules_stamp != stamp:
        return True
    newest = session.scalar(select(func.max(JournalEntry.id))) or 0
    if newest > last.entry_id:
        return True
    if session.scalar(select(Notice.id).where(Notice.next_at <= until).limit(1)):
        return True
    if session.scalar(
        select(Request.id)
        .where(Request.follow_up_at > last.until, Request.follow_up_at <= until)
        .limit(1)
    ):
        return True
    return any(
        session.scalar(
            select(RequestClock.id)
            .where(
                column > last.until,
                column <= until,
                RequestClock.running_since.is_not(None),
            )
            .limit(1)
        )
        for column in (RequestClock.at_risk_at, RequestClock.due_at)
    )
