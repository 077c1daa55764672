"""Read what a replay counts: every promise begun in a period, as flat arrays.

Requests are told from their legs and holds. Those whose clocks turn on more than that
(taken up again, given another priority, moved to another version) are folded from
their journal. Read once, any number of trials is counted from it without the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import (
    AgreementTerms,
    ClockStart,
    OnChange,
    PromiseKey,
    TargetKind,
)
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import History, HistoryEvent
from desktop.domain.instants import to_microseconds
from desktop.domain.promise_spans import PauseCause, PauseLabel, priority_of
from desktop.domain.promises import Promise, Rules, promises_of
from desktop.domain.requests import EntryKind, PendingReason, RequestState, Side
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestLeg
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.bulk_clocks import NEVER, Pauses
from desktop.queries.evidence import zone_of
from desktop.queries.replay_facts import (
    KINDS,
    REASONS,
    Basis,
    Names,
    ReplayFacts,
    ReplayScope,
    Requested,
)
from desktop.queries.replay_histories import HOLDS, LEGS, history_of
from desktop.store.reference import Reference, load_reference

Progress = Callable[[int, int], None]
"""Told how many of how many requests are read; what it raises stops the reading."""

AT_ONCE: Final = 2_500
_CENTURY_S: Final = 100 * 366 * 86_400


@dataclass(slots=True)
class _Columns:
    """The columns while they are gathered."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    pauses: list[tuple[int, int, int]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    bases: dict[tuple[int, TargetKind, int | None], int] = field(default_factory=dict)
    terms: list[Basis] = field(default_factory=list)
    calendars: dict[int, int] = field(default_factory=dict)
    compiled: list[ServiceCalendar] = field(default_factory=list)
    requests: dict[int, Requested] = field(default_factory=dict)


def replay_facts(
    session: Session,
    scope: ReplayScope,
    now: datetime,
    *,
    progress: Progress | None = None,
    only_journal: bool = False,
) -> ReplayFacts:
    """Read the promises of a scope as they stand at ``now``.

    ``only_journal`` folds every request from its journal: slower, the same figures.
    """
    *_, last = reading_facts(
        session, scope, now, progress=progress, only_journal=only_journal
    )
    return last


def reading_facts(
    session: Session,
    scope: ReplayScope,
    now: datetime,
    *,
    progress: Progress | None = None,
    only_journal: bool = False,
) -> Iterator[ReplayFacts]:
    """Yield the promises of a scope as more and more of them are read, all at last."""
    reader = _Reader(session, scope, load_reference(session, 0))
    backs = {one.back_unit for one in reader.reference.terms}
    wanted = _requests_of(scope, backs).order_by(Request.id)
    ids = [row[0] for row in session.connection().execute(wanted)]
    folded = set(ids) if only_journal else reader.folded(ids)
    done = shown = 0
    while done < len(ids):
        part = ids[done : done + AT_ONCE]
        reader.read(part, folded)
        done += len(part)
        if progress is not None:
            progress(done, len(ids))
        if done < len(ids) and done >= 2 * shown:
            shown = done
            yield _facts(reader, now, done, len(ids))
    yield _facts(reader, now, len(ids), len(ids))


def _requests_of(scope: ReplayScope, backs: Iterable[int]) -> Select[int]:
    """Select the requests in which a promise of the scope may have begun.

    One that never came to a unit (of ``backs``) that promises anything has none.
    """
    wanted = select(Request.id).where(
        Request.raised_at < scope.end,
        or_(Request.last_at >= scope.start, Request.is_open),
    )
    if scope.service_id is not None:
        wanted = wanted.where(Request.service_id == scope.service_id)
    if scope.back_unit_id is not None:
        backs = [scope.back_unit_id]
    stayed = exists().where(
        RequestLeg.request_id == Request.id, RequestLeg.unit_id.in_(backs)
    )
    return wanted.where(stayed)


