"""A working day is a date rule: which date, which time of it, what it comes to."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreements import Measure, Target
from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.clocks import ServiceClock
from desktop.domain.errors import Invalid
from desktop.domain.instants import from_microseconds, to_microseconds
from desktop.domain.working_days import (
    ClosedDay,
    DayEnd,
    DayRule,
    amount_of,
    date_due,
    working_days_of,
)
from tests.conformance.boston import NEEDED_PERCENT, judged, main
from tests.domain.calendar_strategies import minutes_near, specs

HOUR = 3600
ZONE = ZoneInfo("Europe/Belgrade")
OFFICE = CalendarSpec(
    zone="Europe/Belgrade",
    weekly=dict.fromkeys(
        range(5), ((8 * HOUR, 12 * HOUR), (12 * HOUR + 1800, 16 * HOUR))
    ),
    closures=[
        Closure(date(2026, 11, 11), date(2026, 11, 11), "Armistice Day"),
        Closure(date(2026, 11, 13), date(2026, 11, 13), "Stocktaking", 12 * HOUR),
    ],
)
CALENDAR = ServiceCalendar(OFFICE)
CENTRE = date(2016, 10, 30)
END = DayEnd.END_OF_DAY


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026: the 9th is a Monday, the 11th a holiday, the 13th ends at 12."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def due(rule: DayRule, start: datetime, calendar: ServiceCalendar = CALENDAR) -> str:
    found = from_microseconds(date_due(rule, calendar, to_microseconds(start)))
    return found.astimezone(ZONE).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (DayRule(1), on(9, 10, 15), "Tue 10 10:15"),
        (DayRule(2), on(9, 10, 15), "Thu 12 10:15"),  # over the holiday
        (DayRule(1, END), on(9, 10, 15), "Tue 10 16:00"),
        (DayRule(0, END), on(9, 10, 15), "Mon 09 16:00"),
        (DayRule(0, END), on(9, 18), "Tue 10 16:00"),  # begun after closing
        (DayRule(3, END), on(9, 10), "Fri 13 12:00"),  # that day closes early
        (DayRule(3), on(9, 15), "Fri 13 12:00"),  # there is no 15:00 that day
        (DayRule(1), on(9, 6), "Tue 10 08:00"),  # there is no 06:00 either
        (DayRule(1), on(9, 12, 10), "Tue 10 12:30"),  # nor is lunch a time
        (DayRule(1), on(7, 11), "Tue 10 08:00"),  # Saturday counts from Monday, 08:00
        (DayRule(1, closed_day=ClosedDay.SAME_TIME), on(7, 11), "Tue 10 11:00"),
        (DayRule(1, cutoff_s=14 * HOUR), on(9, 13, 59), "Tue 10 13:59"),
        (DayRule(1, cutoff_s=14 * HOUR), on(9, 14), "Thu 12 08:00"),
        (
            DayRule(1, cutoff_s=14 * HOUR, restart_s=9 * HOUR),
            on(9, 14),
            "Thu 12 09:00",
        ),
        (DayRule(1, END, cutoff_s=14 * HOUR), on(9, 15), "Thu 12 16:00"),
        (DayRule(5), on(5, 9), "Fri 13 09:00"),
    ],
)
def test_a_date_rule_gives_the_date_and_its_time(
    rule: DayRule, start: datetime, expected: str
) -> None:
    assert due(rule, start) == expected


def test_a_night_belongs_to_the_date_it_began_on() -> None:
    nights = ServiceCalendar(
        CalendarSpec(zone=ZONE.key, weekly={4: ((22 * HOUR, 30 * HOUR),)})
    )
    assert due(DayRule(1), on(14, 1), nights) == "Sat 21 01:00"
    assert due(DayRule(1, END), on(13, 23), nights) == "Sat 21 06:00"


def test_the_same_time_is_that_of_the_clock_on_the_wall() -> None:
    """On 25 October 2026 clocks go back: a weekday's 24 hours become 25."""
    always = dict.fromkeys(range(7), ((0, 86_400),))
    calendar = ServiceCalendar(CalendarSpec(zone=ZONE.key, weekly=always))
    start = datetime(2026, 10, 24, 10, tzinfo=ZONE)
    amount = amount_of(DayRule(1), calendar, to_microseconds(start))
    assert amount.open_time == timedelta(hours=25)


