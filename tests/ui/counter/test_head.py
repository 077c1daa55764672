"""How the counter's head says until when the unit is open."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.calendar_specs import CalendarSpec, Closure
from desktop.domain.calendars import ServiceCalendar
from ui.counter.head import open_words

ZONE = ZoneInfo("Europe/Belgrade")
HOUR = 3600
DAY = ((8 * HOUR, 16 * HOUR),)
ROUND = ((0, 24 * HOUR),)
CLOSED_FRIDAY = (Closure(date(2026, 5, 8), date(2026, 5, 8), "Town day"),)


@pytest.mark.parametrize(
    ("hours", "closures", "hour", "words"),
    [
        (DAY, (), 10, "Open until 16:00"),
        (DAY, (), 17, "Closed, opens Tue 08:00"),
        (ROUND, (), 10, "Open day and night"),
        (ROUND, CLOSED_FRIDAY, 10, "Open until Fri 00:00"),
    ],
)
def test_open_until(hours, closures, hour, words) -> None:
    week = dict.fromkeys(range(7), hours)
    calendar = ServiceCalendar(CalendarSpec(ZONE.key, week, closures=closures))
    now = datetime(2026, 5, 4, hour, tzinfo=ZONE)
    assert open_words(calendar, now, ZONE) == words
