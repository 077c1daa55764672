"""The first person: let in where nobody can sign in, and only there."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desktop.domain.errors import Conflict, Invalid, NotFound
from desktop.entities.journal import JournalEntry
from desktop.entities.units import Person
from desktop.queries.lookups import people
from desktop.use_cases.people import add_first_person


def shut_everybody_out(work) -> None:
    work.session.execute(update(Person).values(can_sign_in=False))


def test_the_first_person_can_sign_in_and_set_everything_up(any_small_house) -> None:
    house = any_small_house
    house.run(shut_everybody_out)
    made = house.run(add_first_person, "  Mara   Anić ", house.units["Phone line"])
    (row,) = house.read(people)
    assert (row.id, row.name, row.unit) == (made, "Mara Anić", "Phone line")
    assert {str(role) for role in row.roles} == {"coordinator", "administrator"}
    entry = house.read(lambda s: s.scalars(select(JournalEntry)).one())
    assert (entry.kind, entry.details) == (
        "person_added",
        {"person": made, "name": "Mara Anić"},
    )


def test_nobody_gets_in_this_way_where_somebody_is(small_house) -> None:
    with pytest.raises(Conflict) as refused:
        small_house.run(add_first_person, "Mara", small_house.units["Phone line"])
    assert refused.value.code == "somebody_is_here"


@pytest.mark.parametrize(("name", "code"), [(" ", "missing"), ("x" * 201, "too_long")])
def test_a_name_has_to_be_one(small_house, name: str, code: str) -> None:
    small_house.run(shut_everybody_out)
    with pytest.raises(Invalid) as refused:
        small_house.run(add_first_person, name, small_house.units["Phone line"])
    assert (refused.value.field, refused.value.code) == ("name", code)
    assert small_house.read(people) == ()


def test_the_unit_has_to_be_there(small_house) -> None:
    small_house.run(shut_everybody_out)
    with pytest.raises(NotFound):
        small_house.run(add_first_person, "Mara", 4711)
