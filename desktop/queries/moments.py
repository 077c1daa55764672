"""When and where a list is read, and the instants its conditions are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where a list is read: days begin at midnight in ``zone``."""

    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """Return what day it is there."""
        return self.now.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """Return the instant a day begins."""
        return datetime.combine(day, time(), self.zone)

    def instants(self) -> dict[str, datetime]:
        """Return the instants conditions are about, by their parameters' names."""
        today = self.today
        week = today + timedelta(days=7 - today.weekday())
        return {
            "now": self.now,
            "day_end": self.midnight(today + timedelta(days=1)),
            "next_day_end": self.midnight(today + timedelta(days=2)),
            "week_end": self.midnight(week),
        }
