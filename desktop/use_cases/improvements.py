"""Turning an obstacle into an improvement, and confirming what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.improvements import (
    ENDED,
    LONGEST_DAYS,
    PROOF_DUE,
    READINGS,
    ImprovementState,
    ImprovementStep,
    Measure,
    Span,
    proof_span,
)
from desktop.domain.obstacles import ObstacleState, ObstacleStep
from desktop.domain.requests import Side
from desktop.domain.text import TITLE_CAP
from desktop.entities.obstacles import Improvement, Obstacle
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.evidence import zone_of
from desktop.queries.improvements import figure_of, measured_by
from desktop.store.obstacle_people import stopped_by
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.obstacle_reminders import (
    forget_planned,
    morning_of,
    remind_when_due,
)
from desktop.use_cases.obstacle_steps import obstacle_for
from desktop.use_cases.obstacles import due_of
from desktop.use_cases.typed_words import needed_line, needed_text, typed_text

MOST: Final = 1e12


@dataclass(frozen=True)
class NewImprovement:
    """An improvement as typed; ``key`` is made with it, so a retry makes no second.

    ``baseline`` are days that are over, before ``starts_on``; the proof is taken from
    as many days from ``starts_on`` on, and read on ``proof_on``. ``target`` is in the
    measure's form: a share 0..1, seconds, or a count.
    """

    title: str
    owner_id: int
    measure: Measure
    front_unit_id: int
    back_unit_id: int
    baseline: Span
    starts_on: date
    proof_on: date
    service_id: int | None = None
    target: float | None = None
    text: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def plan_improvement(
    work: UnitOfWork,
    obstacle_id: int,
    draft: NewImprovement,
    *,
    expected_version: int | None = None,
) -> int:
    """Turn an obstacle into an improvement; its baseline is counted now.

    Returns the improvement's id. Everybody the obstacle stops is told, its owner on
    the proof date. Refuses with Invalid (fields ``title owner front_unit back_unit
    service baseline starts_on proof_on target``), with Transition an obstacle that is
    one already.
    """
    again = work.session.scalar(
        select(Improvement.id).where(Improvement.key == draft.key)
    )
    if again is not None:
        return again
    step = ObstacleStep.IMPROVING
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    made = Improvement(key=draft.key, obstacle_id=obstacle.id)
    made.state = ImprovementState.PLANNED
    _fill(work, made, draft)
    work.session.add(made)
    was, obstacle.state = obstacle.state, ObstacleState.IMPROVING
    work.session.flush()
    told = {"was": was.value, **_told(made)}
    work.record_obstacle(ImprovementStep.PLANNED, obstacle.id, told, text=made.title)
    _tell(work, obstacle, made, ImprovementStep.PLANNED)
    _tell_when_due(work, made)
    remind_when_due(work, obstacle)
    return made.id


def change_improvement(
    work: UnitOfWork,
    improvement_id: int,
    draft: NewImprovement,
    *,
    expected_version: int | None = None,
) -> None:
    """Change an improvement that is not ended; the baseline is counted anew.

    Refuses as `plan_improvement` does.
    """
    made, obstacle = _running(work, improvement_id, expected_version)
    _fill(work, made, draft)
    work.session.flush()
    told = _told(made)
    work.record_obstacle(ImprovementStep.CHANGED, obstacle.id, told, text=made.title)
    _tell_when_due(work, made)


def confirm_proof(
    work: UnitOfWork,
    improvement_id: int,
    *,
    is_proven: bool,
    why: str = "",
    expected_version: int | None = None,
) -> None:
    """Say whether an improvement is proven, by the figures or against them.

    What the proof's days came to is counted and kept. Proven closes the obstacle;
    not proven opens it again, its answer due anew. Refuses with Transition where
    those days are not over.
    """
    made, obstacle = _running(work, improvement_id, expected_version)
    days = proof_span(Span(made.baseline_from, made.baseline_until), made.starts_on)
    if days.last >= _today(work):
        raise Transition("proof_not_over", until=days.last)
    figure = figure_of(work.session, measured_by(made), days)
    made.proof_value, made.proof_n = figure.value, figure.n
    is_not = ImprovementState.NOT_PROVEN
    state = ImprovementState.PROVEN if is_proven else is_not
    step = ImprovementStep.PROVEN if is_proven else ImprovementStep.NOT_PROVEN
    told = {
        **_told(made),
        "proof_value": figure.value,
        "proof_n": figure.n,
        "proof_from": days.first.isoformat(),
        "proof_until": days.last.isoformat(),
    }
    _end(work, obstacle, made, state, typed_text(why, "why"))
    work.record_obstacle(step, obstacle.id, told, text=made.closed_why)
    _tell(work, obstacle, made, step)


def drop_improvement(
    work: UnitOfWork,
    improvement_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Give an improvement up, and say why; its obstacle waits for an answer again."""
    made, obstacle = _running(work, improvement_id, expected_version)
    words = needed_text(why, "why")
    _end(work, obstacle, made, ImprovementState.DROPPED, words)
    step = ImprovementStep.DROPPED
    work.record_obstacle(step, obstacle.id, _told(made), text=words)
    _tell(work, obstacle, made, step)


