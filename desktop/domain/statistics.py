"""Figures that tell the truth about few, unfinished and compared observations.

Percentiles, the Kaplan-Meier curve (what is still running counts as "at least this
long") and the test that decides whether two shares differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CLEAR_Z: Final = 1.96
"""The two-sided 5 % point of the normal distribution."""

ENOUGH_EACH: Final = 10
"""Fewer observations than this on either side are too few to compare."""

ENOUGH_TOGETHER: Final = 10
"""Fewer cases (or non-cases) than this on both sides together are too few, too."""

_TOLERANCE: Final = 1e-9


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the value below which ``share`` (0..1) of ``values`` lie.

    Interpolates linearly between neighbours; ``None`` without values. Raises
    ``ValueError`` for a share outside 0..1.
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    ordered = sorted(values)
    if not ordered:
        return None
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    weight = position - below
    return ordered[below] * (1 - weight) + ordered[above] * weight


def median(values: Iterable[float]) -> float | None:
    """Return the middle value, ``None`` without values."""
    return percentile(values, 0.5)


def share_of(part: int, whole: int) -> float | None:
    """Return ``part`` of ``whole`` as 0..1, ``None`` where there is no whole."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Observation:
    """How long something took, or, while unfinished, has taken so far."""

    value: float
    is_finished: bool


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """The Kaplan-Meier estimate: after each value, the share that takes longer."""

    steps: tuple[tuple[float, float], ...]
    n: int
    longest_unfinished: float | None

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> SurvivalCurve:
        """Estimate the curve; of equal values the finished ones fall first."""
        ordered = sorted(observations, key=lambda one: one.value)
        steps: list[tuple[float, float]] = []
        surviving = 1.0
        at_risk = len(ordered)
        index = 0
        while index < len(ordered):
            value = ordered[index].value
            finished = unfinished = 0
            while index < len(ordered) and ordered[index].value == value:
                if ordered[index].is_finished:
                    finished += 1
                else:
                    unfinished += 1
                index += 1
            if finished:
                surviving *= 1 - finished / at_risk
                steps.append((value, surviving))
            at_risk -= finished + unfinished
        return cls(
            tuple(steps),
            len(ordered),
            max((one.value for one in ordered if not one.is_finished), default=None),
        )

    def quantile(self, share: float) -> float | None:
        """Return the first value by which ``share`` are done, ``None`` if never."""
        for value, surviving in self.steps:
            if surviving <= 1 - share + _TOLERANCE:
                return value
        return None


def two_proportions(cases: Sequence[int], totals: Sequence[int]) -> float | None:
    """Return z of the pooled test that two shares differ, second minus first.

    ``None`` where there are too few to say: fewer than ``ENOUGH_EACH`` on a side, or
    fewer than ``ENOUGH_TOGETHER`` cases or non-cases on both together.
    """
    (first, second), (first_total, second_total) = cases, totals
    together, all_total = first + second, first_total + second_total
    if min(first_total, second_total) < ENOUGH_EACH:
        return None
    if min(together, all_total - together) < ENOUGH_TOGETHER:
        # All or none on both sides is not "too few": they are plainly equal.
        if together in (0, all_total):
            return 0.0
        return None
    pooled = together / all_total
    error = math.sqrt(pooled * (1 - pooled) * (1 / first_total + 1 / second_total))
    return (second / second_total - first / first_total) / error


def two_counts(first: int, second: int) -> float | None:
    """Return z of the test that two counts of equally long spans differ.

    ``None`` where there are fewer than ``ENOUGH_TOGETHER`` on both together.
    """
    together = first + second
    if together < ENOUGH_TOGETHER:
        return None
    return (second - first) / math.sqrt(together)
