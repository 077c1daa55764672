"""Approvals: asked in order, decided by who was asked, and the request waits."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.approvals import ApprovalState
from desktop.domain.errors import Conflict, Forbidden, Invalid, Refusal, Transition
from desktop.domain.requests import PendingReason, RequestState
from desktop.entities.approvals import Approval
from desktop.entities.requests import Request
from desktop.queries.notices import inbox, is_sweep_due
from desktop.use_cases.approvals import (
    ask_approval,
    decide,
    pass_on_approval,
    withdraw_approval,
)
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import decline, resolve
from tests.small_house import SmallHouse

AGENT, ANA, MARKO, VESNA, PETAR = (
    "Dušan Kovač",
    "Ana Petrović",
    "Marko Ivić",
    "Vesna Stojanović",
    "Petar Ilić",
)


def asked(house: SmallHouse, *steps: list[str]) -> int:
    """Raise a request and ask people to agree, step after step."""
    request_id = house.raised()
    house.me(AGENT).later(minutes=1)
    people = [[house.people[name] for name in step] for step in steps]
    house.run(ask_approval, request_id, people, "May the fee be waived?")
    return request_id


def approvals(house: SmallHouse, request_id: int) -> dict[str, Approval]:
    names = {number: name for name, number in house.people.items()}
    wanted = select(Approval).where(Approval.request_id == request_id)
    rows = house.read(lambda session: session.scalars(wanted).all())
    return {names[one.approver_id]: one for one in rows}


def states(house: SmallHouse, request_id: int) -> dict[str, str]:
    return {name: one.state.value for name, one in approvals(house, request_id).items()}


def stored(house: SmallHouse, request_id: int) -> Request:
    return house.read(lambda session: session.get_one(Request, request_id))


def test_the_request_waits_until_everybody_agreed_in_order(any_small_house):
    house = any_small_house
    request_id = asked(house, [ANA, VESNA], [MARKO])
    row = stored(house, request_id)
    assert (row.state, row.pending) == (RequestState.PENDING, PendingReason.APPROVAL)
    assert states(house, request_id) == {
        ANA: "asked",
        VESNA: "asked",
        MARKO: "waiting",
    }
    rows = approvals(house, request_id)
    house.me(ANA).run(decide, rows[ANA].id, is_approved=True)
    with pytest.raises(Conflict):
        house.me(MARKO).run(decide, rows[MARKO].id, is_approved=True)
    house.me(VESNA).run(decide, rows[VESNA].id, is_approved=True, words="Once.")
    assert states(house, request_id)[MARKO] == "asked"
    assert stored(house, request_id).state is RequestState.PENDING
    house.me(MARKO).run(decide, rows[MARKO].id, is_approved=True)
    assert stored(house, request_id).state is RequestState.NEW
    assert set(states(house, request_id).values()) == {"approved"}


def test_one_no_ends_it_with_its_reason(small_house):
    request_id = asked(small_house, [ANA, VESNA], [MARKO])
    rows = approvals(small_house, request_id)
    with pytest.raises(Invalid):
        small_house.me(ANA).run(decide, rows[ANA].id, is_approved=False)
    small_house.me(ANA).run(
        decide, rows[ANA].id, is_approved=False, words="The law forbids it."
    )
    assert states(small_house, request_id) == {
        ANA: "refused",
        VESNA: "withdrawn",
        MARKO: "withdrawn",
    }
    assert stored(small_house, request_id).pending is None


def test_somebody_else_decides_in_the_approvers_place(small_house):
    request_id = asked(small_house, [ANA])
    row = approvals(small_house, request_id)[ANA]
    small_house.me(ANA).run(
        pass_on_approval, row.id, small_house.people[VESNA], "I am away."
    )
    with pytest.raises(Forbidden):
        small_house.me(PETAR).run(decide, row.id, is_approved=True)
    small_house.me(VESNA).run(decide, row.id, is_approved=True)
    decided = approvals(small_house, request_id)[ANA]
    assert decided.state is ApprovalState.APPROVED
    assert decided.decided_by_id == small_house.people[VESNA]
    with pytest.raises(Conflict):
        small_house.me(ANA).run(decide, row.id, is_approved=True)


def test_nothing_is_resolved_while_somebody_is_to_agree(small_house):
    request_id = asked(small_house, [ANA])
    with pytest.raises(Conflict) as refused:
        small_house.me(AGENT).run(resolve, request_id, "Done.")
    assert refused.value.details["name"] == ANA
    small_house.run(withdraw_approval, request_id, "Not needed after all.")
    small_house.run(resolve, request_id, "Done.")
    with pytest.raises(Refusal):
        small_house.run(withdraw_approval, request_id)


def test_what_is_over_is_not_decided_any_more(small_house):
    request_id = asked(small_house, [ANA])
    small_house.me(AGENT).run(decline, request_id, "Not ours.")
    row = approvals(small_house, request_id)[ANA]
    with pytest.raises(Transition):
        small_house.me(ANA).run(decide, row.id, is_approved=True)


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([], "missing"),
        ([[], []], "missing"),
        ([[AGENT]], "cannot_approve"),
        ([[ANA], [ANA]], "named_twice"),
        ([[ANA] * 21], "too_many"),
    ],
)
def test_approvers_are_somebody_else_and_named_once(small_house, steps, code):
    request_id = small_house.raised()
    small_house.me(AGENT)
    people = [[small_house.people[name] for name in step] for step in steps]
    with pytest.raises(Invalid) as refused:
        small_house.run(ask_approval, request_id, people, "May we?")
    assert refused.value.code == code


def test_a_deadline_lies_ahead(small_house):
    request_id = small_house.raised()
    with pytest.raises(Invalid) as refused:
        small_house.me(AGENT).run(
            ask_approval,
            request_id,
            [[small_house.people[ANA]]],
            "May we?",
            due_at=small_house.now,
        )
    assert (refused.value.field, refused.value.code) == ("due_at", "is_over")


def test_who_decides_and_who_asked_are_told_once_that_the_deadline_came(
    any_small_house,
):
    house = any_small_house.at(9, 9)
    request_id = house.raised()
    due_at, people = house.at(10, 11).now, house.people
    house.at(9, 10).me(AGENT)
    house.run(ask_approval, request_id, [[people[ANA]]], "May we?", due_at=due_at)
    house.run(sweep, house.now)

    def late(name: str) -> int:
        rows = house.read(inbox, people[name], house.now).rows
        return sum(row.due_at == due_at for row in rows)

    house.at(10, 10, 50).run(sweep, house.now)
    assert (late(ANA), late(AGENT)) == (0, 0)
    assert house.read(is_sweep_due, house.at(10, 11, 1).now)
    for _again in range(2):
        house.run(sweep, house.now)
    assert (late(ANA), late(AGENT), late(VESNA)) == (1, 1, 0)


def test_a_decision_in_time_is_no_late_one(small_house):
    house = small_house.at(9, 9)
    request_id = house.raised()
    due_at = house.at(10, 12).now
    house.at(9, 10).me(AGENT)
    people = [[house.people[ANA]]]
    house.run(ask_approval, request_id, people, "May we?", due_at=due_at)
    row = approvals(house, request_id)[ANA]
    house.me(ANA).run(decide, row.id, is_approved=True)
    house.at(10, 13).run(sweep, house.now)
    rows = house.read(inbox, house.people[ANA], house.now).rows
    assert [row for row in rows if row.due_at == due_at] == []
