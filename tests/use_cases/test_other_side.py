"""The one who asked rates, sends back in time, follows up; questions come back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from desktop.domain.errors import Forbidden, Invalid, Transition
from desktop.domain.links import LinkKind
from desktop.domain.requests import Ball, EntryKind, RequestState
from desktop.domain.returns import ReturnReason, reopen_until
from desktop.entities.agreements import AgreementVersion
from desktop.entities.ratings import Rating
from desktop.queries.links import links_of
from desktop.queries.returns import Returns, returns_of
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.other_side import follow_up, rate, take_question_back
from desktop.use_cases.requests import (
    answer,
    ask,
    confirm,
    decline,
    hand_over,
    reopen,
    resolve,
    take,
)
from desktop.use_cases.undoing import undo
from tests.small_house import SmallHouse
from tests.use_cases.test_requests import entries, refusal_of, stored

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
CLERK, AGENT = "Jelena Marić", "Dušan Kovač"


def allow_days(house: SmallHouse, days: int | None) -> None:
    """Let every agreement allow so many days for sending back."""

    def change(work: UnitOfWork) -> None:
        work.session.execute(update(AgreementVersion).values(reopen_days=days))
        work.rules_changed()

    house.run(change)


def resolved(house: SmallHouse) -> int:
    request_id = house.raised(customer="Nikola Tesla", form={"parcel": "1184/2"})
    house.me(AGENT).later(hours=1)
    house.run(resolve, request_id, "In the tray")
    house.me(CLERK)
    return request_id


def ratings(house: SmallHouse) -> list[tuple[int, bool, str]]:
    wanted = select(Rating.request_id, Rating.is_top, Rating.words)
    return [tuple(row) for row in house.read(lambda one: one.execute(wanted).all())]


def returns(house: SmallHouse) -> Returns:
    since = house.now - timedelta(days=30)
    return house.read(returns_of, house.units["Central counter"], since)


@pytest.mark.parametrize("is_top", [True, False])
def test_confirming_and_rating_is_one_step(
    any_small_house: SmallHouse, is_top: bool
) -> None:
    house = any_small_house
    request_id = resolved(house)
    house.run(confirm, request_id, "So quick", is_top=is_top)
    assert stored(house, request_id).state is RequestState.CLOSED
    assert ratings(house) == [(request_id, is_top, "So quick")]
    assert [one.kind for one in entries(house, request_id)][-2:] == [
        EntryKind.RATED,
        EntryKind.CONFIRMED,
    ]
    # Said again, it takes the place of what was said before.
    house.run(rate, request_id, not is_top, "On second thought")
    assert ratings(house) == [(request_id, not is_top, "On second thought")]


def test_only_what_was_done_is_rated_and_only_by_who_asked(
    small_house: SmallHouse,
) -> None:
    house = small_house
    request_id = house.raised()
    house.me(AGENT)
    house.run(decline, request_id, "Not ours")
    house.me(CLERK)
    assert isinstance(refusal_of(lambda: house.run(rate, request_id, True)), Transition)
    house.run(confirm, request_id, is_top=True)
    assert ratings(house) == []
    other = resolved(house)
    house.me(AGENT)
    assert isinstance(refusal_of(lambda: house.run(rate, other, True)), Forbidden)


def test_what_was_resolved_too_long_ago_is_followed_instead_of_reopened(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    allow_days(house, 2)
    house.at(9, 9)
    request_id = resolved(house)
    house.at(11, 23, 59)
    house.run(reopen, request_id, "A page is missing")
    house.me(AGENT)
    house.run(resolve, request_id)
    house.me(CLERK).at(14, 0)
    refusal = refusal_of(lambda: house.run(reopen, request_id, "Again"))
    assert refusal.code == "reopen_too_late"
    assert refusal.details["until"] == date(2026, 11, 13)
    made = house.run(follow_up, request_id, "The stamp is missing")
    row = stored(house, made.id)
    assert (row.customer, row.form, row.body) == (
        "Nikola Tesla",
        {"parcel": "1184/2"},
        "The stamp is missing",
    )
    (link,) = house.read(links_of, made.id)
    assert (link.kind, link.row.id) == (LinkKind.FOLLOWS, request_id)
    assert entries(house, request_id)[-1].kind == EntryKind.LINKED
    assert stored(house, request_id).state is RequestState.RESOLVED


def test_without_days_in_the_agreement_it_is_reopened_at_any_time(
    small_house: SmallHouse,
) -> None:
    request_id = resolved(small_house)
    small_house.later(days=300)
    small_house.run(reopen, request_id, "Found only now")
    assert stored(small_house, request_id).is_open


def test_only_the_unit_that_asked_follows_up_on_what_ended(
    small_house: SmallHouse,
) -> None:
    house = small_house
    one = house.raised()
    house.me(CLERK)
    assert refusal_of(lambda: house.run(follow_up, one, "More")).code == "still_open"
    done = resolved(house)
    assert isinstance(refusal_of(lambda: house.run(follow_up, done, " ")), Invalid)
    house.me("Petar Ilić")
    assert isinstance(refusal_of(lambda: house.run(follow_up, done, "x")), Forbidden)


def test_a_question_is_taken_back_and_the_ball_returns(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    request_id = house.raised()
    house.me(AGENT)
    house.run(take, request_id)
    refusal = refusal_of(lambda: house.run(take_question_back, request_id))
    assert isinstance(refusal, Transition)
    house.run(ask, request_id, "Which parcel?", reason=ReturnReason.MISSING_FACT)
    assert stored(house, request_id).ball is Ball.FRONT
    house.later(minutes=5)
    house.run(take_question_back, request_id)
    row = stored(house, request_id)
    assert (row.ball, row.state) == (Ball.BACK, RequestState.ACTIVE)
    assert entries(house, request_id)[-1].kind == EntryKind.UNASKED
    assert returns(house).rows == ()
    house.me(CLERK)
    refusal = refusal_of(lambda: house.run(answer, request_id, "The second one"))
    assert isinstance(refusal, Transition)


def test_returns_are_counted_for_the_sender_with_their_reason(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    one, other = house.raised("One"), house.raised("Other")
    elsewhere = house.raised("Not ours", by="Petar Ilić")
    front = house.units["Central counter"]
    house.me(AGENT)
    house.run(ask, one, "Which parcel?", reason=ReturnReason.MISSING_FACT)
    house.run(ask, elsewhere, "Which?", reason=ReturnReason.UNCLEAR)
    house.later(minutes=5)
    document = ReturnReason.MISSING_DOCUMENT
    house.run(hand_over, other, front, "The deed is missing", reason=document)
    found = returns(house)
    assert [(row.reference, row.reason, row.text) for row in found.rows] == [
        ("LR-0002", document, "The deed is missing"),
        ("LR-0001", ReturnReason.MISSING_FACT, "Which parcel?"),
    ]
    assert [(one.name, one.count) for one in found.senders] == [(CLERK, 2)]
    assert [(one.name, one.count) for one in found.services] == [("Title extract", 2)]
    assert {one.name for one in found.reasons} == {"missing_document", "missing_fact"}
    house.run(undo, one)
    assert [row.reference for row in returns(house).rows] == ["LR-0002"]


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.integers(0, 366),
    st.sampled_from(["UTC", "Europe/Belgrade", "America/New_York", "Asia/Kathmandu"]),
)
def test_the_days_end_at_a_midnight_of_the_house(
    resolved_at: datetime, days: int, name: str
) -> None:
    zone = ZoneInfo(name)
    at = min(max(resolved_at, FIRST), FIRST + timedelta(days=3650))
    until = reopen_until(at, days, zone)
    assert (until.hour, until.minute) == (0, 0)
    assert (until.date() - at.astimezone(zone).date()).days == days + 1
    assert until > at
