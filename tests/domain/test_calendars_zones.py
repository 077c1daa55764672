"""Every zone of the tz database keeps its days, through every change of its clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.instants import EPOCH, from_microseconds
from desktop.domain.open_time import LocalDays

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
DAY = timedelta(days=1)
FIRST = date(1970, 1, 3).toordinal()
LAST = date(2100, 12, 29).toordinal()


def all_week(zone: str) -> ServiceCalendar:
    """Give a calendar that is open around the clock."""
    return ServiceCalendar(
        CalendarSpec(zone, {day: [(0, 86_400)] for day in range(7)}, name=zone)
    )


def changes(zone: ZoneInfo, year: int) -> list[date]:
    """List the dates of a year that are longer or shorter than a day."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    return [
        day for day in days if midnight(day, zone) + DAY != midnight(day + DAY, zone)
    ]


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant a local date begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


@given(st.sampled_from(ZONES), st.integers(FIRST, LAST), st.integers(0, 172_800))
def test_edges_are_those_of_the_zone_in_any_year(
    name: str, ordinal: int, second: int
) -> None:
    zone = ZoneInfo(name)
    local = datetime.fromordinal(ordinal) + timedelta(seconds=second)
    expected = local.replace(tzinfo=zone, fold=0).astimezone(UTC)

    assert from_microseconds(LocalDays(zone).edge(ordinal, second)) == expected


@given(st.sampled_from(ZONES), st.integers(FIRST, LAST - 40), st.integers(1, 40))
def test_around_the_clock_counts_real_time_in_every_zone(
    name: str, ordinal: int, days: int
) -> None:
    start = EPOCH + timedelta(days=ordinal - EPOCH.toordinal(), hours=5)
    calendar = all_week(name)

    assert calendar.elapsed(start, start + days * DAY) == days * DAY
    assert calendar.due(start, days * DAY) == start + days * DAY


@pytest.mark.parametrize("year", [1975, 2011, 2026])
def test_a_day_of_a_change_counts_what_its_clocks_let_pass(year: int) -> None:
    looked_at = 0
    for name in ZONES[year % 7 :: 7]:
        zone = ZoneInfo(name)
        for day in changes(zone, year):
            hours = {day.weekday(): [(0, 86_400)]}
            calendar = ServiceCalendar(CalendarSpec(name, hours))
            start, end = midnight(day, zone), midnight(day + DAY, zone)
            assert calendar.elapsed(start - DAY, end + DAY) == end - start, (name, day)
            looked_at += 1
    assert looked_at > 10


@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_office_hours_are_eight_real_hours_unless_the_clocks_change(
    name: str, ordinal: int
) -> None:
    zone = ZoneInfo(name)
    day = date.fromordinal(ordinal)
    start, end = midnight(day, zone), midnight(day + DAY, zone)
    hours = {day.weekday(): [(9 * 3600, 17 * 3600)]}
    counted = ServiceCalendar(CalendarSpec(name, hours)).elapsed(start, end)

    assert counted == timedelta(hours=8) or end - start != DAY


@given(
    st.sampled_from(ZONES),
    st.integers(1971, 2099),
    st.integers(0, 400),
    st.integers(-200_000, 200_000),
    st.integers(1, 400_000),
)
def test_what_is_used_up_round_a_change_of_the_clocks_is_counted_again(
    name: str, year: int, nth: int, offset: int, amount: int
) -> None:
    """The nights the clocks go forward or back, else any day; hours over midnight."""
    zone = ZoneInfo(name)
    days = changes(zone, year) or [date(year, 1, 1) + timedelta(days=nth % 365)]
    night = {day: [(21 * 3600, 27 * 3600)] for day in range(7)}
    calendar = ServiceCalendar(CalendarSpec(name, night))
    start = midnight(days[nth % len(days)], zone) + timedelta(seconds=offset)
    open_time = timedelta(seconds=amount, microseconds=nth)
    due = calendar.due(start, open_time)
    assert calendar.elapsed(start, due) == open_time
    assert calendar.elapsed(start, due - timedelta(microseconds=1)) < open_time
