"""Sessions planned ahead: each occurrence once, however many computers look."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from desktop.domain.errors import Transition
from desktop.domain.rhythms import Rhythm
from desktop.entities.meetings import Meeting, MeetingSeries
from desktop.queries.series_editor import is_planning_due
from desktop.use_cases.meeting_series import create_series
from desktop.use_cases.meetings import close_session, plan_session
from desktop.use_cases.sessions_moving import (
    SessionTime,
    cancel_session,
    extra_session,
    move_session,
)
from desktop.use_cases.sessions_planning import plan_ahead, plan_all
from tests.queries.test_agenda import a_series
from tests.small_house import ZONE
from tests.use_cases.agendas import journal, one
from tests.use_cases.series import days, sessions, wanted


def test_planning_again_plans_nothing_twice(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    before = [row.id for row in sessions(house, made)]
    assert house.run(plan_ahead, made) == []
    assert house.run(plan_all) == 0
    assert [row.id for row in sessions(house, made)] == before


def test_as_time_goes_on_the_next_one_is_planned(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    assert not house.read(is_planning_due, house.now)
    house.instant += timedelta(days=10)
    assert house.read(is_planning_due, house.now)
    assert house.run(plan_all) == 1
    assert days(house, made)[-1] == "29.12. 09:30"
    assert not house.read(is_planning_due, house.now)


def test_a_long_absence_plans_only_what_is_to_come(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    house.instant += timedelta(days=200)
    assert house.run(plan_all) == 3
    rows = sessions(house, made)
    assert all(row.starts_at > house.now for row in rows[3:])


def test_two_computers_at_once_plan_each_session_once(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    house.instant += timedelta(days=40)
    barrier = threading.Barrier(2)
    came: list[int] = []

    def plan() -> None:
        barrier.wait()
        came.append(house.run(plan_all))

    threads = [threading.Thread(target=plan) for _ in range(2)]
    for one_of in threads:
        one_of.start()
    for one_of in threads:
        one_of.join(30)
    assert sorted(came) == [0, 3]
    told = days(house, made)
    assert len(told) == len(set(told)) == 6


def test_a_session_planned_before_occurrences_were_kept_is_found_again(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))

    def forget(work) -> None:
        for row in sessions_of(work, made):
            row.occurrence_at = None

    def sessions_of(work, series_id):
        return work.session.query(Meeting).filter_by(series_id=series_id)

    house.run(forget)
    assert house.run(plan_all) == 0


def test_an_endless_rule_plans_as_many_as_wanted_and_no_more(small_house):
    house = small_house
    daily = replace(wanted(house), rule="FREQ=DAILY", ahead=26)
    made = house.run(create_series, daily)
    assert len(sessions(house, made)) == 26


def test_a_rule_that_ends_plans_what_is_left(small_house):
    house = small_house
    rule = Rhythm(weekdays=(1,), times=2).rule(ZONE.key)
    made = house.run(create_series, replace(wanted(house), rule=rule, ahead=10))
    assert days(house, made) == ["17.11. 09:30", "24.11. 09:30"]
    house.instant += timedelta(days=30)
    with pytest.raises(Transition) as refused:
        house.run(plan_session, made)
    assert refused.value.code == "series_has_ended"


def test_one_rule_that_cannot_be_read_does_not_stop_the_others(small_house):
    house = small_house
    broken = a_series(house)
    made = house.run(create_series, replace(wanted(house), name="Another"))

    def spoil(work) -> None:
        work.get(MeetingSeries, broken).recurrence = "every other moon"

    house.run(spoil)
    house.instant += timedelta(days=10)
    assert house.read(is_planning_due, house.now)
    assert house.run(plan_all) == 1
    assert len(days(house, made)) == 4
    assert not house.read(is_planning_due, house.now)


# --- numbers and periods ------------------------------------------------------------


def period(house, meeting_id: int) -> tuple[str, str]:
    row = one(house, Meeting, meeting_id)
    return tuple(
        at.astimezone(ZONE).date().isoformat()
        for at in (row.period_start, row.period_end)
    )


def test_each_period_begins_where_the_one_before_ends(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    assert [period(house, row.id) for row in sessions(house, made)] == [
        ("2026-11-03", "2026-11-17"),
        ("2026-11-17", "2026-12-01"),
        ("2026-12-01", "2026-12-15"),
    ]


def test_an_extra_session_is_numbered_by_time_and_shares_the_period(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    said = SessionTime(date(2026, 11, 24), time(14), 30, "Hall")
    key = one(house, MeetingSeries, made).key
    extra = house.run(extra_session, made, said, key)
    assert house.run(extra_session, made, said, key) == extra
    rows = sessions(house, made)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert (rows[1].id, rows[1].occurrence_at, rows[1].place) == (extra, None, "Hall")
    assert period(house, extra) == ("2026-11-17", "2026-11-24")
    assert period(house, rows[2].id) == ("2026-11-24", "2026-12-01")
    assert journal(house, extra) == ["meeting_planned"]


def test_the_period_of_a_cancelled_session_falls_to_the_next(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    first, second, _third = sessions(house, made)
    house.run(cancel_session, second.id, "Nobody is here")
    third = sessions(house, made)[2]
    assert period(house, third.id) == ("2026-11-17", "2026-12-15")
    assert period(house, first.id) == ("2026-11-03", "2026-11-17")


def test_what_was_held_keeps_its_period_and_the_next_begins_there(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    first, second, _third = sessions(house, made)
    house.at(17, 11)
    house.run(close_session, first.id)
    later = SessionTime(date(2026, 12, 4), time(9, 30), 45, "Room 2")
    house.run(move_session, second.id, later)
    assert period(house, first.id) == ("2026-11-03", "2026-11-17")
    assert period(house, second.id) == ("2026-11-17", "2026-12-04")
