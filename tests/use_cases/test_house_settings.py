"""What the house decides holds for everybody, and only an administrator decides it."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.files import MEGABYTE
from desktop.entities.units import PersonRole, Role
from desktop.queries.house_settings import HouseChoices, house_choices
from desktop.queries.obstacle_places import raising_view
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.house_settings import set_house_choices, set_house_setting
from tests.small_house import SmallHouse

CLERK, ADMINISTRATOR = "Jelena Marić", "Marko Ivić"


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    """Give the small house with an administrator at the desk."""
    return administered(small_house)


def administered(house: SmallHouse) -> SmallHouse:
    """Make one of the house its administrator, and seat them."""
    role = PersonRole(person_id=house.people[ADMINISTRATOR], role=Role.ADMINISTRATOR)
    house.run(lambda work: work.session.add(role))
    return house.me(ADMINISTRATOR)


def test_the_largest_file_is_what_the_house_says(any_small_house: SmallHouse) -> None:
    house = administered(any_small_house)
    request_id = house.raised()
    house.me(ADMINISTRATOR).run(set_house_choices, HouseChoices(file_mb=2))
    house.me(CLERK)
    with pytest.raises(Invalid) as refused:
        house.run(attach, request_id, [NewFile("a.bin", bytes(2 * MEGABYTE + 1))])
    assert refused.value.details["most"] == 2
    house.run(attach, request_id, [NewFile("a.bin", bytes(2 * MEGABYTE))])
    house.me(ADMINISTRATOR).run(set_house_choices, HouseChoices(file_mb=30))
    house.me(CLERK)
    house.run(attach, request_id, [NewFile("b.bin", bytes(26 * MEGABYTE))])


def test_obstacles_are_due_in_the_days_the_house_says(house: SmallHouse) -> None:
    unit, now = house.units["Central counter"], house.now
    before = house.read(raising_view, unit_id=unit, now=now).due_at
    house.run(set_house_choices, HouseChoices(answer_days=1))
    assert house.read(raising_view, unit_id=unit, now=now).due_at < before


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        (HouseChoices(file_mb=0), "file_mb"),
        (HouseChoices(file_mb=101), "file_mb"),
        (HouseChoices(answer_days=0), "answer_days"),
    ],
)
def test_what_cannot_be_is_refused_and_what_is_kept_wrongly_not_obeyed(
    house: SmallHouse, choices: HouseChoices, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        house.run(set_house_choices, choices)
    assert refused.value.field == field

    def keep(work: UnitOfWork) -> None:
        set_house_setting(work, "file_most_mb", choices.file_mb)
        set_house_setting(work, "obstacle_answer_days", True)

    house.run(keep)
    found = house.read(house_choices)
    assert found == HouseChoices()


def test_nobody_else_decides(house: SmallHouse) -> None:
    with pytest.raises(Forbidden):
        house.me(CLERK).run(set_house_choices, HouseChoices(file_mb=99))
    assert house.read(house_choices) == HouseChoices()
