"""Public holidays arrive as closures, and agree with a published list."""

import csv
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.exchange.holiday_refresh import HolidaySource, with_fresh_holidays
from desktop.exchange.public_holidays import (
    moved_working_days,
    public_holidays,
    supported_countries,
)

WEEK = CalendarSpec("UTC", {day: [(8 * 3600, 18 * 3600)] for day in range(5)})


def test_brazil_2016_gives_the_holidays_the_log_was_worked_by() -> None:
    days = {one.start: one.name for one in public_holidays("BR", None, [2016])}

    assert days == {
        date(2016, 1, 1): "Universal Fraternization Day",
        date(2016, 3, 25): "Good Friday",
        date(2016, 4, 21): "Tiradentes' Day",
        date(2016, 5, 1): "Worker's Day",
        date(2016, 9, 7): "Independence Day",
        date(2016, 10, 12): "Our Lady of Aparecida",
        date(2016, 11, 2): "All Souls' Day",
        date(2016, 11, 15): "Republic Proclamation Day",
        date(2016, 12, 25): "Christmas Day",
    }


def test_every_country_agrees_with_the_published_dates_and_names(
    shared_data: Path,
) -> None:
    path = shared_data / "public_facts" / "public_holidays_2010_2027.csv"
    published: dict[tuple[str, str], dict[date, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["date"])
            published[row["country"], row["subdivision"]][day] = row["name"]

    assert len(published) == 13
    for (country, subdivision), days in published.items():
        found = public_holidays(country, subdivision, range(2010, 2028))
        assert {one.start: one.name for one in found} == days, (country, subdivision)


def test_a_subdivision_adds_its_own_days() -> None:
    national = {one.start for one in public_holidays("GB", "ENG", [2026])}
    scottish = {one.start for one in public_holidays("GB", "SCT", [2026])}

    assert date(2026, 11, 30) in scottish - national


def test_names_come_in_the_language_asked_for_where_there_is_one() -> None:
    german = {one.name for one in public_holidays("DE", "BY", [2026], "de")}
    unheard = public_holidays("DE", "BY", [2026], "tlh")

    assert "Karfreitag" in german
    assert {one.name for one in unheard} == german


def test_a_saturday_worked_for_a_bridge_day_is_open() -> None:
    moved = moved_working_days("RU", "", [2024])
    calendar = ServiceCalendar(with_fresh_holidays(WEEK, HolidaySource("RU"), [2024]))

    assert moved == [date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28)]
    assert calendar.is_open(datetime(2024, 4, 27, 9, tzinfo=UTC))
    assert not calendar.is_open(datetime(2024, 4, 29, 9, tzinfo=UTC))
    assert not calendar.is_open(datetime(2024, 4, 20, 9, tzinfo=UTC))


def test_what_people_wrote_into_the_calendar_stays() -> None:
    own = Closure(date(2024, 5, 1), date(2024, 5, 1), "Our summer fête")
    spec = CalendarSpec("UTC", WEEK.weekly, {date(2024, 4, 27): []}, [own])

    merged = with_fresh_holidays(spec, HolidaySource("RU"), [2024])

    assert own in merged.closures
    assert merged.overrides[date(2024, 4, 27)] == ()


def test_adding_the_same_year_twice_changes_nothing() -> None:
    once = with_fresh_holidays(WEEK, HolidaySource("FR"), [2025])

    assert with_fresh_holidays(once, HolidaySource("FR"), [2025]) == once


@pytest.mark.parametrize(
    ("country", "subdivision", "years", "field"),
    [
        ("XX", None, [2026], "country"),
        ("", None, [2026], "country"),
        ("HolidayBase", None, [2026], "country"),
        ("DE", "ZZ", [2026], "subdivision"),
        ("DE", None, [1969], "years"),
        ("DE", None, [2101], "years"),
    ],
)
def test_what_is_not_known_is_refused_at_its_field(
    country: str, subdivision: str | None, years: list[int], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        public_holidays(country, subdivision, years)

    assert refusal.value.field == field


def test_countries_can_be_listed_with_their_parts() -> None:
    countries = supported_countries()

    assert "SP" in countries["BR"]
    assert len(countries) > 150


def test_the_package_is_loaded_only_when_it_is_asked() -> None:
    look = "import sys, desktop.exchange.public_holidays as p; print(p.__name__)"
    code = f"{look}; sys.exit('holidays' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_holiday_does_not_count() -> None:
    calendar = ServiceCalendar(with_fresh_holidays(WEEK, HolidaySource("BR"), [2016]))
    thursday = datetime(2016, 4, 21, 8, tzinfo=UTC)

    assert calendar.due(thursday, timedelta(hours=1)).day == 22
