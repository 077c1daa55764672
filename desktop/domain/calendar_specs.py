"""What a service calendar is made of: weekly hours, hours of a date, closures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.domain.errors import Invalid
from desktop.domain.instants import DAY_S, LAST_YEAR

Interval = tuple[int, int]
"""Seconds of the day from and until; past 86 400 it runs into the next day."""

_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_LONGEST_NAME = 500


def time_of_day(text: str, field_name: str = "time") -> int:
    """Read "09:30", "09:30:15" or "24:00" as seconds of the day.

    Raises Invalid for anything else.
    """
    match = _TIME.fullmatch(text.strip())
    if match:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
        if total <= DAY_S:
            return total
    raise Invalid(field_name, "bad_time", value=text[:40])


@dataclass(frozen=True, slots=True)
class Closure:
    """Dates on which nothing is open, or a part of each of these days.

    `end` is inclusive. `from_s` and `to_s` are seconds of the day; without them the
    whole day is closed. A yearly closure is closed on these days of the month in
    every year, and may run across New Year (its end may then lie before its start).
    A public holiday came with others and is refreshed with them.
    """

    start: date
    end: date
    name: str = ""
    from_s: int | None = None
    to_s: int | None = None
    yearly: bool = False
    is_public_holiday: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start and not self.yearly:
            raise Invalid("closures", "ends_before_start", start=self.start)
        if self.yearly and (self.end - self.start).days > 365:
            raise Invalid("closures", "yearly_too_long", start=self.start)
        first, last = self.hours
        if not 0 <= first < last <= DAY_S:
            raise Invalid("closures", "bad_hours", start=self.start)
        if len(self.name) > _LONGEST_NAME:
            raise Invalid("closures", "name_too_long", limit=_LONGEST_NAME)

    @property
    def is_whole_day(self) -> bool:
        """Say whether whole days are closed."""
        return self.hours == (0, DAY_S)

    @property
    def hours(self) -> Interval:
        """Give the closed seconds of each day."""
        first = 0 if self.from_s is None else self.from_s
        return first, DAY_S if self.to_s is None else self.to_s

    def occurrences(self, first: date, last: date) -> Iterable[tuple[date, date]]:
        """Yield the inclusive date ranges that touch `first` to `last`, unclipped."""
        if not self.yearly:
            if self.start <= last and self.end >= first:
                yield self.start, self.end
            return
        over_new_year = (self.end.month, self.end.day) < (
            self.start.month,
            self.start.day,
        )
        for year in range(first.year - 1, last.year + 1):
            start = _day_in(self.start, year, shorten=False)
            end = _day_in(self.end, year + over_new_year, shorten=True)
            if start <= end and start <= last and end >= first:
                yield start, end

    def to_data(self) -> dict[str, Any]:
        """Give a dict that JSON can hold."""
        data: dict[str, Any] = {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "name": self.name,
        }
        if self.from_s is not None:
            data["from_s"] = self.from_s
        if self.to_s is not None:
            data["to_s"] = self.to_s
        if self.yearly:
            data["yearly"] = True
        if self.is_public_holiday:
            data["is_public_holiday"] = True
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Closure:
        """Read what `to_data` gave. Raises Invalid."""
        try:
            start = date.fromisoformat(data["start"])
            return cls(
                start=start,
                end=date.fromisoformat(data.get("end", data["start"])),
                name=str(data.get("name", "")),
                from_s=_whole(data.get("from_s")),
                to_s=_whole(data.get("to_s")),
                yearly=bool(data.get("yearly", False)),
                is_public_holiday=bool(data.get("is_public_holiday", False)),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Invalid("closures", "unreadable", reason=str(error)) from error


def _whole(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"not a whole number: {value!r}")


def _day_in(day: date, year: int, *, shorten: bool) -> date:
    """Move a day into a year; 29 February becomes 1 March or (shorten) 28 February."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28) if shorten else date(year, 3, 1)


