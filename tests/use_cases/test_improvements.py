"""Improvements: a baseline from the journal, a proof, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.improvements import (
    Figure,
    ImprovementState,
    Measure,
    ProofCode,
    Span,
)
from desktop.domain.obstacles import ObstacleState
from desktop.queries.improvements import ImprovementRow, figure_of, improvement
from desktop.use_cases.improvements import (
    NewImprovement,
    change_improvement,
    confirm_proof,
    drop_improvement,
    plan_improvement,
)
from desktop.use_cases.requests import hand_over
from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import journal, obstacle, raised, told

BASELINE = Span(date(2026, 11, 9), date(2026, 11, 13))
STARTS, PROOF = date(2026, 11, 16), date(2026, 11, 21)


def draft(house: SmallHouse, **more: Any) -> NewImprovement:
    values: dict[str, Any] = {
        "title": "Ask for the parcel in the form",
        "owner_id": house.people["Marko Ivić"],
        "measure": Measure.RETURNS,
        "front_unit_id": house.units["Central counter"],
        "back_unit_id": house.units["Land registry"],
        "baseline": BASELINE,
        "starts_on": STARTS,
        "proof_on": PROOF,
        "service_id": house.services["Title extract"],
    }
    return NewImprovement(**(values | more))


def sent(house: SmallHouse, *, count: int, returned: int) -> None:
    """Send requests on the day it is, and let the first ones come back."""
    for number in range(count):
        key = house.raised(f"Parcel {number}")
        if number < returned:
            house.me("Ana Petrović")
            house.run(hand_over, key, house.units["Central counter"], "No parcel")


def planned(house: SmallHouse, **more: Any) -> tuple[int, int]:
    """Return obstacle and improvement, planned on the 16th by the coordinator."""
    sent(house.at(9, 9), count=12, returned=9)
    house.raised("Other service", service="Boundary correction")
    house.at(10, 9).me("Jelena Marić")
    key = raised(house, service_id=house.services["Title extract"])
    house.at(16, 8).me("Marko Ivić")
    return key, house.run(plan_improvement, key, draft(house, **more))


def shown(house: SmallHouse, key: int) -> ImprovementRow:
    return house.read(improvement, key, house.now)


def test_before_and_after_come_from_the_journal_and_are_confirmed(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    key, made = planned(house, target=0.3)
    assert shown(house, made).before == Figure(0.75, 12)
    assert shown(house, made).after is None
    sent(house.at(17, 9), count=12, returned=2)
    house.at(18, 9).me("Marko Ivić")
    so_far = shown(house, made)
    assert (so_far.after, so_far.proof) == (Figure(2 / 12, 12), None)
    assert so_far.state is ImprovementState.RUNNING
    with pytest.raises(Transition, match="proof_not_over"):
        house.run(confirm_proof, made, is_proven=True)
    house.at(21, 9)
    assert shown(house, made).proof is ProofCode.BETTER
    house.run(confirm_proof, made, is_proven=True, why="Fewer than a third")
    # What is counted again later, whatever happened since, is what was stored.
    sent(house.at(23, 9), count=2, returned=2)
    house.at(27, 9)
    kept = shown(house, made)
    assert kept.state is ImprovementState.PROVEN
    assert house.read(figure_of, kept.measured, kept.baseline) == kept.before
    assert house.read(figure_of, kept.measured, kept.proof_days) == kept.after
    assert obstacle(house, key).state is ObstacleState.CLOSED
    assert journal(house, key)[1:] == ["improvement_planned", "improvement_proven"]
    assert told(house, "improvement_proven") == ["Jelena Marić"]


def test_its_owner_is_told_on_the_proof_date_only(small_house: SmallHouse) -> None:
    _key, made = planned(small_house)
    assert told(small_house, "improvement_due") == ["Marko Ivić"]
    later = draft(small_house, proof_on=PROOF + timedelta(days=7))
    small_house.run(change_improvement, made, later)
    assert told(small_house, "improvement_due") == ["Marko Ivić"]
    small_house.run(drop_improvement, made, "The form is being replaced")
    assert told(small_house, "improvement_due") == []


def test_what_is_not_proven_or_given_up_waits_for_an_answer_again(
    small_house: SmallHouse,
) -> None:
    house = small_house
    key, made = planned(house)
    with pytest.raises(Invalid):
        house.run(drop_improvement, made, " ")
    house.run(drop_improvement, made, "Too dear")
    assert obstacle(house, key).state is ObstacleState.OPEN
    with pytest.raises(Transition, match="improvement_ended"):
        house.run(confirm_proof, made, is_proven=True)
    again = house.run(plan_improvement, key, draft(house))
    house.at(23, 9)
    assert shown(house, again).proof is ProofCode.TOO_FEW
    house.run(confirm_proof, again, is_proven=False, why="Nobody sent any")
    assert obstacle(house, key).state is ObstacleState.OPEN
    assert shown(house, again).state is ImprovementState.NOT_PROVEN
    assert told(house, "improvement_not_proven") == ["Jelena Marić"]


def test_periods_that_prove_nothing_are_refused(small_house: SmallHouse) -> None:
    house = small_house
    house.at(16, 8).me("Jelena Marić")
    key = raised(house, service_id=house.services["Title extract"])
    house.me("Marko Ivić")
    day = timedelta(days=1)
    for field, wrong in (
        ("baseline", {"baseline": Span(BASELINE.last, BASELINE.first)}),
        ("baseline", {"baseline": Span(BASELINE.first, date(2026, 11, 16))}),
        ("baseline", {"baseline": Span(date(2020, 1, 1), BASELINE.last)}),
        ("starts_on", {"starts_on": BASELINE.last}),
        ("proof_on", {"proof_on": PROOF - day}),
        ("target", {"target": 1.5}),
        ("target", {"target": float("nan")}),
        ("title", {"title": " "}),
        ("front_unit", {"front_unit_id": house.units["Land registry"]}),
        ("back_unit", {"back_unit_id": house.units["Phone line"]}),
    ):
        with pytest.raises(Invalid) as refused:
            house.run(plan_improvement, key, draft(house, **wrong))
        assert refused.value.field == field
    assert obstacle(house, key).state is ObstacleState.OPEN


def test_it_is_made_once_and_changed_by_who_saw_it_last(
    small_house: SmallHouse,
) -> None:
    house = small_house
    key, made = planned(house)
    with pytest.raises(Transition):
        house.run(plan_improvement, key, draft(house))
    version = shown(house, made).version
    wanted = replace(draft(house), title="Another title")
    house.run(change_improvement, made, wanted, expected_version=version)
    with pytest.raises(Conflict):
        house.run(change_improvement, made, wanted, expected_version=version)
    house.me("Petar Ilić")
    with pytest.raises(Forbidden):
        house.run(drop_improvement, made, "Mine?")
