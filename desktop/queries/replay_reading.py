"""Read what a replay counts: every promise begun in a period, as flat arrays.

Requests are told from their legs and holds. Those whose clocks turn on more than that
(taken up again, given another priority, moved, undone in part) are folded from
their journal. Read once, any number of trials is counted from it without the database.
A trial may promise what nobody did, so promises are read under wide terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from desktop.domain.history import History, HistoryEvent, Word
from desktop.domain.promises import Promise, Rules, promises_of
from desktop.domain.requests import EntryKind, PendingReason, Side
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestLeg
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.evidence import zone_of
from desktop.queries.replay_columns import Columns, sides_of
from desktop.queries.replay_facts import (
    KINDS,
    Names,
    ReplayFacts,
    ReplayScope,
    Requested,
)
from desktop.queries.replay_histories import HOLDS, LEGS, TOLD, history_of, words_of
from desktop.store.histories import events_where
from desktop.store.reference import Reference, load_reference

Progress = Callable[[int, int], None]
"""Told how many of how many requests are read; what it raises stops the reading."""

AT_ONCE: Final = 2_500
_CENTURY_S: Final = 100 * 366 * 86_400
_UNAGREED: Final = 0
"""Stands for the version of what nothing is agreed about."""


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
            yield reader.facts(now, done, len(ids))
    yield reader.facts(now, len(ids), len(ids))


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
        self._kinds = [
            kind for kind in KINDS if scope.has_updates or kind is not TargetKind.UPDATE
        ]
        self._rules: dict[int | None, Rules] = {}
        self._wide: dict[int, AgreementTerms] = {}
        self._real = {one.version_id: one for one in reference.terms}
        self._knows_recording = any(len(one) > 1 for one in reference.versions.values())
        self.columns = Columns(self._real)

    def folded(self, ids: Sequence[int]) -> set[int]:
        """Return the requests legs and holds alone do not tell."""
        terms = self.reference.terms
        if any(not _is_plain(one) for one in terms):
            return set(ids)
        turned = (
            EntryKind.MOVED,
            EntryKind.REFUNDED,
            EntryKind.PRIORITY_CHANGED,
            EntryKind.UNDONE,
        )
        is_changed = or_(
            JournalEntry.kind.in_([one.value for one in turned]),
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
        legs = _by_request(connection.execute(LEGS, between).all())
        holds = _by_request(connection.execute(HOLDS, between).all())
        words = self._words(between, legs)
        known = set(ids)
        unclear = {one for one, found in words.items() if found is None}
        told = folded | unclear
        journal = self._journal([one for one in ids if one in told])
        recorded = self._recorded(low, high)
        for row in connection.execute(_REQUESTS, between).all():
            if row.id not in known:
                continue
            if row.id in told:
                history = History.of(journal[row.id])
            else:
                history = history_of(
                    row,
                    legs[row.id],
                    holds[row.id],
                    recorded.get(row.id),
                    words.get(row.id) or (),
                )
            self._gather(row, history)

    def _words(
        self, between: Mapping[str, int], legs: Mapping[int, list[Any]]
    ) -> dict[int, list[Word] | None]:
        """Read what was told to the other side, where that is promised or tried."""
        if TargetKind.UPDATE not in self._kinds:
            return {}
        told = _by_request(self._connection.execute(TOLD, between).all())
        return {one: words_of(rows, legs[one]) for one, rows in told.items()}

    def _journal(self, ids: Sequence[int]) -> Mapping[int, list[HistoryEvent]]:
        return events_where(self._connection, JournalEntry.request_id.in_(ids))

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
                self.columns.note(row.id, promise, history)
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
            keys: list[PromiseKey] = [(kind, None) for kind in self._kinds]
            targets = dict.fromkeys(keys, _CENTURY_S)
            every = dict.fromkeys(KINDS, frozenset(PendingReason))
            wide = replace(terms, targets=targets, rules={}, clocks={}, holds=every)
            self._wide[terms.version_id] = wide
        return wide

    def facts(self, now: datetime, read: int, total: int) -> ReplayFacts:
        """Return what was read so far."""
        count = (read, total)
        return self.columns.facts(self.scope, self.zone, self.names, now, count)

    def _unagreed(self, front: int, back: int) -> AgreementTerms | None:
        """Return bare terms where nothing was agreed and a new one is tried."""
        scope = self.scope
        if scope.calendar_id is None or back != scope.back_unit_id:
            return None
        if self.reference.sides.get(front) is not Side.FRONT:
            return None
        return self._widened(
            AgreementTerms(
                _UNAGREED, 0, 0, "", front, back, None, scope.calendar_id, {}, {}, 0.75,
                ClockStart.FRONT_HANDOVER, scope.start,
            )
        )  # fmt: skip

    def _is_wanted(self, promise: Promise) -> bool:
        scope, terms = self.scope, promise.terms
        if promise.start >= scope.end:
            return False
        # One begun before the period is work that still lies there when it begins.
        stop = promise.stop
        if promise.start < scope.start and stop is not None and stop < scope.start:
            return False
        if scope.agreement_id not in (None, terms.agreement_id):
            return False
        if scope.calendar_id is not None and not _gives_way(terms, scope):
            return False
        front, back = sides_of(promise)
        return scope.front_unit_id in (None, front) and (
            scope.back_unit_id in (None, back)
        )


def _gives_way(terms: AgreementTerms, scope: ReplayScope) -> bool:
    """Tell whether a new agreement of the scope would be taken instead of the terms.

    It would not where they are more specific; see ``agreements.choose``.
    """
    if terms.version_id == _UNAGREED:
        return True
    old = (terms.service is not None, terms.front_unit is not None)
    return old <= (scope.service_id is not None, scope.front_unit_id is not None)


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
