"""Promises while they are gathered for a replay, until they are laid flat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.domain.agreements import AgreementTerms, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import History
from desktop.domain.instants import to_microseconds
from desktop.domain.promise_spans import PauseCause, PauseLabel, priority_of
from desktop.domain.requests import RequestState
from desktop.queries.replay_facts import (
    REASONS,
    Basis,
    Names,
    ReplayFacts,
    ReplayScope,
    Requested,
)
from desktop.store.bulk_clocks import NEVER, Pauses

if TYPE_CHECKING:
    from desktop.domain.promises import Promise


class Columns:
    """Takes one promise after the other; ``real`` are the terms by version."""

    def __init__(self, real: Mapping[int, AgreementTerms]) -> None:
        self._real = real
        self._rows: list[tuple[int, ...]] = []
        self._pauses: list[tuple[int, int, int]] = []
        self._counts: list[int] = []
        self._bases: dict[tuple[int, TargetKind, int | None], int] = {}
        self._terms: list[Basis] = []
        self._places: dict[int, int] = {}
        self._calendars: list[ServiceCalendar] = []
        self.requests: dict[int, Requested] = {}

    def note(self, request_id: int, promise: Promise, history: History) -> None:
        """Take a promise."""
        terms = promise.terms
        priority = priority_of(history, terms, promise.start, promise.stop)
        is_cancelled = history.state is RequestState.CANCELLED
        is_void = is_cancelled and promise.stop in (None, history.ended_at)
        stop = NEVER if promise.stop is None else to_microseconds(promise.stop)
        self._rows.append(
            (
                request_id,
                self._basis(terms, promise.kind, priority),
                self._calendar(promise.calendar),
                *sides_of(promise),
                to_microseconds(promise.start),
                stop,
                is_void,
                promise.is_void and not is_void,
            )
        )
        self._counts.append(len(promise.pauses))
        for pause in promise.pauses:
            label = pause.label
            assert isinstance(label, PauseLabel)
            reason = -1
            if label.cause is PauseCause.WAITING and label.reason is not None:
                reason = REASONS.index(label.reason)
            end = NEVER if pause.end is None else to_microseconds(pause.end)
            self._pauses.append((to_microseconds(pause.start), end, reason))

    def _basis(
        self, terms: AgreementTerms, kind: TargetKind, priority: int | None
    ) -> int:
        key = (terms.version_id, kind, priority)
        place = self._bases.get(key)
        if place is None:
            place = self._bases[key] = len(self._terms)
            real = self._real.get(terms.version_id)
            self._terms.append(Basis(real, kind, priority))
        return place

    def _calendar(self, calendar: ServiceCalendar) -> int:
        place = self._places.get(id(calendar))
        if place is None:
            place = self._places[id(calendar)] = len(self._calendars)
            self._calendars.append(calendar)
        return place

    def facts(
        self,
        scope: ReplayScope,
        zone: ZoneInfo,
        names: Names,
        as_at: datetime,
        read: tuple[int, int],
    ) -> ReplayFacts:
        """Lay flat what was taken so far; ``read`` is of how many requests how many."""
        import numpy as np

        table = np.array(self._rows, np.int64).reshape(-1, 9).T.copy()
        pauses = np.array(self._pauses, np.int64).reshape(-1, 3).T.copy()
        offsets = np.concatenate(([0], np.cumsum(np.array(self._counts, np.int64))))
        return ReplayFacts(
            scope=scope,
            as_at=as_at,
            zone=zone,
            names=names,
            requests=self.requests,
            bases=list(self._terms),
            calendars=list(self._calendars),
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
            read=read[0],
            total=read[1],
        )


def sides_of(promise: Promise) -> tuple[int, int]:
    """Return the front and the back unit of a promise."""
    if promise.kind is TargetKind.ANSWER:
        return promise.unit, promise.for_unit
    return promise.for_unit, promise.unit
