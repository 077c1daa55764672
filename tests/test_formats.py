"""Dates, durations and numbers as the reader writes them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import formats
from desktop.i18n import set_language

LIPOVAC = ZoneInfo("Europe/Belgrade")
MONDAY = datetime(2016, 5, 16, 6, 30, tzinfo=UTC)  # 08:30 in Lipovac
LANGUAGES = ["en", "en_US", "sr", "sr_Latn", "hr", "ro", "ka", "ru", "qps", "xx"]


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Mon 16 May 08:30"),
        ("sr", "пон 16. мај 08:30"),
        ("ka", "ორშ, 16 მაი 08:30"),
        ("ru", "пн, 16 мая 08:30"),
    ],
)
def test_an_instant_is_day_and_time_in_the_zone(language, shown):
    set_language(language)
    assert formats.instant(MONDAY, LIPOVAC) == shown


def test_an_instant_can_carry_its_year():
    assert formats.instant(MONDAY, LIPOVAC, year=True) == "Mon 16 May 2016 08:30"


def test_the_zone_decides_the_day():
    late = datetime(2016, 5, 16, 22, 30, tzinfo=UTC)
    assert formats.instant(late, LIPOVAC) == "Tue 17 May 00:30"
    assert formats.clock_time(late, UTC) == "22:30"


def test_a_naive_instant_is_refused():
    naive = MONDAY.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        formats.instant(naive, LIPOVAC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Mon 16 May 2016"),
        ("sr", "пон, 16. мај 2016."),
        ("ka", "ორშ, 16 მაი. 2016"),
        ("ru", "пн, 16 мая 2016\N{NARROW NO-BREAK SPACE}г."),
    ],
)
def test_a_day_with_its_year(language, shown):
    set_language(language)
    assert formats.day(date(2016, 5, 16), year=True) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Monday 16 May 2016"),
        ("sr", "понедељак, 16. мај 2016."),
        ("ka", "ორშაბათი, 16 მაისი, 2016"),
        ("ru", "понедельник, 16 мая 2016\N{NARROW NO-BREAK SPACE}г."),
    ],
)
def test_a_long_day_for_headings(language, shown):
    set_language(language)
    assert formats.long_day(date(2016, 5, 16)) == shown


@pytest.mark.parametrize(
    ("away", "shown"),
    [
        (timedelta(hours=7), "15:30"),
        (timedelta(hours=-8), "00:30"),
        (timedelta(hours=-9), "Sun 23:30"),
        (timedelta(days=3, hours=7), "Thu 15:30"),
        (timedelta(days=6), "Sun 08:30"),
        (timedelta(days=7), "Mon 23 May 08:30"),
        (timedelta(days=-7), "Mon 9 May 08:30"),
        (timedelta(days=366), "Wed 17 May 2017 08:30"),
    ],
)
def test_a_short_instant_says_what_now_leaves_open(away, shown):
    assert formats.short_instant(MONDAY + away, MONDAY, LIPOVAC) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2016, 5, 2), date(2016, 5, 15), "2–15 May 2016"),
        (date(2016, 5, 2), date(2016, 5, 2), "2 May 2016"),
        (date(2015, 12, 28), date(2016, 1, 10), "28 Dec 2015 – 10 Jan 2016"),
    ],
)
def test_a_range_of_days(first, last, shown):
    plain = formats.date_range(first, last).replace("\N{THIN SPACE}", " ")
    assert plain == shown


def test_a_range_can_leave_the_year_to_the_heading():
    assert formats.date_range(date(2016, 5, 2), date(2016, 5, 15), year=False) == (
        "2–15 May"
    )


def test_a_range_over_new_year_always_carries_its_years():
    shown = formats.date_range(date(2015, 12, 28), date(2016, 1, 10), year=False)
    assert "2015" in shown
    assert "2016" in shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 h 00"),
        (59, "0 h 00"),
        (60, "0 h 01"),
        (40 * 60, "0 h 40"),
        (7800, "2 h 10"),
        (7859, "2 h 10"),
        (21 * 3600, "21 h"),
        (1234 * 3600 + 60, "1,234 h 01"),
        (-7800, "−2 h 10"),
    ],
)
def test_working_time_is_hours_and_minutes(seconds, shown):
    assert formats.working_time(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (7800, "2 h 10 left"),
        (75600, "21 h left"),
        (59, "under a minute left"),
        (0, "0 h 00 left"),
        (-1, "under a minute over"),
        (-17400, "4 h 50 over"),
    ],
)
def test_time_left_turns_to_time_over(seconds, shown):
    assert formats.time_left(seconds) == shown


@pytest.mark.parametrize(
    ("language", "hours", "percent", "whole"),
    [
        ("en", "99.8", "79 %", "24,918"),
        ("sr", "99,8", "79%", "24.918"),
        ("ka", "99,8", "79%", "24\N{NO-BREAK SPACE}918"),
        ("ru", "99,8", "79\N{NO-BREAK SPACE}%", "24\N{NO-BREAK SPACE}918"),
    ],
)
def test_figures_follow_the_language(language, hours, percent, whole):
    set_language(language)
    assert formats.decimal_hours(359_280) == hours
    assert formats.share(0.79) == percent
    assert formats.count(24_918) == whole


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(0, 1, "0.0"), (-0.04, 1, "0.0"), (1234.56, 2, "1,234.56"), (2.4, 0, "2")],
)
def test_a_number_has_exactly_its_decimals(value, decimals, shown):
    assert formats.number(value, decimals) == shown


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    days=st.integers(-42_000, 66_000),
    seconds=st.integers(-(10**9), 10**9),
)
def test_nothing_is_ever_without_words(language, days, seconds):
    set_language(language)
    at = MONDAY + timedelta(days=days, seconds=seconds % 86_400)
    assert all(
        (
            formats.short_instant(at, MONDAY, LIPOVAC),
            formats.long_day(at.date()),
            formats.date_range(at.date(), at.date() + timedelta(days=40)),
            formats.time_left(seconds),
            formats.decimal_hours(seconds),
        )
    )
