"""Clocks in words: each state says what it is, when it is due, and how much is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.promises import ClockView
from ui.common.clock_words import clock_words, declined_words

# Monday 16 November 2026; the calendar never closes, so hours are easy to follow.
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.fixture
def calendar() -> ServiceCalendar:
    week = dict.fromkeys(range(7), ((0, 24 * 3600),))
    return ServiceCalendar(CalendarSpec("UTC", week))


@pytest.fixture
def running() -> ClockView:
    return ClockView(
        kind=TargetKind.RESOLUTION,
        unit=1,
        for_unit=2,
        calendar_id=1,
        version_id=1,
        target_s=8 * 3600,
        warn_share=0.75,
        used_s=0,
        started_at=at(8),
        running_since=at(8),
        due_at=at(16),
        at_risk_at=at(14),
        breached_at=None,
        stopped_at=None,
        state=ClockState.RUNNING,
    )


def test_on_track_says_what_is_left_and_when_it_is_due(running, calendar) -> None:
    shown = clock_words(running, calendar, at(10))
    assert (shown.state, shown.words, shown.due_words) == ("ok", "6 h left", "16:00")
    assert shown.share_used == pytest.approx(0.25)
    assert shown.accessible.startswith("on track, 6 h of working time left, due Mon")


def test_past_the_warning_it_is_at_risk(running, calendar) -> None:
    shown = clock_words(running, calendar, at(14, 20))
    assert (shown.state, shown.words) == ("risk", "1 h 40 left")


def test_past_the_target_it_is_broken_without_anything_happening(
    running, calendar
) -> None:
    shown = clock_words(running, calendar, at(17, 30))
    assert (shown.state, shown.words, shown.share_used) == (
        "broken",
        "1 h 30 over",
        1.0,
    )


def test_held_has_time_left_and_no_due_time(running, calendar) -> None:
    held = replace(
        running,
        used_s=3600,
        running_since=None,
        due_at=None,
        state=ClockState.PAUSED,
    )
    shown = clock_words(held, calendar, at(20, day=3))
    assert (shown.state, shown.words, shown.due_words) == ("held", "Held, 7 h left", "")


def test_kept_says_how_early(running, calendar) -> None:
    kept = replace(
        running,
        used_s=6 * 3600,
        running_since=None,
        stopped_at=at(14),
        state=ClockState.MET,
    )
    shown = clock_words(kept, calendar, at(20))
    assert (shown.state, shown.words) == ("kept", "Kept, 2 h early")
    assert shown.due_words == "14:00"


def test_done_too_late_says_by_how_much(running, calendar) -> None:
    lost = replace(
        running,
        used_s=9 * 3600,
        running_since=None,
        breached_at=at(16),
        stopped_at=at(17),
        state=ClockState.BREACHED,
    )
    shown = clock_words(lost, calendar, at(20))
    assert (shown.state, shown.words) == ("lost", "Broken by 1 h")


def test_broken_and_held_says_both(running, calendar) -> None:
    both = replace(
        running,
        used_s=9 * 3600,
        running_since=None,
        breached_at=at(16),
        due_at=at(16),
        state=ClockState.BREACHED,
    )
    shown = clock_words(both, calendar, at(20))
    assert (shown.state, shown.words) == ("broken", "1 h over, held")


def test_nothing_promised_is_said(calendar) -> None:
    assert clock_words(None, calendar, at(9)).words == "No promise"


def test_cancelled_has_no_verdict(running, calendar) -> None:
    gone = replace(running, is_void=True, stopped_at=at(9), running_since=None)
    assert clock_words(gone, calendar, at(20)).words == "Cancelled"


def test_declined_is_a_state_of_its_own(calendar) -> None:
    shown = declined_words(at(10), calendar, at(12))
    assert (shown.state, shown.words, shown.due_words) == (
        "declined",
        "Declined",
        "10:00",
    )
