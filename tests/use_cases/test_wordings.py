"""Canned texts belong to a person, a unit, or everybody."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.queries.desk_sections import canned_texts
from desktop.use_cases.wordings import (
    CannedDraft,
    Sharing,
    delete_canned_text,
    save_canned_text,
)
from tests.small_house import SmallHouse

AGENT, COLLEAGUE, STRANGER, COORDINATOR = (
    "Dušan Kovač",
    "Ana Petrović",
    "Vesna Stojanović",
    "Marko Ivić",
)


def seen_by(house: SmallHouse, name: str) -> list[str]:
    actor = house.actor(name)
    rows = house.read(canned_texts, actor.person_id, actor.unit_id)
    return [row.name for row in rows]


def test_each_sees_their_own_their_units_and_everybodys(any_small_house):
    house = any_small_house
    house.me(AGENT).run(save_canned_text, CannedDraft("Mine", "Hello {customer}"))
    house.run(save_canned_text, CannedDraft("Ours", "Hello", Sharing.UNIT))
    with pytest.raises(Forbidden):
        house.run(save_canned_text, CannedDraft("All", "Hello", Sharing.HOUSE))
    house.me(COORDINATOR).run(
        save_canned_text, CannedDraft("All", "Hello", Sharing.HOUSE)
    )
    assert seen_by(house, AGENT) == ["Mine", "All", "Ours"]
    assert seen_by(house, COLLEAGUE) == ["All", "Ours"]
    assert seen_by(house, STRANGER) == ["All"]


def test_a_retry_makes_no_second_and_a_deleted_one_comes_back(small_house):
    draft = CannedDraft("Mine", "Hello")
    first = small_house.me(AGENT).run(save_canned_text, draft)
    assert small_house.run(save_canned_text, draft) == first
    with pytest.raises(Forbidden):
        small_house.me(COLLEAGUE).run(delete_canned_text, first)
    kept = small_house.me(AGENT).run(delete_canned_text, first)
    assert seen_by(small_house, AGENT) == []
    small_house.run(save_canned_text, kept)
    assert seen_by(small_house, AGENT) == ["Mine"]


def test_a_place_that_is_none_is_refused_and_so_is_an_old_copy(small_house):
    small_house.me(AGENT)
    with pytest.raises(Invalid) as refused:
        small_house.run(save_canned_text, CannedDraft("A", "Dear {costumer}"))
    assert refused.value.details == {"place": "{costumer}"}
    made = small_house.run(save_canned_text, CannedDraft("A", "Dear"))
    with pytest.raises(Conflict):
        small_house.run(
            save_canned_text, CannedDraft("B", "x"), text_id=made, expected_version=9
        )
