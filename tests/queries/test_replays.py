"""Replays in a small house: new agreements, holds, what is open, what is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from desktop.domain.agreements import Measure, Target, TargetKind
from desktop.domain.requests import PendingReason
from desktop.entities.agreements import (
    Agreement,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.units import Unit
from desktop.queries.replay_facts import ReplayFacts, ReplayScope
from desktop.queries.replay_reading import reading_facts
from desktop.queries.replays import Replayer, Trial
from desktop.queries.try_choices import TryChoice, try_board
from desktop.use_cases.requests import cancel, comment, hold, resolve, take
from tests.small_house import SmallHouse

RESOLUTION = TargetKind.RESOLUTION
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def choice_of(house: SmallHouse, unit: str) -> TryChoice:
    board = house.read(try_board, house.now)
    new = board.new_choice(None, house.units[unit], None)
    return next((one for one in board.choices if one.back_unit == unit), new)


def facts_of(house: SmallHouse, scope: ReplayScope) -> ReplayFacts:
    """Read a scope to the end."""

    def read(session: Session) -> ReplayFacts:
        *_, last = reading_facts(session, scope, house.now)
        return last

    return house.read(read)


def replayer(house: SmallHouse, unit: str = "Land registry") -> Replayer:
    choice = choice_of(house, unit)
    calendar = choice.calendar_id if choice.agreement_id is None else None
    scope = ReplayScope(
        *NOVEMBER,
        agreement_id=choice.agreement_id,
        back_unit_id=choice.back_unit_id,
        calendar_id=calendar,
    )
    return Replayer(facts_of(house, scope))


def tried(made: Replayer, hours: float) -> tuple[int, int, int]:
    trial = Trial({(RESOLUTION, None): Target(int(hours * 3600))})
    told = made.replay(trial).kinds[RESOLUTION].then
    return told.kept, told.broken, told.open


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give a house with one request done after 3 h, one open, one cancelled."""
    house = any_small_house
    house.at(9, 8)
    done = house.raised("Done")
    house.raised("Open")
    gone = house.raised("Gone")
    house.me("Jelena Marić").run(cancel, gone, "Raised twice")
    house.me("Dušan Kovač").run(take, done)
    house.at(9, 11).run(resolve, done, "It is done.")
    return house.at(9, 15)


def test_open_ones_count_once_they_are_over_and_cancelled_ones_never(house) -> None:
    made = replayer(house)
    assert tried(made, 2) == (0, 2, 0)
    assert tried(made, 4) == (1, 1, 0)
    assert tried(made, 8) == (1, 0, 1)
    told = made.replay(Trial()).kinds[RESOLUTION]
    assert told.target_for(0.5) == 3 * 3600
    assert told.target_for(0.9) == int(6.5 * 3600)


def test_a_hold_counts_as_the_trial_says(house) -> None:
    request_id = house.me("Dušan Kovač").at(9, 8).raised("Held")
    house.at(9, 9).run(take, request_id)
    house.run(hold, request_id, PendingReason.CUSTOMER, "A scan is missing")
    house.at(9, 15)
    made = replayer(house)
    held = {RESOLUTION: frozenset({PendingReason.CUSTOMER})}
    free: dict[TargetKind, frozenset[PendingReason]] = {RESOLUTION: frozenset()}
    target = {(RESOLUTION, None): Target(2 * 3600)}
    with_hold = made.replay(Trial(target, None, held)).kinds[RESOLUTION]
    without = made.replay(Trial(target, None, free)).kinds[RESOLUTION]
    assert (with_hold.then.broken, without.then.broken) == (2, 3)


def test_a_target_taken_away_promises_nothing(house) -> None:
    told = replayer(house).replay(Trial({(RESOLUTION, None): None}))
    found = told.kinds[RESOLUTION]
    assert found.then.judged == 0
    assert found.then.share is None


def test_where_nothing_was_agreed_a_new_agreement_is_tried(house) -> None:
    def break_off(work) -> None:
        for version in work.session.query(AgreementVersion):
            agreement = work.session.get(Agreement, version.agreement_id)
            back = work.session.get(Unit, agreement.back_unit_id)
            if back.name == "Land registry":
                version.valid_until = version.valid_from
                version.status = "withdrawn"
        work.rules_changed()

    house.run(break_off)
    choice = choice_of(house, "Land registry")
    assert (choice.agreement_id, choice.terms) == (None, None)
    made = replayer(house)
    assert not made.replay(Trial()).kinds[RESOLUTION].is_promised_now
    assert tried(made, 4) == (1, 1, 0)


