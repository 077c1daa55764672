"""What every step on an obstacle begins with: is it there, is it mine, does it fit."""

from __future__ import annotations

from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.domain.obstacles import ALLOWED_FROM, ObstacleStep, may_take
from desktop.entities.obstacles import Obstacle
from desktop.entities.units import PersonRole
from desktop.store.obstacle_people import MAY_LEAD, end_of_merges
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody


def obstacle_for(
    work: UnitOfWork,
    obstacle_id: int,
    step: ObstacleStep,
    expected: int | None,
    *,
    follow: bool = False,
    also_of: int | None = None,
) -> Obstacle:
    """Return the obstacle a step is taken on, locked until the transaction ends.

    ``follow`` goes on to the one it was merged into; ``also_of`` names somebody whose
    step it is, too. Refuses with NotFound, with
    Conflict when the expected version is no longer the stored one, with Transition
    when the step is not allowed from its state, with Forbidden when it is not yours.
    """
    me = somebody(work)
    if follow:
        obstacle_id = end_of_merges(work.session, obstacle_id)
    # Of two who answer at once, the second sees what the first did.
    obstacle = work.get(Obstacle, obstacle_id, for_update=True)
    if expected is not None and obstacle.version != expected:
        raise Conflict("changed_meanwhile", reference=obstacle.title)
    if obstacle.state not in ALLOWED_FROM[step]:
        raise Transition("obstacle_not_so", state=obstacle.state.value)
    if me != also_of and not _may_take(work, obstacle, step, me):
        raise Forbidden("not_your_obstacle", step=step.value)
    return obstacle


def _may_take(
    work: UnitOfWork, obstacle: Obstacle, step: ObstacleStep, me: int
) -> bool:
    assert work.actor is not None
    roles = select(PersonRole.role).where(PersonRole.person_id == me)
    return may_take(
        step,
        is_raiser=obstacle.raised_by_id == me,
        is_owing=work.actor.unit_id == obstacle.owing_unit_id
        or obstacle.owing_id == me,
        is_leader=not MAY_LEAD.isdisjoint(work.session.scalars(roles)),
    )
