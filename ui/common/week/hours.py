"""Open hours of a day as people type, read and drag them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from desktop.domain.calendars import Interval
from desktop.domain.errors import Invalid
from desktop.domain.instants import DAY_S

STEP_S = 15 * 60
FINE_S = 5 * 60
LATEST_START_S = DAY_S - FINE_S

_TIME = r"(\d{1,2})(?:[:.]([0-5]\d))?"
_RANGE = re.compile(_TIME + r"\s*(?:-|–|—|to)\s*" + _TIME)
_LONGEST = 400


def time_text(seconds: int) -> str:
    """Return a time of day, "08:30"; past midnight it is that of the next day."""
    minutes = seconds // 60
    if seconds > DAY_S:
        minutes -= DAY_S // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def interval_text(interval: Interval) -> str:
    """Return an interval: "08:00-12:00"; over midnight its end is the smaller."""
    return f"{time_text(interval[0])}-{time_text(interval[1])}"


def hours_text(hours: Iterable[Interval]) -> str:
    """Return hours as they are typed: "08:00-12:00, 12:30-16:00"."""
    return ", ".join(interval_text(one) for one in hours)


def parse_hours(words: str, field: str = "hours") -> list[Interval]:
    """Read what `hours_text` gives; empty words are no hours.

    An end that is not after its start is on the next day. The intervals are in the
    order typed, not merged. Raises Invalid naming what could
    not be read.
    """
    found = []
    for part in re.split(r"[,;\n]", words[:_LONGEST]):
        shown = part.strip()
        if not shown:
            continue
        match = _RANGE.fullmatch(shown.lower())
        if match is None:
            raise Invalid(field, "hours_unreadable", value=shown[:40])
        start = _seconds(match[1], match[2])
        end = _seconds(match[3], match[4])
        if start >= DAY_S or end > DAY_S:
            raise Invalid(field, "hours_past_24", value=shown[:40])
        found.append((start, end if end > start else end + DAY_S))
    return found


def _seconds(hours: str, minutes: str | None) -> int:
    return int(hours) * 3600 + int(minutes or 0) * 60


def joined(hours: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return hours in order, those that touch or overlap made one."""
    merged: list[Interval] = []
    for start, end in sorted(hours):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def moved(interval: Interval, by: int) -> Interval:
    """Shift an interval within the day it begins on, keeping its length."""
    start = min(max(0, interval[0] + by), LATEST_START_S)
    return start, start + interval[1] - interval[0]


def with_end(interval: Interval, end: int) -> Interval:
    """Give an interval another end: after its start, at most a day later."""
    least, most = interval[0] + FINE_S, interval[0] + DAY_S
    return interval[0], min(max(end, least), most)


def with_start(interval: Interval, start: int) -> Interval:
    """Give an interval another start: before its end, on the same day."""
    most = min(interval[1] - FINE_S, LATEST_START_S)
    return min(max(start, 0, interval[1] - DAY_S), most), interval[1]


def snapped(seconds: float, step: int) -> int:
    """Return the nearest step."""
    return round(seconds / step) * step


def week_total(weekly: Mapping[int, Sequence[Interval]]) -> int:
    """Return the open seconds of a week, counted once where days run into another.

    Hours are those of a week without clock changes.
    """
    laid = joined(
        (day * DAY_S + start, day * DAY_S + end)
        for day, hours in weekly.items()
        for start, end in hours
    )
    week = 7 * DAY_S
    wrapped = joined(
        part
        for start, end in laid
        for part in ((start, min(end, week)), (0, max(0, end - week)))
        if part[1] > part[0]
    )
    return sum(end - start for start, end in wrapped)
