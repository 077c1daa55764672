"""When a series meets, through clock changes, ends and rules that never come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import Invalid
from desktop.domain.rhythms import Rhythm
from desktop.store.recurrence import next_occurrence

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
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=MONTHLY;BYDAY=9MO",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(Invalid) as refused:
        after(rule, FIRST)
    assert refused.value.code == "not_a_rule"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_last_day_is_a_day_of_the_series_own_clock(zone):
    first = datetime(2026, 11, 2, 23, 30, tzinfo=ZoneInfo(zone))
    rule = Rhythm(weekdays=(0,), until=date(2026, 11, 9)).rule(zone)
    last = next_occurrence(rule, first, zone, first)
    assert last is not None
    assert last.astimezone(ZoneInfo(zone)).isoformat()[:16] == "2026-11-09T23:30"
    assert next_occurrence(rule, first, zone, last) is None


def test_the_thirtieth_of_every_month_leaves_february_out():
    rule = Rhythm("months", month_day=30).rule("Europe/Belgrade")
    first = datetime(2027, 1, 30, 10, tzinfo=ZONE)
    assert (after(rule, first, first) or "")[:10] == "2027-03-30"
