"""The promises a request is under: one clock each, from its history and agreements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.agreements import AgreementTerms, ClockStart, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockReading, ClockState, Pause, ServiceClock
from desktop.domain.history import History, Leg
from desktop.domain.requests import ENDED_STATES, PendingReason, RequestState

Choose = Callable[[int, int, datetime], AgreementTerms | None]
"""Finds the terms for (front unit, back unit, instant); None where nothing applies."""


class PauseCause(StrEnum):
    """Why a promise's clock did not run: the label of its pauses."""

    ELSEWHERE = "elsewhere"
    WAITING = "waiting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PauseLabel:
    """Says of a pause why it was one, and who had the request meanwhile."""

    cause: PauseCause
    unit: int | None
    reason: PendingReason | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one unit to another about one request.

    ``unit`` keeps it, ``for_unit`` was given it. ``start`` is when its clock began,
    ``stop`` when the promised thing was done (``None``: not yet), ``pauses`` when it
    did not run in between. ``is_void``: the request was cancelled, so there is no
    verdict.
    """

    kind: TargetKind
    unit: int
    for_unit: int
    terms: AgreementTerms
    target_s: int
    start: datetime
    pauses: tuple[Pause, ...] = ()
    stop: datetime | None = None
    is_void: bool = False

    def clock(self, calendar: ServiceCalendar) -> ServiceClock:
        """Return the clock of this promise on its agreement's calendar."""
        return ServiceClock(
            calendar,
            timedelta(seconds=self.target_s),
            self.start,
            self.pauses,
            self.stop,
        )

    def with_target(self, target_s: int) -> Promise:
        """Return the same promise had its target been ``target_s`` seconds."""
        return replace(self, target_s=target_s)


@dataclass(frozen=True, slots=True)
class ClockView:
    """A promise's clock as a screen carries it: enough to tell any later reading.

    ``used_s`` is the open time used up to ``running_since`` (to the last event when
    it is not running). ``due_at`` is ``None`` while paused.
    """

    kind: TargetKind
    unit: int
    for_unit: int
    calendar_id: int
    version_id: int
    target_s: int
    warn_share: float
    used_s: int
    started_at: datetime
    running_since: datetime | None
    due_at: datetime | None
    at_risk_at: datetime | None
    breached_at: datetime | None
    stopped_at: datetime | None
    state: ClockState
    pending: PendingReason | None = None
    is_void: bool = False

    def reading(self, calendar: ServiceCalendar, now: datetime) -> ClockReading:
        """Return what the clock shows at ``now``, if nothing happened since."""
        used = timedelta(seconds=self.used_s)
        if self.running_since is not None and now > self.running_since:
            used += calendar.elapsed(self.running_since, now)
        target = timedelta(seconds=self.target_s)
        state, breached_at = self.state, self.breached_at
        if state is ClockState.RUNNING and used > target:
            state, breached_at = ClockState.BREACHED, self.due_at
        return ClockReading(
            state=state,
            used=used,
            left=max(target - used, timedelta()),
            late=max(used - target, timedelta()),
            due_at=self.due_at,
            at_risk_at=self.at_risk_at,
            breached_at=breached_at,
            is_at_risk=state in (ClockState.RUNNING, ClockState.PAUSED)
            and used >= target * self.warn_share,
        )


