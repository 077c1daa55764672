"""Taking back that a calendar's newest version was given to open requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Conflict
from desktop.domain.history import History
from desktop.domain.requests import EntryKind
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.calendars import Calendar, CalendarVersion
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.store.histories import events_where
from desktop.store.retiming import retime
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendars import CalendarSaved

MOST_NAMED: Final = 5
_OTHER_HOURS: Final = (EntryKind.MOVED.value, EntryKind.REFUNDED.value)
_VERDICT: Final = ("calendar_version", "used_s", "due_at", "breached_at", "stopped_at")

Verdicts = dict[tuple[int, int], tuple[Any, ...]]


def take_back_refund(
    work: UnitOfWork,
    calendar_id: int,
    *,
    expected_version: int,
    given_at: datetime,
    only: Collection[int] | None = None,
) -> CalendarSaved:
    """Count open requests as before ``apply_refund`` gave them the newest version.

    ``given_at`` and ``only`` are what it said and got. Raises Conflict, and changes
    nothing: ``refund_hours_changed`` when the calendar was saved since, ``refund_gone``
    when it is taken back or given otherwise, ``refund_verdicts`` when a clock stopped
    under it, ``refund_moved`` when a request was put under other hours since.
    """
    row = work.get(Calendar, calendar_id, for_update=True)
    if row.version != expected_version:
        raise Conflict("refund_hours_changed", name=row.name)
    version = work.session.scalars(
        select(CalendarVersion).where(
            CalendarVersion.calendar_id == calendar_id,
            CalendarVersion.number == expected_version,
        )
    ).one()
    if only is None:
        ids = _take_from_all(work, version, given_at)
    else:
        ids = _take_from_chosen(work, version, given_at, frozenset(only))
    before = _verdicts(work, calendar_id, given_at)
    moved = retime(work.session, ids, work.reference)
    after = _verdicts(work, calendar_id, given_at)
    changed = [key[0] for key, told in before.items() if after.get(key) != told]
    _refuse_for(work, "refund_verdicts", changed)
    details = {"number": expected_version, "moved": moved}
    work.record_rules(
        RuleEntry.CALENDAR_REFUND_UNDONE, calendar_id=calendar_id, details=details
    )
    return CalendarSaved(calendar_id, row.version, row.version, moved)


def _take_from_all(
    work: UnitOfWork, version: CalendarVersion, given_at: datetime
) -> frozenset[int]:
    """Give everything open its own version again; return what that may move."""
    if version.refunded_at != given_at:
        raise Conflict("refund_gone")
    under_it = (
        RequestClock.calendar_id == version.calendar_id,
        RequestClock.calendar_version == version.number,
        RequestClock.started_at < version.at,
    )
    stopped_since = RequestClock.stopped_at.is_(None) | (
        RequestClock.stopped_at > given_at
    )
    wanted = select(RequestClock.request_id).where(*under_it, stopped_since)
    ids = frozenset(work.session.scalars(wanted.distinct()))
    _refuse_for(work, "refund_moved", _with_other_hours(work, wanted, given_at))
    version.refunded_at = None
    work.session.flush()
    work.rules_changed()
    return ids


def _take_from_chosen(
    work: UnitOfWork,
    version: CalendarVersion,
    given_at: datetime,
    wanted: frozenset[int],
) -> frozenset[int]:
    """Undo the entries of chosen requests; return them."""
    told = work.session.execute(
        select(Request.id, JournalEntry.seq)
        .join(JournalEntry, JournalEntry.request_id == Request.id)
        .where(
            JournalEntry.kind == EntryKind.REFUNDED,
            JournalEntry.at == given_at,
            Request.id.in_(wanted),
        )
    )
    given: dict[int, int] = {row.id: row.seq for row in told}
    if version.refunded_at is not None or given.keys() != wanted:
        raise Conflict("refund_gone")
    histories = _histories(work, wanted)
    mine = (given_at, version.calendar_id, version.number)
    for history in histories.values():
        if mine not in [(one.at, one.calendar, one.version) for one in history.refunds]:
            raise Conflict("refund_gone")
    since = [
        key
        for key, history in histories.items()
        if any(one.at > given_at for one in history.refunds)
        or any(one.at >= given_at for one in history.moves)
    ]
    _refuse_for(work, "refund_moved", since)
    _undo_entries(work, given)
    return wanted


def _undo_entries(work: UnitOfWork, given: dict[int, int]) -> None:
    entries = work.session.execute(
        select(Request.id, Request.entries).where(Request.id.in_(given))
    )
    by_seq: dict[int, dict[int, int]] = defaultdict(dict)
    for key, number in entries:
        by_seq[given[key]][key] = number
    for seq, requests in by_seq.items():
        work.record_for(EntryKind.UNDONE, requests, {"undoes": seq})


def _with_other_hours(
    work: UnitOfWork, candidates: Any, given_at: datetime
) -> list[int]:
    """Return what was moved, or given hours of its own, since and still is."""
    told = work.session.scalars(
        select(Request.id)
        .join(JournalEntry, JournalEntry.request_id == Request.id)
        .where(
            JournalEntry.kind.in_(_OTHER_HOURS),
            JournalEntry.at >= given_at,
            Request.id.in_(candidates),
        )
        .distinct()
    )
    return [
        key
        for key, history in _histories(work, told.all()).items()
        if any(one.at >= given_at for one in history.moves)
        or any(one.at >= given_at for one in history.refunds)
    ]


def _histories(work: UnitOfWork, ids: Collection[int]) -> dict[int, History]:
    if not ids:
        return {}
    told = events_where(work.session, JournalEntry.request_id.in_(ids))
    return {key: History.of(events) for key, events in told.items()}


def _verdicts(work: UnitOfWork, calendar_id: int, since: datetime) -> Verdicts:
    """Return what clocks that stopped since came to, by request and position."""
    columns = [getattr(RequestClock, name) for name in _VERDICT]
    rows = work.session.execute(
        select(RequestClock.request_id, RequestClock.position, *columns).where(
            RequestClock.calendar_id == calendar_id, RequestClock.stopped_at > since
        )
    )
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


def _refuse_for(work: UnitOfWork, code: str, ids: Iterable[int]) -> None:
    """Refuse because of these requests, if there are any; the first are named."""
    found = sorted(set(ids))
    if not found:
        return
    named = work.session.scalars(
        select(Request.reference).where(Request.id.in_(found[:MOST_NAMED]))
    )
    references = sorted(named)
    more = ["…"] if len(found) > MOST_NAMED else []
    raise Conflict(code, references=", ".join([*references, *more]), count=len(found))
