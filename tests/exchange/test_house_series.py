"""What can be wrong with a series in a house file, named by its place."""

from __future__ import annotations

import pytest

from tests.exchange.test_house_file import TOWN, problems_in


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('holidays = "sometimes"', "series[1].holidays"),
        ("ahead = 0", "series[1].ahead"),
        ('skipped_days = ["soon"]', "series[1].skipped_days"),
        ("print = { loud = true }", "series[1].print"),
        ('print = { size = "a3" }', "series[1].print.size"),
        ('rule = "FREQ=WEEKLY;INTERVAL=0"', "series[1].rule"),
    ],
)
def test_what_is_wrong_with_a_series_is_named_by_its_place(line, where) -> None:
    name = line.split(" = ")[0]
    kept = [line if one.startswith(f"{name} = ") else one for one in TOWN.splitlines()]
    assert set(problems_in("\n".join(kept))) == {where}


def test_a_deputy_and_a_leader_are_people_of_the_house() -> None:
    text = TOWN.replace('deputy = "Marko', 'deputy = "Nobody')
    text = text.replace('leader = "Jelena', 'leader = "No')
    assert set(problems_in(text)) == {
        "series[1].members[1].deputy",
        "series[1].standing[1].leader",
    }
