"""Targets in working days: date rules, and what they amount to in open time.

"1 working day" is a date rule, never 24 hours: the same time of the next date that
has hours, or the end of it. What a rule gives is laid on the calendar as open time, so
that holds, shares and proofs count it like any other target.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from weakref import WeakKeyDictionary

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.instants import (
    DAY_S,
    EPOCH_ORDINAL,
    FIRST_INSTANT,
    LAST_INSTANT,
    SECOND,
    from_microseconds,
)
from desktop.domain.open_time import LocalDays, Range, laid_hours

_LAST_ORDINAL: Final = EPOCH_ORDINAL + LAST_INSTANT // (DAY_S * SECOND)


class DayEnd(StrEnum):
    """When on its last date a target in working days ends."""

    SAME_TIME = "same_time"
    END_OF_DAY = "end_of_day"


class ClosedDay(StrEnum):
    """From when what begins on a date without hours is counted on the next one."""

    OPENING = "opening"
    SAME_TIME = "same_time"


@dataclass(frozen=True, slots=True)
class DayRule:
    """So many working days, and how they are counted.

    ``cutoff_s`` (second of the day): what begins at or after it counts from the next
    working date, there from ``restart_s`` or, without it, from its opening.
    """

    days: int
    ends: DayEnd = DayEnd.SAME_TIME
    cutoff_s: int | None = None
    restart_s: int | None = None
    closed_day: ClosedDay = ClosedDay.OPENING


@dataclass(frozen=True, slots=True)
class Amount:
    """A target as open time of a calendar from one start.

    ``lands_on_opening``: where the amount is used up at a closing time it is due at
    the opening after it, since the date rule says so; no open time lies between.
    """

    open_time: timedelta
    lands_on_opening: bool = False


class WorkingDays:
    """The dates of a calendar that have hours, and when these begin and end."""

    def __init__(self, calendar: ServiceCalendar) -> None:
        self._spec = calendar.spec
        self._zone = calendar.zone
        self._days = LocalDays(calendar.zone)
        self._spans: dict[int, Range | None] = {}

    def span(self, calendar: ServiceCalendar, ordinal: int) -> Range | None:
        """Give when the hours that begin on a date open and close; None without."""
        if ordinal not in self._spans:
            self._spans[ordinal] = self._open_span(calendar, ordinal)
        return self._spans[ordinal]

    def following(self, calendar: ServiceCalendar, ordinal: int, count: int) -> int:
        """Give the date ``count`` working dates later.

        Raises Invalid where the calendar has none any more.
        """
        while count:
            moment = calendar.next_open_us(self._days.edge(ordinal + 1, 0))
            # Hours over midnight reach into a date that has none of its own.
            ordinal = max(ordinal + 1, self.ordinal(moment) - 1)
            while self.span(calendar, ordinal) is None:
                ordinal += 1
                if ordinal >= _LAST_ORDINAL:
                    raise Invalid("amount", "beyond_calendar")
            count -= 1
        return ordinal

    def place(self, calendar: ServiceCalendar, moment: int) -> tuple[int, int]:
        """Give an instant's date and its microseconds after that date's midnight.

        In hours over midnight it still belongs to the date they began on.
        """
        ordinal = self.ordinal(moment)
        before = self.span(calendar, ordinal - 1)
        local = from_microseconds(moment).astimezone(self._zone)
        clock = (local.hour * 3600 + local.minute * 60 + local.second) * SECOND
        clock += local.microsecond
        if before is not None and moment < before[1]:
            return ordinal - 1, clock + DAY_S * SECOND
        return ordinal, clock

    def instant(self, ordinal: int, clock: int) -> int:
        """Give the instant so many microseconds of local time after midnight."""
        second, part = divmod(clock, SECOND)
        return self._days.edge(ordinal, second) + part

    def ordinal(self, moment: int) -> int:
        """Give the local date of an instant."""
        return from_microseconds(moment).astimezone(self._zone).toordinal()

    def _open_span(self, calendar: ServiceCalendar, ordinal: int) -> Range | None:
        found = [
            span
            for start, end in laid_hours(self._spec, self._days, ordinal, ordinal)
            if start >= FIRST_INSTANT and end <= LAST_INSTANT
            for span in calendar.spans_us(start, end)
        ]
        return (found[0][0], max(end for _, end in found)) if found else None


_KNOWN: WeakKeyDictionary[ServiceCalendar, WorkingDays] = WeakKeyDictionary()


def working_days_of(calendar: ServiceCalendar) -> WorkingDays:
    """Give the working dates of a compiled calendar, kept as long as it is."""
    found = _KNOWN.get(calendar)
    if found is None:
        found = _KNOWN[calendar] = WorkingDays(calendar)
    return found


def date_due(rule: DayRule, calendar: ServiceCalendar, start: int) -> int:
    """Give the due instant of a start, both in microseconds since 1970.

    A time of day outside the hours of the last date moves to its opening or closing.
    Raises Invalid where the calendar has no such date any more.
    """
    days = working_days_of(calendar)
    ordinal, clock = days.place(calendar, start)
    hours = days.span(calendar, ordinal)
    if hours is None:
        ordinal = days.following(calendar, ordinal, 1)
        if rule.closed_day is ClosedDay.OPENING:
            clock = _opening(days, calendar, ordinal)
    if rule.cutoff_s is not None and clock >= rule.cutoff_s * SECOND:
        ordinal = days.following(calendar, ordinal, 1)
        if rule.restart_s is not None:
            clock = rule.restart_s * SECOND
        else:
            clock = _opening(days, calendar, ordinal)
    ordinal = days.following(calendar, ordinal, rule.days)
    due = _end(rule, days, calendar, ordinal, clock)
    if due < start:
        # "By the end of the day" begun after closing.
        due = _end(rule, days, calendar, days.following(calendar, ordinal, 1), clock)
    return due


def amount_of(rule: DayRule, calendar: ServiceCalendar, start: int) -> Amount:
    """Give the open time from a start (microseconds) to its due instant."""
    due = date_due(rule, calendar, start)
    open_time = calendar.elapsed_us(start, due)
    lands = open_time > 0 and due > calendar.due_us(start, open_time)
    return Amount(timedelta(0, 0, open_time), lands)


def _opening(days: WorkingDays, calendar: ServiceCalendar, ordinal: int) -> int:
    hours = days.span(calendar, ordinal)
    assert hours is not None
    return days.place(calendar, hours[0])[1]


def _end(
    rule: DayRule,
    days: WorkingDays,
    calendar: ServiceCalendar,
    ordinal: int,
    clock: int,
) -> int:
    hours = days.span(calendar, ordinal)
    assert hours is not None
    opens, closes = hours
    if rule.ends is DayEnd.END_OF_DAY:
        return closes
    due = min(max(days.instant(ordinal, clock), opens), closes)
    return due if due == closes else calendar.next_open_us(due)
