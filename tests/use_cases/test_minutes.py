"""Minutes: typed by two at once, approved by the chair, sealed, amended."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select, update

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.minutes import MinutesPaper
from desktop.entities.meetings import SeriesMember
from desktop.entities.outgoing import SessionNotice
from desktop.queries.minutes import minutes_paper
from desktop.use_cases.attendance import add_guest, mark_attendance
from desktop.use_cases.meeting_actions import add_action, change_action, close_action
from desktop.use_cases.minutes import (
    add_addendum,
    add_note,
    approve_minutes,
    change_decision,
    decide,
    withdraw_decision,
    write_said,
)
from desktop.use_cases.sitting import (
    end_session,
    finish_item,
    park_item,
    resume_session,
    take_up,
)
from tests.small_house import SmallHouse
from tests.use_cases.agendas import HOSTILE
from tests.use_cases.sittings import begun, board, item, series_of


def paper(house: SmallHouse, meeting: int) -> MinutesPaper:
    return house.read(minutes_paper, meeting, house.now)


def held(house: SmallHouse) -> tuple[int, int]:
    """Hold a session with a decision, an action and a note under its second item."""
    meeting = begun(house)
    second = item(house, meeting, 2)
    house.run(decide, meeting, second, "The counter asks for the parcel number.")
    house.run(
        add_action,
        series_of(house, meeting),
        "Put it on the form",
        "Missing title extracts",
        house.now.date(),
        owner_id=house.people["Dušan Kovač"],
        meeting_id=meeting,
        agenda_item_id=second,
    )
    house.run(add_note, second, "Eleven extracts came back.")
    house.later(minutes=50)
    house.run(end_session, meeting)
    return meeting, second


def test_minutes_are_numbered_as_the_agenda_and_hold_what_was_typed(any_small_house):
    house = any_small_house
    meeting, _second = held(house)
    found = paper(house, meeting)
    assert [one.number for one in found.items] == [1, 2, 3]
    topic = found.items[1]
    assert topic.title == "Missing title extracts"
    assert topic.said == "Eleven extracts came back."
    assert [(one.number, one.text) for one in topic.decisions] == [
        (1, "The counter asks for the parcel number.")
    ]
    assert [(one.label, one.owner, one.carried) for one in topic.actions] == [
        ("A-1", "Dušan Kovač", 1)
    ]
    assert (found.actions.total, found.head.chair) == (1, "Marko Ivić")
    assert found.next_at is not None
    assert found.approved_at is None


def test_two_who_type_at_once_lose_nothing(small_house):
    house = small_house
    meeting = begun(house)
    first = item(house, meeting, 1)
    assert house.run(write_said, first, "One", before="") == "One"
    house.run(add_note, first, "From the chair")
    told = house.run(write_said, first, "One\nTwo", before="One")
    assert told == "One\nFrom the chair\nTwo"
    assert house.run(write_said, first, "", before=told) == ""


def test_decisions_keep_their_numbers_and_are_made_once(small_house):
    house = small_house
    meeting = begun(house)
    first, key = item(house, meeting, 1), uuid.uuid4()
    made = house.run(decide, meeting, first, HOSTILE, key=key)
    assert house.run(decide, meeting, first, "again", key=key) == made
    house.run(withdraw_decision, made)
    second = house.run(decide, meeting, None, "Two")
    line = board(house, meeting).items[0].decisions[0]
    assert line.is_withdrawn
    house.run(withdraw_decision, made, withdrawn=False)
    house.run(change_decision, second, "Two, then", expected_version=1)
    with pytest.raises(Conflict):
        house.run(change_decision, second, "Three", expected_version=1)
    with pytest.raises(Invalid) as refused:
        house.run(decide, meeting, first, "x" * 2_001)
    assert (refused.value.field, refused.value.code) == ("text", "too_long")


def test_only_the_chair_approves_and_only_what_is_over(small_house):
    house = small_house
    meeting = begun(house)
    with pytest.raises(Transition) as refused:
        house.run(approve_minutes, meeting)
    assert refused.value.code == "session_not_over"
    house.run(end_session, meeting)
    house.me("Jelena Marić")
    with pytest.raises(Forbidden) as denied:
        house.run(approve_minutes, meeting)
    assert denied.value.code == "the_chair_approves"
    house.me("Marko Ivić")
    house.run(approve_minutes, meeting)
    found = paper(house, meeting)
    assert (found.approved_by, found.approved_at) == ("Marko Ivić", house.now)
    told = select(SessionNotice.person_id).where(
        SessionNotice.kind == "minutes_approved"
    )
    people = house.read(lambda session: set(session.scalars(told)))
    assert people == {house.people["Jelena Marić"], house.people["Dušan Kovač"]}


def test_approved_minutes_are_sealed_against_every_use_case(any_small_house):
    house = any_small_house
    meeting, second = held(house)
    before = board(house, meeting)
    decision = before.items[1].decisions[0].id
    action = before.items[1].actions[0].id
    series = series_of(house, meeting)
    owner = house.people["Ana Petrović"]
    house.run(approve_minutes, meeting)
    sealed = paper(house, meeting)
    acts = {
        "said": lambda: house.run(write_said, second, "x", before=""),
        "note": lambda: house.run(add_note, second, "x"),
        "decide": lambda: house.run(decide, meeting, second, "x"),
        "decision": lambda: house.run(change_decision, decision, "x"),
        "withdraw": lambda: house.run(withdraw_decision, decision),
        "attendance": lambda: house.run(
            mark_attendance, before.attendance[0].id, "absent"
        ),
        "guest": lambda: house.run(add_guest, meeting, "X", "front"),
        "take up": lambda: house.run(take_up, meeting, second),
        "done": lambda: house.run(finish_item, second),
        "park": lambda: house.run(park_item, second, "x"),
        "end": lambda: house.run(end_session, meeting),
        "resume": lambda: house.run(resume_session, meeting),
        "approve": lambda: house.run(approve_minutes, meeting),
        "action": lambda: house.run(
            add_action,
            *(series, "x", "y", house.now.date()),
            owner_id=owner,
            meeting_id=meeting,
        ),
        "words": lambda: house.run(change_action, action, text="other"),
    }
    for name, act in acts.items():
        with pytest.raises(Transition) as refused:
            act()
        assert refused.value.code == "minutes_are_sealed", name
    # The action itself goes on; the minutes still say how it was.
    house.run(change_action, action, owner_id=owner)
    house.run(close_action, action)
    assert paper(house, meeting).items == sealed.items


def test_a_correction_stands_after_approved_minutes_with_author_and_time(
    any_small_house,
):
    house = any_small_house
    meeting, second = held(house)
    with pytest.raises(Transition) as refused:
        house.run(add_addendum, meeting, "Too early")
    assert refused.value.code == "minutes_not_approved"
    house.run(approve_minutes, meeting)
    items = paper(house, meeting).items
    house.later(days=1).me("Jelena Marić")
    key = uuid.uuid4()
    for _again in range(2):
        house.run(
            add_addendum, meeting, "It was twelve extracts.", item_id=second, key=key
        )
    found = paper(house, meeting)
    assert [(one.number, one.by, one.at, one.item_number) for one in found.addenda] == [
        (1, "Jelena Marić", house.now, 2)
    ]
    assert found.items == items


def test_who_leaves_between_publishing_and_minutes_stays_in_this_attendance(
    small_house,
):
    house = small_house
    meeting = begun(house)
    gone = house.people["Dušan Kovač"]

    def leave(work):
        work.session.execute(
            update(SeriesMember)
            .where(SeriesMember.person_id == gone)
            .values(person_id=house.people["Ana Petrović"], deputy_id=None)
        )
        work.touched_everything()

    house.run(leave)
    house.run(end_session, meeting)
    found = paper(house, meeting)
    assert "Dušan Kovač" in [one.name for one in found.attendance]
    assert found.informed == ("Ana Petrović",)