class _Reader:
    """Reads requests in parts and gathers their promises."""

    def __init__(
        self, session: Session, scope: ReplayScope, reference: Reference
    ) -> None:
        self._connection = session.connection()
        self.zone = zone_of(session)
        self.names = Names(
            {one.id: one.name for one in session.execute(select(Unit.id, Unit.name))},
            {one.id: one.name for one in session.execute(_SERVICES)},
        )
        self.scope = scope
        self.reference = reference
        self._rules: dict[int | None, Rules] = {}
        self._wide: dict[int, AgreementTerms] = {}
        self._real = {one.version_id: one for one in reference.terms}
        self._knows_recording = any(len(one) > 1 for one in reference.versions.values())
        self.columns = _Columns()

    def folded(self, ids: Sequence[int]) -> set[int]:
        """Return the requests legs and holds alone do not tell."""
        terms = self.reference.terms
        if any(not _is_plain(one) for one in terms):
            return set(ids)
        moved = (EntryKind.MOVED.value, EntryKind.PRIORITY_CHANGED.value)
        is_changed = or_(
            JournalEntry.kind.in_(moved),
            JournalEntry.changes["priority"].as_string().is_not(None)
            & (JournalEntry.seq > 1),
        )
        changed = select(JournalEntry.request_id).where(is_changed)
        reopened = select(Request.id).where(Request.reopens > 0)
        found = [row[0] for row in self._connection.execute(changed)]
        found += [row[0] for row in self._connection.execute(reopened)]
        return {one for one in found if one is not None}

    def read(self, ids: Sequence[int], folded: set[int]) -> None:
        """Gather the promises of some requests."""
        connection, low, high = self._connection, ids[0], ids[-1]
        between = {"low": low, "high": high}
        legs = _by_request(connection.execute(LEGS, between))
        holds = _by_request(connection.execute(HOLDS, between))
        known = set(ids)
        journal = self._journal([one for one in ids if one in folded])
        recorded = self._recorded(low, high)
        for row in connection.execute(_REQUESTS, between):
            if row.id not in known:
                continue
            if row.id in folded:
                history = History.of(journal[row.id])
            else:
                history = history_of(
                    row, legs[row.id], holds[row.id], recorded.get(row.id)
                )
            self._gather(row, history)

    def _journal(self, ids: Sequence[int]) -> Mapping[int, list[HistoryEvent]]:
        found: dict[int, list[HistoryEvent]] = defaultdict(list)
        wanted = _EVENTS.where(JournalEntry.request_id.in_(ids))
        for request_id, *row in self._connection.execute(wanted):
            found[request_id].append(HistoryEvent(*row))
        return found

    def _recorded(self, low: int, high: int) -> dict[int, datetime]:
        """Read when each was written down; only changed calendars ask for it."""
        if not self._knows_recording:
            return {}
        wanted = select(JournalEntry.request_id, JournalEntry.recorded_at).where(
            JournalEntry.request_id.between(low, high), JournalEntry.seq == 1
        )
        found: dict[int, datetime] = {}
        for request_id, at in self._connection.execute(wanted):
            if request_id is not None:
                found[request_id] = at
        return found

    def _gather(self, row: Any, history: History) -> None:
        rules = self._rules.get(row.service_id)
        if rules is None:
            rules = self._rules[row.service_id] = self._rules_of(row.service_id)
        is_found = False
        for promise in promises_of(history, rules, row.front_unit_id):
            if self._is_wanted(promise):
                self._note(row.id, promise, history)
                is_found = True
        if is_found:
            told = Requested(row.reference, row.subject, row.service_id, row.topic)
            self.columns.requests[row.id] = told

    def _rules_of(self, service: int | None) -> Rules:
        reference = self.reference
        find = reference.chooser(service)

        def choose(front: int, back: int, at: datetime) -> AgreementTerms | None:
            found = find(front, back, at)
            return self._widened(found) if found else self._unagreed(front, back)

        def version_of(version: int) -> AgreementTerms | None:
            found = reference.version_of(version)
            return None if found is None else self._widened(found)

        return Rules(choose, reference.calendar_of, version_of)

    def _widened(self, terms: AgreementTerms) -> AgreementTerms:
        """Return terms that promise every kind, held by everything, for a century.

        A trial may promise what the agreement did not and hold by other reasons; what
        holds, and for how long, is asked of the real terms when it is counted.
        """
        wide = self._wide.get(terms.version_id)
        if wide is None:
            keys: list[PromiseKey] = [(kind, None) for kind in KINDS]
            keys += [key for key in terms.targets if key[0] in KINDS]
            targets = dict.fromkeys(keys, _CENTURY_S)
            every = dict.fromkeys(KINDS, frozenset(PendingReason))
            wide = replace(terms, targets=targets, rules={}, holds=every)
            self._wide[terms.version_id] = wide
        return wide

    def _unagreed(self, front: int, back: int) -> AgreementTerms | None:
        """Return bare terms where nothing was agreed and a new one is tried."""
        scope = self.scope
        if scope.calendar_id is None or back != scope.back_unit_id:
            return None
        if self.reference.sides.get(front) is not Side.FRONT:
            return None
        return self._widened(
            AgreementTerms(
                0, 0, 0, "", front, back, None, scope.calendar_id, {}, {}, 0.75,
                ClockStart.FRONT_HANDOVER, scope.start,
            )
        )  # fmt: skip

    def _is_wanted(self, promise: Promise) -> bool:
        scope = self.scope
        if promise.kind not in KINDS:
            return False
        if promise.start >= scope.end:
            return False
        # One begun before the period is work that still lies there when it begins.
        stop = promise.stop
        if promise.start < scope.start and stop is not None and stop < scope.start:
            return False
        if scope.agreement_id not in (None, promise.terms.agreement_id):
            return False
        front, back = _sides(promise)
        return scope.front_unit_id in (None, front) and (
            scope.back_unit_id in (None, back)
        )

    def _note(self, request_id: int, promise: Promise, history: History) -> None:
        columns, terms = self.columns, promise.terms
        priority = priority_of(history, terms, promise.start, promise.stop)
        key = (terms.version_id, promise.kind, priority)
        basis = columns.bases.get(key)
        if basis is None:
            basis = columns.bases[key] = len(columns.terms)
            real = self._real.get(terms.version_id)
            columns.terms.append(Basis(real, promise.kind, priority))
        calendar = columns.calendars.get(id(promise.calendar))
        if calendar is None:
            calendar = columns.calendars[id(promise.calendar)] = len(columns.compiled)
            columns.compiled.append(promise.calendar)
        is_cancelled = history.state is RequestState.CANCELLED
        is_void = is_cancelled and promise.stop in (None, history.ended_at)
        stop = NEVER if promise.stop is None else to_microseconds(promise.stop)
        start = to_microseconds(promise.start)
        columns.rows.append(
            (
                request_id, basis, calendar, *_sides(promise), start,
                stop, is_void, promise.is_void and not is_void,
            )
        )  # fmt: skip
        columns.counts.append(len(promise.pauses))
        for pause in promise.pauses:
            label = pause.label
            assert isinstance(label, PauseLabel)
            reason = -1
            if label.cause is PauseCause.WAITING and label.reason is not None:
                reason = REASONS.index(label.reason)
            end = NEVER if pause.end is None else to_microseconds(pause.end)
            columns.pauses.append((to_microseconds(pause.start), end, reason))


