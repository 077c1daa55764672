"""Drafting an agenda, and putting its items in order, each on both databases."""

from __future__ import annotations

import uuid
from typing import get_args

import pytest

from desktop.domain.agenda import ItemKind
from desktop.domain.errors import Conflict, Invalid, NotFound, Transition
from desktop.entities.meetings import AgendaItem, Meeting
from desktop.queries.agenda import meeting_agenda
from desktop.use_cases.agenda_items import evidence_of
from desktop.use_cases.meetings import (
    add_candidate,
    add_topic,
    change_item,
    draft_agenda,
    move_item,
    plan_session,
    remove_item,
    restore_item,
)
from tests.queries.test_agenda import a_series, lived_in
from tests.use_cases.agendas import (
    HOSTILE,
    candidate,
    drafted,
    items,
    journal,
    one,
    order,
    planned,
)

# --- drafting ---------------------------------------------------------------------


def test_a_draft_stands_in_the_order_of_the_paper(any_small_house):
    house = any_small_house
    meeting = drafted(house, "other_business", "near", "broken", "minutes")
    assert order(house, meeting) == ["minutes", "broken", "near", "other_business"]
    assert one(house, Meeting, meeting).state == "drafted"


def test_a_refresh_keeps_what_a_person_did(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    known = items(house, meeting)
    house.run(change_item, known["broken"], title="What broke", minutes=9)
    house.run(move_item, known["near"], 0)
    house.run(remove_item, known["other_business"])
    kinds = ("minutes", "broken", "near", "ball", "other_business")
    found = [candidate(kind, minutes=2) for kind in kinds]
    assert house.run(draft_agenda, meeting, found) == 1
    assert order(house, meeting) == ["near", "minutes", "What broke", "ball"]
    assert one(house, AgendaItem, known["broken"]).minutes == 9


def test_a_refresh_that_finds_nothing_new_changes_nothing(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    told = journal(house, meeting)
    versions = [
        one(house, AgendaItem, at).version for at in items(house, meeting).values()
    ]
    again = [
        candidate(kind, weight=9.25, counts=(("broken", 5),))
        for kind in ("minutes", "broken", "near", "other_business")
    ]
    assert house.run(draft_agenda, meeting, again) == 0
    known = items(house, meeting)
    assert [one(house, AgendaItem, at).version for at in known.values()] == versions
    assert one(house, AgendaItem, known["broken"]).evidence["weight"] == 9.25
    assert journal(house, meeting) == told


@pytest.mark.parametrize("kind", get_args(ItemKind))
def test_evidence_comes_back_out_of_the_store_as_it_went_in(any_small_house, kind):
    house = any_small_house
    made = candidate(kind, "x", label="Ćirilica «Ж» \U0001f600", weight=0.1 + 0.2)
    meeting = planned(house)
    item = house.run(add_candidate, meeting, made)
    assert one(house, AgendaItem, item).evidence == evidence_of(made)


def test_an_item_whose_evidence_is_gone_keeps_rule_weight_and_label(any_small_house):
    house = any_small_house
    meeting = planned(house)
    house.run(
        add_candidate, meeting, candidate("topic", "pattern:X", label="X", weight=7.5)
    )
    house.run(add_topic, meeting, "Own", 5)
    paper = house.read(meeting_agenda, meeting, house.now).paper
    found, own = (item for item in paper.items if item.kind == "topic")
    assert (found.rule, found.label, found.source) == ("pattern", "X", "log")
    assert (own.rule, own.title, own.source) == (None, "Own", "coordinator")


def test_a_draft_of_real_evidence_prints_what_was_proposed(any_small_house):
    house = any_small_house
    lived_in(house)
    meeting = house.at(16, 8).run(plan_session, a_series(house))
    before = house.read(meeting_agenda, meeting, house.now)
    house.run(draft_agenda, meeting, before.drafted)
    after = house.read(meeting_agenda, meeting, house.now)
    assert after.paper.items == before.paper.items


# --- items ------------------------------------------------------------------------


def test_a_candidate_is_added_at_its_place_once(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    first = house.run(add_candidate, meeting, candidate("ball"))
    assert house.run(add_candidate, meeting, candidate("ball")) == first
    assert order(house, meeting) == [
        "minutes",
        "broken",
        "near",
        "ball",
        "other_business",
    ]
    assert journal(house, meeting).count("item_added") == 1


def test_a_removed_item_comes_back_where_it_was(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    known = items(house, meeting)
    house.run(remove_item, known["broken"])
    house.run(remove_item, known["broken"])
    house.run(move_item, known["other_business"], 0)
    assert order(house, meeting) == ["other_business", "minutes", "near"]
    house.run(restore_item, known["broken"])
    assert order(house, meeting) == ["other_business", "minutes", "broken", "near"]
    house.run(remove_item, known["near"])
    house.run(add_candidate, meeting, candidate("near"))
    assert order(house, meeting)[-1] == "near"
    told = journal(house, meeting)
    assert (told.count("item_removed"), told.count("item_restored")) == (2, 2)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (-5, ["near", "minutes", "broken", "other_business"]),
        (0, ["near", "minutes", "broken", "other_business"]),
        (1, ["minutes", "near", "broken", "other_business"]),
        (3, ["minutes", "broken", "other_business", "near"]),
        (99, ["minutes", "broken", "other_business", "near"]),
    ],
)
def test_an_item_moves_to_any_place(any_small_house, place, expected):
    house = any_small_house
    meeting = drafted(house)
    house.run(move_item, items(house, meeting)["near"], place)
    assert order(house, meeting) == expected


def test_moving_to_where_it_is_tells_nobody(small_house):
    meeting = drafted(small_house)
    told = journal(small_house, meeting)
    small_house.run(move_item, items(small_house, meeting)["broken"], 1)
    assert journal(small_house, meeting) == told


def test_a_removed_item_is_not_moved(small_house):
    meeting = drafted(small_house)
    item = items(small_house, meeting)["broken"]
    small_house.run(remove_item, item)
    with pytest.raises(Transition) as refused:
        small_house.run(move_item, item, 0)
    assert refused.value.code == "item_is_removed"


def test_a_topic_of_ones_own_stands_before_other_business(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    leader = house.people["Jelena Marić"]
    key = uuid.uuid4()
    item = house.run(add_topic, meeting, "Parking", 5, key=key, leader_id=leader)
    assert house.run(add_topic, meeting, "Parking", 5, key=key) == item
    assert order(house, meeting)[-2:] == ["Parking", "other_business"]
    assert one(house, AgendaItem, item).leader_id == leader


def test_hostile_words_are_kept_as_words(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    item = house.run(add_topic, meeting, HOSTILE, 5, notes=HOSTILE)
    row = one(house, AgendaItem, item)
    assert row.title == HOSTILE.replace("\x00", "\ufffd")
    assert row.notes.startswith("<b>Ä</b>")


def test_an_edit_changes_what_is_named_and_nothing_else(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    item = items(house, meeting)["broken"]
    version = one(house, AgendaItem, item).version
    after = house.run(
        change_item, item, expected_version=version, title="  What\nbroke ", notes="Ask"
    )
    row = one(house, AgendaItem, item)
    assert (row.title, row.notes, row.minutes, row.version) == (
        "What broke",
        "Ask",
        5,
        after,
    )
    assert house.run(change_item, item, title="What broke") == after
    assert journal(house, meeting).count("item_changed") == 1


def test_a_second_editor_is_told(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    item = items(house, meeting)["broken"]
    seen = one(house, AgendaItem, item).version
    house.run(change_item, item, expected_version=seen, minutes=9)
    with pytest.raises(Conflict):
        house.run(change_item, item, expected_version=seen, title="Mine")
    assert one(house, AgendaItem, item).title == ""


def test_moving_others_around_an_item_is_no_conflict_for_its_editor(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    known = items(house, meeting)
    seen = one(house, AgendaItem, known["near"]).version
    house.run(move_item, known["broken"], 3)
    house.run(add_topic, meeting, "Parking", 5)
    house.run(change_item, known["near"], expected_version=seen, minutes=9)
    assert one(house, AgendaItem, known["near"]).minutes == 9


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"minutes": 0}, "minutes", "out_of_range"),
        ({"minutes": 481}, "minutes", "out_of_range"),
        ({"minutes": True}, "minutes", "out_of_range"),
        ({"minutes": "5"}, "minutes", "out_of_range"),
        ({"title": "x" * 201}, "title", "too_long"),
        ({"notes": "x" * 100_001}, "notes", "too_long"),
        ({"outcome": "sing"}, "outcome", "not_a_choice"),
        ({"position": 3}, "position", "unknown"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(small_house, values, field, code):
    item = items(small_house, drafted(small_house))["broken"]
    with pytest.raises(Invalid) as refused:
        small_house.run(change_item, item, **values)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_an_unknown_leader_is_refused_as_such(any_small_house):
    item = items(any_small_house, drafted(any_small_house))["broken"]
    with pytest.raises(NotFound):
        any_small_house.run(change_item, item, leader_id=999)


def test_a_topic_of_ones_own_needs_a_title_a_found_item_has_its_kinds(small_house):
    meeting = drafted(small_house)
    own = small_house.run(add_topic, meeting, "Parking", 5)
    with pytest.raises(Invalid) as refused:
        small_house.run(change_item, own, title="  ")
    assert (refused.value.field, refused.value.code) == ("title", "missing")
    found = items(small_house, meeting)["broken"]
    small_house.run(change_item, found, title="Mine")
    small_house.run(change_item, found, title="")
    assert one(small_house, AgendaItem, found).title == ""
