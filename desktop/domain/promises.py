"""The promises a request is under: one clock each, from its history and agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.agreements import AgreementTerms, ClockStart, Target, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clock_views import ClockView
from desktop.domain.clocks import Pause, ServiceClock
from desktop.domain.history import History, Leg
from desktop.domain.promise_spans import (
    PauseCause,
    PauseLabel,
    Run,
    pauses_of,
    priority_of,
    runs_of,
)
from desktop.domain.requests import ENDED_STATES, PendingReason, RequestState

__all__ = [
    "CalendarOf",
    "Choose",
    "ClockView",
    "PauseCause",
    "PauseLabel",
    "Promise",
    "Rules",
    "promises_of",
    "view_of",
]

Choose = Callable[[int, int, datetime], AgreementTerms | None]
"""Finds the terms for (front unit, back unit, instant); None where nothing applies."""

CalendarOf = Callable[[int, datetime, datetime | None], ServiceCalendar]
"""Finds a calendar's version for (calendar, known from, stopped at or None)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What promises are made by: agreements, and calendars in their versions.

    ``version_of`` finds a version somebody moved a promise to; None where it is gone.
    """

    choose: Choose
    calendar_of: CalendarOf
    version_of: Callable[[int], AgreementTerms | None] = lambda _: None

    @classmethod
    def plain(cls, choose: Choose, calendars: Mapping[int, ServiceCalendar]) -> Rules:
        """Return rules by which every calendar has always been what it is."""
        return cls(choose, lambda calendar, _known, _stop: calendars[calendar])


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one unit to another about one request.

    ``unit`` keeps it, ``for_unit`` was given it. ``start`` is when its clock began,
    ``stop`` when the promised thing was done (``None``: not yet), ``pauses`` when it
    did not run in between. It counts on ``calendar`` (of ``calendar_id``), in the
    version it is judged under; ``amount`` is what ``target`` comes to there from
    ``start``, ``target_s`` the same in whole seconds. ``is_void``: the request was
    cancelled or another clock took its place, so there is no verdict.
    """

    kind: TargetKind
    unit: int
    for_unit: int
    terms: AgreementTerms
    target: Target
    calendar_id: int
    calendar: ServiceCalendar
    amount: timedelta
    start: datetime
    pauses: tuple[Pause, ...] = ()
    stop: datetime | None = None
    is_void: bool = False
    lands_on_opening: bool = False

    @property
    def target_s(self) -> int:
        """Return the open time promised, in whole seconds."""
        return self.amount // _SECOND

    @property
    def warn_share(self) -> float:
        """Return the share of the target at which the first warning comes."""
        return self.terms.warn_share_of(self.amount)

    def clock(self, calendar: ServiceCalendar | None = None) -> ServiceClock:
        """Return the clock of this promise, on its own calendar or another one."""
        return ServiceClock(
            calendar or self.calendar,
            self.amount,
            self.start,
            self.pauses,
            self.stop,
            lands_on_opening=self.lands_on_opening,
        )

    def on(self, calendar: ServiceCalendar) -> Promise:
        """Return the same promise counted on another calendar, or version of it."""
        amount = self.target.amount(calendar, self.start)
        return replace(
            self,
            calendar=calendar,
            amount=amount.open_time,
            lands_on_opening=amount.lands_on_opening,
        )


def promises_of(
    history: History, rules: Rules, front_unit: int | None = None
) -> tuple[Promise, ...]:
    """Return every promise the request is or was under, in order of their start.

    ``front_unit`` is the unit the request is for; it is the one promised to where an
    agreement starts its clocks at receipt. Rules: ARCHITECTURE.md, "Promises".
    """
    found: list[Promise] = []
    begun: dict[tuple[int, int], datetime] = {}
    for leg in history.legs:
        if leg.unit is None:
            continue
        for giver in dict.fromkeys((leg.from_unit, front_unit)):
            if giver is None or giver == leg.unit or (leg.unit, giver) in begun:
                continue
            terms = rules.choose(giver, leg.unit, leg.start)
            if terms is None:
                continue
            if giver != leg.from_unit and terms.starts is not ClockStart.RECEIPT:
                continue
            begun[leg.unit, giver] = leg.start
            for kind in _WORK:
                found += _work_promises(history, leg, giver, terms, kind, rules)
    # An answer is owed on every hand-back of a request the front unit ever sent, also
    # on one before its first hand-over: the back unit waits for it just the same.
    for leg in history.legs:
        found += _handed_back(history, leg, begun, rules)
    found += _questions(history, front_unit, rules)
    found.sort(key=lambda one: one.start)
    return tuple(found)


_WORK = (TargetKind.RESPONSE, TargetKind.UPDATE, TargetKind.RESOLUTION)
_SECOND = timedelta(seconds=1)


def _work_promises(
    history: History,
    leg: Leg,
    giver: int,
    first_terms: AgreementTerms,
    kind: TargetKind,
    rules: Rules,
) -> Iterator[Promise]:
    assert leg.unit is not None
    latest = _moved(history, leg.unit, giver, None, first_terms, rules)
    for run in runs_of(history, leg, kind, latest):
        terms = _moved(history, leg.unit, giver, run.stop, first_terms, rules)
        promise = _made(
            history, rules, kind, (leg.unit, giver), terms, run.start, run.stop, run
        )
        if promise is None:
            continue
        if run.is_superseded:
            assert run.stop is not None
            is_broken = promise.clock().breached_at(run.stop) is not None
            promise = replace(promise, is_void=not is_broken)
        yield promise


