"""Reads cases and judges them, on the public interface of the clock only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar, time_of_day
from desktop.domain.clocks import Pause, ServiceClock
from desktop.domain.errors import Refusal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDAR_KEYS = ("tz", "weekly", "holidays", "overrides")
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Failure:
    """One case that did not come out, and how."""

    case: str
    expected: object
    got: object

    def __str__(self) -> str:
        return f"{self.case}: expected {self.expected}, got {self.got}"


class Unreadable(Exception):
    """A case uses something this runner does not know."""


def read_lines(lines: Iterable[str]) -> Iterator[Case | Failure]:
    """Yield each line's case, or the failure of a line that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:
            yield Failure(f"line {number}", "a JSON object", f"unreadable ({error})")
            continue
        if isinstance(case, dict):
            yield {"id": f"line {number}", **case}
        else:
            yield Failure(f"line {number}", "a JSON object", line.strip()[:60])


def judge(case: Case) -> list[Failure]:
    """Give the failures of one case; none when it passes."""
    name = str(case["id"])
    kind = str(case.get("kind"))
    try:
        if kind == "scenario":
            from tests.conformance.scenarios import play

            return [Failure(f"{name} {what}", *pair) for what, *pair in play(case)]
        if kind not in ANSWERS:
            return [Failure(name, "a known kind", repr(kind))]
        got = ANSWERS[kind](case)
        expected = expected_of(case, case["expected"])
    except Unreadable as error:
        return [Failure(name, "a readable case", error)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [Failure(name, "a readable case", f"{type(error).__name__}: {error}")]
    except Refusal as refusal:
        if case.get("expected", "") is None:
            return []
        return [Failure(name, case.get("expected"), f"refused: {refusal}")]
    return [] if got == expected else [Failure(name, shown(expected), shown(got))]


def calendar_of(case: Case) -> ServiceCalendar:
    """Compile a case's calendar; cases share theirs."""
    return _calendar(json.dumps({key: case.get(key) for key in CALENDAR_KEYS}))


@lru_cache(maxsize=512)
def _calendar(text: str) -> ServiceCalendar:
    data = json.loads(text)
    return ServiceCalendar(
        CalendarSpec(
            zone=data["tz"] or "UTC",
            weekly={
                DAYS.index(day[:3].lower()): _hours(hours)
                for day, hours in (data["weekly"] or {}).items()
            },
            overrides={
                date.fromisoformat(day): _hours(hours)
                for day, hours in (data["overrides"] or {}).items()
            },
            closures=[_closure(one) for one in data["holidays"] or ()],
        )
    )


def _hours(intervals: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Read intervals; one that ends before it starts runs over midnight."""
    hours = []
    for first, last in intervals:
        start, end = time_of_day(first), time_of_day(last)
        if start != end:
            hours.append((start, end if end > start else end + 86_400))
    return hours


def _closure(holiday: str | Mapping[str, Any]) -> Closure:
    if isinstance(holiday, str):
        holiday = {"date": holiday}
    unknown = set(holiday) - {"date", "recurring", "from", "to", "name"}
    if unknown:
        raise Unreadable(f"unknown keys of a holiday: {sorted(unknown)}")
    day = date.fromisoformat(holiday["date"])
    return Closure(
        day,
        day,
        str(holiday.get("name", "")),
        from_s=time_of_day(holiday["from"]) if "from" in holiday else None,
        to_s=time_of_day(holiday["to"]) if "to" in holiday else None,
        yearly=bool(holiday.get("recurring")),
    )


def instant(case: Case, text: str) -> datetime:
    """Read an instant; one without an offset is in the calendar's zone."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(case.get("tz") or "UTC"))


def seconds(value: float) -> timedelta:
    """Give exact microseconds, also for a fraction of a second."""
    return timedelta(microseconds=round(value * 1_000_000))


def rounded(case: Case, value: object) -> object:
    """Bring a duration or an instant to the unit the source reports in."""
    rounding = case.get("rounding")
    if rounding is None or isinstance(value, bool) or value is None:
        return value
    if rounding not in ("floor_minute", "round_second"):
        raise Unreadable(f"unknown rounding {rounding!r}")
    if isinstance(value, datetime):
        if rounding == "floor_minute":
            return value.replace(second=0, microsecond=0)
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    assert isinstance(value, timedelta)
    if rounding == "floor_minute":
        return value // timedelta(minutes=1) * timedelta(minutes=1)
    return (value + timedelta(milliseconds=500)) // timedelta(seconds=1) * seconds(1)


def expected_of(case: Case, value: object) -> object:
    """Read what a case expects: an instant, a duration, true, false or nothing."""
    if isinstance(value, str):
        return rounded(case, instant(case, value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return seconds(value)
    raise Unreadable(f"expectation {value!r}")


def shown(value: object) -> object:
    """Give a value as the cases write it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def _pauses(case: Case) -> list[Pause]:
    return [
        Pause(instant(case, start), instant(case, end) if end else None)
        for start, end in case.get("pauses", ())
    ]


def _due(case: Case) -> object:
    pauses = _pauses(case)
    start = instant(case, case["start"])
    amount = seconds(case["duration_s"])
    if not pauses:
        return rounded(case, calendar_of(case).due(start, amount))
    known = max(pause.end or pause.start for pause in pauses)
    clock = ServiceClock(calendar_of(case), amount, start, pauses)
    return rounded(case, clock.due_at(max(known, start)))


def _elapsed(case: Case) -> object:
    start, end = instant(case, case["start"]), instant(case, case["end"])
    pauses = _pauses(case)
    if not pauses:
        return rounded(case, calendar_of(case).elapsed(start, end))
    clock = ServiceClock(calendar_of(case), timedelta(), start, pauses)
    return rounded(case, clock.elapsed(end))


def _is_open(case: Case) -> object:
    return calendar_of(case).is_open(instant(case, case["start"]))


def _next_open(case: Case) -> object:
    return rounded(case, calendar_of(case).next_open(instant(case, case["start"])))


ANSWERS: dict[str, Callable[[Case], object]] = {
    "due": _due,
    "elapsed": _elapsed,
    "is_open": _is_open,
    "next_open": _next_open,
}
