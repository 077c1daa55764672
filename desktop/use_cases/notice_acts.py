"""What people do with their notices: read them, silence requests, take that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, delete, func, insert, literal, select, update

from desktop.domain.errors import Forbidden
from desktop.domain.escalation import NoticeKind
from desktop.domain.reminders import again_at
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.base import UtcDateTime
from desktop.entities.notices import Notice, NoticeSilence
from desktop.entities.outgoing import SessionNotice
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.entities.workspace import Workspace
from desktop.store.changes import note_changes
from desktop.store.escalation_rows import rules_in_force
from desktop.store.notice_people import People, may_silence
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody


def mark_read(
    work: UnitOfWork, notice_ids: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Mark one's notices shown so far as read, some or all; return those it marked.

    Those below zero are of sessions, actions and obstacles.
    """
    return _mark(work, notice_ids, is_read=True)


def mark_unread(work: UnitOfWork, notice_ids: Sequence[int]) -> tuple[int, ...]:
    """Mark some of one's notices as not read; return those."""
    return _mark(work, notice_ids, is_read=False)


def _mark(
    work: UnitOfWork, notice_ids: Sequence[int] | None, *, is_read: bool
) -> tuple[int, ...]:
    me, marked = somebody(work), []
    for kind, sign in ((Notice, 1), (SessionNotice, -1)):
        wanted = update(kind).where(kind.person_id == me, kind.at <= work.now)
        if is_read:
            wanted = wanted.where(kind.read_at.is_(None))
        if notice_ids is not None:
            ids = [sign * one for one in notice_ids if sign * one > 0]
            if not ids:
                continue
            wanted = wanted.where(kind.id.in_(ids))
        read_at = work.now if is_read else None
        touched = _touch(work, wanted.values(read_at=read_at), kind)
        marked += [sign * one for one in touched]
    return tuple(marked)


def read_request(work: UnitOfWork, request_id: int) -> None:
    """Mark one's notices of a request as read, since one looks at it."""
    wanted = update(Notice).where(
        Notice.person_id == somebody(work),
        Notice.request_id == request_id,
        Notice.read_at.is_(None),
        Notice.at <= work.now,
    )
    _touch(work, wanted.values(read_at=work.now))


def _touch(
    work: UnitOfWork, statement: Any, kind: type[Notice | SessionNotice] = Notice
) -> list[int]:
    done = work.session.execute(
        statement.returning(kind.id),
        execution_options={"synchronize_session": False},
    )
    touched = list(done.scalars())
    note_changes(work.session, kind.__tablename__, touched)
    return touched


def silence(
    work: UnitOfWork, request_id: int, *, until_moves: bool = False
) -> datetime | None:
    """Stop warnings of a request until tomorrow's opening, or until it moves.

    For oneself, and for everybody where a rule leaves it to holder or manager.
    Returns the instant they begin again, ``None`` where it has to move first. Refuses
    with NotFound, with Forbidden (nobody at the desk; the rules let others silence).
    """
    me = somebody(work)
    request = work.get(Request, request_id)
    _refuse_unless_allowed(work, me, request)
    until = None if until_moves else _tomorrow(work)
    _keep_silence(work, me, request, until)
    _put_off(work, me, request_id, until)
    work.record_rules(
        RuleEntry.NOTICES_SILENCED,
        details={
            "request": request_id,
            "until": until.isoformat() if until else None,
        },
    )
    return until


def end_silence(work: UnitOfWork, request_id: int) -> None:
    """Let a request warn again, now that somebody wants to hear of it."""
    me = somebody(work)
    done = work.session.execute(
        delete(NoticeSilence)
        .where(NoticeSilence.person_id == me, NoticeSilence.request_id == request_id)
        .returning(NoticeSilence.id)
    )
    ended = list(done.scalars())
    if not ended:
        return
    note_changes(work.session, NoticeSilence.__tablename__, ended)
    _put_off(work, me, request_id, work.now)
    work.record_rules(RuleEntry.NOTICES_HEARD, details={"request": request_id})


def _refuse_unless_allowed(work: UnitOfWork, me: int, request: Request) -> None:
    warning = work.session.scalars(
        select(Notice)
        .where(
            Notice.person_id == me,
            Notice.request_id == request.id,
            Notice.kind.in_([kind for kind in NoticeKind if kind.is_warning]),
        )
        .order_by(Notice.id.desc())
        .limit(1)
    ).first()
    if warning is None or warning.clock_kind is None or warning.unit_id is None:
        return
    people = People(work.session, work.reference.calendars)
    what = (warning.kind, warning.clock_kind, warning.unit_id)
    if not may_silence(rules_in_force(work.session), people, me, request, what):
        raise Forbidden("not_yours_to_silence", reference=request.reference)


def _keep_silence(
    work: UnitOfWork, me: int, request: Request, until: datetime | None
) -> None:
    work.session.execute(
        delete(NoticeSilence).where(
            NoticeSilence.person_id == me, NoticeSilence.request_id == request.id
        )
    )
    done = work.session.execute(
        insert(NoticeSilence)
        .values(
            person_id=me,
            request_id=request.id,
            until=until,
            entries=request.entries if until is None else None,
        )
        .returning(NoticeSilence.id)
    )
    note_changes(work.session, NoticeSilence.__tablename__, done.scalars())


def _put_off(
    work: UnitOfWork, me: int, request_id: int, until: datetime | None
) -> None:
    """Read one's notices of a request, and look at it again at ``until``."""
    mine = (Notice.person_id == me, Notice.request_id == request_id)
    # The last of them has the sweep look at the request again when it is time.
    last = select(func.max(Notice.id)).where(*mine).scalar_subquery()
    _touch(
        work,
        update(Notice)
        .where(*mine)
        .values(
            read_at=func.coalesce(Notice.read_at, literal(work.now, UtcDateTime)),
            next_at=case((Notice.id == last, literal(until, UtcDateTime))),
        ),
    )


def _tomorrow(work: UnitOfWork) -> datetime:
    """Return when the next working day of the actor's unit begins."""
    assert work.actor is not None
    calendars = work.reference.calendars
    unit = work.session.get(Unit, work.actor.unit_id) if work.actor.unit_id else None
    if unit is not None and unit.calendar_id is not None:
        return again_at(calendars[unit.calendar_id], work.now)
    zone = work.session.scalars(select(Workspace.zone)).one()
    return start_of_tomorrow(zone, work.now)


def start_of_tomorrow(zone: str, now: datetime) -> datetime:
    """Return the next midnight of a zone, for people without working hours."""
    local = now.astimezone(ZoneInfo(zone))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return tomorrow.astimezone(UTC)