def _moved(
    history: History,
    unit: int,
    for_unit: int,
    stop: datetime | None,
    terms: AgreementTerms,
    rules: Rules,
) -> AgreementTerms:
    """Return the terms after what was moved on purpose before the clock stopped."""
    for move in history.moves:
        if (move.unit, move.for_unit) != (unit, for_unit):
            continue
        if stop is None or move.at < stop:
            terms = rules.version_of(move.version) or terms
    return terms


def _made(
    history: History,
    rules: Rules,
    kind: TargetKind,
    units: tuple[int, int],
    terms: AgreementTerms | None,
    start: datetime,
    stop: datetime | None,
    run: Run | None = None,
) -> Promise | None:
    """Return a promise, paused as its run was; None where nothing is promised."""
    if terms is None:
        return None
    target = terms.target(kind, priority_of(history, terms, start, stop))
    if target is None:
        return None
    calendar_id = terms.calendar if target.calendar is None else target.calendar
    calendar = _calendar(history, rules, calendar_id, start, stop)
    amount = target.amount(calendar, start)
    is_cancelled = history.state is RequestState.CANCELLED
    return Promise(
        kind=kind,
        unit=units[0],
        for_unit=units[1],
        terms=terms,
        target=target,
        calendar_id=calendar_id,
        calendar=calendar,
        amount=amount.open_time,
        start=start,
        stop=stop,
        pauses=pauses_of(history, units[0], run, terms, kind) if run else (),
        is_void=is_cancelled and (stop is None or stop == history.ended_at),
        lands_on_opening=amount.lands_on_opening,
    )


def _calendar(
    history: History,
    rules: Rules,
    calendar_id: int,
    start: datetime,
    stop: datetime | None,
) -> ServiceCalendar:
    """Return the version a clock is judged under: its own, or one it was given."""
    known = start
    if history.recorded_at is not None and history.recorded_at > start:
        known = history.recorded_at
    calendar = rules.calendar_of(calendar_id, known, stop)
    for refund in history.refunds:
        is_later = refund.version > calendar.spec.version
        is_in_time = stop is None or refund.at < stop
        if refund.calendar == calendar_id and is_later and is_in_time:
            calendar = calendar.version(refund.version)
    return calendar


def _handed_back(
    history: History,
    leg: Leg,
    begun: Mapping[tuple[int, int], datetime],
    rules: Rules,
) -> list[Promise]:
    """Return the answer promised on what ``leg`` brought back to the front unit."""
    if leg.unit is None or leg.from_unit is None:
        return []
    if (leg.from_unit, leg.unit) not in begun:
        return []
    stop = leg.end
    for stretch in history.stretches:
        if stretch.start < leg.start or (leg.end and stretch.start >= leg.end):
            continue
        if stretch.unit == leg.unit and (
            stretch.pending is not None or stretch.state in ENDED_STATES
        ):
            stop = stretch.start
            break
    terms = rules.choose(leg.unit, leg.from_unit, leg.start)
    units = (leg.unit, leg.from_unit)
    made = _made(history, rules, TargetKind.ANSWER, units, terms, leg.start, stop)
    return [made] if made else []


def _questions(
    history: History, front_unit: int | None, rules: Rules
) -> Iterator[Promise]:
    """Yield the answers promised on questions put to the front office."""
    for hold in history.holds:
        if hold.reason is not PendingReason.FRONT_OFFICE:
            continue
        if front_unit is None or hold.unit is None or hold.unit == front_unit:
            continue
        terms = rules.choose(front_unit, hold.unit, hold.start)
        units = (front_unit, hold.unit)
        made = _made(
            history, rules, TargetKind.ANSWER, units, terms, hold.start, hold.end
        )
        if made is not None:
            yield made


def view_of(promise: Promise, history: History) -> ClockView:
    """Return the promise's clock as stored and shown: read at the last event."""
    assert history.last_at is not None
    clock = promise.clock()
    warn_share = promise.warn_share
    reading = clock.reading(history.last_at, warn_share)
    is_running = promise.stop is None and clock.is_running(history.last_at)
    pending = history.pending if promise.stop is None and not is_running else None
    return ClockView(
        kind=promise.kind,
        unit=promise.unit,
        for_unit=promise.for_unit,
        calendar_id=promise.calendar_id,
        version_id=promise.terms.version_id,
        target_s=promise.target_s,
        warn_share=warn_share,
        used_s=int(reading.used.total_seconds()),
        started_at=promise.start,
        running_since=history.last_at if is_running else None,
        due_at=reading.due_at,
        at_risk_at=reading.at_risk_at,
        breached_at=reading.breached_at,
        stopped_at=promise.stop,
        state=reading.state,
        pending=pending,
        is_void=promise.is_void,
        calendar_version=promise.calendar.spec.version,
    )
