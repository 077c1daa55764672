"""A session in progress: items, their time, parking, ending, and who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid, Transition
from desktop.domain.requests import Side
from desktop.entities.meetings import Action, Meeting
from desktop.entities.sittings import RaisedItem
from desktop.use_cases.agenda_items import add_topic, change_item, remove_item
from desktop.use_cases.attendance import add_guest, all_present, mark_attendance
from desktop.use_cases.holding import close_session
from desktop.use_cases.meeting_actions import add_action
from desktop.use_cases.meetings import plan_session
from desktop.use_cases.sitting import (
    begin_session,
    end_session,
    finish_item,
    park_item,
    pause_timer,
    resume_session,
    resume_timer,
    take_up,
    unpark_item,
)
from tests.use_cases.agendas import drafted, journal, one, planned
from tests.use_cases.sittings import begun, board, item, published, series_of


def test_a_session_begins_at_its_first_item_with_those_invited(small_house):
    house = small_house
    meeting = begun(house)
    found = board(house, meeting)
    assert (found.state, found.begun_at) == ("in_session", house.now)
    assert (found.item_id, found.item_since) == (found.items[0].id, house.now)
    assert [(one.name, one.state) for one in found.attendance] == [
        ("Jelena Marić", "invited"),
        ("Marko Ivić", "invited"),
        ("Dušan Kovač", "invited"),
    ]
    house.run(begin_session, meeting)
    assert journal(house, meeting).count("session_begun") == 1


def test_what_an_item_takes_adds_up_over_pauses_and_returns(any_small_house):
    house = any_small_house
    meeting = begun(house)
    first, second = item(house, meeting, 1), item(house, meeting, 2)
    house.later(minutes=4)
    house.run(take_up, meeting, second)
    house.later(minutes=2)
    house.run(pause_timer, meeting)
    house.later(minutes=30)
    house.run(resume_timer, meeting)
    house.later(seconds=30)
    house.run(take_up, meeting, first)
    house.later(minutes=1)
    house.run(end_session, meeting)
    spent = [one.item.spent_s for one in board(house, meeting).items]
    assert spent == [5 * 60, 150, 0]
    fates = [one.item.fate for one in board(house, meeting).items]
    assert fates == ["done", "done", "not_reached"]


def test_done_goes_to_the_next_open_item_and_can_be_taken_back(small_house):
    meeting = begun(small_house)
    first, second, third = (item(small_house, meeting, n) for n in (1, 2, 3))
    assert small_house.run(finish_item, second) is None
    assert small_house.run(finish_item, first) == third
    assert board(small_house, meeting).item_id == third
    small_house.run(finish_item, second, done=False)
    assert board(small_house, meeting).items[1].item.fate == "open"
    assert small_house.run(finish_item, third) == second


def test_a_parked_item_is_raised_for_the_next_session(any_small_house):
    house = any_small_house
    meeting = begun(house)
    second = item(house, meeting, 2)
    house.run(take_up, meeting, second)
    house.run(park_item, second, "Missing title extracts")
    house.run(park_item, second, "Missing title extracts")
    rows = house.read(lambda session: list(session.scalars(select(RaisedItem))))
    assert [(one.title, one.parked_from_id, one.state.value) for one in rows] == [
        ("Missing title extracts", second, "waiting")
    ]
    assert rows[0].series_id == series_of(house, meeting)
    assert board(house, meeting).items[1].item.fate == "parked"
    house.run(unpark_item, second)
    rows = house.read(lambda session: list(session.scalars(select(RaisedItem))))
    assert [one.state.value for one in rows] == ["withdrawn"]


def test_ending_carries_what_was_due_and_can_be_taken_back(any_small_house):
    house = any_small_house
    meeting = begun(house)
    series = series_of(house, meeting)
    owner = house.people["Jelena Marić"]
    today = house.now.date()
    due = house.run(add_action, series, "Call", "Topic", today, owner_id=owner)
    third = item(house, meeting, 3)
    house.run(end_session, meeting, {third: "Other business"})
    assert one(house, Action, due).carried == 1
    assert board(house, meeting).items[2].item.fate == "parked"
    assert one(house, Meeting, meeting).item_id is None
    house.run(resume_session, meeting)
    assert one(house, Action, due).carried == 0
    assert board(house, meeting).state == "in_session"


def test_a_session_nobody_followed_on_screen_is_held_afterwards(small_house):
    meeting = drafted(small_house)
    small_house.at(16, 12)
    small_house.run(close_session, meeting)
    found = board(small_house, meeting)
    assert found.state == "held"
    assert {one.item.fate for one in found.items} == {"done"}
    assert [one.name for one in found.attendance] == ["Jelena Marić"]


def test_chair_deputy_minute_taker_and_coordinators_run_it_and_nobody_else(
    small_house,
):
    meeting = published(small_house)
    small_house.at(16, 10)
    for name in ("Petar Ilić", "Vesna Stojanović"):
        small_house.me(name)
        with pytest.raises(Forbidden) as refused:
            small_house.run(begin_session, meeting)
        assert refused.value.code == "not_yours_to_hold"
    small_house.me("Jelena Marić")
    small_house.run(begin_session, meeting)
    assert board(small_house, meeting, "Petar Ilić").can_record is False
    assert board(small_house, meeting, "Jelena Marić").can_record is True


def test_a_session_without_an_agenda_or_long_before_its_time_does_not_begin(
    small_house,
):
    meeting = planned(small_house)
    small_house.at(16, 10)
    with pytest.raises(Transition) as refused:
        small_house.run(begin_session, meeting)
    assert refused.value.code == "agenda_is_empty"
    small_house.run(add_topic, meeting, "Keys", 5)
    small_house.at(15, 21)
    with pytest.raises(Transition) as refused:
        small_house.run(begin_session, meeting)
    assert refused.value.code == "session_not_begun"
    small_house.at(16, 9, 40)
    small_house.run(begin_session, meeting)


def test_while_it_sits_its_agenda_stays_as_it_was_handed_out(small_house):
    meeting = begun(small_house)
    first = item(small_house, meeting, 1)
    for act in (
        lambda: small_house.run(remove_item, first),
        lambda: small_house.run(change_item, first, minutes=3),
        lambda: small_house.run(add_topic, meeting, "Late", 5),
    ):
        with pytest.raises(Transition) as refused:
            act()
        assert refused.value.code == "meeting_is_over"


def test_an_item_of_another_session_is_no_choice(small_house):
    meeting = begun(small_house)
    series = series_of(small_house, meeting)
    other = small_house.run(plan_session, series)
    topic = small_house.run(add_topic, other, "Elsewhere", 5)
    with pytest.raises(Invalid):
        small_house.run(take_up, meeting, topic)


def test_attendance_is_marked_with_deputies_and_guests(small_house):
    house = small_house
    meeting = begun(house)
    rows = {one.name: one.id for one in board(house, meeting).attendance}
    house.run(mark_attendance, rows["Dušan Kovač"], "deputy")
    house.run(mark_attendance, rows["Jelena Marić"], "apology")
    house.run(add_guest, meeting, "  Petar Ilić ", Side.FRONT, "guest")
    assert house.run(all_present, meeting) == 1
    told = [
        (one.name, one.state, one.deputy) for one in board(house, meeting).attendance
    ]
    assert told == [
        ("Jelena Marić", "apology", ""),
        ("Marko Ivić", "present", ""),
        ("Dušan Kovač", "deputy", "Ana Petrović"),
        ("Petar Ilić", "present", ""),
    ]
    house.run(mark_attendance, rows["Dušan Kovač"], "deputy", deputy="M. Babić")
    assert board(house, meeting).attendance[2].deputy == "M. Babić"
    with pytest.raises(Invalid) as refused:
        house.run(add_guest, meeting, "Petar Ilić", Side.FRONT)
    assert (refused.value.field, refused.value.code) == ("name", "taken")
