"""How often a series meets: the rhythms people choose, as RFC 5545 rules."""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.domain.errors import Invalid
from desktop.store.recurrence import next_occurrence

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKS: Final = {"weekly": 1, "two_weeks": 2, "four_weeks": 4}
RHYTHMS: Final = (*WEEKS, "monthly")
LAST: Final = -1


def rule_of(rhythm: str, first: date) -> str:
    """Return the rule of a rhythm on the weekday of its first day.

    A monthly one keeps the place in the month: the third Tuesday, or the last one
    when the first day is the fifth. Refuses (Invalid) an unknown rhythm.
    """
    day = DAYS[first.weekday()]
    if rhythm == "monthly":
        return f"FREQ=MONTHLY;BYDAY={place_in_month(first)}{day}"
    if rhythm not in WEEKS:
        raise Invalid("rhythm", "not_a_choice")
    return f"FREQ=WEEKLY;INTERVAL={WEEKS[rhythm]};BYDAY={day}"


def place_in_month(day: date) -> int:
    """Return which of its weekdays of the month a day is: 1 to 4, or -1 for the last.

    Only the fifth counts as the last: a fourth one is the fourth every month.
    """
    place = (day.day - 1) // 7 + 1
    return place if place <= 4 else LAST


__all__ = ["RHYTHMS", "WEEKS", "next_occurrence", "place_in_month", "rule_of"]
