"""A house file carries the rules of escalation there and back, by name."""

from __future__ import annotations

import pytest

from desktop.domain.house import HouseEscalation
from desktop.exchange.house_file import house_from_text
from desktop.exchange.house_writing import house_text
from desktop.exchange.problems import BadFile
from desktop.queries.escalation import escalation_rules
from desktop.queries.houses import house_of
from desktop.use_cases.houses import apply_house
from tests.small_house import SmallHouse

HEAD = """
format = 1
name = "City"
zone = "Europe/Belgrade"

[[calendars]]
name = "Hours"
[calendars.week]
monday = "08:00-16:00"

[[units]]
name = "Land registry"
side = "back"
calendar = "Hours"

[[people]]
name = "Marko Ivić"
unit = "Land registry"
roles = ["manager"]
"""
RULES = """
[[escalation]]
when = "broken"
promises = ["response", "resolution"]
unit = "Land registry"
tell = ["manager", "person"]
person = "Marko Ivić"
hours = "owing"
again = "every_hours"
every = "4 h"
days = 14
silenced_by = ["holder"]

[[escalation]]
when = "at_risk"
tell = ["holder"]
silenced_by = []
off = true
"""


def stored(house: SmallHouse) -> tuple[HouseEscalation, ...]:
    return house.read(house_of, house.now).escalation


def test_rules_go_into_a_workspace_and_come_out_the_same(
    small_house: SmallHouse,
) -> None:
    house = house_from_text(HEAD + RULES, "city.toml")
    small_house.me("Marko Ivić").run(apply_house, house)
    assert not small_house.read(escalation_rules).is_default
    assert stored(small_house) == house.escalation
    assert house_from_text(house_text(house), "again.toml") == house
    again = small_house.run(apply_house, house)
    assert "escalation" not in {*again.created, *again.changed}


def test_a_house_that_says_nothing_of_them_leaves_them(small_house: SmallHouse) -> None:
    house = house_from_text(HEAD + RULES, "city.toml")
    small_house.me("Marko Ivić").run(apply_house, house)
    small_house.run(apply_house, house_from_text(HEAD, "city.toml"))
    assert len(stored(small_house)) == 2


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('when = "never"\ntell = ["holder"]', "when"),
        ('tell = ["boss"]', "tell[1]"),
        ("tell = []", "tell"),
        ('tell = ["person"]', ""),
        ('tell = ["person"]\nperson = "Nobody"', "person"),
        ('tell = ["holder"]\nunit = "Nowhere"', "unit"),
        ('tell = ["holder"]\nagain = "every_hours"\nevery = "1 min"', "every"),
        ('tell = ["holder"]\ndays = 4000', "days"),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_at_its_place(
    wrong: str, place: str
) -> None:
    with pytest.raises(BadFile) as refused:
        house_from_text(f"{HEAD}\n[[escalation]]\n{wrong}\n", "city.toml")
    named = [problem.where for problem in refused.value.problems]
    wanted = f"escalation[1].{place}".rstrip(".")
    assert any(one.endswith(wanted) for one in named), named
