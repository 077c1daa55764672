"""Raising a request: what is kept of what was typed, and what is refused."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from desktop.desk import Desk
from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Forbidden, Invalid, NotFound, Refusal
from desktop.domain.requests import Ball, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.search import find_requests
from desktop.use_cases.raising import NewRequest, raise_request
from tests.small_house import SmallHouse

FRONT = "Jelena Marić"


def draft(house: SmallHouse, **more: object) -> NewRequest:
    made = NewRequest(
        house.services["Title extract"],
        "Parcel 1184/2",
        customer="Goran Tadić",
        contact="064 555 208",
        form={"parcel": "1184/2", "extent": "Full"},
    )
    return replace(made, **more)


def stored(house: SmallHouse, request_id: int) -> Request:
    return house.read(lambda session: session.get_one(Request, request_id))


def count(house: SmallHouse, table: type) -> int:
    return house.read(lambda s: s.scalar(select(func.count()).select_from(table))) or 0


def test_a_request_goes_to_the_unit_that_offers_the_service(any_small_house):
    house = any_small_house.me(FRONT)
    made = house.run(raise_request, draft(house))
    row = stored(house, made.id)
    assert made.reference == row.reference == "LR-0001"
    assert row.unit_id == house.units["Land registry"]
    assert row.front_unit_id == house.units["Central counter"]
    assert row.requester_id == house.people[FRONT]
    assert (row.state, row.ball, row.is_open) == (RequestState.NEW, Ball.BACK, True)
    assert row.form == {"parcel": "1184/2", "extent": "Full"}
    assert row.raised_at == house.now


def test_its_promise_runs_from_the_moment_it_is_raised(any_small_house):
    house = any_small_house.at(9, 9).me(FRONT)
    made = house.run(raise_request, draft(house))
    clocks = house.read(
        lambda session: session.scalars(
            select(RequestClock).where(RequestClock.request_id == made.id)
        ).all()
    )
    by_kind = {one.kind: one for one in clocks}
    assert set(by_kind) == {TargetKind.RESPONSE, TargetKind.RESOLUTION}
    due = by_kind[TargetKind.RESOLUTION].due_at
    # 6 h 30 on Monday, 7 h 30 on Tuesday, nothing on the holiday, 2 h on Thursday.
    assert due == any_small_house.at(12, 10).now


def test_references_count_up_for_each_prefix(any_small_house):
    house = any_small_house.me(FRONT)
    first = house.run(raise_request, draft(house))
    permit = draft(house, service_id=house.services["Building permit"], form={})
    other = house.run(raise_request, permit)
    second = house.run(raise_request, draft(house))
    assert [one.reference for one in (first, other, second)] == [
        "LR-0001",
        "BP-0001",
        "LR-0002",
    ]


def test_sending_the_same_draft_again_makes_no_second(any_small_house):
    house = any_small_house.me(FRONT)
    once = draft(house)
    first = house.run(raise_request, once)
    again = house.later(minutes=5).run(raise_request, once)
    changed = house.run(raise_request, replace(once, subject="Another subject"))
    assert first == again == changed
    assert (count(house, Request), count(house, JournalEntry)) == (1, 1)


def test_the_same_draft_sent_twice_at_once_makes_one(any_small_house):
    house = any_small_house
    once = draft(house, key=uuid.uuid4())
    start = threading.Barrier(2)
    came: list[object] = []

    def send() -> None:
        desk = Desk(house.desk.store, house.actor(FRONT))
        start.wait(10)
        try:
            came.append(desk.run(raise_request, once).value)
        except Refusal as refusal:
            came.append(refusal)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert count(house, Request) == 1
    made = [one for one in came if not isinstance(one, Refusal)]
    assert made
    assert house.me(FRONT).run(raise_request, once) == made[0]


def test_many_desks_raising_at_once_share_no_reference(any_small_house):
    house = any_small_house
    came: list[str] = []

    def send() -> None:
        desk = Desk(house.desk.store, house.actor(FRONT))
        for _ in range(4):
            try:
                made = desk.run(raise_request, draft(house))
            except Refusal as refusal:
                came.append(repr(refusal))
            else:
                came.append(made.value.reference)

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(came) == [f"LR-{number:04d}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"priority": 2}, "urgency_reason", "missing"),
        ({"priority": 2, "urgency_reason": " \t"}, "urgency_reason", "missing"),
        ({"priority": 0, "urgency_reason": "x"}, "priority", "not_a_choice"),
        ({"priority": 5}, "priority", "not_a_choice"),
        (
            {"priority": 2, "urgency_reason": "x" * 2_001},
            "urgency_reason",
            "too_long",
        ),
        ({"customer": "x" * 201}, "customer", "too_long"),
        ({"contact": "x" * 201}, "contact", "too_long"),
        ({"subject": "x" * 201}, "subject", "too_long"),
        ({"body": "x" * 100_001}, "body", "too_long"),
        ({"form": {"extent": "Half"}}, "extent", "not_a_choice"),
        ({"form": {"wanted_on": "tomorrow"}}, "wanted_on", "not_a_date"),
        ({"form": {"fee_paid": "yes"}}, "fee_paid", "not_yes_or_no"),
        ({"form": {"nonsense": "x"}}, "nonsense", "unknown"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field_and_nothing_is_kept(
    any_small_house, more, field, code
):
    house = any_small_house.me(FRONT)
    with pytest.raises(Invalid) as caught:
        house.run(raise_request, draft(house, **more))
    assert (caught.value.field, caught.value.code) == (field, code)
    assert (count(house, Request), count(house, JournalEntry)) == (0, 0)


def test_a_refused_request_leaves_no_gap_in_the_references(any_small_house):
    house = any_small_house.me(FRONT)
    with pytest.raises(Invalid):
        house.run(raise_request, draft(house, form={"extent": "Half"}))
    assert house.run(raise_request, draft(house)).reference == "LR-0001"


def test_a_service_that_is_not_there_is_refused(any_small_house):
    house = any_small_house.me(FRONT)
    with pytest.raises(NotFound):
        house.run(raise_request, draft(house, service_id=4242))


def test_nobody_at_the_desk_raises_nothing(any_small_house):
    house = any_small_house
    house.desk.sign_in(None)
    with pytest.raises(Forbidden):
        house.run(raise_request, draft(house))


def test_why_it_is_urgent_and_what_the_customer_was_told_are_kept(any_small_house):
    house = any_small_house.me(FRONT)
    due = house.now
    made = house.run(
        raise_request,
        draft(
            house,
            priority=2,
            urgency_reason="The court sits on Friday",
            told_text="It will be ready by Thursday.",
            told_due_at=due,
        ),
    )
    row = stored(house, made.id)
    assert (row.priority, row.told_text, row.told_due_at) == (
        2,
        "It will be ready by Thursday.",
        due,
    )
    entry = house.read(lambda session: session.scalars(select(JournalEntry)).one())
    assert entry.details == {
        "urgency_reason": "The court sits on Friday",
        "told_due_at": due.isoformat(),
    }
    assert entry.text == "It will be ready by Thursday."


def test_a_request_without_a_subject_is_called_like_its_service(any_small_house):
    house = any_small_house.me(FRONT)
    for subject in ("", " \t "):
        made = house.run(raise_request, draft(house, subject=subject))
        assert stored(house, made.id).subject == "Title extract"


@pytest.mark.parametrize("entity", [Service, Unit])
def test_what_is_offered_no_more_is_not_raised(any_small_house, entity):
    house = any_small_house.me(FRONT)
    names = {Service: "Title extract", Unit: "Land registry"}

    def end(work):
        one = work.session.scalars(
            select(entity).where(entity.name == names[entity])
        ).one()
        one.is_active = False

    house.run(end)
    with pytest.raises(NotFound):
        house.run(raise_request, draft(house))


@pytest.mark.parametrize(
    "words",
    ["tadic", "1184", "title extract", "064 555", "struck", "LR-0001"],
)
def test_it_is_found_at_once_by_what_was_typed(any_small_house, words):
    house = any_small_house.me(FRONT)
    made = house.run(
        raise_request, draft(house, body="The mortgage was struck out in 2009.")
    )
    found = house.read(find_requests, words)
    assert made.id in [one.id for one in found]
