"""When somebody is reminded of an action: the day before, that day, then weekly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.reminders import told_at

WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_LOOKED_BACK: Final = 30
MORNING: Final = time(8)
"""When people without working hours are told."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: its kind, what names it, and the instant it shows."""

    kind: str
    mark: str
    at: datetime


def last_reminder(
    due_on: date, until: datetime, calendar: ServiceCalendar | None, zone: tzinfo
) -> Reminder | None:
    """Return the last reminder that shows by ``until``, in its owner's hours.

    On the working day before (``tomorrow``), on the day itself (``today``), from the
    next working day on (``overdue``), then every week. A missed one is not made up for.
    """
    found = [
        one for one in _reminders(due_on, until, calendar, zone) if one.at <= until
    ]
    return max(found, key=lambda one: one.at, default=None)


def _reminders(
    due_on: date, until: datetime, calendar: ServiceCalendar | None, zone: tzinfo
) -> list[Reminder]:
    day = due_on.isoformat()
    made = []
    before = _opening_before(due_on, calendar, zone)
    if before is not None:
        made.append(Reminder("action_due", f"tomorrow:{day}", before))
    today = _opening(due_on, calendar, zone)
    if today.astimezone(_zone(calendar, zone)).date() == due_on:
        made.append(Reminder("action_due", f"today:{day}", today))
    first = _opening(due_on + _DAY, calendar, zone)
    made.append(Reminder("action_overdue", f"overdue:{day}:0", first))
    weeks = (until - first) // WEEK if until > first else 0
    for number in {weeks, weeks - 1} - {0, -1}:
        at = _opening(
            (first + number * WEEK).astimezone(_zone(calendar, zone)).date(),
            calendar,
            zone,
        )
        made.append(Reminder("action_overdue", f"overdue:{day}:{number}", at))
    return made


def _zone(calendar: ServiceCalendar | None, zone: tzinfo) -> tzinfo:
    return zone if calendar is None else calendar.zone


def _opening(day: date, calendar: ServiceCalendar | None, zone: tzinfo) -> datetime:
    """Return when a day's work begins, that of the next working day if it has none."""
    if calendar is None:
        return datetime.combine(day, MORNING, zone)
    return told_at(calendar, datetime.combine(day, time(), calendar.zone))


def _opening_before(
    due_on: date, calendar: ServiceCalendar | None, zone: tzinfo
) -> datetime | None:
    """Return the opening of the last working day before a day."""
    for days in range(1, _LOOKED_BACK):
        day = due_on - days * _DAY
        at = _opening(day, calendar, zone)
        if at.astimezone(_zone(calendar, zone)).date() == day:
            return at
    return None
