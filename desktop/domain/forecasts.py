"""What is likely: when 5 and 8 of 10 comparable requests are done.

Requests are compared in rings, the most alike first and the whole house last. The newer
a request, the more it weighs; one still open counts as "at least this long"
(Kaplan-Meier); each ring borrows the weight of a few cases from the next wider one,
which steadies small rings; and past the longest that was watched, requests go on being
done at the rate of until then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf, log
from operator import itemgetter
from typing import Final, NamedTuple

FEWEST: Final = 20
"""Nothing is called likely from fewer comparable requests than this."""

HALF_LIFE: Final = timedelta(days=5)
"""After so long a request weighs half: chosen on a log (tests.benchmarks.forecast)."""

STEADY: Final = 30
"""The weights together must be worth so many equal ones, else older ones count more."""

STEADY_DAYS: Final = 10
"""And so many equal days, or half of those there are: fifty requests that came and
went together on one day tell of that day only. Chosen on the same log."""

LONGEST_HALF_LIFE: Final = timedelta(days=160)
LENT: Final = 20
"""How many cases a wider ring lends to a narrower one."""

FULL: Final = 300
"""A ring with so many of its own borrows none: it would hardly turn on them."""

LOOK_BACK: Final = timedelta(days=180)
"""No request raised longer ago than this is compared."""

NEAR: Final = timedelta(days=60)
"""Far enough back for a ring with more than ``MOST`` in it: the rest weighs nothing."""

MOST: Final = 500
"""About so many requests of one ring are read."""

REACH: Final = 10.0
"""Nothing is said past so many times the longest that was watched."""

HALF: Final = 0.5
EIGHT_OF_TEN: Final = 0.8
_TOLERANCE: Final = 1e-9
_DAY_S: Final = 86_400

Weighed = tuple[float, float, float]
"""Seconds, weight of what was done then, weight of what was still open then."""


class PastCase(NamedTuple):
    """One request as known now: how long ago it was raised, and how long it took.

    Both in seconds; ``spent_s`` is working time until it was done or, while
    ``is_done`` is false, until now.
    """

    age_s: float
    spent_s: float
    is_done: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """After each of the rising ``values``, the share (falling) that takes longer.

    ``watched`` is the longest of all, done or not.
    """

    values: tuple[float, ...]
    surviving: tuple[float, ...]
    watched: float = 0.0

    def quantile(self, share: float) -> float | None:
        """Return the first value by which ``share`` are done.

        Where fewer were ever done, the mean rate of until then goes on (exponential
        completion); ``None`` if none were, or if that leads beyond ``REACH``.
        """
        wanted = 1 - share + _TOLERANCE
        at = bisect_left(self.surviving, -wanted, key=lambda one: -one)
        if at < len(self.values):
            return self.values[at]
        left = self.surviving[-1] if self.surviving else 1.0
        if left >= 1:
            return None
        times = log(1 - share) / log(left)
        return self.watched * times if times <= REACH else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When such requests are done, in working seconds from their raising.

    ``ring`` is the place of the narrowest ring with enough in it, ``n`` how many are
    in it and ``unfinished`` how many of those are open. ``half_s`` and ``eight_s``
    are ``None`` where too few were ever done; ``watched_s`` is how long any was seen:
    a share that is done later still is reckoned, not seen.
    """

    ring: int
    n: int
    unfinished: int
    half_s: float | None
    eight_s: float | None
    watched_s: float

    @property
    def is_reckoned(self) -> bool:
        """Tell whether "8 of 10" lies further out than any was watched."""
        return self.eight_s is not None and self.eight_s > self.watched_s


def forecast(rings: Sequence[Sequence[PastCase]]) -> Forecast | None:
    """Return what ``rings``, the most alike first, make likely.

    A wider ring holds the narrower ones' cases, too. ``None`` when even the last has
    not ``FEWEST``.
    """
    place = enough(rings)
    if place is None:
        return None
    curve: Curve | None = None
    for ring in reversed(rings):
        curve = narrowed(curve, ring)
    assert curve is not None
    return read_off(curve, place, rings[place])


