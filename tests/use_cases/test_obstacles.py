"""Raising an obstacle where it happens: who owes the answer, by when, who else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid, NotFound
from desktop.domain.obstacles import ObstacleState
from desktop.entities.journal import JournalEntry
from desktop.entities.obstacles import Obstacle
from desktop.entities.outgoing import SessionNotice
from desktop.queries.obstacles import agenda_obstacles
from desktop.use_cases.obstacles import (
    NewObstacle,
    ObstacleWords,
    add_voice,
    change_obstacle,
    raise_obstacle,
    take_voice_back,
)
from desktop.use_cases.requests import hand_over
from tests.small_house import SmallHouse

HOSTILE = "<b>Ä</b> &amp; {x} %s =1+1 \u202eabc\x00'; DROP TABLE obstacle; --"


def obstacle(house: SmallHouse, identity: int) -> Obstacle:
    found = house.read(lambda session: session.get(Obstacle, identity))
    assert found is not None
    return found


def raised(
    house: SmallHouse, title: str = "Maps open only at noon", **more: Any
) -> int:
    return house.run(raise_obstacle, NewObstacle(title, **more)).id


def journal(house: SmallHouse, identity: int) -> list[str]:
    wanted = (
        select(JournalEntry.kind)
        .where(JournalEntry.obstacle_id == identity)
        .order_by(JournalEntry.id)
    )
    return house.read(lambda session: list(session.scalars(wanted)))


def told(house: SmallHouse, kind: str) -> list[str]:
    """Return who was told of it, by name."""
    wanted = (
        select(SessionNotice.person_id)
        .where(SessionNotice.kind == kind)
        .order_by(SessionNotice.person_id)
    )
    names = {key: name for name, key in house.people.items()}
    return house.read(lambda session: [names[one] for one in session.scalars(wanted)])


def test_one_line_at_a_request_is_enough(any_small_house: SmallHouse) -> None:
    house = any_small_house.at(9, 9)
    request = house.raised()
    house.me("Jelena Marić")
    first = house.run(raise_obstacle, NewObstacle("No map", request_id=request))
    found = obstacle(house, first.id)
    assert found.number == 1
    assert found.owing_unit_id == house.units["Land registry"]
    assert found.service_id == house.services["Title extract"]
    # Five working days on, the holiday of the 11th left out, at the end of that day.
    assert found.answer_due_at == house.at(17, 16).now
    assert journal(house, first.id) == ["obstacle_raised"]
    assert told(house, "obstacle_raised") == ["Marko Ivić"]


def test_who_had_it_last_owes_the_answer_also_when_it_is_back(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    request = house.raised()
    house.me("Ana Petrović")
    house.run(hand_over, request, house.units["Central counter"], "Wrong parcel")
    house.me("Jelena Marić")
    found = obstacle(house, raised(house, request_id=request))
    assert found.owing_unit_id == house.units["Land registry"]


def test_the_same_draft_raises_it_once(small_house: SmallHouse) -> None:
    house = small_house.me("Jelena Marić")
    draft = NewObstacle("Twice sent", key=uuid.uuid4())
    assert house.run(raise_obstacle, draft) == house.run(raise_obstacle, draft)


def test_what_cannot_be_raised_is_refused_by_field(small_house: SmallHouse) -> None:
    house = small_house.me("Jelena Marić")
    for title in ("", " \t ", "x" * 201):
        with pytest.raises(Invalid) as refused:
            raised(house, title)
        assert refused.value.field == "title"
    with pytest.raises(Invalid):
        raised(house, text="x" * 100_001)
    with pytest.raises(NotFound):
        raised(house, request_id=4711)
    house.desk.sign_in(None)
    with pytest.raises(Forbidden):
        raised(house)


def test_hostile_words_are_kept_as_typed(any_small_house: SmallHouse) -> None:
    house = any_small_house.me("Jelena Marić")
    found = obstacle(house, raised(house, HOSTILE, text=HOSTILE, proposal=HOSTILE))
    assert "<b>Ä</b>" in found.title
    assert "\x00" not in found.text
    assert "drop table" in found.folded


def test_a_voice_is_added_once_and_taken_back(any_small_house: SmallHouse) -> None:
    house = any_small_house.me("Jelena Marić")
    request = house.raised(by="Petar Ilić")
    key = raised(house, service_id=house.services["Title extract"])
    assert not house.run(add_voice, key)
    house.me("Petar Ilić")
    assert house.run(add_voice, key, request_id=request)
    assert not house.run(add_voice, key)
    units = house.units["Central counter"], house.units["Land registry"]
    (line,) = house.read(agenda_obstacles, *units, house.now)
    assert (line.voices, line.references) == (2, ("LR-0001",))
    assert house.run(take_voice_back, key)
    assert not house.run(take_voice_back, key)
    assert journal(house, key)[1:] == ["obstacle_voiced", "obstacle_unvoiced"]


def test_its_words_are_mended_by_whoever_raised_it(small_house: SmallHouse) -> None:
    house = small_house.me("Jelena Marić")
    key = raised(house, "Mpas", service_id=house.services["Title extract"])
    before = house.run(change_obstacle, key, ObstacleWords("Maps", proposal="Earlier"))
    assert before == ObstacleWords("Mpas")
    assert obstacle(house, key).folded == "maps earlier"
    house.me("Petar Ilić")
    with pytest.raises(Forbidden):
        house.run(change_obstacle, key, before)


def test_an_agenda_gets_the_open_ones_of_its_two_units(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9).me("Jelena Marić")
    title = house.services["Title extract"]
    key = raised(house, service_id=title, proposal="Open at eight")
    raised(house, "Elsewhere", service_id=house.services["Building permit"])
    house.me("Petar Ilić")
    raised(house, "Another desk", service_id=title)
    units = house.units["Central counter"], house.units["Land registry"]
    (line,) = house.read(agenda_obstacles, *units, house.at(19, 9).now)
    assert (line.id, line.days_open, line.is_overdue) == (key, 10, True)
    assert (line.raised_by, line.owing) == ("Jelena Marić", "Land registry")
    assert line.proposal == "Open at eight"
    assert not house.read(agenda_obstacles, *units, house.at(9, 8).now)
    assert obstacle(house, key).state is ObstacleState.OPEN
