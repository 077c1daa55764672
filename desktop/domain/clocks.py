"""The service clock: how much of a promise is used, what is left, and when it ends.

A clock counts the open time of its calendar from its start, less its pauses, until it
stops. It is read "as at" an instant: what began after that instant is not yet known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.instants import (
    LAST_INSTANT,
    from_microseconds,
    microseconds_of,
    to_microseconds,
)
from desktop.domain.open_time import Range, merged
from desktop.domain.proofs import ProofKind, ProofLine, proof_of

__all__ = [
    "AnyPause",
    "ClockReading",
    "ClockState",
    "Pause",
    "ProofKind",
    "ProofLine",
    "ServiceClock",
]

WARN_SHARE = 0.75
"""The share of a target after which it is at risk, where nothing else is agreed."""


class Pause(NamedTuple):
    """A stretch in which a clock is held; without an end it still is."""

    start: datetime
    end: datetime | None = None
    label: object = None


AnyPause = Pause | tuple[datetime, datetime | None]


class ClockState(StrEnum):
    """What a clock says about its promise."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a clock shows at one instant.

    `due_at` is None while the clock is held within its target. Of a stopped clock it
    is the instant it was due, or would have been. A held clock still has time `left`.
    """

    state: ClockState
    used: timedelta
    left: timedelta
    late: timedelta
    due_at: datetime | None
    at_risk_at: datetime | None
    breached_at: datetime | None
    is_at_risk: bool = False


class ServiceClock:
    """A target counted on a calendar from a start, less pauses, until a stop.

    Pauses may overlap, touch, come in any order and reach before the start; they are
    counted once. `lands_on_opening`: used up exactly at a closing time it is due at
    the opening after it (a date rule). Refuses (Invalid) a negative target.
    """

    __slots__ = (
        "_held",
        "_lands_on_opening",
        "_start",
        "_stop",
        "_target",
        "calendar",
        "pauses",
    )

    def __init__(
        self,
        calendar: ServiceCalendar,
        target: timedelta,
        start: datetime,
        pauses: Sequence[AnyPause] = (),
        stop: datetime | None = None,
        *,
        lands_on_opening: bool = False,
    ) -> None:
        self.calendar = calendar
        self._lands_on_opening = lands_on_opening
        self.pauses = tuple(Pause(*pause) for pause in pauses)
        self._target = microseconds_of(target)
        if self._target < 0:
            raise Invalid("target", "negative")
        self._start = to_microseconds(start)
        self._stop = None if stop is None else to_microseconds(stop)
        self._held = _holds(self.pauses) if pauses else []

    @property
    def target(self) -> timedelta:
        """Give the open time promised."""
        return timedelta(microseconds=self._target)

    @property
    def start(self) -> datetime:
        """Give the instant the clock began."""
        return from_microseconds(self._start)

    @property
    def stop(self) -> datetime | None:
        """Give the instant the promised thing was done, if it was."""
        return None if self._stop is None else from_microseconds(self._stop)

    def elapsed(self, at: datetime) -> timedelta:
        """Count the open time used as at an instant."""
        return timedelta(0, 0, self.elapsed_us(to_microseconds(at)))

    def elapsed_us(self, at: int) -> int:
        """Count the open microseconds used as at an instant in microseconds."""
        if self._stop is not None and self._stop < at:
            at = self._stop
        if at <= self._start:
            return 0
        count = self.calendar.elapsed_us
        if not self._held:
            return count(self._start, at)
        used = 0
        position = self._start
        for held_from, held_until in self._held:
            if held_from >= at:
                break
            if held_from > position:
                used += count(position, held_from)
            if held_until > position:
                position = held_until
        return used + count(position, at)

    def is_held(self, at: datetime) -> bool:
        """Say whether a pause covers an instant of a clock that has not stopped."""
        return self._is_held(to_microseconds(at))

    def is_running(self, at: datetime) -> bool:
        """Say whether the clock has begun, is not held and has not stopped.

        It then counts whenever its calendar is open, before its target and after.
        """
        moment = to_microseconds(at)
        if moment < self._start or self._is_stopped(moment):
            return False
        return not self._is_held(moment)

    def due_at(self, at: datetime) -> datetime | None:
        """Give the instant the target is, was or would have been used up.

        Running: supposing no further pause. Held within the target: None. Stopped:
        as if it had gone on from there. None too where the calendar closes for good
        before.
        """
        moment = to_microseconds(at)
        return self._used_up_at(self._target, moment, self._stretches(moment))

    def breached_at(self, at: datetime) -> datetime | None:
        """Give the instant the target ran out, once more than it has been used.

        A target used up exactly is kept: it breaks at the first open moment after,
        and then broke at the instant it was due.
        """
        moment = to_microseconds(at)
        stretches = self._stretches(moment)
        if sum(stretch[2] for stretch in stretches) <= self._target:
            return None
        return self._used_up_at(self._target, moment, stretches)

    def reading(self, at: datetime, warn_share: float = WARN_SHARE) -> ClockReading:
        """Read the clock; at risk once `warn_share` (0..1) of the target is used."""
        moment = to_microseconds(at)
        stretches = self._stretches(moment)
        used = sum(stretch[2] for stretch in stretches)
        warned = round(self._target * warn_share)
        is_over = used > self._target
        state = self._state(moment, is_over)
        due_at = self._used_up_at(self._target, moment, stretches)
        return ClockReading(
            state=state,
            used=timedelta(0, 0, used),
            left=timedelta(0, 0, max(self._target - used, 0)),
            late=timedelta(0, 0, max(used - self._target, 0)),
            due_at=due_at,
            at_risk_at=self._used_up_at(warned, moment, stretches),
            breached_at=due_at if is_over else None,
            is_at_risk=state in (ClockState.RUNNING, ClockState.PAUSED)
            and used >= warned,
        )

    def explain(self, at: datetime, until_due: bool = True) -> tuple[ProofLine, ...]:
        """Prove the clock as at an instant, line by line; see `proofs.proof_of`."""
        return proof_of(self, at, until_due)

    def running_us(self, at: int) -> Iterable[Range]:
        """Yield the stretches the clock was not held in, as at an instant."""
        end = at if self._stop is None else min(at, self._stop)
        position = self._start
        for held_from, held_until in self._held:
            if held_from >= end:
                break
            if held_from > position:
                yield position, held_from
            position = max(position, held_until)
        if position < end:
            yield position, end

    def _state(self, moment: int, is_over: bool) -> ClockState:
        if is_over:
            return ClockState.BREACHED
        if self._is_stopped(moment):
            return ClockState.MET
        return ClockState.PAUSED if self._is_held(moment) else ClockState.RUNNING

    def _is_stopped(self, moment: int) -> bool:
        return self._stop is not None and self._stop <= moment

    def _is_held(self, moment: int) -> bool:
        if self._is_stopped(moment):
            return False
        return any(start <= moment < end for start, end in self._held)

    def _stretches(self, moment: int) -> list[tuple[int, int, int]]:
        """List the stretches not held, each with the open time in it."""
        count = self.calendar.elapsed_us
        return [
            (start, end, count(start, end)) for start, end in self.running_us(moment)
        ]

    def _used_up_at(
        self, amount: int, moment: int, stretches: Iterable[tuple[int, int, int]]
    ) -> datetime | None:
        """Give the instant `amount` is used up as at `moment`; see `due_at`."""
        left = amount
        for start, _, open_time in stretches:
            if left <= open_time and open_time:
                return self._reached(start, left, amount)
            left -= open_time
        if self._is_held(moment) and moment >= self._start:
            return None
        if self._is_stopped(moment):
            assert self._stop is not None
            moment = self._stop
        return self._reached(max(moment, self._start), left, amount)

    def _reached(self, start: int, left: int, amount: int) -> datetime | None:
        try:
            due = self.calendar.due_us(start, left)
            if self._lands_on_opening and amount == self._target:
                due = self.calendar.next_open_us(due)
        except Invalid as refused:
            if refused.code != "beyond_calendar":
                raise
            return None
        return from_microseconds(due)


def _holds(pauses: Iterable[Pause]) -> list[Range]:
    """Merge pauses into disjoint ranges; empty and reversed ones vanish."""
    ranges = []
    for pause in pauses:
        start = to_microseconds(pause.start)
        end = LAST_INSTANT if pause.end is None else to_microseconds(pause.end)
        ranges.append((start, end))
    return merged(ranges)
