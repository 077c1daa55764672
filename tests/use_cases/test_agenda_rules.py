"""What a series makes of rules, and what of its candidates is new."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.entities.meetings import Meeting, MeetingSeries
from desktop.queries.meetings import meeting_board
from desktop.use_cases.agenda_rules import hear_rule, silence_rule, turn_rules
from desktop.use_cases.meetings import (
    add_candidate,
    draft_agenda,
    leave_out,
    look,
    offer_again,
    plan_session,
)
from tests.queries.test_agenda import a_series, lived_in
from tests.use_cases.agendas import items, one


def a_house(house):
    made = lived_in(house)
    house.me("Marko Ivić")
    series = a_series(house)
    return made, series, house.run(plan_session, series)


def board(house, meeting):
    return house.read(meeting_board, meeting, house.now)


def offered(house, meeting, kind):
    return next(
        one for one in board(house, meeting).candidates if one.candidate.kind == kind
    )


def test_weights_are_kept_by_series_and_reset(any_small_house):
    house = any_small_house
    _made, series, meeting = a_house(house)
    usual = offered(house, meeting, "broken").candidate
    version = house.run(turn_rules, series, {"broken": 0.25, "near": 1.0})
    turned = offered(house, meeting, "broken").candidate
    assert turned.weight == pytest.approx(usual.weight / 4)
    assert board(house, meeting).weights == (("broken", 0.25),)
    with pytest.raises(Conflict):
        house.run(turn_rules, series, {}, expected_version=version - 1)
    house.run(turn_rules, series, {}, expected_version=version)
    assert offered(house, meeting, "broken").candidate == usual


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"broken": 3.1}, "out_of_range"),
        ({"minutes": 2}, "unknown"),
        ({"x": 1}, "unknown"),
    ],
)
def test_weights_that_make_no_sense_are_refused(small_house, weights, code):
    _made, series, _meeting = a_house(small_house)
    with pytest.raises(Invalid, match=code):
        small_house.run(turn_rules, series, weights)


def test_a_silenced_rule_is_heard_again(any_small_house):
    house = any_small_house
    _made, series, meeting = a_house(house)
    house.run(silence_rule, series, "broken")
    house.run(silence_rule, series, "broken")
    found = board(house, meeting)
    assert found.silenced == ("broken",)
    assert "broken" not in {one.candidate.rule for one in found.candidates}
    house.run(hear_rule, series, "broken")
    assert offered(house, meeting, "broken").place == "offered"
    assert one(house, MeetingSeries, series).silenced_rules == []


def test_only_who_runs_the_series_turns_its_rules(small_house):
    _made, series, _meeting = a_house(small_house)
    small_house.me("Petar Ilić")
    with pytest.raises(Forbidden, match="not_yours_to_turn"):
        small_house.run(silence_rule, series, "broken")


def test_not_this_time_stays_off_through_refreshes_until_taken_back(any_small_house):
    house = any_small_house
    _made, _series, meeting = a_house(house)
    candidate = offered(house, meeting, "broken").candidate
    item = house.run(leave_out, meeting, candidate)
    found = board(house, meeting)
    house.run(draft_agenda, meeting, found.drafted)
    assert "broken" not in items(house, meeting)
    assert offered(house, meeting, "broken").place == "removed"
    house.run(offer_again, item)
    assert offered(house, meeting, "broken").place == "offered"
    placed = house.run(add_candidate, meeting, candidate)
    assert house.run(leave_out, meeting, candidate) == placed
    house.run(offer_again, placed)
    assert offered(house, meeting, "broken").place == "on_agenda"


def test_nothing_is_new_until_something_comes_and_somebody_looks(any_small_house):
    house = any_small_house
    _made, _series, meeting = a_house(house)
    first = board(house, meeting)
    assert not any(one.fresh for one in first.candidates)
    found = [one.candidate for one in first.candidates]
    house.run(draft_agenda, meeting, first.drafted, found)
    version = one(house, Meeting, meeting).version
    late = house.raised("late")
    house.at(20, 8).me("Marko Ivić")
    house.run(_move_on, meeting)
    broken = offered(house, meeting, "broken")
    assert broken.fresh >= 1
    assert late in broken.candidate.request_ids
    (shown,) = (
        row for row in board(house, meeting).items if row.running.kind == "broken"
    )
    assert shown.fresh == broken.fresh
    house.run(look, meeting, [broken.candidate])
    assert offered(house, meeting, "broken").fresh == 0
    assert one(house, Meeting, meeting).version == version + 1  # moved, not looked at


def _move_on(work, meeting_id):
    """Let the session look at what happened since, as one that was moved does."""
    meeting = work.get(Meeting, meeting_id)
    meeting.starts_at = work.now
    meeting.period_end = work.now
