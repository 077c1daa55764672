"""Obstacles as lists: whose, in which state, by which words, overdue first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.obstacles import ANSWER_DAYS_SETTING, ObstacleStep
from desktop.entities.workspace import HouseSetting
from desktop.queries.obstacle_details import ObstacleDetails, obstacle_details
from desktop.queries.obstacle_lists import (
    Looking,
    ObstacleList,
    ObstacleView,
    Whose,
    obstacle_counts,
    obstacle_list,
    obstacles_of_request,
)
from desktop.queries.obstacle_places import alike_obstacles, raising_view
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.obstacle_answers import (
    answer_obstacle,
    merge_obstacles,
    postpone_obstacle,
)
from desktop.use_cases.obstacles import add_voice
from tests.small_house import PEOPLE, SmallHouse
from tests.use_cases.test_obstacles import HOSTILE, raised


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    house = any_small_house.at(9, 9).me("Jelena Marić")
    title = house.services["Title extract"]
    raised(house, "Maps only at noon", service_id=title)
    raised(house, "Đorđe has the only key", service_id=title)
    raised(
        house,
        "Forms ask twice",
        service_id=house.services["Building permit"],
        text=HOSTILE,
    )
    return house


def looked(house: SmallHouse, name: str, **more: Any) -> ObstacleList:
    unit = house.units[PEOPLE[name][0]]
    return house.read(obstacle_list, Looking(house.people[name], unit, **more))


def titles(found: ObstacleList) -> list[str]:
    return [row.title for row in found.rows]


def test_overdue_ones_come_first_and_views_are_counted(house: SmallHouse) -> None:
    house.me("Marko Ivić")
    house.run(postpone_obstacle, 1, house.now + timedelta(days=30))
    house.run(answer_obstacle, 2, "Two keys now")
    found = looked(house, "Jelena Marić")
    assert titles(found) == ["Forms ask twice", "Maps only at noon"]
    assert found.counts[ObstacleView.OPEN] == 2
    assert found.counts[ObstacleView.ANSWERED] == 1
    assert found.counts[ObstacleView.ALL] == 3
    assert titles(looked(house, "Jelena Marić", view=ObstacleView.ANSWERED)) == [
        "Đorđe has the only key"
    ]


def test_mine_are_those_that_stop_me_and_owed_those_of_my_unit(
    house: SmallHouse,
) -> None:
    house.me("Petar Ilić")
    house.run(add_voice, 2)
    assert titles(looked(house, "Petar Ilić", whose=Whose.MINE)) == [
        "Đorđe has the only key"
    ]
    assert len(looked(house, "Ana Petrović", whose=Whose.OWED).rows) == 2
    assert titles(looked(house, "Vesna Stojanović", whose=Whose.OWED)) == [
        "Forms ask twice"
    ]


def test_words_narrow_it(house: SmallHouse) -> None:
    def numbers(words: str) -> list[int]:
        found = looked(house, "Jelena Marić", words=words)
        return [row.number for row in found.rows]

    assert numbers("noon MAPS") == [1]
    assert numbers("djordje") == [2]
    assert numbers("3") == numbers("#3") == numbers("drop obstacle") == [3]
    assert numbers("%") == [1, 2, 3]
    assert numbers("nothing such") == []


def test_like_ones_are_offered_while_typing(house: SmallHouse) -> None:
    me = house.people["Jelena Marić"]

    def alike(title: str) -> list[int]:
        found = house.read(alike_obstacles, title, person_id=me)
        return [one.number for one in found]

    assert alike("The maps come at noon") == [1]
    assert alike("map") == []
    assert alike("Mapped areas are missing") == []
    house.me("Ana Petrović")
    house.run(answer_obstacle, 1, "At eight")
    assert alike("The maps come at noon") == []


def test_it_is_said_beforehand_who_answers_and_by_when(house: SmallHouse) -> None:
    def set_days(work: UnitOfWork, days: object) -> None:
        work.session.add(HouseSetting(name=ANSWER_DAYS_SETTING, value=days))

    unit = house.units["Central counter"]
    request = house.raised("Parcel")
    asked: dict[str, Any] = {"unit_id": unit, "now": house.now}
    view = house.read(raising_view, request_id=request, **asked)
    assert (view.owing, view.reference) == ("Land registry", "LR-0001")
    assert view.due_at == house.at(17, 16).now
    house.run(set_days, 1)
    view = house.read(raising_view, **asked)
    assert view.owing == "Central counter"
    assert view.due_at == house.at(10, 16).now
    with pytest.raises(NotFound):
        house.read(raising_view, request_id=99, **asked)


def test_what_concerns_me_is_counted(house: SmallHouse) -> None:
    house.me("Ana Petrović")
    house.run(answer_obstacle, 1, "At eight")
    house.at(20, 9)

    def counts(name: str) -> tuple[int, int, int, int]:
        found = house.read(
            obstacle_counts,
            person_id=house.people[name],
            unit_id=house.units[PEOPLE[name][0]],
            now=house.now,
            answered_since=house.now - timedelta(days=14),
        )
        return found.open, found.answered, found.owed, found.overdue

    assert counts("Jelena Marić") == (2, 1, 0, 0)
    assert counts("Marko Ivić") == (0, 0, 1, 1)
    house.at(27, 9)
    assert counts("Jelena Marić") == (2, 0, 0, 0)


def seen(house: SmallHouse, key: int, name: str) -> ObstacleDetails:
    unit, role = PEOPLE[name]
    return house.read(
        obstacle_details,
        key,
        person_id=house.people[name],
        unit_id=house.units[unit],
        roles={role.value},
    )


def test_one_is_told_whole_with_what_each_may_do(house: SmallHouse) -> None:
    request = house.raised("Parcel")
    house.me("Petar Ilić")
    house.run(add_voice, 2, request_id=request)
    house.me("Marko Ivić")
    house.run(merge_obstacles, 2, 1)
    told = seen(house, 1, "Marko Ivić")
    assert [one.name for one in told.voices] == ["Petar Ilić"]
    assert [one.reference for one in told.requests] == ["LR-0001"]
    assert [one.number for one in told.merged_here] == [2]
    assert [one.kind for one in told.story] == ["obstacle_raised", "obstacle_merged"]
    assert told.story[1].other == told.merged_here[0]
    assert ObstacleStep.ANSWERED in told.may
    mine = seen(house, 1, "Jelena Marić").may
    assert {ObstacleStep.CHANGED, ObstacleStep.CLOSED} <= mine
    assert ObstacleStep.ANSWERED not in mine
    assert seen(house, 2, "Jelena Marić").merged_into == told.row
    assert [one.number for one in house.read(obstacles_of_request, request)] == [1]
    with pytest.raises(NotFound):
        seen(house, 99, "Jelena Marić")
