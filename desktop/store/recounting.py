"""Counting the running clocks of a calendar again, thousands at once.

What a calendar says changes how much is used and when it is due, and nothing else: from
when a clock runs and what held it are rows already. So most requests need no journal.
Those that do (taken up again, or promised working days) are left to `retiming`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, OnChange, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.instants import LAST_INSTANT, from_microseconds, to_microseconds
from desktop.domain.open_time import Range
from desktop.domain.promises import ClockView
from desktop.entities.base import Base
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.store.bulk import uncollected, update_many
from desktop.store.bulk_clocks import NEVER, BulkCalendar, BulkClocks, Pauses
from desktop.store.changes import note_changes
from desktop.store.projection import clock_view, current_clock
from desktop.store.reference import Reference

BATCH: Final = 1_000
_SECOND: Final = 1_000_000

Found = dict[int, list[Any]]
HoursOf = Callable[[Row[Any]], ServiceCalendar | None]
"""The hours a clock that has not stopped is counted by; None: it stays as it is."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """A request whose clocks come out differently: those that do, and all of them.

    ``moved`` holds the row of a clock, what it was and what it becomes.
    """

    request: Row[Any]
    moved: tuple[tuple[Row[Any], ClockView, ClockView], ...]
    clocks: tuple[ClockView, ...]


def recount(
    session: Session,
    ids: Iterable[int],
    hours_of: HoursOf,
    reference: Reference,
    *,
    told_at: datetime | None = None,
) -> tuple[list[int], list[int]]:
    """Count the clocks of open requests that have not stopped by other hours.

    ``told_at``: each has an entry more since then (``UnitOfWork.record_for``), up to
    which its clocks are read. Returns which requests came out differently, and those
    left alone because only their journal tells their clocks. Six statements for every
    thousand requests.
    """
    session.flush()
    moved: list[int] = []
    left: list[int] = []
    for found, others in recounted(session, ids, hours_of, reference, told_at=told_at):
        _write(session, found, told_at)
        moved += [one.request.id for one in found]
        left += others
    if moved:
        session.expire_all()
    return moved, left


def recounted(
    session: Session,
    ids: Iterable[int],
    hours_of: HoursOf,
    reference: Reference,
    *,
    told_at: datetime | None = None,
) -> Iterator[tuple[list[Recounted], list[int]]]:
    """Yield by thousands what comes out differently, and what is left.

    With an entry more every request does. Changes nothing; see ``recount``.
    """
    counting = _Counting(hours_of, reference, told_at)
    rest = iter(sorted(set(ids)))
    with uncollected():
        while batch := list(islice(rest, BATCH)):
            part = _Part.read(session, batch)
            left = part.take_out(counting)
            yield list(part.recounted(counting)), left


def given(calendar_id: int, calendar: ServiceCalendar) -> HoursOf:
    """Return the hours of clocks when a calendar is given to all that runs on it."""
    return lambda row: calendar if row.calendar_id == calendar_id else None


class _Counting:
    """By which hours and rules, and up to when, clocks are counted."""

    def __init__(
        self, hours_of: HoursOf, reference: Reference, told_at: datetime | None
    ) -> None:
        self.reference, self.told_at = reference, told_at
        self._hours_of = hours_of
        self._compiled: dict[int, BulkCalendar] = {}

    def hours_of(self, clock: Row[Any]) -> BulkCalendar | None:
        """Return the hours a clock is counted by, ready for many."""
        if clock.stopped_at is not None:
            return None
        calendar = self._hours_of(clock)
        if calendar is None:
            return None
        known = self._compiled.get(id(calendar))
        if known is None:
            known = self._compiled[id(calendar)] = BulkCalendar(calendar)
        return known

    def read_at(self, request: Row[Any]) -> datetime:
        """Return up to when the clocks of a request are read."""
        last: datetime = request.last_at
        return last if self.told_at is None else max(last, self.told_at)


class _Part:
    """Some requests with their clocks, stays and waits."""

    def __init__(
        self, requests: Sequence[Row[Any]], clocks: Found, legs: Found, holds: Found
    ) -> None:
        self.requests = {row.id: row for row in requests}
        self.clocks, self.legs, self.holds = clocks, legs, holds

    @classmethod
    def read(cls, session: Session, ids: Sequence[int]) -> _Part:
        """Read them: a statement for each table."""
        connection = session.connection()
        columns = [_REQUEST.c[name] for name in _OF_REQUEST]
        requests = connection.execute(
            select(*columns).where(_REQUEST.c.id.in_(ids))
        ).all()

        def rows(table: Table) -> Found:
            found: Found = defaultdict(list)
            wanted = table.c.request_id.in_(ids)
            order = (table.c.request_id, table.c.position)
            for row in connection.execute(select(table).where(wanted).order_by(*order)):
                found[row.request_id].append(row)
            return found

        return cls(requests, rows(_CLOCK), rows(_LEG), rows(_HOLD))

    def take_out(self, counting: _Counting) -> list[int]:
        """Take those out whose clocks only their journal tells; return them."""
        found = [
            key
            for key, request in self.requests.items()
            if request.reopens
            or any(
                _is_by_date(row, counting.reference)
                for row in self.clocks[key]
                if counting.hours_of(row) is not None
            )
        ]
        for key in found:
            del self.requests[key]
        return found

    def recounted(self, counting: _Counting) -> Iterator[Recounted]:
        """Count every clock that has not stopped; yield what differs."""
        running: dict[BulkCalendar, list[Row[Any]]] = defaultdict(list)
        for key in self.requests:
            for row in self.clocks[key]:
                hours = counting.hours_of(row)
                if hours is not None:
                    running[hours].append(row)
        fresh: dict[int, dict[str, Any]] = {}
        for hours, rows in running.items():
            values = self._values(rows, hours, counting)
            fresh |= zip((row.id for row in rows), values, strict=True)
        for key, request in self.requests.items():
            moved, views = [], []
            for row in self.clocks[key]:
                view = before = clock_view(row)
                if row.id in fresh and not _is_same(row, fresh[row.id]):
                    view = replace(before, **fresh[row.id])
                    moved.append((row, before, view))
                views.append(view)
            if moved or counting.told_at is not None:
                yield Recounted(request, tuple(moved), tuple(views))

    def _values(
        self, clocks: Sequence[Row[Any]], bulk: BulkCalendar, counting: _Counting
    ) -> Iterator[dict[str, Any]]:
        """Yield the new columns of clocks, read at their request's last event."""
        import numpy as np

        pauses = Pauses.of([self._pauses(row, counting.reference) for row in clocks])
        starts = np.array([to_microseconds(row.started_at) for row in clocks], np.int64)
        targets = np.array([row.target_s for row in clocks], np.int64) * _SECOND
        shares = np.array([row.warn_share for row in clocks])
        warned = np.rint(targets * shares).astype(np.int64)
        stops = np.full(len(clocks), NEVER, np.int64)
        read_at = [counting.read_at(self.requests[row.request_id]) for row in clocks]
        at = np.array([to_microseconds(one) for one in read_at], np.int64)
        counted = BulkClocks(bulk, targets, starts, stops, pauses)
        used = counted.elapsed(at)
        dues = counted.due(at).tolist()
        risks = replace(counted, targets=warned).due(at).tolist()
        seconds, overs = (used // _SECOND).tolist(), (used > targets).tolist()
        number = bulk.calendar.spec.version
        for row, moment, used_s, due, risk, is_over in zip(
            clocks, read_at, seconds, dues, risks, overs, strict=True
        ):
            is_held = row.running_since is None
            state = ClockState.PAUSED if is_held else _RUNNING
            due_at = _instant(due)
            yield {
                "calendar_version": number,
                "used_s": used_s,
                "running_since": None if is_held else moment,
                "due_at": due_at,
                "at_risk_at": _instant(risk),
                "breached_at": due_at if is_over else None,
                "state": ClockState.BREACHED if is_over else state,
            }

    def _pauses(self, row: Row[Any], reference: Reference) -> list[Range]:
        """Return when a clock did not run: see `promise_spans.pauses_of`."""
        if row.kind is TargetKind.ANSWER:
            return []
        terms = _terms(row, reference)
        found = []
        if terms.at_unit is not OnChange.RECOMPUTE:
            found += [leg for leg in self.legs[row.request_id] if _is_away(leg, row)]
        found += [
            hold
            for hold in self.holds[row.request_id]
            if hold.unit_id == row.unit_id and terms.is_held_by(row.kind, hold.reason)
        ]
        return [
            (
                to_microseconds(one.started_at),
                LAST_INSTANT if one.ended_at is None else to_microseconds(one.ended_at),
            )
            for one in found
        ]


def _is_same(row: Row[Any], values: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _is_away(leg: Row[Any], clock: Row[Any]) -> bool:
    is_before = leg.ended_at is not None and leg.ended_at <= clock.started_at
    return leg.unit_id != clock.unit_id and not is_before


def _is_by_date(clock: Row[Any], reference: Reference) -> bool:
    """Tell whether what a clock counts depends on the calendar itself."""
    terms = reference.version_of(clock.version_id)
    return terms is None or any(kind is clock.kind for kind, _ in terms.rules)


def _terms(clock: Row[Any], reference: Reference) -> AgreementTerms:
    terms = reference.version_of(clock.version_id)
    assert terms is not None
    return terms


def _instant(moment: int) -> datetime | None:
    return None if moment == NEVER else from_microseconds(moment)


def _write(
    session: Session, found: Sequence[Recounted], told_at: datetime | None
) -> None:
    connection = session.connection()
    clocks = [
        {"of_id": row.id, **{name: getattr(after, name) for name in _COUNTED}}
        for one in found
        for row, _, after in one.moved
    ]
    rows = [_request_row(one) for one in found]
    if told_at is not None:
        for one, row in zip(found, rows, strict=True):
            row["last_at"] = max(one.request.last_at, told_at)
            row["entries"] = one.request.entries + 1
    update_many(connection, _CLOCK, clocks)
    update_many(connection, _REQUEST, rows)
    note_changes(session, _REQUEST.name, [one.request.id for one in found])


def _request_row(one: Recounted) -> dict[str, Any]:
    position = current_clock(one.clocks, one.request.unit_id)
    shown = one.clocks[position - 1] if position else None
    runs = shown is not None and shown.running_since is not None
    return {
        "of_id": one.request.id,
        "due_at": shown.due_at if shown and runs else None,
        "clock_position": position,
        "version": one.request.version + 1,
    }


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_REQUEST: Final = _table(Request)
_CLOCK: Final = _table(RequestClock)
_LEG: Final = _table(RequestLeg)
_HOLD: Final = _table(RequestHold)
_COUNTED: Final = (
    *("calendar_version", "used_s", "running_since", "due_at"),
    *("at_risk_at", "breached_at", "state"),
)
_OF_REQUEST: Final = (
    *("id", "version", "reference", "unit_id"),
    *("reopens", "last_at", "entries"),
)
_RUNNING: Final = ClockState.RUNNING
