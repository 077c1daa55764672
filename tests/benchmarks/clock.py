"""The service clock against its floor and its peers, on one calendar in one run.

Monday to Friday 09:00 to 12:30 and 13:00 to 17:30, fifteen holidays a year, random
instants over three years. The floor is the same bisection on bare integers. Peers are
measured where they are installed: businesstimedelta, pandas (its whole-hour calendar).
"""

from __future__ import annotations

import random
import tracemalloc
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from itertools import accumulate
from time import perf_counter
from typing import Any

from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.clocks import Pause, ServiceClock
from desktop.domain.instants import microseconds_of, to_microseconds
from tests.benchmarks import bulk_clock

PAIRS = 100_000
PEER_PAIRS = 300
FIRST = datetime(2022, 1, 1, tzinfo=UTC)
LAST = datetime(2025, 12, 31, tzinfo=UTC)
HOLIDAYS = [
    date(year, 1 + number % 12, 3 + number)
    for year in range(2020, 2030)
    for number in range(15)
]
SPEC = CalendarSpec(
    "Europe/Berlin",
    {day: [(32_400, 45_000), (46_800, 63_000)] for day in range(5)},
    closures=[Closure(day, day, "Holiday") for day in HOLIDAYS],
)


def run() -> list[dict[str, Any]]:
    """Measure; each row has name, value, unit, and where there is one goal and met."""
    calendar = ServiceCalendar(SPEC)
    calendar.elapsed(FIRST, LAST)
    dues, pairs = _samples()
    rows = [
        _rate("due, one at a time", calendar.due, dues, 300_000),
        _rate("elapsed, one at a time", calendar.elapsed, pairs, 300_000),
        _with_two_holds(calendar, pairs),
        _rate("reading with 2 holds", *_readings(calendar, pairs)),
        *_floors(calendar, dues, pairs),
        _building(),
        _memory(),
        _retiming(calendar, pairs[:25_000]),
        *bulk_clock.rows(calendar),
        *_businesstimedelta(dues, pairs),
        *_pandas(dues),
    ]
    ours = rows[0]["value"]
    for row in rows:
        if row["name"].startswith(("floor", "peer")) and "due" in row["name"]:
            row["ratio"] = round(ours / row["value"], 2)
    return rows


def _samples() -> tuple[
    list[tuple[datetime, timedelta]], list[tuple[datetime, datetime]]
]:
    chance = random.Random(3)
    span = 3 * 365 * 86_400
    starts = [FIRST + timedelta(seconds=chance.randrange(span)) for _ in range(PAIRS)]
    amounts = [timedelta(seconds=chance.randrange(1, 288_000)) for _ in range(PAIRS)]
    dues = list(zip(starts, amounts, strict=True))
    pairs = [(start, start + 4 * amount) for start, amount in dues]
    return dues, pairs


def _rate(
    name: str,
    function: Callable[..., object],
    samples: Iterable[tuple[Any, ...]],
    goal: int | None = None,
) -> dict[str, Any]:
    """Measure calls a second: the best of three goes, to be rid of the neighbours."""
    samples = list(samples)
    best = min(_seconds(function, samples) for _ in range(3))
    value = round(len(samples) / best)
    row: dict[str, Any] = {"name": name, "value": value, "unit": "per second"}
    return row if goal is None else {**row, "goal": f">= {goal}", "met": value >= goal}


def _seconds(function: Callable[..., object], samples: list[tuple[Any, ...]]) -> float:
    began = perf_counter()
    for sample in samples:
        function(*sample)
    return perf_counter() - began


def _clock(calendar: ServiceCalendar, start: datetime) -> ServiceClock:
    hour = timedelta(hours=1)
    pauses = [
        Pause(start + 3 * hour, start + 20 * hour),
        Pause(start + 30 * hour, start + 40 * hour),
    ]
    return ServiceClock(calendar, 16 * hour, start, pauses)


def _with_two_holds(
    calendar: ServiceCalendar, pairs: list[tuple[datetime, datetime]]
) -> dict[str, Any]:
    clocks = [(_clock(calendar, start), end) for start, end in pairs]
    return _rate("elapsed with 2 holds", ServiceClock.elapsed, clocks, 150_000)


