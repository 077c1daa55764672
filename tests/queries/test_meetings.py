"""Series with their next sessions, and the board of one session."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.errors import NotFound
from desktop.queries.meetings import (
    meeting_board,
    requests_behind,
    series_list,
    sessions_of,
)
from desktop.use_cases.meetings import (
    add_action,
    add_topic,
    change_item,
    close_action,
    close_session,
    draft_agenda,
    move_item,
    plan_session,
    publish_agenda,
    remove_item,
)
from tests.queries.test_agenda import a_series, lived_in
from tests.queries.test_queue import statements
from tests.small_house import SmallHouse
from tests.use_cases.agendas import candidate


def with_agenda(house: SmallHouse) -> int:
    """Give the registry its week and a drafted session at ten."""
    lived_in(house)
    meeting = house.at(16, 8).run(plan_session, a_series(house))
    found = house.read(meeting_board, meeting, house.now).drafted
    house.run(draft_agenda, meeting, found)
    return meeting


def test_a_series_without_sessions_is_in_the_list(any_small_house):
    house = any_small_house
    a_series(house)
    (row,) = house.read(series_list, house.now)
    assert (row.name, row.front, row.back) == (
        "Counter and registry",
        "Central counter",
        "Land registry",
    )
    assert (row.next, row.last, row.sessions) == (None, None, 0)
    assert house.read(sessions_of, row.id) == ()


def test_a_series_names_its_next_session_and_its_last(any_small_house):
    house = any_small_house
    first = with_agenda(house)
    (row,) = house.read(series_list, house.now)
    assert row.next is not None
    assert (row.next.id, row.next.state, row.last) == (first, "drafted", None)
    house.at(16, 12)
    (row,) = house.read(series_list, house.now)
    assert row.next is None
    assert row.last is not None
    assert row.last.id == first
    house.run(close_session, first)
    second = house.run(plan_session, row.id)
    (row,) = house.read(series_list, house.now)
    assert row.next is not None
    assert (row.next.id, row.last.id) == (second, first)
    told = house.read(sessions_of, row.id)
    assert [(one.id, one.state) for one in told] == [
        (second, "planned"),
        (first, "held"),
    ]


def test_a_session_nobody_drafted_has_no_items_but_a_proposal(any_small_house):
    house = any_small_house
    lived_in(house)
    meeting = house.at(16, 8).run(plan_session, a_series(house))
    board = house.read(meeting_board, meeting, house.now)
    assert (board.state, board.items, board.can_change) == ("planned", (), True)
    assert {one.place for one in board.candidates} == {"offered"}
    assert [one.kind for one in board.drafted] == [
        item.kind for item in board.paper.items
    ]
    assert (board.is_empty, board.broken > 0) == (False, True)


def test_the_board_follows_what_the_coordinator_did(any_small_house):
    house = any_small_house
    meeting = with_agenda(house)
    items = house.read(meeting_board, meeting, house.now).items
    by_kind = {one.running.kind: one for one in items}
    house.run(remove_item, by_kind["scorecard"].id)
    house.run(change_item, by_kind["broken"].id, title="What broke", notes="Ask Ana")
    own = house.run(add_topic, meeting, "Parking", 5)
    house.run(move_item, own, 0)
    board = house.read(meeting_board, meeting, house.now)
    first = board.items[0]
    assert (first.id, first.is_own, first.running.title) == (own, True, "Parking")
    broken = next(one for one in board.items if one.running.kind == "broken")
    assert (broken.title, broken.notes) == ("What broke", "Ask Ana")
    assert len(broken.request_ids) == board.broken
    places = {one.candidate.kind: one.place for one in board.candidates}
    assert (places["scorecard"], places["broken"]) == ("removed", "on_agenda")
    assert board.removed == ()


def test_a_removed_item_whose_evidence_is_gone_can_still_be_put_back(small_house):
    meeting = with_agenda(small_house)
    own = small_house.run(add_topic, meeting, "Parking", 5)
    small_house.run(remove_item, own)
    gone = candidate("topic", "pattern:Gone", label="Gone")
    small_house.run(draft_agenda, meeting, [gone])
    board = small_house.read(meeting_board, meeting, small_house.now)
    assert board.removed == ((own, "topic", "Parking"),)
    kept = next(one for one in board.items if one.subject == "pattern:Gone")
    assert (kept.running.label, kept.weight, kept.request_ids) == ("Gone", 3.5, ())


def test_open_actions_are_listed_until_they_are_closed(any_small_house):
    house = any_small_house
    meeting = with_agenda(house)
    (series,) = house.read(series_list, house.now)
    ids = [
        house.run(
            add_action,
            series.id,
            text,
            "returns",
            date(2026, 11, day),
            owner_unit_id=house.units["Land registry"],
            meeting_id=meeting,
        )
        for day, text in ((20, "Later"), (13, "Late"), (16, "Today"))
    ]
    told = house.read(meeting_board, meeting, house.now).actions
    assert [(one.text, one.owner, one.is_overdue) for one in told] == [
        ("Late", "Land registry", True),
        ("Today", "Land registry", False),
        ("Later", "Land registry", False),
    ]
    house.run(close_action, ids[1])
    told = house.read(meeting_board, meeting, house.now).actions
    assert [one.id for one in told] == [ids[2], ids[0]]


def test_members_come_before_the_other_people_of_both_units(small_house):
    meeting = with_agenda(small_house)
    people = small_house.read(meeting_board, meeting, small_house.now).people
    member, *others = [one.name for one in people]
    assert member == "Jelena Marić"
    assert others == ["Ana Petrović", "Dušan Kovač", "Marko Ivić"]


def test_a_session_can_be_closed_once_it_began_and_changed_until_then(small_house):
    meeting = with_agenda(small_house)
    board = small_house.read(meeting_board, meeting, small_house.now)
    assert (board.can_change, board.can_close) == (True, False)
    small_house.me("Marko Ivić").run(publish_agenda, meeting)
    small_house.at(16, 10)
    board = small_house.read(meeting_board, meeting, small_house.now)
    assert (board.state, board.can_change, board.can_close) == ("published", True, True)
    small_house.run(close_session, meeting)
    board = small_house.read(meeting_board, meeting, small_house.now)
    assert (board.state, board.can_change, board.can_close) == ("held", False, False)


def test_the_requests_behind_are_told_in_the_order_asked(any_small_house):
    house = any_small_house
    made = lived_in(house)
    ids = (made["phone"], made["broken"], 999, made["phone"])
    rows = house.read(requests_behind, ids)
    assert [(row.id, row.subject) for row in rows] == [
        (made["phone"], "phone"),
        (made["broken"], "broken"),
    ]
    assert (rows[1].service, rows[1].unit, rows[1].state) == (
        "Title extract",
        "Land registry",
        "new",
    )
    assert len(house.read(requests_behind, ids, limit=1)) == 1
    assert house.read(requests_behind, ()) == ()


def test_an_empty_period_is_told_as_empty(small_house):
    meeting = small_house.at(16, 8).run(plan_session, a_series(small_house))
    board = small_house.read(meeting_board, meeting, small_house.now)
    assert (board.is_empty, board.judged, board.broken) == (True, 0, 0)


def test_a_board_costs_the_same_statements_however_long(small_house):
    meeting = with_agenda(small_house)
    with statements(small_house) as few:
        small_house.read(meeting_board, meeting, small_house.now)
    for number in range(40):
        small_house.run(add_topic, meeting, f"Topic {number}", 1)
    with statements(small_house) as many:
        small_house.read(meeting_board, meeting, small_house.now)
    assert len(many) == len(few)


def test_an_unknown_session_is_refused(small_house):
    with pytest.raises(NotFound):
        small_house.read(meeting_board, 7, small_house.now + timedelta(days=1))
