"""Replays in a small house: new agreements, holds, what is open, what is cancelled."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.agreements import Target, TargetKind
from desktop.domain.requests import PendingReason
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.units import Unit
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replay_reading import replay_facts
from desktop.queries.replays import Replayer, Trial
from desktop.queries.try_choices import TryChoice, try_board
from desktop.use_cases.requests import cancel, hold, resolve, take
from tests.small_house import SmallHouse

RESOLUTION = TargetKind.RESOLUTION
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def choice_of(house: SmallHouse, unit: str) -> TryChoice:
    board = house.read(try_board, house.now)
    return next(one for one in board.choices if one.back_unit == unit)


def replayer(house: SmallHouse, unit: str = "Land registry") -> Replayer:
    choice = choice_of(house, unit)
    calendar = choice.calendar_id if choice.agreement_id is None else None
    scope = ReplayScope(
        *NOVEMBER,
        agreement_id=choice.agreement_id,
        back_unit_id=choice.back_unit_id,
        calendar_id=calendar,
    )
    return Replayer(house.read(replay_facts, scope, house.now))


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


def test_a_period_without_promises_is_empty_not_broken(house) -> None:
    scope = ReplayScope(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC)
    )
    told = Replayer(house.read(replay_facts, scope, house.now)).replay(Trial())
    assert told.is_whole
    found = told.kinds[RESOLUTION]
    assert (found.n, found.then.share, found.target_for(0.9)) == (0, None, None)
    assert found.changes == ()
