"""The list of calendars, and a year of one, as screens show them."""

from datetime import date

from desktop.queries.calendars import calendar_details, calendar_rows, calendar_year
from tests.small_house import SmallHouse

HOUR = 3600


def test_a_year_shows_hours_closures_and_what_is_left(small_house: SmallHouse) -> None:
    spec = small_house.read(calendar_details, small_house.calendar_id).spec
    days = {one.day: one for one in calendar_year(spec, 2026)}
    assert len(days) == 365
    assert days[date(2026, 11, 9)].open_s == 7.5 * HOUR
    holiday = days[date(2026, 11, 11)]
    assert (holiday.open_s, [one.name for one in holiday.closures]) == (
        0,
        ["Armistice Day"],
    )


def test_the_calendar_row_counts_who_uses_it(small_house: SmallHouse) -> None:
    (row,) = small_house.read(calendar_rows)
    assert (row.units, row.agreements, row.week_s) == (4, 2, 5 * 7.5 * HOUR)
