"""What the bell shows: one's notices, newest first, and how many are unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.entities.approvals import Approval
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import Action, Meeting, MeetingSeries
from desktop.entities.notices import Notice, NoticeSilence, NoticeSweep
from desktop.entities.obstacles import Obstacle
from desktop.entities.outgoing import SessionNotice
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.store.action_reminders import reminders_due
from desktop.store.approval_rows import overdue_between
from desktop.store.reference import reference_of

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
SESSION_KINDS_OF: Final[Mapping[InboxView, tuple[str, ...]]] = {
    InboxView.WARNINGS: (
        *("action_due", "action_overdue", "obstacle_due", "improvement_due"),
        "mail_failed",
    ),
    InboxView.WORDS: (
        *("action_given", "action_escalated", "obstacle_raised", "obstacle_assigned"),
        *("session_planned", "session_moved", "session_cancelled"),
        "agenda_published",
    ),
    InboxView.WORK: (
        *("minutes_approved", "minutes_amended", "raised_placed", "raised_refused"),
        *("obstacle_answered", "obstacle_refused", "obstacle_merged"),
        *("obstacle_postponed", "obstacle_on_agenda", "obstacle_closed"),
        *("obstacle_reopened", "improvement_planned", "improvement_proven"),
        *("improvement_not_proven", "improvement_dropped"),
    ),
}
"""The same for what people are told of sessions, actions and obstacles."""


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
class SessionNoticeRow:
    """A notice of a session, an action or an obstacle.

    ``notice_id`` is below zero, so that it is never that of a request's notice.
    ``session`` is the session's number, ``number`` the action's or obstacle's.
    """

    notice_id: int
    kind: str
    words: str
    series: str
    session: int | None
    meeting_id: int | None
    meeting_at: datetime | None
    action_id: int | None
    action: int | None
    due_on: date | None
    obstacle_id: int | None
    obstacle: int | None
    actor: str
    at: datetime
    is_read: bool


AnyNotice = NoticeRow | SessionNoticeRow


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

    rows: tuple[AnyNotice, ...]
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
    found: list[AnyNotice] = [
        NoticeRow(*(*row[:6], row[6] or "", row[7] or "", *row[8:10], bool(row[10])))
        for row in session.execute(wanted)
    ]
    of_sessions = _newest_of_sessions(person_id, now, view).limit(most + 1)
    found += [_session_row(row) for row in session.execute(of_sessions)]
    found.sort(key=lambda row: (row.at, abs(row.notice_id)), reverse=True)
    return Inbox(
        tuple(found[:most]),
        unread(session, person_id, now),
        silenced(session, person_id, now),
        len(found) > most,
    )


_Actor = aliased(Person)


def _newest(person_id: int, now: datetime, view: InboxView) -> Any:
    wanted = (
        select(
            Notice.id,
            Notice.request_id,
            Request.reference,
            Request.subject,
            Notice.kind,
            Notice.clock_kind,
            Unit.name,
            _Actor.name,
            Notice.due_at,
            Notice.at,
            Notice.read_at,
        )
        .join(Request, Request.id == Notice.request_id)
        .outerjoin(Unit, Unit.id == Notice.unit_id)
        .outerjoin(_Actor, _Actor.id == Notice.actor_id)
        .where(Notice.person_id == person_id, Notice.at <= now)
        .order_by(Notice.at.desc(), Notice.id.desc())
    )
    if view is InboxView.UNREAD:
        wanted = wanted.where(Notice.read_at.is_(None))
    elif view in KINDS_OF:
        wanted = wanted.where(Notice.kind.in_(KINDS_OF[view]))
    return wanted


def _newest_of_sessions(person_id: int, now: datetime, view: InboxView) -> Any:
    wanted = (
        select(
            SessionNotice,
            func.coalesce(MeetingSeries.name, ""),
            *(Meeting.number, Meeting.starts_at, Action.number, Action.due_on),
            *(Obstacle.number, func.coalesce(Person.name, "")),
        )
        .outerjoin(Meeting, Meeting.id == SessionNotice.meeting_id)
        .outerjoin(Action, Action.id == SessionNotice.action_id)
        .outerjoin(
            MeetingSeries,
            MeetingSeries.id == func.coalesce(Action.series_id, Meeting.series_id),
        )
        .outerjoin(Obstacle, Obstacle.id == SessionNotice.obstacle_id)
        .outerjoin(Person, Person.id == SessionNotice.actor_id)
        .where(SessionNotice.person_id == person_id, SessionNotice.at <= now)
        .order_by(SessionNotice.at.desc(), SessionNotice.id.desc())
    )
    if view is InboxView.UNREAD:
        wanted = wanted.where(SessionNotice.read_at.is_(None))
    elif view in SESSION_KINDS_OF:
        wanted = wanted.where(SessionNotice.kind.in_(SESSION_KINDS_OF[view]))
    return wanted


def _session_row(row: Any) -> SessionNoticeRow:
    one: SessionNotice = row[0]
    return SessionNoticeRow(
        notice_id=-one.id,
        kind=one.kind,
        words=one.words,
        series=row[1],
        session=row[2],
        meeting_id=one.meeting_id,
        meeting_at=row[3],
        action_id=one.action_id,
        action=row[4],
        due_on=row[5],
        obstacle_id=one.obstacle_id,
        obstacle=row[6],
        actor=row[7],
        at=one.at,
        is_read=one.read_at is not None,
    )


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
    """Return how many notices a person has not read by ``now``, of both kinds."""
    return sum(
        session.scalars(
            select(func.count())
            .select_from(kind)
            .where(
                kind.person_id == person_id,
                kind.read_at.is_(None),
                kind.at <= now,
            )
        ).one()
        for kind in (Notice, SessionNotice)
    )


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
    if session.scalar(
        select(Approval.id).where(overdue_between(last.until, until)).limit(1)
    ):
        return True
    if reminders_due(session, until, reference_of(session).calendars):
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
