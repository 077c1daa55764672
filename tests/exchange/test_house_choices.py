"""A house file carries what the house decided about files and obstacles."""

from __future__ import annotations

import pytest

from desktop.domain.house import House
from desktop.exchange.house_file import house_from_text
from desktop.exchange.house_writing import house_text
from desktop.exchange.problems import BadFile
from desktop.queries.house_settings import HouseChoices, house_choices
from desktop.queries.houses import house_of
from desktop.use_cases.houses import apply_house
from tests.small_house import SmallHouse

HEAD = 'format = 1\nname = "City"\nzone = "Europe/Belgrade"\n'
CHOICES = "largest_file_mb = 7\nobstacle_answer_days = 4\n"


def chosen(house: House) -> tuple[int | None, int | None]:
    return house.file_mb, house.answer_days


def test_choices_go_into_a_workspace_and_come_out_the_same(
    any_small_house: SmallHouse,
) -> None:
    here = any_small_house.me("Marko Ivić")
    assert chosen(here.read(house_of, here.now)) == (None, None)
    house = house_from_text(HEAD + CHOICES, "city.toml")
    assert here.run(apply_house, house).created["house_setting"] == 2
    assert here.read(house_choices) == HouseChoices(file_mb=7, answer_days=4)
    assert chosen(here.read(house_of, here.now)) == (7, 4)
    assert house_from_text(house_text(house), "again.toml") == house
    assert here.run(apply_house, house).is_nothing
    other = house_from_text(f"{HEAD}obstacle_answer_days = 5\n", "city.toml")
    assert here.run(apply_house, other).changed["house_setting"] == 1
    assert here.read(house_choices) == HouseChoices(file_mb=7, answer_days=5)


@pytest.mark.parametrize("wrong", ["largest_file_mb = 0", 'largest_file_mb = "7"'])
def test_a_choice_that_is_none_is_named_at_its_place(wrong: str) -> None:
    with pytest.raises(BadFile) as refused:
        house_from_text(f"{HEAD}{wrong}\n", "city.toml")
    assert {one.where for one in refused.value.problems} == {"largest_file_mb"}
