"""What the bell shows: one's notices, newest first, and how many are unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice, NoticeSilence, NoticeSweep
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace

SHOWN = 50


class InboxView(StrEnum):
    """Which of somebody's notices are wanted."""

    ALL = "all"
    UNREAD = "unread"
    WARNINGS = "warnings"
    WORDS = "words"
    WORK = "work"


KINDS_OF: Final[Mapping[InboxView, tuple[NoticeKind, ...]]] = {
    InboxView.WARNINGS: (
        NoticeKind.AT_RISK,
        NoticeKind.BROKEN,
        NoticeKind.FOLLOW_UP,
    ),
    InboxView.WORDS: (
        NoticeKind.ASKED,
        NoticeKind.ANSWERED,
        NoticeKind.MENTIONED,
        NoticeKind.APPROVAL,
    ),
    InboxView.WORK: (
        NoticeKind.ASSIGNED,
        NoticeKind.RESOLVED,
        NoticeKind.DECLINED,
        NoticeKind.REOPENED,
        NoticeKind.APPROVED,
        NoticeKind.REFUSED,
        NoticeKind.PARTS_DONE,
        NoticeKind.UNBLOCKED,
    ),
}
"""What each view shows; the others show every kind."""


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
class SilenceRow:
    """A request somebody wants no warnings of, until then or until it moves."""

    request_id: int
    reference: str
    subject: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """The newest notices of a person, the count of all unread ones, the silences."""

    rows: tuple[NoticeRow, ...]
    unread: int
    silenced: tuple[SilenceRow, ...] = ()
    has_more: bool = False


def inbox(
    session: Session,
    person_id: int,
    now: datetime,
    most: int = SHOWN,
    view: InboxView = InboxView.ALL,
) -> Inbox:
    """Return a person's notices that show by ``now``, newest first."""
    wanted = _newest(person_id, now, view).limit(most + 1)
    found = [
        NoticeRow(*(*row[:6], row[6] or "", row[7] or "", *row[8:10], bool(row[10])))
        for row in session.execute(wanted)
    ]
    return Inbox(
        tuple(found[:most]),
        unread(session, person_id, now),
        silenced(session, person_id, now),
        len(found) > most,
    )


def _newest(person_id: int, now: datetime, view: InboxView) -> Any:
    actor = aliased(Person)
    wanted = (
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
    )
    if view is InboxView.UNREAD:
        wanted = wanted.where(Notice.read_at.is_(None))
    elif view in KINDS_OF:
        wanted = wanted.where(Notice.kind.in_(KINDS_OF[view]))
    return wanted


def silenced(session: Session, person_id: int, now: datetime) -> tuple[SilenceRow, ...]:
    """Return what a person silenced and what is silent still."""
    found = session.execute(
        select(Request.id, Request.reference, Request.subject, NoticeSilence.until)
        .join(NoticeSilence, NoticeSilence.request_id == Request.id)
        .where(
            NoticeSilence.person_id == person_id,
            or_(
                NoticeSilence.until > now,
                and_(
                    NoticeSilence.until.is_(None),
                    NoticeSilence.entries == Request.entries,
                ),
            ),
        )
        .order_by(NoticeSilence.id.desc())
    )
    return tuple(SilenceRow(*row) for row in found)


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
