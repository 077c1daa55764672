"""Open requests put under other hours by their own journal, and counted again by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Row, select

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import HistoryEvent, undone_among
from desktop.domain.requests import EntryKind
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.store.histories import events_where
from desktop.store.recounting import HoursOf, recount
from desktop.store.retiming import retime
from desktop.store.unit_of_work import UnitOfWork

BATCH: Final = 1_000
_KINDS: Final = (EntryKind.MOVED, EntryKind.REFUNDED, EntryKind.UNDONE)

Standing = Mapping[int, list[HistoryEvent]]
"""The entries, by request, that chose agreement or hours and were not undone."""


def standing_hours(work: UnitOfWork, ids: Iterable[int]) -> Standing:
    """Read which entries put requests under hours or agreements of their own."""
    found: dict[int, list[HistoryEvent]] = {}
    for batch in _batches(ids):
        told = events_where(
            work.session,
            JournalEntry.request_id.in_(batch),
            JournalEntry.kind.in_(_KINDS),
        )
        for key, events in told.items():
            gone = undone_among(events) or frozenset()
            found[key] = [one for one in events if one.seq not in gone]
    return found


def of_calendar(
    calendar_id: int, hours_of: Callable[[Row[Any]], ServiceCalendar]
) -> HoursOf:
    """Return the hours of a calendar's running clocks; others stay as they are."""
    return lambda clock: hours_of(clock) if clock.calendar_id == calendar_id else None


def every_hours(
    work: UnitOfWork, calendar_id: int, hours_of: Callable[[Row[Any]], ServiceCalendar]
) -> HoursOf:
    """Return the hours of all running clocks: a calendar's as said, others theirs."""
    calendars = work.reference.calendars

    def hours(clock: Row[Any]) -> ServiceCalendar:
        if clock.calendar_id == calendar_id:
            return hours_of(clock)
        return calendars[clock.calendar_id].version(clock.calendar_version)

    return hours


def count_again(
    work: UnitOfWork,
    ids: Collection[int],
    hours_of: HoursOf,
    *,
    by_journal: Collection[int] = (),
    told_at: datetime | None = None,
) -> int:
    """Count requests again, those ``by_journal`` from it; return how many moved.

    ``told_at`` is that of ``recount``.
    """
    rest = [one for one in ids if one not in by_journal]
    moved, left = recount(work.session, rest, hours_of, work.reference, told_at=told_at)
    return len(moved) + retime(work.session, [*left, *by_journal], work.reference)


def only_by_journal(
    work: UnitOfWork, calendar_id: int, ids: Iterable[int], since: datetime
) -> set[int]:
    """Return those of requests whose clocks cannot be counted from their rows alone.

    They ended, a clock of theirs stopped ``since``, or their history was imported.
    """
    found: set[int] = set()
    for batch in _batches(ids):
        mine = Request.id.in_(batch)
        for wanted in (
            select(Request.id).where(mine, ~Request.is_open),
            select(RequestClock.request_id).where(
                RequestClock.request_id.in_(batch),
                RequestClock.calendar_id == calendar_id,
                RequestClock.stopped_at > since,
            ),
            select(JournalEntry.request_id).where(
                JournalEntry.request_id.in_(batch),
                JournalEntry.seq == 1,
                JournalEntry.recorded_at > JournalEntry.at,
            ),
        ):
            found |= set(work.session.scalars(wanted))
    return found


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(ids))
    while batch := list(islice(rest, BATCH)):
        yield batch
