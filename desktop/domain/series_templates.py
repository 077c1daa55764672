"""A series as a template: what of it another one begins with, as plain data."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from desktop.domain.rhythms import Rhythm, place_in_month
from desktop.domain.series_drafts import MOST_AHEAD, SeriesDraft, StandingDraft
from desktop.domain.session_days import HolidayRule


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new series begins with: everything but its units, people and days."""

    rhythm: Rhythm | None = None
    at: time = time(10)
    minutes: int = 60
    holidays: HolidayRule = HolidayRule.KEEP
    ahead: int = 2
    standing: tuple[StandingDraft, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def like(cls, said: SeriesDraft) -> Beginning:
        """Return what a series can hand on; when it ends is its own."""
        rhythm = Rhythm.of(said.rule, said.zone, said.starts_on)
        return cls(
            rhythm=replace(rhythm, until=None, times=None) if rhythm else None,
            at=said.at,
            minutes=said.minutes,
            holidays=said.holidays,
            ahead=said.ahead,
            standing=tuple(
                replace(one, leader_id=None, key=uuid.uuid4()) for one in said.standing
            ),
            options=dict(said.options),
        )

    def on(self, day: date) -> Rhythm:
        """Return the rhythm beginning on a day, by its weekday or its date."""
        rhythm = self.rhythm or Rhythm(interval=2)
        if rhythm.unit == "weeks":
            many = len(rhythm.weekdays) > 1 and day.weekday() in rhythm.weekdays
            return rhythm if many else replace(rhythm, weekdays=(day.weekday(),))
        if rhythm.place is not None:
            place = place_in_month(day)
            return replace(rhythm, place=place, weekdays=(day.weekday(),))
        return rhythm if rhythm.month_day == -1 else replace(rhythm, month_day=day.day)

    def content(self) -> dict[str, Any]:
        """Return it as a template keeps it."""
        rhythm = self.rhythm
        return {
            "rule": rhythm.rule("UTC") if rhythm else None,
            "at": self.at.strftime("%H:%M"),
            "minutes": self.minutes,
            "holidays": self.holidays.value,
            "ahead": self.ahead,
            "standing": [
                {
                    "title": one.title,
                    "minutes": one.minutes,
                    "outcome": one.outcome,
                    "after": one.after,
                    "notes": one.notes,
                }
                for one in self.standing
            ],
            "options": dict(self.options),
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Beginning:
        """Return what a template keeps; what cannot be read is as usual."""
        usual = cls()
        rule = content.get("rule")
        day = date(2000, 1, 3)
        options = content.get("options")
        return cls(
            rhythm=Rhythm.of(rule, "UTC", day) if isinstance(rule, str) else None,
            at=_time(content.get("at")) or usual.at,
            minutes=_whole(content.get("minutes"), 5, 480, usual.minutes),
            holidays=_rule(content.get("holidays")),
            ahead=_whole(content.get("ahead"), 1, MOST_AHEAD, usual.ahead),
            standing=tuple(_standing(content.get("standing"))),
            options=dict(options) if isinstance(options, Mapping) else {},
        )


def _time(value: object) -> time | None:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        return None


def _whole(value: object, least: int, most: int, usual: int) -> int:
    return value if type(value) is int and least <= value <= most else usual


def _rule(value: object) -> HolidayRule:
    known = {one.value: one for one in HolidayRule}
    return known.get(str(value), HolidayRule.KEEP)


def _standing(value: object) -> list[StandingDraft]:
    rows = value if isinstance(value, list) else []
    return [
        StandingDraft(
            title=str(one.get("title", ""))[:200],
            minutes=_whole(one.get("minutes"), 1, 480, 5),
            outcome=str(one.get("outcome", "inform")),
            after=str(one.get("after", "")),
            notes=str(one.get("notes", "")),
        )
        for one in rows
        if isinstance(one, Mapping)
    ]