@dataclass(frozen=True, slots=True)
class Week:
    """Weekly hours that replace those before from a date on."""

    valid_from: date
    weekly: Mapping[int, Sequence[Interval]]


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """The hours of a unit in one time zone, as people write them down.

    `weekly` maps 0 (Monday) to 6 to intervals that begin on that day; `overrides`
    replaces those beginning on one date. An interval belongs to the date it begins
    on, a closure closes the clock hours of its dates whichever day's interval reaches
    into them. A closure wins over an override. `later` weeks take the place of
    `weekly` from their dates on; from `closed_from` on nothing is open any more.
    `moved` are the dates whose override came with public holidays.
    Raises Invalid for hours that make no sense; intervals may touch and overlap.
    """

    zone: str
    weekly: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    overrides: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    closures: Sequence[Closure] = ()
    name: str = ""
    version: int = 1
    later: Sequence[Week] = ()
    closed_from: date | None = None
    moved: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        overrides = {
            day: _clean(self.overrides[day], "overrides")
            for day in sorted(self.overrides)
        }
        later = sorted(self.later, key=lambda week: week.valid_from)
        if len({week.valid_from for week in later}) < len(later):
            raise Invalid("later", "same_date_twice")
        weeks = tuple(Week(one.valid_from, _cleaned(one.weekly)) for one in later)
        object.__setattr__(self, "weekly", _cleaned(self.weekly))
        object.__setattr__(self, "later", weeks)
        object.__setattr__(self, "overrides", overrides)
        moved = frozenset(self.moved) & overrides.keys()
        object.__setattr__(self, "moved", moved)
        object.__setattr__(self, "closures", tuple(self.closures))

    def __hash__(self) -> int:
        return hash((self.zone, self.name, self.version, self.closures))

    @property
    def all_closures(self) -> tuple[Closure, ...]:
        """Give the closures, the one for good included."""
        if self.closed_from is None:
            return tuple(self.closures)
        return (*self.closures, Closure(self.closed_from, date(LAST_YEAR + 1, 12, 31)))

    def weekly_on(self, day: date) -> Mapping[int, Sequence[Interval]]:
        """Give the weekly hours that hold on a date."""
        weekly = self.weekly
        for week in self.later:
            if week.valid_from <= day:
                weekly = week.weekly
        return weekly

    def to_data(self) -> dict[str, Any]:
        """Give a dict that JSON can hold."""
        more: dict[str, Any] = {}
        if self.later:
            more["later"] = [
                {
                    "valid_from": week.valid_from.isoformat(),
                    "weekly": _weekly_data(week.weekly),
                }
                for week in self.later
            ]
        if self.closed_from is not None:
            more["closed_from"] = self.closed_from.isoformat()
        if self.moved:
            more["moved"] = [day.isoformat() for day in sorted(self.moved)]
        return {
            **more,
            "zone": self.zone,
            "name": self.name,
            "version": self.version,
            "weekly": _weekly_data(self.weekly),
            "overrides": {
                day.isoformat(): [list(interval) for interval in hours]
                for day, hours in self.overrides.items()
            },
            "closures": [closure.to_data() for closure in self.closures],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CalendarSpec:
        """Read what `to_data` gave. Raises Invalid."""
        try:
            return cls(
                zone=str(data["zone"]),
                weekly=_weekly_from(data.get("weekly", {})),
                overrides={
                    date.fromisoformat(day): [(int(a), int(b)) for a, b in hours]
                    for day, hours in data.get("overrides", {}).items()
                },
                closures=[Closure.from_data(one) for one in data.get("closures", ())],
                name=str(data.get("name", "")),
                version=int(data.get("version", 1)),
                later=[
                    Week(
                        date.fromisoformat(week["valid_from"]),
                        _weekly_from(week["weekly"]),
                    )
                    for week in data.get("later", ())
                ],
                closed_from=(
                    date.fromisoformat(data["closed_from"])
                    if data.get("closed_from")
                    else None
                ),
                moved=frozenset(map(date.fromisoformat, data.get("moved", ()))),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Invalid("calendar", "unreadable", reason=str(error)) from error


def _weekly_data(weekly: Mapping[int, Sequence[Interval]]) -> dict[str, Any]:
    return {
        str(day): [list(interval) for interval in hours]
        for day, hours in weekly.items()
    }


def _weekly_from(data: Mapping[str, Any]) -> dict[int, list[Interval]]:
    return {
        int(day): [(int(a), int(b)) for a, b in hours] for day, hours in data.items()
    }


def _cleaned(
    weekly: Mapping[int, Sequence[Interval]],
) -> dict[int, tuple[Interval, ...]]:
    """Give the days that have hours, these in order. Raises Invalid."""
    cleaned = {day: _clean(weekly[day], "weekly") for day in weekly}
    if any(not isinstance(day, int) or not 0 <= day <= 6 for day in cleaned):
        raise Invalid("weekly", "bad_weekday")
    return {day: cleaned[day] for day in sorted(cleaned) if cleaned[day]}


def _clean(hours: Sequence[Interval], field_name: str) -> tuple[Interval, ...]:
    """Sort intervals and merge those that touch or overlap. Raises Invalid."""
    merged: list[Interval] = []
    for start, end in sorted((start, end) for start, end in hours):
        if not (0 <= start < DAY_S and start < end <= 2 * DAY_S):
            raise Invalid(field_name, "bad_interval", start=start, end=end)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
