"""Rhythms as rules: what is chosen becomes an RRULE, and is read back as chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Invalid
from desktop.domain.rhythms import LAST, Rhythm, place_in_month

ZONE = "Europe/Belgrade"
FIRST = date(2026, 11, 2)

places = st.builds(
    Rhythm,
    unit=st.just("months"),
    interval=st.integers(1, 24),
    weekdays=st.tuples(st.integers(0, 6)),
    place=st.sampled_from([1, 2, 3, 4, LAST]),
)
month_days = st.builds(
    Rhythm,
    unit=st.just("months"),
    interval=st.integers(1, 24),
    month_day=st.sampled_from([*range(1, 32), LAST]),
)
weeks = st.builds(
    Rhythm,
    interval=st.integers(1, 52),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda one: tuple(sorted(one))),
    until=st.none() | st.dates(date(2026, 11, 2), date(2090, 1, 1)),
)
ended = st.builds(Rhythm, weekdays=st.just((0,)), times=st.integers(1, 999))
zones = st.sampled_from([ZONE, "Pacific/Kiritimati", "America/Los_Angeles", "UTC"])


@given(weeks | places | month_days | ended, zones)
def test_a_rhythm_comes_back_from_its_rule(rhythm, zone):
    rule = rhythm.rule(zone)
    assert Rhythm.of(rule, zone, FIRST) == rhythm
    assert len(rule) <= 200
    assert rrulestr(rule, dtstart=datetime(2026, 11, 2, tzinfo=UTC)) is not None


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (Rhythm(weekdays=(0,)), "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        (
            Rhythm(interval=3, weekdays=(4, 1)),
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR",
        ),
        (
            Rhythm("months", 2, (2,), LAST, times=4),
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1WE;COUNT=4",
        ),
        (
            Rhythm("months", month_day=15, until=date(2027, 6, 30)),
            "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15;UNTIL=20270630T215959Z",
        ),
    ],
)
def test_a_rhythm_is_said_as_the_standard_says_it(rhythm, rule):
    assert rhythm.rule(ZONE) == rule


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm(), "weekdays"),
        (Rhythm(weekdays=(7,)), "weekdays"),
        (Rhythm(weekdays=(0,), interval=0), "interval"),
        (Rhythm(weekdays=(0,), interval=53), "interval"),
        (Rhythm("months", 25, month_day=1), "interval"),
        (Rhythm("months"), "rhythm"),
        (Rhythm("months", month_day=32), "rhythm"),
        (Rhythm("months", weekdays=(0,), place=5), "rhythm"),
        (Rhythm("months", weekdays=(0, 1), place=1), "rhythm"),
        (Rhythm(weekdays=(0,), times=0), "times"),
        (Rhythm(weekdays=(0,), times=3, until=FIRST), "times"),
    ],
)
def test_what_is_no_rhythm_is_refused_at_its_field(rhythm, field):
    with pytest.raises(Invalid) as refused:
        rhythm.rule(ZONE)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=x",
        "FREQ=WEEKLY;UNTIL=soon",
        "<img src=x>",
        "",
    ],
)
def test_a_rule_beyond_the_choices_is_no_rhythm(rule):
    assert Rhythm.of(rule, ZONE, FIRST) is None


def test_a_rule_without_days_takes_those_of_its_first_day():
    assert Rhythm.of("FREQ=WEEKLY", ZONE, FIRST) == Rhythm(weekdays=(0,))
    assert Rhythm.of("FREQ=MONTHLY", ZONE, FIRST) == Rhythm("months", month_day=2)


def test_the_last_day_ends_at_its_own_midnight_wherever_it_is():
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        rule = Rhythm(weekdays=(0,), until=FIRST).rule(zone)
        told = rule.split("UNTIL=")[1].replace("Z", "+0000")
        end = datetime.strptime(told, "%Y%m%dT%H%M%S%z")
        local = end.astimezone(ZoneInfo(zone))
        assert (local.date(), local.hour) == (FIRST, 23)


def test_only_the_fifth_weekday_counts_as_the_last():
    days = [place_in_month(date(2026, 10, day)) for day in (1, 8, 22, 28, 29)]
    assert days == [1, 2, 4, 4, -1]
