"""Who leads a unit, whom an obstacle stops, and where a merged one went on."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.units import Person, PersonRole, Role

LEADERS: Final = frozenset({Role.COORDINATOR, Role.MANAGER})
MAY_LEAD: Final = LEADERS | {Role.ADMINISTRATOR}


def leaders_of(session: Session, unit_id: int) -> tuple[int, ...]:
    """Return the coordinators and managers of a unit; everybody there without any."""
    there = (
        select(Person.id)
        .where(
            Person.unit_id == unit_id,
            Person.is_active.is_(True),
            Person.can_sign_in.is_(True),
        )
        .order_by(Person.id)
    )
    leading = select(PersonRole.person_id).where(PersonRole.role.in_(LEADERS))
    found = tuple(session.scalars(there.where(Person.id.in_(leading))))
    return found or tuple(session.scalars(there))


def stopped_by(session: Session, obstacle: Obstacle) -> tuple[int, ...]:
    """Return everybody an obstacle stops: whoever raised it first."""
    voices = select(ObstacleVoice.person_id).where(
        ObstacleVoice.obstacle_id == obstacle.id
    )
    return (obstacle.raised_by_id, *session.scalars(voices.order_by(ObstacleVoice.id)))


def end_of_merges(session: Session, obstacle_id: int) -> int:
    """Return the obstacle that goes on where this one was merged, else its own id.

    Merging never makes a circle; should a table say so, it ends where it began.
    """
    seen = {obstacle_id}
    at = obstacle_id
    while True:
        further = session.scalar(
            select(Obstacle.merged_into_id).where(Obstacle.id == at)
        )
        if further is None or further in seen:
            return at
        seen.add(further)
        at = further
