"""How often a series meets: what people choose, as an RFC 5545 rule and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from desktop.domain.errors import Invalid

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_WEEKS: Final = 52
MOST_MONTHS: Final = 24
MOST_TIMES: Final = 999
LAST: Final = -1
Unit = Literal["weeks", "months"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many weeks on some weekdays, or every so many months on one day.

    Weekdays count from Monday, 0. A monthly one has either a ``place`` (1 to 4, -1 the
    last) with one weekday, or a ``month_day`` (1 to 31, -1 the last); a month without
    that day is left out. It ends after the day ``until`` or after ``times`` sessions.
    """

    unit: Unit = "weeks"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    place: int | None = None
    month_day: int | None = None
    until: date | None = None
    times: int | None = None

    def rule(self, zone: str) -> str:
        """Return the rule, its end as an instant in UTC, as RFC 5545 wants it.

        Refuses (Invalid, field ``rhythm``, ``interval``, ``weekdays``, ``until`` or
        ``times``) what is no rhythm.
        """
        self._check()
        if self.unit == "weeks":
            days = ",".join(DAYS[one] for one in sorted(set(self.weekdays)))
            parts = ["FREQ=WEEKLY", f"INTERVAL={self.interval}", f"BYDAY={days}"]
        else:
            parts = ["FREQ=MONTHLY", f"INTERVAL={self.interval}"]
            parts.append(
                f"BYDAY={self.place}{DAYS[self.weekdays[0]]}"
                if self.place is not None
                else f"BYMONTHDAY={self.month_day}"
            )
        if self.until is not None:
            end = datetime.combine(self.until, time(23, 59, 59), ZoneInfo(zone))
            parts.append(f"UNTIL={end.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        if self.times is not None:
            parts.append(f"COUNT={self.times}")
        return ";".join(parts)

    def _check(self) -> None:
        most = MOST_WEEKS if self.unit == "weeks" else MOST_MONTHS
        if not 1 <= self.interval <= most:
            raise Invalid("interval", "out_of_range", least=1, most=most)
        if any(not 0 <= one <= 6 for one in self.weekdays):
            raise Invalid("weekdays", "not_a_choice")
        if self.unit == "weeks" and not self.weekdays:
            raise Invalid("weekdays", "no_weekday")
        if self.unit == "months":
            by_place = self.place in (1, 2, 3, 4, LAST) and len(self.weekdays) == 1
            by_day = self.month_day in (*range(1, 32), LAST) and not self.weekdays
            if by_place == by_day:
                raise Invalid("rhythm", "not_a_choice")
        if self.times is not None and self.until is not None:
            raise Invalid("times", "two_ends")
        if self.times is not None and not 1 <= self.times <= MOST_TIMES:
            raise Invalid("times", "out_of_range", least=1, most=MOST_TIMES)

    @classmethod
    def of(cls, rule: str, zone: str, first: date) -> Rhythm | None:
        """Return the rhythm a rule is, None where it is more than one can choose.

        ``first`` is its first day, which gives the weekday a rule does not name.
        """
        try:
            parts = dict(part.split("=", 1) for part in rule.upper().split(";") if part)
            parts.pop("WKST", None)
            made = cls._read(parts, zone, first)
            made.rule(zone)
        except (ValueError, KeyError, IndexError, OverflowError, Invalid):
            return None
        return made

    @classmethod
    def _read(cls, parts: dict[str, str], zone: str, first: date) -> Rhythm:
        units: dict[str, Unit] = {"WEEKLY": "weeks", "MONTHLY": "months"}
        unit = units[parts.pop("FREQ")]
        interval = int(parts.pop("INTERVAL", "1"))
        until = _day(parts.pop("UNTIL"), zone) if "UNTIL" in parts else None
        times = int(parts.pop("COUNT")) if "COUNT" in parts else None
        days = [one for one in parts.pop("BYDAY", "").split(",") if one]
        month_day = parts.pop("BYMONTHDAY", None)
        if parts:
            raise ValueError("more than a rhythm")
        place = None
        if unit == "weeks":
            weekdays = tuple(DAYS.index(one) for one in days) or (first.weekday(),)
        elif days:
            (one,) = days
            place, weekdays = int(one[:-2]), (DAYS.index(one[-2:]),)
        else:
            weekdays = ()
            month_day = month_day or str(first.day)
        number = int(month_day) if month_day is not None else None
        return cls(unit, interval, weekdays, place, number, until, times)


def _day(text: str, zone: str) -> date:
    if text.endswith("Z"):
        at = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return at.astimezone(ZoneInfo(zone)).date()
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")


def place_in_month(day: date) -> int:
    """Return which of its weekdays of the month a day is: 1 to 4, or -1 for the last.

    Only the fifth counts as the last: a fourth one is the fourth every month.
    """
    place = (day.day - 1) // 7 + 1
    return place if place <= 4 else LAST
