"""Actions: given, told, changed, carried until decided, closed several at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.entities.meetings import Action
from desktop.entities.outgoing import SessionNotice
from desktop.entities.requests import Request
from desktop.queries.action_board import (
    BoardView,
    action_board,
    action_line,
    actions_numbered,
    owners_of,
    request_actions,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meeting_actions import (
    Closing,
    add_action,
    change_action,
    close_action,
    close_actions,
    drop_action,
    escalate_action,
    renew_action,
    reopen_actions,
)
from tests.small_house import SmallHouse
from tests.use_cases.agendas import one
from tests.use_cases.sittings import begun, series_of

DUE = date(2026, 11, 20)


def given(house: SmallHouse, series: int, text: str = "Call", **more) -> int:
    more.setdefault("owner_id", house.people["Dušan Kovač"])
    return house.run(add_action, series, text, "Topic", more.pop("due", DUE), **more)


def carried(house: SmallHouse, action: int, times: int) -> None:
    def carry(work: UnitOfWork) -> None:
        work.get(Action, action).carried = times

    house.run(carry)


def line(house: SmallHouse, action: int):
    return house.read(action_line, action, house.now)


def told(house: SmallHouse, kind: str) -> list[int]:
    wanted = select(SessionNotice.person_id).where(SessionNotice.kind == kind)
    return sorted(house.read(lambda session: list(session.scalars(wanted))))


def test_an_owner_is_told_and_a_unit_by_its_members(small_house):
    house = small_house
    series = series_of(house, begun(house))
    given(house, series)
    assert told(house, "action_given") == [house.people["Dušan Kovač"]]
    given(house, series, owner_id=None, owner_unit_id=house.units["Central counter"])
    assert told(house, "action_given") == sorted(
        (house.people["Dušan Kovač"], house.people["Jelena Marić"])
    )


def test_a_request_named_in_the_words_is_linked_and_finds_its_action(small_house):
    house = small_house
    series = series_of(house, begun(house))
    request = house.raised("keys")
    reference = one(house, Request, request).reference
    action = given(house, series, f"See {reference.lower()}")
    other = given(house, series, "See A-1 and XY-99")
    assert [one.id for one in house.read(request_actions, request, house.now)] == [
        action
    ]
    assert line(house, other).request_id is None


def test_three_times_carried_it_is_done_after_all_dropped_or_escalated(
    any_small_house,
):
    house = any_small_house
    series = series_of(house, begun(house))
    action = given(house, series)
    carried(house, action, 2)
    assert not line(house, action).must_decide
    carried(house, action, 3)
    assert line(house, action).must_decide
    with pytest.raises(Invalid) as refused:
        house.run(renew_action, action, house.now.date(), "Paper is here")
    assert (refused.value.field, refused.value.code) == ("due", "not_to_come")
    with pytest.raises(Invalid) as refused:
        house.run(renew_action, action, DUE + timedelta(days=9), " ")
    assert refused.value.field == "why"
    house.run(renew_action, action, DUE + timedelta(days=9), "Paper is here")
    found = line(house, action)
    assert (found.must_decide, found.why, found.carried) == (False, "Paper is here", 3)
    carried(house, action, 6)
    assert line(house, action).must_decide
    boss = house.people["Vesna Stojanović"]
    house.run(escalate_action, action, boss, "No paper in the building")
    assert told(house, "action_escalated") == [boss]
    assert line(house, action).escalated_to == "Vesna Stojanović"
    with pytest.raises(Invalid):
        house.run(drop_action, action, "")
    house.run(drop_action, action, "Not worth it")
    assert (line(house, action).state, line(house, action).why) == (
        "dropped",
        "Not worth it",
    )


def test_a_new_owner_is_told_and_two_who_change_at_once_are_told_apart(
    small_house,
):
    house = small_house
    series = series_of(house, begun(house))
    action = given(house, series)
    version = line(house, action).version
    ana = house.people["Ana Petrović"]
    house.run(change_action, action, expected_version=version, owner_id=ana)
    with pytest.raises(Conflict):
        house.run(change_action, action, expected_version=version, due_on=DUE)
    with pytest.raises(Invalid) as refused:
        house.run(change_action, action, owner_id=None)
    assert refused.value.field == "owner"
    assert ana in told(house, "action_given")


def test_several_are_closed_at_once_and_taken_back(any_small_house):
    house = any_small_house
    series = series_of(house, begun(house))
    first, two, three = (given(house, series, text) for text in "abc")
    house.run(close_action, three)
    closings = [
        Closing(first, why="by mail"),
        Closing(two, dropped=True),
        Closing(three),
    ]
    assert house.run(close_actions, closings) == (first, two)
    states = [line(house, each).state for each in (first, two, three)]
    assert states == ["done", "dropped", "done"]
    house.run(reopen_actions, [first, two])
    assert line(house, first).is_open
    assert line(house, two).why == ""
    with pytest.raises(Transition):
        house.run(change_action, three, due_on=DUE)


def test_the_board_shows_mine_my_units_and_everybodys(any_small_house):
    house = any_small_house
    series = series_of(house, begun(house))
    mine = given(house, series, "mine", due=DUE)
    ours = given(house, series, "ours", owner_id=house.people["Ana Petrović"])
    units = given(
        house, series, "unit", owner_id=None, owner_unit_id=house.units["Land registry"]
    )
    late = given(
        house,
        series,
        "front",
        owner_id=house.people["Jelena Marić"],
        due=date(2026, 11, 2),
    )
    me = house.people["Dušan Kovač"]

    def shown(view: BoardView, **more) -> set[int]:
        return {one.id for one in house.read(action_board, me, house.now, view, **more)}

    assert shown(BoardView.MINE) == {mine}
    assert shown(BoardView.UNIT) == {mine, ours, units}
    everybody = house.read(action_board, me, house.now, BoardView.ALL)
    assert next(one.id for one in everybody) == late
    assert everybody[0].is_overdue
    assert everybody[0].days_over == 14
    house.run(close_action, mine)
    assert shown(BoardView.MINE, closed=True) == {mine}
    found = house.read(actions_numbered, [1, 2], house.now)
    assert [one.number for one in found] == [1, 2]


def test_owners_are_offered_members_first_then_people_then_units(small_house):
    series = series_of(small_house, begun(small_house))
    found = small_house.read(owners_of, series)
    ranks = [one.rank for one in found]
    assert ranks == sorted(ranks)
    names = {one.name: one.rank for one in found}
    assert names["Jelena Marić"] == 0
    assert names["Ana Petrović"] == 0  # stands in for a member
    assert names["Land registry"] == 2
    assert names["Building permits"] == 3
    assert "Petar Ilić" not in names
