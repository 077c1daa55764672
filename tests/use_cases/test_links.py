"""Requests that belong together: parts and wholes, blockers, duplicates, circles."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from sqlalchemy import select

from desktop.desk import Desk
from desktop.domain.errors import Conflict, Forbidden, Invalid, Refusal
from desktop.domain.links import LinkKind
from desktop.domain.requests import EntryKind, PendingReason, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.links import RequestLink
from desktop.entities.notices import Notice
from desktop.queries.request_details import request_details
from desktop.store.verification import verify
from desktop.use_cases.links import link, unlink
from desktop.use_cases.notices import sweep
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import (
    cancel,
    comment,
    confirm,
    decline,
    hold,
    reopen,
    resolve,
    take,
)
from desktop.use_cases.splitting import PartDraft, split
from desktop.use_cases.undoing import undo
from tests.small_house import SmallHouse
from tests.use_cases.test_requests import entries, refusal_of, stored

CLERK, AGENT, PERMITS = "Jelena Marić", "Dušan Kovač", "Vesna Stojanović"
BLOCKS, PART_OF = LinkKind.BLOCKS, LinkKind.PART_OF


def drafts(house: SmallHouse, *subjects: str) -> list[PartDraft]:
    """Parts for the permits, one for each subject."""
    service = house.services["Building permit"]
    return [PartDraft(subject, service) for subject in subjects]


def halves(
    house: SmallHouse, *subjects: str, waits: bool = False
) -> tuple[int, Sequence[int]]:
    """Raise a request, have the registry take it and split it; back to the agent."""
    whole = house.raised(customer="Nikola Tesla")
    house.me(AGENT).later(hours=1)
    house.run(take, whole)
    parts = drafts(house, *(subjects or ("The plans", "The permit")))
    done = house.run(split, whole, parts, "By the map", waits=waits)
    return whole, done.parts


def told_last(house: SmallHouse, request_id: int) -> JournalEntry:
    return entries(house, request_id)[-1]


def is_clean(house: SmallHouse) -> bool:
    return not house.read(verify).differences


def links(house: SmallHouse) -> list[tuple[int, int, LinkKind]]:
    wanted = select(RequestLink.request_id, RequestLink.other_id, RequestLink.kind)
    return sorted(
        tuple(row) for row in house.read(lambda one: one.execute(wanted).all())
    )


def test_a_part_is_a_request_of_its_own_under_its_own_agreement(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    whole, parts = halves(house)
    part = stored(house, parts[0])
    assert (part.unit_id, part.customer) == (
        house.units["Building permits"],
        "Nikola Tesla",
    )
    assert part.reference == "BP-0001"
    details = house.read(
        request_details, parts[0], reader_unit_id=part.unit_id, now=house.now
    )
    promised = [(one.unit, one.for_unit, one.view.target_s) for one in details.clocks]
    assert ("Building permits", "Central counter", 40 * 3600) in promised
    last = told_last(house, whole)
    assert (last.kind, last.text) == (EntryKind.SPLIT, "By the map")
    named = [one["reference"] for one in last.details["requests"]]
    assert named == ["BP-0001", "BP-0002"]
    assert entries(house, parts[0])[0].details["requests"][0]["id"] == whole
    # It goes on, for nobody said that it waits.
    assert stored(house, whole).state is RequestState.ACTIVE
    assert is_clean(house)


def test_what_is_missing_in_a_part_is_named_by_its_row(small_house: SmallHouse) -> None:
    house = small_house
    whole = house.raised()
    house.me(AGENT)
    service = house.services["Building permit"]
    stranger = house.people["Ana Petrović"]
    cases = [
        ([], "parts"),
        ([PartDraft("  ", service)], "parts.0.subject"),
        ([*drafts(house, "The plans"), PartDraft("x")], "parts.1.service"),
        ([PartDraft("x", service, assignee_id=stranger)], "parts.0.assignee"),
    ]
    for parts, where in cases:
        refusal = refusal_of(lambda parts=parts: house.run(split, whole, parts))
        assert isinstance(refusal, Invalid)
        assert refusal.field == where
    assert stored(house, whole).entries == 1


def test_a_named_colleague_of_the_other_unit_is_given_the_part(
    small_house: SmallHouse,
) -> None:
    house = small_house
    whole = house.raised()
    house.me(AGENT)
    unit, person = house.units["Building permits"], house.people[PERMITS]
    done = house.run(split, whole, [PartDraft("x", unit_id=unit, assignee_id=person)])
    part = stored(house, done.parts[0])
    assert (part.assignee_id, part.state) == (person, RequestState.ACTIVE)
    assert part.service_id is None


def test_the_whole_waits_and_goes_on_when_the_last_part_ended(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    whole, (first, second) = halves(house, waits=True)
    assert stored(house, whole).pending is PendingReason.PARTS
    house.me(PERMITS).later(hours=1)
    house.run(resolve, first, "Drawn")
    assert stored(house, whole).pending is PendingReason.PARTS
    house.run(decline, second, "Not ours")
    row = stored(house, whole)
    assert (row.state, row.pending) == (RequestState.ACTIVE, None)
    last = told_last(house, whole)
    assert last.kind == EntryKind.PARTS_DONE
    assert [one["id"] for one in last.details["requests"]] == [first, second]
    house.later(minutes=1)
    house.run(sweep, house.now)
    notices = house.read(
        lambda one: one.execute(
            select(Notice.person_id, Notice.kind).where(Notice.request_id == whole)
        ).all()
    )
    assert (house.people[AGENT], "parts_done") in [tuple(row) for row in notices]
    # The clerk is told of the whole alone; a part declined is told who holds it.
    told = house.read(
        lambda one: one.execute(
            select(Notice.person_id, Notice.kind).where(
                Notice.request_id.in_((first, second)), Notice.actor_id.is_not(None)
            )
        ).all()
    )
    assert [tuple(row) for row in told] == [(house.people[AGENT], "declined")]
    assert is_clean(house)


def test_open_parts_keep_a_request_from_being_done_unless_said(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    whole, (first, _second) = halves(house)
    house.me(AGENT)
    for step in (resolve, decline):
        refusal = refusal_of(lambda step=step: house.run(step, whole, "Done"))
        assert refusal.code == "open_parts"
        assert refusal.details["parts"] == "BP-0001, BP-0002"
    house.run(resolve, whole, "Done without them", despite_open=True)
    assert stored(house, whole).state is RequestState.RESOLVED
    assert stored(house, first).is_open
    # A part that ends after its whole has nobody to tell.
    house.me(PERMITS)
    house.run(resolve, first)
    assert told_last(house, whole).kind == EntryKind.RESOLVED


def test_a_whole_that_is_withdrawn_or_confirmed_takes_its_parts_along(
    small_house: SmallHouse,
) -> None:
    house = small_house
    whole, parts = halves(house)
    house.me(CLERK)
    house.run(cancel, whole, "Moved away")
    assert {stored(house, one).state for one in parts} == {RequestState.CANCELLED}
    house.run(undo, whole)
    assert all(stored(house, one).is_open for one in (whole, *parts))
    whole, parts = halves(house)
    house.me(PERMITS)
    for one in parts:
        house.run(resolve, one)
    house.me(AGENT)
    house.run(resolve, whole)
    house.me(CLERK)
    house.run(confirm, whole)
    assert {stored(house, one).state for one in parts} == {RequestState.CLOSED}
    assert is_clean(house)


def test_who_holds_the_whole_may_send_a_part_back_or_withdraw_it(
    small_house: SmallHouse,
) -> None:
    house = small_house
    _whole, (first, second) = halves(house)
    house.me(PERMITS)
    house.run(resolve, first)
    house.me(AGENT)
    house.run(reopen, first, "The stamp is missing")
    house.run(cancel, second, "Found it")
    assert stored(house, first).is_open
    # Its own work is not his.
    assert isinstance(refusal_of(lambda: house.run(take, first)), Forbidden)


def test_only_open_parts_can_be_waited_for(small_house: SmallHouse) -> None:
    request_id = small_house.raised()
    small_house.me(AGENT)
    refusal = refusal_of(lambda: small_house.run(hold, request_id, PendingReason.PARTS))
    assert refusal.code == "no_open_parts"


def test_linking_is_told_on_both_sides_and_counts_for_no_response(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    one, other = house.raised("One"), house.raised("Other")
    house.me(AGENT).later(hours=1)
    house.run(link, one, BLOCKS, other)
    for request_id, way, seen in ((one, "is", other), (other, "other", one)):
        last = told_last(house, request_id)
        assert last.kind == EntryKind.LINKED
        assert (last.details["link"], last.details["way"]) == ("blocks", way)
        assert [named["id"] for named in last.details["requests"]] == [seen]
    details = house.read(
        request_details,
        other,
        reader_unit_id=house.units["Land registry"],
        now=house.now,
    )
    assert all(clock.view.stopped_at is None for clock in details.clocks)
    house.run(unlink, one, BLOCKS, other)
    assert told_last(house, other).kind == EntryKind.UNLINKED
    assert links(house) == []
    assert refusal_of(lambda: house.run(unlink, one, BLOCKS, other)).code == "link_gone"
    assert is_clean(house)


def test_what_blocks_a_request_has_to_end_first(small_house: SmallHouse) -> None:
    house = small_house
    blocker, blocked = house.raised("First"), house.raised("Then")
    house.me(AGENT)
    house.run(link, blocker, BLOCKS, blocked)
    refusal = refusal_of(lambda: house.run(resolve, blocked))
    assert (refusal.code, refusal.details["blockers"]) == ("still_blocked", "LR-0001")
    house.run(resolve, blocker)
    assert told_last(house, blocked).kind == EntryKind.UNBLOCKED
    house.run(resolve, blocked)


def test_circles_and_links_of_others_are_refused(any_small_house: SmallHouse) -> None:
    house = any_small_house
    a, b, c = (house.raised(name) for name in "abc")
    elsewhere = house.raised("d", service="Building permit", by="Petar Ilić")
    house.me(AGENT)
    house.run(link, a, BLOCKS, b)
    house.run(link, c, PART_OF, b)
    for wanted, code in (
        ((a, BLOCKS, a), "link_to_itself"),
        ((a, BLOCKS, b), "linked_already"),
        ((b, BLOCKS, a), "link_in_a_circle"),
        ((b, BLOCKS, c), "link_in_a_circle"),
        ((c, PART_OF, a), "part_of_another"),
        # What another unit's request consists of is not his to say.
        ((a, PART_OF, elsewhere), "not_yours_to_link"),
    ):
        refusal = refusal_of(lambda wanted=wanted: house.run(link, *wanted))
        assert refusal.code == code, wanted
    version = stored(house, a).version
    house.run(comment, a, "Meanwhile")
    refusal = refusal_of(
        lambda: house.run(link, b, LinkKind.FOLLOWS, a, other_version=version)
    )
    assert (refusal.code, type(refusal)) == ("changed_meanwhile", Conflict)


def test_of_two_who_link_at_once_no_circle_comes(any_small_house: SmallHouse) -> None:
    house = any_small_house
    house.me(CLERK)
    for _ in range(3):
        made = [
            house.desk.run(
                raise_request, NewRequest(house.services["Title extract"], name)
            ).value.id
            for name in "ab"
        ]
        came = at_once(
            house,
            lambda desk, one, other: desk.run(link, one, BLOCKS, other),
            [(made[0], made[1]), (made[1], made[0])],
        )
        assert [one.code for one in came if isinstance(one, Refusal)] == [
            "link_in_a_circle"
        ]
    assert is_clean(house)


def at_once(
    house: SmallHouse,
    act: Callable[[Desk, int, int], object],
    pairs: Sequence[tuple[int, int]],
) -> list[object]:
    """Let the agent do something from two windows at the same moment."""
    start = threading.Barrier(len(pairs))
    came: list[object] = []

    def one(pair: tuple[int, int]) -> None:
        desk = Desk(house.desk.store, house.actor(AGENT))
        start.wait(10)
        try:
            came.append(act(desk, *pair))
        except Refusal as refusal:
            came.append(refusal)

    threads = [threading.Thread(target=one, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came


def test_two_parts_resolved_at_once_tell_the_whole_once(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    whole, parts = halves(house, waits=True)

    def resolve_one(_desk: Desk, part: int, _other: int) -> object:
        desk = Desk(house.desk.store, house.actor(PERMITS))
        return desk.run(resolve, part)

    came = at_once(house, resolve_one, [(parts[0], 0), (parts[1], 0)])
    assert not [one for one in came if isinstance(one, Refusal)]
    kinds = [one.kind for one in entries(house, whole)]
    assert kinds.count(EntryKind.PARTS_DONE) == 1
    assert is_clean(house)
