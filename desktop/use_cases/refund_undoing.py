"""Taking back that a calendar's newest version was given to open requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Conflict
from desktop.domain.history import HistoryEvent
from desktop.domain.requests import EntryKind
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.calendars import Calendar, CalendarVersion
from desktop.entities.requests import Request, RequestClock
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendars import CalendarSaved
from desktop.use_cases.own_hours import (
    count_again,
    every_hours,
    of_calendar,
    only_by_journal,
    standing_hours,
)

MOST_NAMED: Final = 5
_VERDICT: Final = ("calendar_version", "used_s", "due_at", "breached_at", "stopped_at")

Verdicts = dict[tuple[int, int], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is counted again, and which of it has hours by other entries of its own."""

    ids: frozenset[int]
    with_own_hours: frozenset[int]


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
        taken = _take_from_all(work, version, given_at)
    else:
        taken = _take_from_chosen(work, version, given_at, frozenset(only))
    before = _verdicts(work, calendar_id, given_at)
    moved = _count(work, calendar_id, taken, given_at, is_told=only is not None)
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
) -> Taken:
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
    standing = standing_hours(work, ids)
    since = [key for key, own in standing.items() if any(_after(own, given_at))]
    _refuse_for(work, "refund_moved", since)
    version.refunded_at = None
    work.session.flush()
    work.rules_changed()
    own = (key for key, told in standing.items() if any(map(_is_refund, told)))
    return Taken(ids, frozenset(own))


def _take_from_chosen(
    work: UnitOfWork,
    version: CalendarVersion,
    given_at: datetime,
    wanted: frozenset[int],
) -> Taken:
    """Undo the entries of chosen requests; return them."""
    standing = standing_hours(work, wanted)
    mine = {"id": version.calendar_id, "version": version.number}
    given = {
        key: one.seq
        for key, told in standing.items()
        for one in told
        if _is_refund(one) and (one.at, one.changes["calendar"]) == (given_at, mine)
    }
    if version.refunded_at is not None or given.keys() != wanted:
        raise Conflict("refund_gone")
    others = {
        key: [one for one in told if one.seq != given[key]]
        for key, told in standing.items()
    }
    since = [key for key, own in others.items() if any(_after(own, given_at))]
    _refuse_for(work, "refund_moved", since)
    _undo_entries(work, given)
    own = (key for key, told in others.items() if any(map(_is_refund, told)))
    return Taken(wanted, frozenset(own))


def _after(told: Iterable[HistoryEvent], given_at: datetime) -> Iterator[bool]:
    return (one.at >= given_at for one in told)


def _is_refund(one: HistoryEvent) -> bool:
    return one.kind == EntryKind.REFUNDED


def _count(
    work: UnitOfWork,
    calendar_id: int,
    taken: Taken,
    given_at: datetime,
    *,
    is_told: bool,
) -> int:
    """Count what was taken back by the hours it began under; return what moved."""
    reference = work.reference
    ids, own = taken.ids, taken.with_own_hours

    def begun_under(clock: Row[Any]) -> ServiceCalendar:
        return reference.calendar_of(calendar_id, clock.started_at, None)

    return count_again(
        work,
        ids,
        every_hours(work, calendar_id, begun_under)
        if is_told
        else of_calendar(calendar_id, begun_under),
        by_journal=own | only_by_journal(work, calendar_id, ids, given_at),
        told_at=work.now if is_told else None,
    )


def _undo_entries(work: UnitOfWork, given: dict[int, int]) -> None:
    entries = work.session.execute(
        select(Request.id, Request.entries).where(Request.id.in_(given))
    )
    by_seq: dict[int, dict[int, int]] = defaultdict(dict)
    for key, number in entries:
        by_seq[given[key]][key] = number
    for seq, requests in by_seq.items():
        work.record_for(EntryKind.UNDONE, requests, {"undoes": seq})


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