def _running(
    work: UnitOfWork, improvement_id: int, expected: int | None
) -> tuple[Improvement, Obstacle]:
    """Return an improvement that is not ended, and its obstacle, both locked."""
    made = work.get(Improvement, improvement_id, for_update=True)
    if expected is not None and made.version != expected:
        raise Conflict("changed_meanwhile", reference=made.title)
    if made.state in ENDED:
        raise Transition("improvement_ended", state=made.state.value)
    assert made.obstacle_id is not None
    step = ObstacleStep.IMPROVED
    return made, obstacle_for(work, made.obstacle_id, step, None, also_of=made.owner_id)


def _end(
    work: UnitOfWork,
    obstacle: Obstacle,
    made: Improvement,
    state: ImprovementState,
    why: str,
) -> None:
    made.state, made.closed_at, made.closed_why = state, work.now, why
    if state is ImprovementState.PROVEN:
        obstacle.state = ObstacleState.CLOSED
    else:
        obstacle.state = ObstacleState.OPEN
        obstacle.answer_due_at = due_of(work, obstacle.owing_unit_id)
    forget_planned(work, _due_mark(made))
    work.session.flush()
    remind_when_due(work, obstacle)


def _fill(work: UnitOfWork, made: Improvement, draft: NewImprovement) -> None:
    """Take what was typed, or refuse it, and count the baseline."""
    made.title = needed_line(draft.title, "title", TITLE_CAP)
    made.text = typed_text(draft.text, "text")
    _check_scope(work, draft)
    _check_days(work, draft)
    made.owner_id, made.measure = draft.owner_id, draft.measure.value
    made.front_unit_id, made.back_unit_id = draft.front_unit_id, draft.back_unit_id
    made.service_id = draft.service_id
    made.baseline_from, made.baseline_until = draft.baseline.first, draft.baseline.last
    made.starts_on, made.proof_on = draft.starts_on, draft.proof_on
    made.target_value = _target(draft)
    with work.session.no_autoflush:
        figure = figure_of(work.session, measured_by(made), draft.baseline)
    made.baseline_value, made.baseline_n = figure.value, figure.n


def _check_scope(work: UnitOfWork, draft: NewImprovement) -> None:
    if work.get(Unit, draft.front_unit_id).side is not Side.FRONT:
        raise Invalid("front_unit", "not_a_choice")
    if work.get(Unit, draft.back_unit_id).side is not Side.BACK:
        raise Invalid("back_unit", "not_a_choice")
    if draft.service_id is not None:
        work.get(Service, draft.service_id)
    owner = work.get(Person, draft.owner_id)
    if not owner.is_active or not owner.can_sign_in:
        raise Invalid("owner", "not_a_choice")


def _check_days(work: UnitOfWork, draft: NewImprovement) -> None:
    """Refuse a baseline that is not over before the start, and an early proof."""
    baseline = draft.baseline
    if baseline.days < 1 or baseline.days > LONGEST_DAYS:
        raise Invalid("baseline", "not_a_period", most=LONGEST_DAYS)
    if baseline.last >= _today(work):
        raise Invalid("baseline", "not_over_yet")
    if baseline.last >= draft.starts_on:
        raise Invalid("starts_on", "before_baseline_ends")
    if draft.proof_on <= proof_span(baseline, draft.starts_on).last:
        raise Invalid("proof_on", "proof_too_early", days=baseline.days)
    if (draft.starts_on - _today(work)).days > LONGEST_DAYS:
        raise Invalid("starts_on", "too_far_ahead")


def _target(draft: NewImprovement) -> float | None:
    if draft.target is None:
        return None
    most = 1.0 if READINGS[draft.measure].form == "share" else MOST
    if not 0 <= draft.target <= most:
        raise Invalid("target", "not_a_choice")
    return float(draft.target)


def _today(work: UnitOfWork) -> date:
    return work.now.astimezone(zone_of(work.session)).date()


def _told(made: Improvement) -> dict[str, Any]:
    """Return what the journal keeps of an improvement's figures."""
    return {
        "improvement": made.id,
        "measure": made.measure,
        "baseline_from": made.baseline_from.isoformat(),
        "baseline_until": made.baseline_until.isoformat(),
        "baseline_value": made.baseline_value,
        "baseline_n": made.baseline_n,
        "target": made.target_value,
        "starts_on": made.starts_on.isoformat(),
        "proof_on": made.proof_on.isoformat(),
    }


def _tell(
    work: UnitOfWork, obstacle: Obstacle, made: Improvement, step: ImprovementStep
) -> None:
    tell_people(
        work,
        (made.owner_id, *stopped_by(work.session, obstacle)),
        step,
        f"improvement:{made.id}:{step}",
        obstacle_id=obstacle.id,
        words=made.title,
    )


def _tell_when_due(work: UnitOfWork, made: Improvement) -> None:
    """Let the owner be told on the morning of the proof date, also who plans it."""
    mark = _due_mark(made)
    forget_planned(work, mark)
    tell_people(
        work,
        (made.owner_id,),
        PROOF_DUE,
        f"{mark}:{made.proof_on.isoformat()}",
        obstacle_id=made.obstacle_id,
        words=made.title,
        at=morning_of(work, made.proof_on),
        also_actor=True,
    )


def _due_mark(made: Improvement) -> str:
    return f"improvement:{made.id}:{PROOF_DUE}"
