"""Measure what is done beside its floor, and say whether a goal is met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

Row = dict[str, Any]
Work = Callable[[], object]

TIMES = 40
WARM = 3


@dataclass(frozen=True, slots=True)
class Goal:
    """What performance.md promises: at most so much of the floor, so many ms."""

    ratio: float | None = None
    ms: float | None = None

    def words(self) -> str:
        """Say it as a table does."""
        parts = []
        if self.ratio is not None:
            parts.append(f"<= {self.ratio:g}x")
        if self.ms is not None:
            parts.append(f"<= {self.ms:g} ms")
        return ", ".join(parts)


def latency(
    name: str,
    work: Work,
    floor: Work | None = None,
    goal: Goal | None = None,
    times: int = TIMES,
) -> Row:
    """Measure how long one go takes, in turns with its floor (milliseconds).

    The ratio is of the medians; the goal in milliseconds is for 95 of 100 goes.
    """
    for _ in range(WARM):
        work()
        if floor is not None:
            floor()
    ours: list[float] = []
    floors: list[float] = []
    for _ in range(times):
        ours.append(_ms(work))
        if floor is not None:
            floors.append(_ms(floor))
    ours.sort()
    p95 = ours[min(len(ours) - 1, int(len(ours) * 0.95))]
    row: Row = {"name": name, "value": round(median(ours), 2), "unit": "ms"}
    row["p95"] = round(p95, 2)
    if floors:
        row["floor"] = round(median(floors), 3)
        row["ratio"] = round(median(ours) / median(floors), 2)
    return judged(row, goal)


def judged(row: Row, goal: Goal | None) -> Row:
    """Write the goal beside a figure and whether it is met."""
    if goal is None:
        return row
    is_met = goal.ratio is None or row["ratio"] <= goal.ratio
    is_met = is_met and (goal.ms is None or row.get("p95", row["value"]) <= goal.ms)
    return {**row, "goal": goal.words(), "met": is_met}


def rate(
    name: str,
    value: float,
    floor: float | None = None,
    *,
    at_least: float | None = None,
    share: float | None = None,
) -> Row:
    """Give a row for so many a second; ``share`` is the least part of the floor."""
    row: Row = {"name": name, "value": round(value), "unit": "per second"}
    if floor is not None:
        row |= {"floor": round(floor), "ratio": round(value / floor, 3)}
    goals = []
    is_met = True
    if at_least is not None:
        goals.append(f">= {at_least:g}")
        is_met = value >= at_least
    if share is not None and floor is not None:
        goals.append(f">= {share:g}x")
        is_met = is_met and value >= share * floor
    return {**row, "goal": ", ".join(goals), "met": is_met} if goals else row


def seconds(work: Work) -> float:
    """Return how long one go takes."""
    return _ms(work) / 1000


def _ms(work: Work) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
