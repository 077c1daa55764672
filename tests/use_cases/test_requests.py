"""What people do with a request: which steps are allowed, to whom, and what is kept."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop.desk import Desk
from desktop.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Transition,
)
from desktop.domain.requests import (
    STEPS,
    STEPS_OF_FRONT,
    STEPS_OF_HOLDER,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
    is_allowed,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.use_cases.merging import merge
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import (
    answer,
    ask,
    assign,
    cancel,
    change_priority,
    comment,
    confirm,
    decline,
    hand_over,
    hold,
    reopen,
    resolve,
    resume,
    take,
    tell_customer,
)
from desktop.use_cases.splitting import PartDraft, split
from tests.small_house import SmallHouse

FRONT, BACK, STRANGER = "Jelena Marić", "Dušan Kovač", "Vesna Stojanović"

Step = Callable[[SmallHouse, int], object]

STEP_OF: dict[EntryKind, Step] = {
    EntryKind.TAKEN: lambda h, i: h.run(take, i),
    EntryKind.ASSIGNED: lambda h, i: h.run(assign, i, h.people["Ana Petrović"]),
    EntryKind.HANDED_OVER: lambda h, i: h.run(
        hand_over, i, h.units["Building permits"], "They have the plans."
    ),
    EntryKind.ASKED: lambda h, i: h.run(ask, i, "Which parcel?"),
    EntryKind.ANSWERED: lambda h, i: h.run(answer, i, "The second one."),
    EntryKind.HELD: lambda h, i: h.run(hold, i, PendingReason.CUSTOMER, "a paper"),
    EntryKind.RESUMED: lambda h, i: h.run(resume, i, "It came."),
    EntryKind.COMMENTED: lambda h, i: h.run(comment, i, "Noted."),
    EntryKind.TOLD: lambda h, i: h.run(tell_customer, i, "Tomorrow at ten."),
    EntryKind.PRIORITY_CHANGED: lambda h, i: h.run(change_priority, i, 1, "Court."),
    EntryKind.RESOLVED: lambda h, i: h.run(resolve, i, "In the tray."),
    EntryKind.DECLINED: lambda h, i: h.run(decline, i, "Not ours."),
    EntryKind.REOPENED: lambda h, i: h.run(reopen, i, "A page is missing."),
    EntryKind.CONFIRMED: lambda h, i: h.run(confirm, i, "Collected."),
    EntryKind.CANCELLED: lambda h, i: h.run(cancel, i, "No longer needed."),
    EntryKind.SPLIT: lambda h, i: h.run(
        split, i, [PartDraft("The plans", h.services["Building permit"])]
    ),
    EntryKind.MERGED: lambda h, i: h.run(merge, i, h.raised(), "Asked twice."),
}

# Parts, approvals, checklists, files and ratings have tests of their own.
ELSEWHERE = {
    EntryKind.SPLIT,
    EntryKind.MERGED,
    EntryKind.UNASKED,
    EntryKind.RATED,
    EntryKind.APPROVAL_ASKED,
    EntryKind.APPROVAL_WITHDRAWN,
    EntryKind.CHECKED,
    EntryKind.UNCHECKED,
    EntryKind.ATTACHED,
    EntryKind.FILE_REMOVED,
    EntryKind.FILE_RESTORED,
}

STATE_AFTER = {
    EntryKind.TAKEN: RequestState.ACTIVE,
    EntryKind.HANDED_OVER: RequestState.NEW,
    EntryKind.ASKED: RequestState.PENDING,
    EntryKind.HELD: RequestState.PENDING,
    EntryKind.RESOLVED: RequestState.RESOLVED,
    EntryKind.DECLINED: RequestState.DECLINED,
    EntryKind.REOPENED: RequestState.ACTIVE,
    EntryKind.CONFIRMED: RequestState.CLOSED,
    EntryKind.CANCELLED: RequestState.CANCELLED,
    EntryKind.MERGED: RequestState.CANCELLED,
}


def actor_of(step: EntryKind) -> str:
    return FRONT if step in STEPS_OF_FRONT else BACK


def in_state(house: SmallHouse, state: RequestState) -> int:
    """Raise a request and bring it into a state by the steps people take."""
    path: dict[RequestState, list[EntryKind]] = {
        RequestState.NEW: [],
        RequestState.ACTIVE: [EntryKind.TAKEN],
        RequestState.PENDING: [EntryKind.TAKEN, EntryKind.ASKED],
        RequestState.RESOLVED: [EntryKind.TAKEN, EntryKind.RESOLVED],
        RequestState.CLOSED: [EntryKind.RESOLVED, EntryKind.CONFIRMED],
        RequestState.DECLINED: [EntryKind.DECLINED],
        RequestState.CANCELLED: [EntryKind.CANCELLED],
    }
    request_id = house.raised()
    for step in path[state]:
        house.later(minutes=5).me(actor_of(step))
        STEP_OF[step](house, request_id)
    house.later(minutes=5)
    assert stored(house, request_id).state is state
    return request_id


def stored(house: SmallHouse, request_id: int) -> Request:
    return house.read(lambda session: session.get_one(Request, request_id))


def entries(house: SmallHouse, request_id: int) -> list[JournalEntry]:
    wanted = (
        select(JournalEntry)
        .where(JournalEntry.request_id == request_id)
        .order_by(JournalEntry.seq)
    )
    return list(house.read(lambda session: session.scalars(wanted).all()))


def refusal_of(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_there_is_a_step_for_every_one_in_the_list():
    assert set(STEP_OF) | ELSEWHERE == set(STEPS)
    assert (STEPS_OF_FRONT | STEPS_OF_HOLDER).issubset(STEPS)


@pytest.mark.parametrize("state", list(RequestState), ids=str)
def test_each_step_is_taken_where_it_is_allowed_and_refused_elsewhere(
    any_small_house, state
):
    house = any_small_house
    for step, act in STEP_OF.items():
        request_id = in_state(house, state)
        before = len(entries(house, request_id))
        house.me(actor_of(step))
        if is_allowed(step, state):
            act(house, request_id)
            row = stored(house, request_id)
            assert entries(house, request_id)[-1].kind == step.value
            expected = STATE_AFTER.get(step, row.state)
            if step is EntryKind.TAKEN and state is RequestState.PENDING:
                expected = RequestState.PENDING
            assert row.state is expected, step
        else:
            refusal = refusal_of(lambda a=act, i=request_id: a(house, i))
            assert isinstance(refusal, Transition), (step, refusal)
            assert refusal.code == "step_not_allowed"
            assert refusal.details == {"step": step.value, "state": state.value}
            assert len(entries(house, request_id)) == before


def test_a_step_is_refused_to_whoever_it_is_not_for(any_small_house):
    house = any_small_house
    begin = {
        EntryKind.ANSWERED: RequestState.PENDING,
        EntryKind.RESUMED: RequestState.PENDING,
        EntryKind.REOPENED: RequestState.RESOLVED,
        EntryKind.CONFIRMED: RequestState.RESOLVED,
    }
    for step, act in STEP_OF.items():
        request_id = in_state(house, begin.get(step, RequestState.ACTIVE))
        others = [STRANGER]
        if step in STEPS_OF_FRONT:
            others.append(BACK)
        if step in STEPS_OF_HOLDER:
            others.append(FRONT)
        for name in others:
            house.me(name)
            refusal = refusal_of(lambda a=act, i=request_id: a(house, i))
            assert isinstance(refusal, Forbidden), (step, name)
        house.desk.sign_in(None)
        refusal = refusal_of(lambda a=act, i=request_id: a(house, i))
        assert isinstance(refusal, Forbidden), (step, "nobody")


def test_a_step_on_what_changed_meanwhile_is_a_conflict_that_names_it(any_small_house):
    house = any_small_house
    request_id = house.raised()
    seen = stored(house, request_id).version
    house.me(BACK).later(minutes=1)
    version = house.run(take, request_id, expected_version=seen)
    assert version == stored(house, request_id).version > seen
    refusal = refusal_of(
        lambda: house.run(resolve, request_id, "Done", expected_version=seen)
    )
    assert isinstance(refusal, Conflict)
    assert refusal.code == "changed_meanwhile"
    assert refusal.details["reference"] == stored(house, request_id).reference
    house.me("Ana Petrović")
    took = refusal_of(lambda: house.run(take, request_id, expected_version=seen))
    assert (took.code, took.details["name"]) == ("taken_by_other", BACK)
    done = refusal_of(lambda: house.run(resolve, request_id, expected_version=seen))
    assert (done.code, done.details["name"]) == ("changed_by_other", BACK)
    assert isinstance(done, Conflict)
    assert stored(house, request_id).state is RequestState.ACTIVE


def test_a_step_on_what_is_not_there_says_so(any_small_house):
    any_small_house.me(BACK)
    assert isinstance(refusal_of(lambda: any_small_house.run(take, 424242)), NotFound)


def test_of_two_who_take_at_once_one_owns_it_and_the_other_is_told_who(
    any_small_house,
):
    house = any_small_house
    names = ("Dušan Kovač", "Ana Petrović")
    for _round in range(5):
        house.desk.sign_in(house.actor(FRONT))
        draft = NewRequest(house.services["Title extract"], "A race")
        request_id = house.desk.run(raise_request, draft).value.id
        start = threading.Barrier(2)
        came: dict[str, object] = {}

        def grab(
            name: str,
            start: threading.Barrier = start,
            request_id: int = request_id,
            came: dict[str, object] = came,
        ) -> None:
            desk = Desk(house.desk.store, house.actor(name))
            start.wait(10)
            try:
                came[name] = desk.run(take, request_id).value
            except Refusal as refusal:
                came[name] = refusal

        threads = [threading.Thread(target=grab, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        losers = [name for name in names if isinstance(came[name], Conflict)]
        assert len(losers) == 1, came
        owner = next(name for name in names if name not in losers)
        assert stored(house, request_id).assignee_id == house.people[owner]
        told = came[losers[0]]
        assert isinstance(told, Conflict)
        assert (told.code, told.details.get("name")) == ("taken_by_other", owner)
        taken = [one.kind for one in entries(house, request_id)]
        assert taken == ["raised", "taken"]


def test_taking_what_is_already_mine_changes_nobody(small_house):
    request_id = small_house.raised()
    small_house.me(BACK)
    small_house.run(take, request_id)
    small_house.run(take, request_id)
    assert stored(small_house, request_id).assignee_id == small_house.people[BACK]


def test_a_question_gives_the_ball_to_the_front_and_the_answer_gives_it_back(
    any_small_house,
):
    house = any_small_house
    request_id = in_state(house, RequestState.PENDING)
    row = stored(house, request_id)
    assert (row.ball, row.pending) == (Ball.FRONT, PendingReason.FRONT_OFFICE)
    house.me(FRONT)
    house.run(answer, request_id, "Vinogradska 14")
    row = stored(house, request_id)
    assert (row.ball, row.pending, row.state) == (Ball.BACK, None, RequestState.ACTIVE)


def test_words_sent_twice_for_a_lost_answer_stand_once(any_small_house):
    house = any_small_house
    request_id, key = house.raised(), uuid.uuid4()
    said = [
        house.me("Dušan Kovač").run(comment, request_id, "Looking.", key=key)
        for _ in range(2)
    ]
    house.run(comment, request_id, "Looking.", key=uuid.uuid4())
    entries = select(JournalEntry.kind).where(JournalEntry.request_id == request_id)
    kinds = house.read(lambda session: session.scalars(entries).all())
    assert kinds.count("commented") == 2
    assert said[0] == said[1]


def test_only_a_question_can_be_answered(any_small_house):
    house = any_small_house
    request_id = house.raised()
    house.me(BACK)
    house.run(hold, request_id, PendingReason.THIRD_PARTY)
    house.me(FRONT)
    refusal = refusal_of(lambda: house.run(answer, request_id, "What?"))
    assert (type(refusal), refusal.code) == (Transition, "nothing_asked")


@pytest.mark.parametrize(
    ("act", "field", "code"),
    [
        (lambda h, i: h.run(ask, i, "   "), "question", "missing"),
        (lambda h, i: h.run(decline, i, ""), "reason", "missing"),
        (
            lambda h, i: h.run(hand_over, i, h.units["Building permits"], ""),
            "note",
            "missing",
        ),
        (
            lambda h, i: h.run(hand_over, i, h.units["Land registry"], "x"),
            "unit",
            "has_it_already",
        ),
        (
            lambda h, i: h.run(assign, i, h.people[STRANGER]),
            "person",
            "not_of_this_unit",
        ),
        (
            lambda h, i: h.run(hold, i, PendingReason.FRONT_OFFICE),
            "reason",
            "ask_instead",
        ),
        (lambda h, i: h.run(change_priority, i, 9, "x"), "priority", "not_a_choice"),
        (lambda h, i: h.run(comment, i, "x" * 100_001), "comment", "too_long"),
        (lambda h, i: h.run(resolve, i, "x" * 100_001), "outcome", "too_long"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_at_its_field(
    small_house, act, field, code
):
    request_id = small_house.raised()
    small_house.me(BACK)
    refusal = refusal_of(lambda: act(small_house, request_id))
    assert isinstance(refusal, Invalid)
    assert (refusal.field, refusal.code) == (field, code)
    assert [one.kind for one in entries(small_house, request_id)] == ["raised"]
