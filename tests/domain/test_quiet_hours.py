"""Quiet hours: by the unit's calendar, between two times, over midnight, never."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.calendar_specs import CalendarSpec
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.quiet_hours import Loud, QuietHours

OFFICE = ServiceCalendar(
    CalendarSpec(
        zone="Europe/Belgrade",
        weekly=dict.fromkeys(range(5), ((8 * 3600, 16 * 3600),)),
    )
)
H = 3600


def at(hour: int, day: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=OFFICE.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        (QuietHours(), [0, 3, 7, 16, 23]),
        (QuietHours(Loud.BETWEEN, 7 * H, 17 * H), [0, 3, 23]),
        (QuietHours(Loud.BETWEEN, 16 * H, 4 * H), [7, 12]),
        (QuietHours(Loud.ALWAYS), []),
        (QuietHours(Loud.NEVER), [0, 3, 7, 12, 16, 23]),
    ],
)
def test_hours_are_quiet_as_they_were_chosen(
    hours: QuietHours, quiet: list[int]
) -> None:
    found = [
        hour
        for hour in (0, 3, 7, 12, 16, 23)
        if hours.is_quiet(at(hour), OFFICE, OFFICE.zone)
    ]
    assert found == quiet


def test_a_closed_day_is_quiet_and_without_a_calendar_none_is() -> None:
    assert QuietHours().is_quiet(at(12, day=14), OFFICE, OFFICE.zone)
    assert not QuietHours().is_quiet(at(3), None, OFFICE.zone)


def test_what_was_kept_comes_back_and_nonsense_is_the_usual() -> None:
    mine = QuietHours(Loud.BETWEEN, 6 * H, 20 * H)
    assert QuietHours.of(mine.to_data()) == mine
    for wrong in ({"loud": "loudly"}, {"from_s": -1}, {"until_s": "x"}):
        assert QuietHours.of(wrong) == QuietHours()
    with pytest.raises(Invalid):
        QuietHours(from_s=90_000)