def promises_of(
    history: History, choose: Choose, front_unit: int | None = None
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
            terms = choose(giver, leg.unit, leg.start)
            if terms is None:
                continue
            if giver != leg.from_unit and terms.starts is not ClockStart.RECEIPT:
                continue
            begun[leg.unit, giver] = leg.start
            found += _work_promises(history, leg, giver, terms)
    # An answer is owed on every hand-back of a request the front unit ever sent, also
    # on one before its first hand-over: the back unit waits for it just the same.
    for leg in history.legs:
        found += _handed_back(history, leg, begun, choose)
    found += _questions(history, front_unit, choose)
    found.sort(key=lambda one: one.start)
    return tuple(found)


def _work_promises(
    history: History, leg: Leg, giver: int, terms: AgreementTerms
) -> list[Promise]:
    assert leg.unit is not None
    made = []
    is_void = history.state is RequestState.CANCELLED
    for kind in (TargetKind.RESPONSE, TargetKind.RESOLUTION):
        target_s = terms.target_s(kind, history.priority)
        if target_s is None:
            continue
        stop = history.ended_at
        if kind is TargetKind.RESPONSE:
            stop = leg.acted_at or stop
        made.append(
            Promise(
                kind,
                leg.unit,
                giver,
                terms,
                target_s,
                leg.start,
                _pauses(history, leg.unit, leg.start, stop, terms, kind),
                stop,
                is_void and (stop is None or stop == history.ended_at),
            )
        )
    return made


def _pauses(
    history: History,
    unit: int,
    start: datetime,
    stop: datetime | None,
    terms: AgreementTerms,
    kind: TargetKind,
) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    for stretch in history.stretches:
        if stretch.end is not None and stretch.end <= start:
            continue
        if stop is not None and stretch.start >= stop:
            break
        label = None
        if stretch.state in ENDED_STATES:
            label = PauseLabel(PauseCause.ENDED, stretch.unit)
        elif stretch.unit != unit:
            label = PauseLabel(PauseCause.ELSEWHERE, stretch.unit, stretch.pending)
        elif stretch.pending and terms.is_held_by(kind, stretch.pending):
            label = PauseLabel(PauseCause.WAITING, stretch.unit, stretch.pending)
        if label is None:
            continue
        last = pauses[-1] if pauses else None
        if last and last.label == label and last.end == stretch.start:
            pauses[-1] = Pause(last.start, stretch.end, label)
        else:
            pauses.append(Pause(max(stretch.start, start), stretch.end, label))
    return tuple(pauses)


def _handed_back(
    history: History,
    leg: Leg,
    begun: dict[tuple[int, int], datetime],
    choose: Choose,
) -> list[Promise]:
    """Return the answer promised on what ``leg`` brought back to the front unit."""
    if leg.unit is None or leg.from_unit is None:
        return []
    if (leg.from_unit, leg.unit) not in begun:
        return []
    terms = choose(leg.unit, leg.from_unit, leg.start)
    target_s = _answer_target_s(terms, history)
    if terms is None or target_s is None:
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
    return [
        Promise(
            TargetKind.ANSWER,
            leg.unit,
            leg.from_unit,
            terms,
            target_s,
            leg.start,
            (),
            stop,
            history.state is RequestState.CANCELLED and stop == history.ended_at,
        )
    ]


def _answer_target_s(terms: AgreementTerms | None, history: History) -> int | None:
    if terms is None:
        return None
    return terms.target_s(TargetKind.ANSWER, history.priority)


def _questions(
    history: History, front_unit: int | None, choose: Choose
) -> Sequence[Promise]:
    """Return the answers promised on questions put to the front office."""
    made = []
    for hold in history.holds:
        if hold.reason is not PendingReason.FRONT_OFFICE:
            continue
        if front_unit is None or hold.unit in (None, front_unit):
            continue
        assert hold.unit is not None
        terms = choose(front_unit, hold.unit, hold.start)
        target_s = _answer_target_s(terms, history)
        if terms is not None and target_s is not None:
            made.append(
                Promise(
                    TargetKind.ANSWER,
                    front_unit,
                    hold.unit,
                    terms,
                    target_s,
                    hold.start,
                    (),
                    hold.end,
                    history.state is RequestState.CANCELLED
                    and hold.end == history.ended_at,
                )
            )
    return made


def view_of(promise: Promise, calendar: ServiceCalendar, history: History) -> ClockView:
    """Return the promise's clock as stored and shown: read at the last event."""
    assert history.last_at is not None
    clock = promise.clock(calendar)
    reading = clock.reading(history.last_at, promise.terms.warn_share)
    is_running = promise.stop is None and clock.is_running(history.last_at)
    pending = history.pending if promise.stop is None and not is_running else None
    return ClockView(
        kind=promise.kind,
        unit=promise.unit,
        for_unit=promise.for_unit,
        calendar_id=promise.terms.calendar,
        version_id=promise.terms.version_id,
        target_s=promise.target_s,
        warn_share=promise.terms.warn_share,
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
    )
