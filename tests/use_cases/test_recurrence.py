"""When a series meets, through clock changes, ends and rules that never come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import Invalid
from desktop.use_cases.recurrence import (
    RHYTHMS,
    next_occurrence,
    place_in_month,
    rule_of,
)

ZONE = ZoneInfo("Europe/Belgrade")
FIRST = datetime(2026, 10, 12, 10, tzinfo=ZONE)


def after(rule: str, at: datetime, first: datetime = FIRST) -> str | None:
    found = next_occurrence(rule, first, "Europe/Belgrade", at)
    return found.astimezone(ZONE).isoformat() if found else None


def test_the_local_hour_stays_through_clock_changes():
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    times = []
    at = datetime(2026, 10, 1, tzinfo=UTC)
    for _ in range(3):
        found = next_occurrence(rule, FIRST, "Europe/Belgrade", at)
        assert found is not None
        assert found.tzinfo is UTC
        times.append(found.astimezone(ZONE).isoformat())
        at = found
    assert times == [
        "2026-10-12T10:00:00+02:00",
        "2026-10-26T10:00:00+01:00",
        "2026-11-09T10:00:00+01:00",
    ]


def test_a_time_the_clock_skips_is_held_an_hour_later():
    first = datetime(2026, 3, 22, 2, 30, tzinfo=ZONE)
    rule = "FREQ=WEEKLY;BYDAY=SU"
    assert after(rule, first, first) == "2026-03-29T03:30:00+02:00"


def test_the_session_itself_is_not_the_next_one():
    assert after("FREQ=DAILY", FIRST) == "2026-10-13T10:00:00+02:00"


def test_a_series_begins_with_its_first_day_however_early_one_asks():
    early = datetime(1990, 1, 1, tzinfo=UTC)
    late = datetime(2031, 1, 1, tzinfo=UTC)
    assert after("FREQ=WEEKLY;BYDAY=MO", early) is None  # more than five years away
    assert after("FREQ=WEEKLY;BYDAY=MO", late) == "2031-01-06T10:00:00+01:00"


@pytest.mark.parametrize(
    "rule",
    ["FREQ=WEEKLY;BYDAY=MO;COUNT=2", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261020T000000Z"],
)
def test_a_series_that_ends_has_no_next_session(rule):
    assert after(rule, FIRST) == "2026-10-19T10:00:00+02:00"
    assert after(rule, datetime(2026, 10, 20, tzinfo=UTC)) is None


@pytest.mark.parametrize("frequency", ["WEEKLY", "MONTHLY", "YEARLY"])
def test_a_rule_that_never_comes_ends(frequency):
    rule = f"FREQ={frequency};BYMONTH=2;BYMONTHDAY=30"
    assert after(rule, FIRST) is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every other Tuesday",
        "FREQ=OFTEN",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0x",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY",
        "RRULE:FREQ=DAILY\nEXDATE:20261013T100000",
        "<img src=x>",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(Invalid) as refused:
        after(rule, FIRST)
    assert refused.value.code == "not_a_rule"


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_every_rhythm_makes_a_rule_that_begins_on_its_first_day(rhythm):
    for day in range(1, 32):
        first = datetime(2026, 10, day, 9, tzinfo=ZONE)
        rule = rule_of(rhythm, first.date())
        found = after(rule, datetime(2026, 9, 30, tzinfo=UTC), first)
        assert found == first.isoformat()


@pytest.mark.parametrize(
    ("rhythm", "day", "rule", "then"),
    [
        ("weekly", 13, "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "2026-10-20"),
        ("two_weeks", 13, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-10-27"),
        ("four_weeks", 13, "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", "2026-11-10"),
        ("monthly", 13, "FREQ=MONTHLY;BYDAY=2TU", "2026-11-10"),
        ("monthly", 29, "FREQ=MONTHLY;BYDAY=-1TH", "2026-11-26"),
    ],
)
def test_a_rhythm_goes_on_as_it_is_called(rhythm, day, rule, then):
    first = datetime(2026, 10, day, 9, tzinfo=ZONE)
    assert rule_of(rhythm, first.date()) == rule
    assert (after(rule, first, first) or "").startswith(then)


def test_only_the_fifth_weekday_counts_as_the_last():
    assert [place_in_month(date(2026, 10, day)) for day in (1, 8, 22, 28, 29)] == [
        1,
        2,
        4,
        4,
        -1,
    ]


def test_an_unknown_rhythm_is_refused():
    with pytest.raises(Invalid) as refused:
        rule_of("daily", date(2026, 10, 13))
    assert refused.value.field == "rhythm"
