"""Sessions laid around closed days: moved onto open ones, or left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.rhythms import Rhythm
from desktop.domain.session_days import FARTHEST_MOVE, HolidayRule, laid_out
from desktop.store.recurrence import occurrences

ZONE = ZoneInfo("Europe/Belgrade")
FIRST = date(2026, 10, 5)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def local(instant: datetime | None) -> str:
    return instant.astimezone(ZONE).strftime("%d.%m. %H:%M") if instant else ""


def laid(days, rule, closed=(), skipped=()):
    found = laid_out(
        [at(one) for one in days],
        ZONE.key,
        rule,
        frozenset(skipped),
        lambda day: day in closed or day.weekday() >= 5,
    )
    return [(local(one.starts_at), one.laid) for one in found]


MONDAYS = [FIRST + timedelta(weeks=count) for count in range(4)]


def test_a_holiday_is_kept_left_out_or_moved_by_rule():
    closed = {MONDAYS[1]}
    assert laid(MONDAYS[:2], HolidayRule.KEEP, closed)[1] == ("12.10. 10:00", "rule")
    assert laid(MONDAYS[:2], HolidayRule.SKIP, closed)[1] == ("", "closed")
    # The Friday before, for the weekend is closed too.
    moved = laid(MONDAYS[:2], HolidayRule.EARLIER, closed)[1]
    assert moved == ("09.10. 10:00", "earlier")
    assert laid(MONDAYS, HolidayRule.LATER, closed)[1] == ("13.10. 10:00", "later")


def test_a_week_closed_altogether_is_left_out_for_the_next_session_is_near():
    closed = {MONDAYS[1] + timedelta(days=day) for day in range(7)}
    assert laid(MONDAYS, HolidayRule.LATER, closed)[1] == ("", "closed")
    before = {MONDAYS[0] + timedelta(days=day) for day in range(1, 8)}
    assert laid(MONDAYS, HolidayRule.EARLIER, before)[1] == ("", "closed")


def test_a_skipped_day_is_left_out_though_it_is_closed_as_well():
    told = laid(MONDAYS, HolidayRule.LATER, {MONDAYS[1]}, {MONDAYS[1]})
    assert told[1] == ("", "skipped")


def test_a_moved_session_keeps_its_hour_through_the_clock_change():
    days = [date(2026, 10, 26)]  # the Monday after the clock changed
    assert laid(days, HolidayRule.EARLIER, set(days)) == [("23.10. 10:00", "earlier")]


@given(
    rule=st.sampled_from(HolidayRule),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    interval=st.integers(1, 3),
    closed=st.sets(st.integers(0, 120), max_size=80),
    skipped=st.sets(st.integers(0, 120), max_size=10),
)
def test_nothing_moves_onto_a_closed_day_far_away_or_onto_another_session(
    rule, weekdays, interval, closed, skipped
):
    shut = {FIRST + timedelta(days=one) for one in closed}
    out = {FIRST + timedelta(days=one) for one in skipped}
    told = Rhythm(interval=interval, weekdays=tuple(weekdays), times=40)
    instants = list(
        occurrences(told.rule(ZONE.key), at(FIRST), ZONE.key, at(FIRST) - timedelta(1))
    )
    laid = list(laid_out(instants, ZONE.key, rule, out, shut.__contains__))
    assert [one.rule_at for one in laid] == instants
    days = [one.starts_at.astimezone(ZONE).date() for one in laid if one.starts_at]
    assert days == sorted(set(days))
    for one in laid:
        if one.starts_at is None:
            continue
        local_start = one.starts_at.astimezone(ZONE)
        assert local_start.time() == time(10)
        assert one.rule_at.astimezone(ZONE).date() not in out
        assert rule is HolidayRule.KEEP or local_start.date() not in shut
        assert abs(one.starts_at - one.rule_at) <= timedelta(FARTHEST_MOVE, 3600)
