"""Merging a request asked twice into the one that goes on, and taking it back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.domain.links import LinkKind
from desktop.domain.requests import RequestState
from desktop.entities.notices import Notice
from desktop.queries.request_details import request_details
from desktop.use_cases.links import unlink
from desktop.use_cases.merging import merge, undo_merge
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import ask, comment, take
from tests.small_house import SmallHouse
from tests.use_cases.test_links import (
    AGENT,
    CLERK,
    PERMITS,
    halves,
    is_clean,
    links,
    told_last,
)
from tests.use_cases.test_requests import refusal_of, stored


def test_a_merged_duplicate_ends_without_a_verdict_and_leads_to_the_other(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    kept = house.raised("Parcel 1184/2", by="Petar Ilić")
    double = house.raised("Parcel 1184/2 again")
    house.me(AGENT).later(hours=30)
    house.run(merge, double, kept, "Asked on the phone before")
    row = stored(house, double)
    assert (row.state, row.is_open) == (RequestState.CANCELLED, False)
    assert told_last(house, double).text == "Asked on the phone before"
    mirrored = told_last(house, kept)
    assert (mirrored.details["link"], mirrored.details["way"]) == (
        "duplicate_of",
        "other",
    )
    assert links(house) == [(double, kept, LinkKind.DUPLICATE_OF)]
    details = house.read(
        request_details, double, reader_unit_id=row.unit_id, now=house.now
    )
    assert all(clock.view.is_void for clock in details.clocks)
    house.run(sweep, house.now)
    told = house.read(
        lambda one: one.execute(
            select(Notice.person_id, Notice.kind).where(Notice.request_id == double)
        ).all()
    )
    assert (house.people[CLERK], "merged") in [tuple(row) for row in told]
    assert is_clean(house)


def test_a_merge_is_undone_while_nobody_acted(any_small_house: SmallHouse) -> None:
    house = any_small_house
    kept, double = house.raised("One"), house.raised("One again")
    house.me(AGENT)
    house.run(take, double)
    version = house.run(merge, double, kept)
    refusal = refusal_of(lambda: house.run(unlink, double, LinkKind.DUPLICATE_OF, kept))
    assert refusal.code == "undo_merge_instead"
    house.run(undo_merge, double, expected_version=version)
    row = stored(house, double)
    assert (row.state, row.reopens) == (RequestState.ACTIVE, 0)
    assert row.assignee_id == house.people[AGENT]
    assert links(house) == []
    house.run(merge, double, kept)
    house.run(comment, kept, "I work on it")
    refusal = refusal_of(lambda: house.run(undo_merge, double))
    assert refusal.code == "nothing_to_undo"
    assert is_clean(house)


def test_a_merge_of_what_changed_meanwhile_is_refused(small_house: SmallHouse) -> None:
    house = small_house
    kept, double = house.raised("One"), house.raised("One again")
    seen = stored(house, double).version, stored(house, kept).version
    house.me(AGENT)
    house.run(ask, double, "Which parcel?")
    # The one by this very person, in another window; the other by who raised it.
    for versions, code in (
        (seen, "changed_meanwhile"),
        ((None, seen[1] - 1), "changed_by_other"),
    ):
        with pytest.raises(Conflict) as caught:
            house.run(
                merge,
                double,
                kept,
                expected_version=versions[0],
                other_version=versions[1],
            )
        assert caught.value.code == code
    assert links(house) == []


def test_what_has_open_parts_is_no_duplicate_yet(small_house: SmallHouse) -> None:
    house = small_house
    whole, _parts = halves(house)
    other = house.raised("Other")
    house.me(AGENT)
    refusal = refusal_of(lambda: house.run(merge, whole, other))
    assert isinstance(refusal, Transition)
    assert refusal.code == "open_parts"
    assert isinstance(
        refusal_of(lambda: house.me(PERMITS).run(merge, other, whole)), Forbidden
    )
