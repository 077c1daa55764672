"""Answering obstacles: once, by whom it is owed, told to all it stops, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.obstacles import ObstacleState
from desktop.queries.obstacle_places import series_for
from desktop.queries.obstacles import agenda_obstacles
from desktop.use_cases.obstacle_answers import (
    answer_obstacle,
    assign_obstacle,
    close_obstacle,
    merge_obstacles,
    postpone_obstacle,
    put_on_agenda,
    refuse_obstacle,
    reopen_obstacle,
    undo_obstacle_step,
)
from desktop.use_cases.obstacles import add_voice, take_voice_back
from desktop.use_cases.raising_items import withdraw
from tests.queries.test_session_search import session_held
from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import journal, obstacle, raised, told

COUNTER, REGISTRY = "Central counter", "Land registry"


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    return any_small_house.at(9, 9).me("Jelena Marić")


def raised_here(house: SmallHouse, title: str = "No maps", **more: Any) -> int:
    return raised(house, title, service_id=house.services["Title extract"], **more)


def test_an_answer_is_told_to_everybody_it_stops(house: SmallHouse) -> None:
    key = raised_here(house)
    house.me("Petar Ilić")
    house.run(add_voice, key)
    house.me("Ana Petrović")
    house.run(answer_obstacle, key, "Scanned from Monday on")
    found = obstacle(house, key)
    assert found.state is ObstacleState.ANSWERED
    assert (found.answered_by_id, found.answered_at) == (
        house.people["Ana Petrović"],
        house.now,
    )
    assert found.folded == "no maps scanned from monday on"
    assert told(house, "obstacle_answered") == ["Jelena Marić", "Petar Ilić"]


def test_only_those_who_owe_it_and_leaders_answer(house: SmallHouse) -> None:
    key = raised_here(house)
    for name in ("Jelena Marić", "Vesna Stojanović"):
        house.me(name)
        with pytest.raises(Forbidden, match="not_your_obstacle"):
            house.run(answer_obstacle, key, "No")
    house.me("Marko Ivić")
    with pytest.raises(Invalid):
        house.run(refuse_obstacle, key, "  ")
    house.run(refuse_obstacle, key, "The law wants the original")
    assert obstacle(house, key).state is ObstacleState.REFUSED


def test_of_two_who_answer_at_once_the_second_is_told(house: SmallHouse) -> None:
    key = raised_here(house)
    version = obstacle(house, key).version
    house.me("Ana Petrović")
    house.run(answer_obstacle, key, "First", expected_version=version)
    house.me("Marko Ivić")
    with pytest.raises(Conflict):
        house.run(answer_obstacle, key, "Second", expected_version=version)
    with pytest.raises(Transition):
        house.run(refuse_obstacle, key, "Second")
    assert obstacle(house, key).answer == "First"


def test_an_answer_is_taken_back_before_anybody_read_it(house: SmallHouse) -> None:
    key = raised_here(house)
    due = obstacle(house, key).answer_due_at
    house.me("Ana Petrović")
    version = house.run(answer_obstacle, key, "Wrong window")
    house.me("Marko Ivić")
    with pytest.raises(Transition):
        house.run(undo_obstacle_step, key, expected_version=version)
    house.me("Ana Petrović")
    house.run(undo_obstacle_step, key, expected_version=version)
    found = obstacle(house, key)
    assert (found.state, found.answer) == (ObstacleState.OPEN, "")
    assert found.answer_due_at == due
    assert told(house, "obstacle_answered") == []
    assert journal(house, key)[-1] == "obstacle_reopened"


def test_who_raised_it_opens_it_again_and_it_is_due_anew(house: SmallHouse) -> None:
    key = raised_here(house)
    due = obstacle(house, key).answer_due_at
    assert due is not None
    house.me("Ana Petrović")
    house.run(answer_obstacle, key, "Use the other form")
    house.at(12, 9).me("Jelena Marić")
    with pytest.raises(Invalid):
        house.run(reopen_obstacle, key, "")
    house.run(reopen_obstacle, key, "The other form asks for a map, too")
    again = obstacle(house, key).answer_due_at
    assert again is not None
    assert again > due
    assert told(house, "obstacle_reopened") == ["Ana Petrović", "Marko Ivić"]


def test_it_is_given_to_a_person_of_the_unit_that_owes_it(house: SmallHouse) -> None:
    key = raised_here(house)
    house.me("Marko Ivić")
    permits, vesna = house.units["Building permits"], house.people["Vesna Stojanović"]
    with pytest.raises(Invalid):
        house.run(assign_obstacle, key, house.units[REGISTRY], vesna)
    house.run(assign_obstacle, key, permits, vesna)
    assert told(house, "obstacle_assigned") == ["Vesna Stojanović"]
    house.me("Vesna Stojanović")
    house.run(answer_obstacle, key, "Ours indeed")
    assert obstacle(house, key).owing_unit_id == permits


def test_the_day_is_moved_but_not_into_the_past(house: SmallHouse) -> None:
    key = raised_here(house)
    house.me("Marko Ivić")
    with pytest.raises(Invalid):
        house.run(postpone_obstacle, key, house.now)
    later = house.now + timedelta(days=30)
    house.run(postpone_obstacle, key, later, "The scanner comes in December")
    assert obstacle(house, key).answer_due_at == later
    assert told(house, "obstacle_postponed") == ["Jelena Marić"]


def test_merging_keeps_voices_and_requests_and_is_taken_back(house: SmallHouse) -> None:
    request = house.raised()
    first = raised_here(house, "No maps at noon", request_id=request)
    house.me("Petar Ilić")
    house.run(add_voice, first, request_id=house.raised("Other"))
    second = raised_here(house, "Maps")
    house.me("Marko Ivić")
    assert house.run(merge_obstacles, first, second) == second
    units = house.units[COUNTER], house.units[REGISTRY]
    everybody = house.units["Phone line"], house.units[REGISTRY]
    assert house.read(agenda_obstacles, *units, house.now) == ()
    (line,) = house.read(agenda_obstacles, *everybody, house.now)
    # Who raised the second was a voice of the first: one person is heard once.
    assert (line.voices, line.references) == (2, ("LR-0001",))
    version = obstacle(house, first).version
    house.run(undo_obstacle_step, first, expected_version=version)
    (line,) = house.read(agenda_obstacles, *everybody, house.now)
    assert line.voices == 1
    assert obstacle(house, first).state is ObstacleState.OPEN


def test_a_voice_for_a_merged_one_is_heard_where_it_went_on(house: SmallHouse) -> None:
    first, second = raised_here(house, "One"), raised_here(house, "Two")
    house.me("Marko Ivić")
    house.run(merge_obstacles, first, second)
    house.me("Petar Ilić")
    assert house.run(add_voice, first)
    assert house.run(take_voice_back, second)


def test_nothing_is_merged_into_itself_in_a_circle_or_into_an_end(
    house: SmallHouse,
) -> None:
    first, second, third = (raised_here(house, name) for name in ("A", "B", "C"))
    house.me("Marko Ivić")
    with pytest.raises(Invalid, match="itself"):
        house.run(merge_obstacles, first, first)
    house.run(merge_obstacles, first, second)
    with pytest.raises(Invalid, match="circle"):
        house.run(merge_obstacles, second, first)
    house.run(close_obstacle, second, "Gone")
    with pytest.raises(Transition):
        house.run(merge_obstacles, third, first)


def test_closing_is_taken_back_to_what_it_was(house: SmallHouse) -> None:
    key = raised_here(house)
    house.me("Ana Petrović")
    house.run(answer_obstacle, key, "Done")
    house.me("Jelena Marić")
    version = house.run(close_obstacle, key)
    house.run(undo_obstacle_step, key, expected_version=version)
    found = obstacle(house, key)
    assert (found.state, found.answer) == (ObstacleState.ANSWERED, "Done")


def test_it_is_put_on_an_agenda_once(house: SmallHouse) -> None:
    key = raised_here(house, proposal="Open at eight")
    house.me("Marko Ivić")
    units = house.units[COUNTER], house.units[REGISTRY]
    item = house.run(session_held, *units, house.people["Marko Ivić"])
    assert item
    (series, name), *_rest = house.read(series_for, key)
    assert name == "Counter and registry"
    house.me("Jelena Marić")
    raised_id = house.run(put_on_agenda, key, series, minutes=10)
    with pytest.raises(Conflict, match="on_agenda_already"):
        house.run(put_on_agenda, key, series)
    house.run(withdraw, raised_id)
    house.run(put_on_agenda, key, series)
    assert journal(house, key) == ["obstacle_raised", *["obstacle_on_agenda"] * 2]


def test_who_owes_it_is_reminded_until_it_is_answered(house: SmallHouse) -> None:
    key = raised_here(house)
    assert told(house, "obstacle_due") == ["Marko Ivić"]
    house.me("Marko Ivić")
    house.run(assign_obstacle, key, house.units[REGISTRY], house.people["Ana Petrović"])
    assert told(house, "obstacle_due") == ["Ana Petrović"]
    version = house.run(refuse_obstacle, key, "No")
    assert told(house, "obstacle_due") == []
    house.run(undo_obstacle_step, key, expected_version=version)
    assert told(house, "obstacle_due") == ["Ana Petrović"]