def _by_request(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _is_plain(terms: AgreementTerms) -> bool:
    """Tell whether legs and holds are enough to tell its clocks."""
    return (terms.at_reopen, terms.at_unit, terms.at_priority) == (
        OnChange.CONTINUE,
        OnChange.CONTINUE,
        OnChange.RECOMPUTE,
    )


def _sides(promise: Promise) -> tuple[int, int]:
    """Return the front and the back unit of a promise."""
    if promise.kind is TargetKind.ANSWER:
        return promise.unit, promise.for_unit
    return promise.for_unit, promise.unit


def _facts(reader: _Reader, now: datetime, read: int, total: int) -> ReplayFacts:
    import numpy as np

    columns, scope = reader.columns, reader.scope

    table = np.array(columns.rows, np.int64).reshape(-1, 9).T.copy()
    pauses = np.array(columns.pauses, np.int64).reshape(-1, 3).T.copy()
    offsets = np.concatenate(([0], np.cumsum(np.array(columns.counts, np.int64))))
    return ReplayFacts(
        scope=scope,
        as_at=now,
        zone=reader.zone,
        names=reader.names,
        requests=columns.requests,
        bases=list(columns.terms),
        calendars=list(columns.compiled),
        request_ids=table[0],
        basis=table[1],
        calendar=table[2],
        fronts=table[3],
        backs=table[4],
        starts=table[5],
        stops=table[6],
        is_void=table[7].astype(np.bool_),
        is_superseded=table[8].astype(np.bool_),
        pauses=Pauses(pauses[0], pauses[1], offsets.astype(np.int64)),
        reasons=pauses[2],
        read=read,
        total=total,
    )


_SERVICES: Final = select(Service.id, Service.name)
_REQUESTS: Final = select(
    Request.id,
    Request.reference,
    Request.subject,
    Request.service_id,
    Request.topic,
    Request.front_unit_id,
    Request.state,
    Request.priority,
    Request.raised_at,
    Request.resolved_at,
    Request.last_at,
).where(Request.id.between(bindparam("low"), bindparam("high")))
_EVENTS: Final = select(
    JournalEntry.request_id,
    JournalEntry.seq,
    JournalEntry.at,
    JournalEntry.kind,
    JournalEntry.changes,
    JournalEntry.unit_id,
    JournalEntry.audience,
    JournalEntry.recorded_at,
).order_by(JournalEntry.request_id, JournalEntry.seq)