def _readings(
    calendar: ServiceCalendar, pairs: list[tuple[datetime, datetime]]
) -> tuple[Callable[..., object], list[tuple[ServiceClock, datetime]]]:
    clocks = [(_clock(calendar, start), end) for start, end in pairs[:25_000]]
    return ServiceClock.reading, clocks


def _floors(
    calendar: ServiceCalendar,
    dues: list[tuple[datetime, timedelta]],
    pairs: list[tuple[datetime, datetime]],
) -> list[dict[str, Any]]:
    spans = list(calendar.spans_us(to_microseconds(FIRST), to_microseconds(LAST)))
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    sums = [0, *accumulate(end - start for start, end in spans)]

    def used(at: int) -> int:
        index = bisect_right(starts, at) - 1
        if index < 0:
            return 0
        return sums[index] + min(at, ends[index]) - starts[index]

    def due(at: int, amount: int) -> int:
        wanted = used(at) + amount
        index = bisect_left(sums, wanted) - 1
        return starts[index] + wanted - sums[index]

    def elapsed(start: int, end: int) -> int:
        return used(end) - used(start)

    bare_dues = [(to_microseconds(a), microseconds_of(b)) for a, b in dues]
    bare_pairs = [(to_microseconds(a), to_microseconds(b)) for a, b in pairs]
    return [
        _rate("floor: due on integers", due, bare_dues),
        _rate("floor: elapsed on integers", elapsed, bare_pairs),
    ]


def _building() -> dict[str, Any]:
    def build() -> None:
        ServiceCalendar(SPEC).elapsed(datetime(2021, 1, 2, tzinfo=UTC), LAST)

    best = round(min(_seconds(build, [()]) for _ in range(5)) * 1000, 1)
    goal = {"goal": "<= 30", "met": best <= 30}
    return {"name": "build 5 years", "value": best, "unit": "ms", **goal}


def _memory() -> dict[str, Any]:
    tracemalloc.start()
    calendar = ServiceCalendar(SPEC)
    calendar.elapsed(datetime(2021, 1, 2, tzinfo=UTC), LAST)
    size = round(tracemalloc.get_traced_memory()[0] / 1e6, 2)
    tracemalloc.stop()
    goal = {"goal": "<= 1", "met": size <= 1}
    return {"name": "memory of 5 years", "value": size, "unit": "MB", **goal}


def _retiming(
    calendar: ServiceCalendar, pairs: list[tuple[datetime, datetime]]
) -> dict[str, Any]:
    def retime() -> None:
        for start, end in pairs:
            _clock(calendar, start).due_at(end)

    best = round(min(_seconds(retime, [()]) for _ in range(3)) * 1000)
    name = f"one by one: re-time {len(pairs):,} with 2 holds"
    return {"name": name, "value": best, "unit": "ms"}


def _businesstimedelta(
    dues: list[tuple[datetime, timedelta]], pairs: list[tuple[datetime, datetime]]
) -> list[dict[str, Any]]:
    if find_spec("businesstimedelta") is None:
        return []
    import businesstimedelta as peer

    def rule(start: tuple[int, int], end: tuple[int, int]) -> Any:
        from datetime import time

        days = [0, 1, 2, 3, 4]
        return peer.WorkDayRule(time(*start), time(*end), working_days=days)

    closed = peer.HolidayRule(dict.fromkeys(HOLIDAYS, "Holiday"))
    hours = peer.Rules([rule((9, 0), (12, 30)), rule((13, 0), (17, 30)), closed])

    def due(start: datetime, amount: timedelta) -> object:
        return start + peer.BusinessTimeDelta(hours, timedelta=amount)

    return [
        _rate("peer businesstimedelta: due", due, dues[:PEER_PAIRS]),
        _rate("peer businesstimedelta: elapsed", hours.difference, pairs[:PEER_PAIRS]),
    ]


def _pandas(dues: list[tuple[datetime, timedelta]]) -> list[dict[str, Any]]:
    if find_spec("pandas") is None:
        return []
    import pandas

    def due(start: datetime, amount: timedelta) -> object:
        count = max(1, amount // timedelta(hours=1))
        return start + pandas.offsets.CustomBusinessHour(
            count, start="09:00", end="17:00", holidays=HOLIDAYS
        )

    return [_rate("peer pandas CustomBusinessHour: due", due, dues[:PEER_PAIRS])]
