"""Many clocks at once against the vectorised limit: NumPy's own bisection, bare.

The same calendar and instants as the single clock's figures; the floor has no years to
look up, nothing to refuse and no pauses but where it says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import numpy as np

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.instants import to_microseconds
from desktop.store.bulk_clocks import NEVER, BulkCalendar, BulkClocks, Pauses

HOUR = 3_600_000_000
FIRST = to_microseconds(datetime(2022, 1, 1, tzinfo=UTC))
SPAN_S = 3 * 365 * 86_400
SHARE_OF_FLOOR = 1 / 3
GOALS_MS = {25_000: 50, 1_000_000: 2000}


def rows(calendar: ServiceCalendar) -> list[dict[str, Any]]:
    """Measure; rows as the other benchmarks give them."""
    starts, amounts = _samples(1_000_000)
    ends = starts + 4 * amounts
    bulk = BulkCalendar(calendar)
    bare = _Bare(calendar)
    pauses = _two_holds(starts)
    nobody = np.full(len(starts), NEVER, np.int64)
    clocks = BulkClocks(bulk, amounts, starts, nobody, pauses)
    return [
        _against(
            "bulk due",
            lambda: bulk.due(starts, amounts),
            lambda: bare.due(starts, amounts),
        ),
        _against(
            "bulk elapsed",
            lambda: bulk.elapsed(starts, ends),
            lambda: bare.elapsed(starts, ends),
        ),
        _against(
            "bulk elapsed with 2 holds",
            lambda: clocks.elapsed(ends),
            lambda: bare.elapsed_less(starts, ends),
        ),
        *(_retimed(calendar, count, goal) for count, goal in GOALS_MS.items()),
    ]


def _samples(count: int) -> tuple[Any, Any]:
    chance = np.random.default_rng(random.Random(3).randrange(1 << 32))
    starts = FIRST + chance.integers(0, SPAN_S, count) * 1_000_000
    return starts, chance.integers(1, 288_000, count) * 1_000_000


def _two_holds(starts: Any) -> Pauses:
    held = np.stack([starts + 3 * HOUR, starts + 30 * HOUR], 1).ravel()
    freed = np.stack([starts + 20 * HOUR, starts + 40 * HOUR], 1).ravel()
    return Pauses(held, freed, np.arange(len(starts) + 1) * 2)


class _Bare:
    """What NumPy does at best: sums laid out beforehand, two bisections."""

    def __init__(self, calendar: ServiceCalendar) -> None:
        last = to_microseconds(datetime(2030, 1, 1, tzinfo=UTC))
        spans = np.array(list(calendar.spans_us(FIRST, last)), np.int64)
        self.starts, self.ends = spans[:, 0].copy(), spans[:, 1].copy()
        self.sums = np.concatenate(([0], np.cumsum(self.ends - self.starts)))

    def used(self, at: Any) -> Any:
        index = np.maximum(np.searchsorted(self.starts, at, side="right") - 1, 0)
        inside = np.minimum(at, self.ends[index]) - self.starts[index]
        return self.sums[index] + np.maximum(inside, 0)

    def elapsed(self, starts: Any, ends: Any) -> Any:
        return self.used(ends) - self.used(starts)

    def due(self, starts: Any, amounts: Any) -> Any:
        wanted = self.used(starts) + amounts
        index = np.searchsorted(self.sums, wanted, side="left") - 1
        return self.starts[index] + wanted - self.sums[index]

    def elapsed_less(self, starts: Any, ends: Any) -> Any:
        used = self.elapsed(starts, ends)
        for first, last in ((3, 20), (30, 40)):
            held = np.minimum(starts + first * HOUR, ends)
            used -= self.elapsed(held, np.minimum(starts + last * HOUR, ends))
        return used


def _against(
    name: str, ours: Callable[[], object], floor: Callable[[], object]
) -> dict[str, Any]:
    """Measure a million a go, in turns with the floor; the best of three each."""
    best = [_seconds(floor), _seconds(ours)]
    for _ in range(2):
        best = [min(best[0], _seconds(floor)), min(best[1], _seconds(ours))]
    share = best[0] / best[1]
    return {
        "name": name,
        "value": round(1_000_000 / best[1]),
        "unit": "per second",
        "floor": round(1_000_000 / best[0]),
        "ratio": round(share, 2),
        "goal": ">= 0.33x",
        "met": share >= SHARE_OF_FLOOR,
    }


def _retimed(calendar: ServiceCalendar, count: int, goal: int) -> dict[str, Any]:
    """Re-time as after an edit: the calendar's arrays are made anew each time."""
    starts, amounts = _samples(count)
    pauses = _two_holds(starts)
    ends = starts + 4 * amounts
    nobody = np.full(count, NEVER, np.int64)

    def retime() -> object:
        return BulkClocks(BulkCalendar(calendar), amounts, starts, nobody, pauses).due(
            ends
        )

    best = round(min(_seconds(retime) for _ in range(3)) * 1000, 1)
    return {
        "name": f"bulk: re-time {count:,} with 2 holds",
        "value": best,
        "unit": "ms",
        "goal": f"<= {goal}",
        "met": best <= goal,
    }


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
