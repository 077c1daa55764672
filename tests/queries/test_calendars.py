"""The list of calendars, and a year of one, as screens show them."""

from desktop.queries.calendars import calendar_rows
from tests.small_house import SmallHouse

HOUR = 3600


def test_the_calendar_row_counts_who_uses_it(small_house: SmallHouse) -> None:
    (row,) = small_house.read(calendar_rows)
    assert (row.units, row.agreements, row.week_s) == (4, 2, 5 * 7.5 * HOUR)
