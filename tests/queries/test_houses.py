"""A workspace written to a house file and applied elsewhere is the same house."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from desktop.desk import Desk
from desktop.domain.errors import Conflict
from desktop.domain.house import House
from desktop.entities.units import Person
from desktop.exchange.house_file import house_from_text
from desktop.exchange.house_writing import house_text
from desktop.exchange.presets import preset_house
from desktop.queries.houses import house_of
from desktop.store.engine import make_engine
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import Store
from desktop.use_cases.houses import apply_house
from tests.exchange.test_house_file import TOWN
from tests.small_house import SmallHouse

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def desk_on(url: str) -> Desk:
    return Desk(Store(make_engine(url), lambda: NOW))


@pytest.mark.parametrize("which", ["town", "lipovac", "uci498"])
def test_a_house_moved_by_its_file_is_the_same_house(
    which: str, workspace_url: str, tmp_path: Path
) -> None:
    wanted = house_from_text(TOWN, "town") if which == "town" else preset_house(which)
    first = desk_on(workspace_url)
    first.run(apply_house, wanted)
    text = house_text(first.read(house_of, NOW))
    again = first.run(apply_house, house_from_text(text, "same")).value
    assert again.is_nothing
    first.close()

    path = tmp_path / "elsewhere.counterpart"
    create_workspace(path)
    second = desk_on(f"sqlite:///{path}")
    second.run(apply_house, house_from_text(text, "moved"))
    assert house_text(second.read(house_of, NOW)) == text
    second.close()


def test_what_people_made_at_the_desk_is_in_the_file(small_house: SmallHouse) -> None:
    house: House = small_house.read(house_of, small_house.now)
    assert [one.name for one in house.units] == [
        "Central counter",
        "Phone line",
        "Land registry",
        "Building permits",
    ]
    agreement = next(one for one in house.agreements if "registry" in one.name)
    assert {kind.value: s for (kind, _), s in agreement.targets.items()} == {
        "response": 7200,
        "resolution": 57600,
        "answer": 14400,
    }
    assert house_from_text(house_text(house), "written").people == house.people


def test_two_people_of_one_name_are_named(small_house: SmallHouse) -> None:
    def rename(work) -> None:
        work.session.execute(
            update(Person)
            .where(Person.name == "Petar Ilić")
            .values(name="Jelena Marić")
        )

    small_house.run(rename)
    with pytest.raises(Conflict) as refused:
        small_house.read(house_of, small_house.now)
    assert refused.value.details == {"what": "person", "name": "Jelena Marić"}