def test_a_new_agreement_gives_way_to_a_more_specific_one(house) -> None:
    """A new one is counted in the place of what it would outrank, and no more."""
    board = house.read(try_board, house.now)
    back, front = house.units["Land registry"], house.units["Central counter"]
    held = board.choices[0].terms
    assert (held.back_unit, held.front_unit, held.service) == (
        house.units["Building permits"], None, None,
    )  # fmt: skip

    def counted(front_id: int | None, service_id: int | None) -> int:
        choice = board.new_choice(front_id, back, service_id)
        assert choice.terms.back_unit == back
        scope = ReplayScope(
            *NOVEMBER, front_unit_id=front_id, back_unit_id=back,
            service_id=service_id, calendar_id=choice.calendar_id,
        )  # fmt: skip
        facts = facts_of(house, scope)
        trial = Trial({(RESOLUTION, None): Target(4 * 3600)}, choice.calendar)
        told = Replayer(facts).replay(trial).kinds[RESOLUTION]
        assert told.is_promised_now is (told.n > 0)
        return told.then.judged

    assert counted(None, None) == 2
    assert counted(front, house.services["Title extract"]) == 2
    assert counted(front, house.services["Boundary correction"]) == 0
    assert counted(house.units["Phone line"], None) == 0

    def specify(work) -> None:
        for agreement in work.session.query(Agreement):
            if agreement.back_unit_id == back:
                agreement.front_unit_id = front
        work.rules_changed()

    house.run(specify)
    board = house.read(try_board, house.now)
    assert board.new_choice(None, back, None).terms is None
    assert counted_with(house, None) == 0
    assert counted_with(house, front) == 2


def counted_with(house: SmallHouse, front_id: int | None) -> int:
    scope = ReplayScope(
        *NOVEMBER,
        front_unit_id=front_id,
        back_unit_id=house.units["Land registry"],
        calendar_id=house.calendar_id,
    )
    made = Replayer(facts_of(house, scope))
    return sum(tried(made, 4)[:2])


def test_a_word_is_due_again_and_again(house) -> None:
    """Each word to the other side keeps one promise and begins the next."""
    request_id = house.me("Dušan Kovač").at(9, 8).raised("Kept informed")
    house.at(9, 9).run(take, request_id)
    house.at(9, 10).run(comment, request_id, "Looking for the map.")
    house.at(9, 14).run(comment, request_id, "Found it.")
    house.at(9, 15)
    scope = ReplayScope(
        *NOVEMBER, back_unit_id=house.units["Land registry"], has_updates=True
    )
    made = Replayer(facts_of(house, scope))
    told = made.replay(Trial({(TargetKind.UPDATE, None): Target(3 * 3600)}))
    found = told.kinds[TargetKind.UPDATE]
    mine = [
        row
        for row in range(len(made.facts))
        if made.facts.request_ids[row] == request_id
        and made.facts.bases[made.facts.basis[row]].kind is TargetKind.UPDATE
    ]
    counted = made.count(Trial({(TargetKind.UPDATE, None): Target(3 * 3600)}))
    hours = [int(counted.used[row]) // 3_600_000_000 for row in mine]
    assert hours == [2, 3, 1]
    assert [int(counted.verdicts[row]) for row in mine] == [1, 2, 0]
    assert not found.is_promised_now
    unread = replace(scope, has_updates=False)
    bare = Replayer(facts_of(house, unread))
    assert bare.replay(Trial()).kinds[TargetKind.UPDATE].n == 0


def test_priorities_come_and_go_with_the_kind_they_are_of(house) -> None:
    """A kind named is promised as named: an agreed priority left out is gone."""

    def price(work) -> None:
        version = (
            work.session.query(AgreementVersion)
            .filter_by(agreement_id=choice_of(house, "Land registry").agreement_id)
            .one()
        )
        work.session.add(
            AgreementTarget(
                version_id=version.id, kind=RESOLUTION, priority=3, target_s=3600
            )
        )
        work.rules_changed()

    house.run(price)
    made = replayer(house)
    assert made.replay(Trial()).kinds[RESOLUTION].now.broken == 2
    assert tried(made, 8) == (1, 0, 1)
    by_priority = {(RESOLUTION, None): Target(60), (RESOLUTION, 3): Target(8 * 3600)}
    told = made.replay(Trial(by_priority)).kinds[RESOLUTION].then
    assert (told.kept, told.broken, told.open) == (1, 0, 1)
    around = Target(5 * 3600, Measure.AROUND_THE_CLOCK)
    told = made.replay(Trial({(RESOLUTION, 3): around})).kinds[RESOLUTION].then
    assert (told.kept, told.broken, told.open) == (1, 1, 0)


def test_a_period_without_promises_is_empty_not_broken(house) -> None:
    scope = ReplayScope(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC)
    )
    told = Replayer(facts_of(house, scope)).replay(Trial())
    assert told.is_whole
    found = told.kinds[RESOLUTION]
    assert (found.n, found.then.share, found.target_for(0.9)) == (0, None, None)
    assert found.changes == ()
