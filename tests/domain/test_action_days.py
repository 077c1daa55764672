"""When an owner is reminded of an action: in their hours, then every week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.action_days import last_reminder
from desktop.domain.calendar_specs import CalendarSpec
from desktop.domain.calendars import ServiceCalendar

ZONE = ZoneInfo("Europe/Belgrade")
OFFICE = ServiceCalendar(
    CalendarSpec(
        zone=ZONE.key, weekly=dict.fromkeys(range(5), ((8 * 3600, 16 * 3600),))
    )
)
MONDAY = date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at(19, 23), None),
        (at(20, 7, 59), None),
        (at(20, 8), ("action_due", "tomorrow", at(20, 8))),
        (at(22, 12), ("action_due", "tomorrow", at(20, 8))),
        (at(23, 8), ("action_due", "today", at(23, 8))),
        (at(23, 23), ("action_due", "today", at(23, 8))),
        (at(24, 8), ("action_overdue", "overdue", at(24, 8))),
        (at(30, 23), ("action_overdue", "overdue", at(24, 8))),
    ],
)
def test_of_a_monday_it_is_told_on_friday_then_and_on_tuesday(now, told):
    found = last_reminder(MONDAY, now, OFFICE, ZONE)
    assert (
        found and (found.kind, found.mark.partition(":")[0], found.at.astimezone(ZONE))
    ) == told


def test_overdue_is_told_every_week_under_a_name_of_its_own():
    marks = [
        found.mark
        for days in range(60)
        if (found := last_reminder(MONDAY, at(24, 9) + timedelta(days), OFFICE, ZONE))
    ]
    assert list(dict.fromkeys(marks)) == [
        f"overdue:2026-11-23:{number}" for number in range(9)
    ]


def test_a_day_off_is_told_of_before_and_after_never_on_it():
    saturday = date(2026, 11, 28)
    found = last_reminder(saturday, at(28, 12), OFFICE, ZONE)
    assert found is not None
    assert (found.kind, found.at.astimezone(ZONE)) == ("action_due", at(27, 8))
    found = last_reminder(saturday, at(30, 8), OFFICE, ZONE)
    assert found is not None
    assert found.kind == "action_overdue"


def test_without_working_hours_it_is_told_in_the_morning():
    found = last_reminder(MONDAY, at(22, 9), None, ZONE)
    assert found is not None
    assert found.at == at(22, 8)
