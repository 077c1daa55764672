"""Hours given to open requests later are taken back, or refused and nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict
from desktop.domain.requests import EntryKind
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.journal import JournalEntry
from desktop.queries.calendars import calendar_details, preview_refund
from desktop.store.verification import verify
from desktop.use_cases.agreements import move_request
from desktop.use_cases.calendars import CalendarSaved, apply_refund, save_calendar
from desktop.use_cases.refund_undoing import take_back_refund
from desktop.use_cases.requests import resolve, take
from tests.small_house import SmallHouse
from tests.use_cases.agreeing import agreed, back, drafted, managers
from tests.use_cases.test_agreements import lock
from tests.use_cases.test_calendars import due, flooded, lock_of

ONE, LATER = "12 10:00", "13 10:00"


def given(house: SmallHouse, only: list[int] | None = None) -> CalendarSaved:
    return house.run(
        apply_refund, house.calendar_id, expected_version=lock_of(house), only=only
    )


def taken_back(
    house: SmallHouse, saved: CalendarSaved, only: list[int] | None = None
) -> CalendarSaved:
    assert saved.at is not None
    return house.run(
        take_back_refund,
        house.calendar_id,
        expected_version=saved.version,
        given_at=saved.at,
        only=only,
    )


def refused(
    house: SmallHouse, saved: CalendarSaved, only: list[int] | None = None
) -> Conflict:
    """Return why it is refused; the journal is as long as before."""
    before = house.read(told)
    with pytest.raises(Conflict) as why:
        taken_back(house, saved, only)
    assert house.read(told) == before
    assert house.read(verify).is_sound
    return why.value


def told(session: Session) -> list[Any]:
    wanted = select(JournalEntry.kind, JournalEntry.details).order_by(JournalEntry.id)
    return [tuple(row) for row in session.execute(wanted)]


def entries(session: Session) -> list[JournalEntry]:
    kept = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    return [one for one in kept if one.kind != RuleEntry.CALENDAR_REFUNDED]


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    return small_house.at(9, 9)


def test_what_was_given_to_everything_open_is_due_again_as_it_was(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    begun_since = house.raised()
    saved = given(house.at(9, 13))
    assert (due(house, one), due(house, other)) == (LATER, LATER)
    as_begun = due(house, begun_since)
    undone = taken_back(house.at(9, 14), saved)
    assert undone.moved == 2
    assert (due(house, one), due(house, other)) == (ONE, ONE)
    assert due(house, begun_since) == as_begun
    assert house.read(verify).is_sound
    newest = house.read(calendar_details, house.calendar_id).versions[0]
    assert (newest.number, newest.refunded_at) == (saved.version, None)
    assert house.read(told)[-1] == (
        RuleEntry.CALENDAR_REFUND_UNDONE,
        {"number": saved.version, "moved": 2},
    )
    # It is offered again, and may be given again.
    assert house.read(preview_refund, house.calendar_id, house.now).requests == 2
    given(house.at(9, 15))
    assert due(house, one) == LATER
    assert refused(house, saved).code == "refund_gone"


def test_what_was_given_to_some_is_taken_back_in_their_journals(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    saved = given(house, [one])
    assert (due(house, one), due(house, other)) == (LATER, ONE)
    assert taken_back(house.at(9, 13), saved, [one]).moved == 1
    assert (due(house, one), due(house, other)) == (ONE, ONE)
    assert house.read(verify).is_sound
    refund, undone, _rules = house.read(entries)[-3:]
    assert (refund.kind, undone.kind) == (EntryKind.REFUNDED, EntryKind.UNDONE)
    assert (undone.request_id, undone.changes) == (one, {"undoes": refund.seq})
    assert refused(house, saved, [one]).code == "refund_gone"
    given(house, [one, other])
    assert due(house, one) == LATER


def test_a_clock_that_stopped_by_the_new_hours_keeps_its_verdict(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    saved = given(house)
    house.me("Dušan Kovač").at(9, 13)
    house.run(take, one)
    house.run(resolve, one, "Done")
    why = refused(house, saved)
    assert why.code == "refund_verdicts"
    assert (why.details["count"], due(house, other)) == (1, LATER)


def test_what_stopped_before_the_hours_were_given_stands_in_no_way(
    house: SmallHouse,
) -> None:
    done, one = house.raised(), house.raised()
    house.me("Dušan Kovač").at(9, 10)
    house.run(take, done)
    house.run(resolve, done, "Done")
    house.at(9, 12)
    flooded(house)
    saved = given(house.at(9, 13))
    taken_back(house.at(9, 14), saved)
    assert due(house, one) == ONE
    assert house.read(verify).is_sound


def test_one_of_some_that_ended_since_refuses_all_of_them(house: SmallHouse) -> None:
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    saved = given(house, [one, other])
    house.me("Dušan Kovač").at(9, 13)
    house.run(take, one)
    assert refused(house, saved, [one, other]).code == "refund_verdicts"
    assert due(house, other) == LATER


def test_hours_saved_again_or_given_again_are_not_taken_back_below(
    house: SmallHouse,
) -> None:
    one, other = house.raised(), house.raised()
    house.at(9, 12)
    flooded(house)
    saved = given(house, [one])
    to_all = given(house.at(9, 13))
    assert refused(house, saved, [one]).code == "refund_gone"
    taken_back(house.at(9, 14), to_all)
    # The one given it by itself keeps it; the other is as it was.
    assert (due(house, one), due(house, other)) == (LATER, ONE)
    taken_back(house, saved, [one])
    assert due(house, one) == ONE
    saved = given(house, [one])
    first = house.read(calendar_details, house.calendar_id).versions[-1]
    house.run(
        save_calendar, house.calendar_id, first.spec, expected_version=lock_of(house)
    )
    assert refused(house, saved, [one]).code == "refund_hours_changed"


@pytest.mark.parametrize("to_all", [True, False])
def test_what_was_moved_to_another_agreement_since_is_not_taken_back(
    house: SmallHouse, to_all: bool
) -> None:
    managers(house)
    back(house)
    one = house.raised()
    agreement = agreed(house.at(9, 10), drafted(house))
    house.at(9, 12)
    flooded(house)
    only = None if to_all else [one]
    saved = given(house, only)
    house.at(9, 13)
    house.run(
        move_request,
        one,
        agreement.version_id,
        unit_id=house.units["Land registry"],
        for_unit_id=house.units["Central counter"],
        expected_version=lock(house, one),
    )
    moved = due(house, one)
    why = refused(house, saved, only)
    assert (why.code, due(house, one)) == ("refund_moved", moved)
