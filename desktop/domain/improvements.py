"""What an improvement is measured by, its periods, and what two figures prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.agenda_sections import Form
from desktop.domain.scorecards import DURATION_CHANGE
from desktop.domain.statistics import (
    CLEAR_Z,
    ENOUGH_EACH,
    share_of,
    two_counts,
    two_proportions,
)
from desktop.domain.tallies import Tally

USUAL_DAYS: Final = 28
LONGEST_DAYS: Final = 366


class ImprovementState(StrEnum):
    """How far an improvement has come."""

    PLANNED = "planned"
    RUNNING = "running"
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    DROPPED = "dropped"


ENDED: Final = frozenset(
    {ImprovementState.PROVEN, ImprovementState.NOT_PROVEN, ImprovementState.DROPPED}
)


class ImprovementStep(StrEnum):
    """What the journal says of an improvement."""

    PLANNED = "improvement_planned"
    CHANGED = "improvement_changed"
    PROVEN = "improvement_proven"
    NOT_PROVEN = "improvement_not_proven"
    DROPPED = "improvement_dropped"


PROOF_DUE: Final = "improvement_due"
"""What its owner is told when the proof can be read."""


class Measure(StrEnum):
    """Of what a figure is taken, in one period between a front and a back unit."""

    KEPT = "kept"
    TURNAROUND_P50 = "turnaround_p50"
    TURNAROUND_P90 = "turnaround_p90"
    RETURNS = "returns"
    REOPENED = "reopened"
    FIRST_TIME_RIGHT = "first_time_right"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value in a period, and of how many it was taken.

    Shares are 0..1, durations seconds, counts whole; ``None``: there was nothing, or
    the percentile is not reached while so many are open.
    """

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a measure is read: its form, which way is better, how it is taken."""

    form: Form
    is_lower_better: bool
    take: Callable[[Tally], Figure]


def _kept(tally: Tally) -> Figure:
    return Figure(tally.share_kept, tally.judged)


def _turnaround(share: float) -> Callable[[Tally], Figure]:
    return lambda tally: Figure(tally.turnaround.quantile(share), tally.turnaround.n)


def _returns(tally: Tally) -> Figure:
    came_back = sum(one.times_back > 0 for one in tally.sent)
    return Figure(share_of(came_back, len(tally.sent)), len(tally.sent))


def _reopened(tally: Tally) -> Figure:
    ended = {one.case.request_id for one in (*tally.resolved, *tally.reopened)}
    return Figure(share_of(len(tally.reopened), len(ended)), len(ended))


def _first_time_right(tally: Tally) -> Figure:
    sent = len(tally.sent)
    return Figure(share_of(tally.first_time_right, sent), sent)


def _sent(tally: Tally) -> Figure:
    return Figure(float(len(tally.sent)), len(tally.sent))


READINGS: Final[dict[Measure, Reading]] = {
    Measure.KEPT: Reading("share", False, _kept),
    Measure.TURNAROUND_P50: Reading("seconds", True, _turnaround(0.5)),
    Measure.TURNAROUND_P90: Reading("seconds", True, _turnaround(0.9)),
    Measure.RETURNS: Reading("share", True, _returns),
    Measure.REOPENED: Reading("share", True, _reopened),
    Measure.FIRST_TIME_RIGHT: Reading("share", False, _first_time_right),
    Measure.SENT: Reading("count", True, _sent),
}
"""In the order they are offered.

Kept promises of those judged; working time from first sent until resolved, what is
still open counting as at least so long; handed back at least once, or neither handed
back nor asked about, of those sent; taken up again of those that had ended; first sent.
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a period, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


def proof_span(baseline: Span, starts_on: date) -> Span:
    """Return the period the proof is taken from: as long as the baseline."""
    return Span(starts_on, starts_on + timedelta(days=baseline.days - 1))


def usual_baseline(starts_on: date, days: int = USUAL_DAYS) -> Span:
    """Return the period right before an improvement starts."""
    return Span(starts_on - timedelta(days=days), starts_on - timedelta(days=1))


class ProofCode(StrEnum):
    """What two figures say of an improvement."""

    BETTER = "better"
    BETTER_NOT_ENOUGH = "better_not_enough"
    NO_CLEAR_CHANGE = "no_clear_change"
    WORSE = "worse"
    TOO_FEW = "too_few"


def proof_of(
    measure: Measure, before: Figure, after: Figure, target: float | None
) -> ProofCode:
    """Read a figure against the one before: is it more than chance, and enough?

    Shares and counts by the usual tests at 5 %, durations where they changed by more
    than a quarter; with fewer than ten on a side nothing is said. ``target`` (in the
    measure's form) has to be reached, too, where one was set.
    """
    change = _change(measure, before, after)
    if change is None:
        return ProofCode.TOO_FEW
    is_lower_better = READINGS[measure].is_lower_better
    if change == 0:
        return ProofCode.NO_CLEAR_CHANGE
    if (change < 0) is not is_lower_better:
        return ProofCode.WORSE
    assert after.value is not None
    if target is None:
        return ProofCode.BETTER
    is_reached = after.value <= target if is_lower_better else after.value >= target
    return ProofCode.BETTER if is_reached else ProofCode.BETTER_NOT_ENOUGH


def _change(measure: Measure, before: Figure, after: Figure) -> int | None:
    """Return whether it clearly rose (1), fell (-1) or neither; None: too few."""
    if before.value is None or after.value is None:
        return None
    form = READINGS[measure].form
    if form == "seconds":
        if min(before.n, after.n) < ENOUGH_EACH:
            return None
        if after.value > before.value * (1 + DURATION_CHANGE):
            return 1
        return -1 if after.value < before.value * (1 - DURATION_CHANGE) else 0
    if form == "count":
        z = two_counts(before.n, after.n)
    else:
        cases = [round((one.value or 0.0) * one.n) for one in (before, after)]
        z = two_proportions(cases, (before.n, after.n))
    if z is None:
        return None
    return 0 if abs(z) <= CLEAR_Z else 1 if z > 0 else -1