def test_a_rule_due_at_opening_is_not_shown_at_the_closing_before() -> None:
    start = on(7, 11)
    amount = amount_of(DayRule(1), CALENDAR, to_microseconds(start))
    assert amount.lands_on_opening
    clock = ServiceClock(CALENDAR, amount.open_time, start, lands_on_opening=True)
    assert clock.due_at(start) == on(10, 8)
    assert clock.breached_at(on(10, 8)) is None
    assert clock.breached_at(on(10, 8, 1)) == on(10, 8)


def test_a_hold_moves_the_date_by_the_open_time_in_it() -> None:
    start = on(9, 10)
    amount = amount_of(DayRule(1), CALENDAR, to_microseconds(start))
    pauses = [(on(9, 11), on(9, 15))]
    clock = ServiceClock(CALENDAR, amount.open_time, start, pauses)
    assert clock.due_at(on(9, 16)) == on(10, 14)


def test_a_rule_the_calendar_never_reaches_is_refused() -> None:
    closing = ServiceCalendar(
        CalendarSpec(
            zone=ZONE.key, weekly=OFFICE.weekly, closed_from=date(2026, 11, 12)
        )
    )
    with pytest.raises(Invalid) as refused:
        date_due(DayRule(3), closing, to_microseconds(on(9, 10)))
    assert refused.value.code == "beyond_calendar"
    target = Target(3 * 7 * HOUR, Measure.WORKING_DAYS, DayRule(3))
    assert target.amount(closing, on(9, 10)).open_time == timedelta(hours=21)


rules = st.builds(
    DayRule,
    days=st.integers(1, 12),
    ends=st.sampled_from(DayEnd),
    cutoff_s=st.one_of(st.none(), st.integers(0, 95).map(lambda one: one * 900)),
    closed_day=st.sampled_from(ClosedDay),
)


@given(specs(CENTRE), rules, st.data())
def test_what_a_rule_comes_to_is_used_up_when_it_says(
    spec: CalendarSpec, rule: DayRule, data: st.DataObject
) -> None:
    start = data.draw(minutes_near(CENTRE, spec.zone))
    calendar = ServiceCalendar(spec)
    begin = to_microseconds(start)
    moment = date_due(rule, calendar, begin)
    assert moment >= begin
    amount = amount_of(rule, calendar, begin)
    clock = ServiceClock(
        calendar, amount.open_time, start, lands_on_opening=amount.lands_on_opening
    )
    found = clock.due_at(start)
    assert found is not None
    # At closing or at the opening after it: no open time lies between.
    between = sorted((to_microseconds(found), moment))
    assert calendar.elapsed_us(*between) == 0


@given(specs(CENTRE), rules, st.data())
def test_a_day_more_is_never_due_earlier(
    spec: CalendarSpec, rule: DayRule, data: st.DataObject
) -> None:
    start = data.draw(minutes_near(CENTRE, spec.zone))
    calendar = ServiceCalendar(spec)
    begin = to_microseconds(start)
    days = working_days_of(calendar)
    now = date_due(rule, calendar, begin)
    then = date_due(replace(rule, days=rule.days + 1), calendar, begin)
    assert days.ordinal(then) >= days.ordinal(now)


@pytest.fixture
def golden(shared_data: Path) -> Path:
    return shared_data / "boston311" / "target_golden_2000.csv"


def test_bostons_rule_is_an_agreement_in_working_days(golden: Path) -> None:
    with golden.open("r", encoding="utf-8", newline="") as file:
        good, count = judged(csv.DictReader(file))
    assert count == 2000
    assert 100 * good / count >= NEEDED_PERCENT


def test_the_command_says_how_many_agree(golden: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    with report.open("w", encoding="utf-8") as out:
        assert main([str(golden)], out) == 0
    assert "of 2000 targets within ten minutes" in report.read_text(encoding="utf-8")