def enough(rings: Iterable[Sequence[PastCase]]) -> int | None:
    """Return the place of the first ring with ``FEWEST`` in it, ``None`` without."""
    return next((at for at, ring in enumerate(rings) if len(ring) >= FEWEST), None)


def narrowed(
    wider: Curve | None,
    ring: Sequence[PastCase],
    *,
    half_life: timedelta = HALF_LIFE,
    days: int = STEADY_DAYS,
) -> Curve | None:
    """Return the curve of ``ring`` with what ``wider`` lends it; ``wider`` if empty.

    A full ring borrows nothing, so nothing wider than the first full one matters.
    """
    if not ring:
        return wider
    if is_full(ring):
        wider = None
    return curve_of([*_weighed(ring, half_life, days), *_lent(wider)])


def is_full(ring: Sequence[PastCase]) -> bool:
    """Tell whether a ring needs no wider one."""
    return len(ring) >= FULL


def read_off(curve: Curve, place: int, ring: Sequence[PastCase]) -> Forecast:
    """Return what a curve says of requests like those of ``ring``."""
    return Forecast(
        place,
        len(ring),
        sum(not one.is_done for one in ring),
        curve.quantile(HALF),
        curve.quantile(EIGHT_OF_TEN),
        curve.watched,
    )


def every(near: int) -> int:
    """Return which n-th request of a ring to read when ``near`` of it are near."""
    return max(1, -(-near // MOST))


def curve_of(weighed: Iterable[Weighed]) -> Curve:
    """Return the weighted Kaplan-Meier estimate.

    Of equal values what was done comes first. Weights are summed from the longest
    down, so that a small one is not lost among large ones.
    """
    ordered = sorted(weighed, key=itemgetter(0), reverse=True)
    ordered.append((-inf, 0.0, 0.0))
    steps: list[tuple[float, float, float]] = []
    current, done, at_risk = inf, 0.0, 0.0
    for value, finished, unfinished in ordered:
        if value != current:
            if done:
                steps.append((current, done, at_risk))
            current, done = value, 0.0
        done += finished
        at_risk += finished + unfinished
    values, surviving = [], []
    left = 1.0
    for value, done, at_risk in reversed(steps):
        left *= max(0.0, 1 - done / at_risk)
        values.append(value)
        surviving.append(left)
    return Curve(tuple(values), tuple(surviving), max(0.0, ordered[0][0]))


def _weighed(
    ring: Sequence[PastCase], half_life: timedelta, days: int
) -> list[Weighed]:
    """Weigh each case by its age in days; all together as many as they are worth.

    Where too few, or too few days, are recent the half-life is doubled until older
    ones steady it.
    """
    ages = [int(one.age_s // _DAY_S) for one in ring]
    counts = Counter(ages)
    half, longest = half_life / timedelta(days=1), LONGEST_HALF_LIFE.days
    wanted_days = min(days, len(counts) / 2)
    while True:
        weights = {age: 0.5 ** (age / half) for age in counts}
        worth = _worth((weights[age], count) for age, count in counts.items())
        worth_days = _worth((weights[age] * counts[age], 1) for age in counts)
        if half >= longest or (worth >= STEADY and worth_days >= wanted_days):
            break
        half *= 2
    total = sum(weights[age] * count for age, count in counts.items())
    scale = worth / total
    return [
        (one.spent_s, weights[age] * scale, 0.0)
        if one.is_done
        else (one.spent_s, 0.0, weights[age] * scale)
        for one, age in zip(ring, ages, strict=True)
    ]


def _worth(weighed: Iterable[tuple[float, int]]) -> float:
    """Return how many equal ones tell as much as so many of these weights do (Kish)."""
    total = squares = 0.0
    for weight, count in weighed:
        total += weight * count
        squares += weight * weight * count
    # All so old that their weights vanish are worth none until they are let in.
    return total * total / squares if squares else 0.0


def _lent(wider: Curve | None) -> list[Weighed]:
    """Return ``LENT`` cases that are done as the wider ring's curve says."""
    if wider is None:
        return []
    lent, before = [], 1.0
    for value, after in zip(wider.values, wider.surviving, strict=True):
        lent.append((value, LENT * (before - after), 0.0))
        before = after
    lent.append((wider.watched, 0.0, LENT * before))
    return lent
