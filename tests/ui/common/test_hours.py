"""Hours as typed, joined, moved and added up."""

from __future__ import annotations

import pytest

from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid
from ui.common.week.hours import (
    hours_text,
    joined,
    moved,
    parse_hours,
    week_total,
    with_end,
    with_start,
)
from ui.common.week.words import weekly_words

H = 3600


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("08:00-12:00, 12:30-16:00", [(8 * H, 12 * H), (45_000, 16 * H)]),
        ("8 - 12; 13.15–17", [(8 * H, 12 * H), (13 * H + 900, 17 * H)]),
        ("8 to 12", [(8 * H, 12 * H)]),
        ("22:00-06:00", [(22 * H, 30 * H)]),
        ("0-24", [(0, 24 * H)]),
        ("", []),
        (" , ", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed, hours):
    assert parse_hours(typed) == hours


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("from eight", "hours_unreadable"),
        ("08:00-12:60", "hours_unreadable"),
        ("08:00", "hours_unreadable"),
        ("<b>8-12</b>", "hours_unreadable"),
        ("08:00-25:00", "hours_past_24"),
        ("24:00-06:00", "hours_past_24"),
    ],
)
def test_what_cannot_be_read_is_named(typed, code):
    with pytest.raises(Invalid) as refused:
        parse_hours(typed)
    assert refused.value.code == code
    assert refused.value.details["value"] == typed[:40]


def test_hours_written_are_read_again_as_the_same():
    for hours in ([(22 * H, 30 * H)], [(0, 24 * H)], [(8 * H, 8 * H + 300)]):
        assert parse_hours(hours_text(hours)) == hours


def test_touching_and_overlapping_hours_are_joined_and_apart_ones_are_not():
    assert joined([(12, 16), (8, 12), (15, 18)]) == ((8, 18),)
    assert joined([(8, 12), (13, 16)]) == ((8, 12), (13, 16))


def test_an_interval_stays_on_its_day_and_never_turns_round():
    assert moved((8 * H, 12 * H), -9 * H) == (0, 4 * H)
    assert moved((20 * H, 22 * H), 3 * H) == (23 * H, 25 * H)
    assert moved((23 * H, 24 * H), 9 * H)[0] < 24 * H
    assert with_end((8 * H, 12 * H), 7 * H) == (8 * H, 8 * H + 300)
    assert with_end((8 * H, 12 * H), 60 * H) == (8 * H, 32 * H)
    assert with_start((8 * H, 12 * H), 13 * H) == (12 * H - 300, 12 * H)


def test_a_week_counts_hours_that_run_into_the_next_day_once():
    assert week_total({0: [(8 * H, 16 * H)], 1: [(8 * H, 16 * H)]}) == 16 * H
    assert week_total({0: [(22 * H, 30 * H)], 1: [(4 * H, 8 * H)]}) == 10 * H
    assert week_total({6: [(22 * H, 30 * H)], 0: [(5 * H, 7 * H)]}) == 9 * H
    assert week_total({day: [(0, 24 * H)] for day in range(7)}) == 168 * H


def test_days_alike_are_said_together():
    week = {day: [(8 * H, 16 * H)] for day in range(5)}
    assert weekly_words(week) == "Mon to Fri 08:00 to 16:00"
    week[2] = [(22 * H, 30 * H)]
    assert weekly_words(week) == (
        "Mon to Tue 08:00 to 16:00; Wed 22:00 to 06:00 next day; "
        "Thu to Fri 08:00 to 16:00"
    )
    assert weekly_words({}) == "never open"
    assert CalendarSpec("UTC", week).weekly[2] == ((22 * H, 30 * H),)
