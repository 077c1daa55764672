"""Tells who owes an answer on the morning of the day it is due, while it is owed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import delete

from desktop.domain.obstacles import ObstacleState
from desktop.entities.obstacles import Obstacle
from desktop.entities.outgoing import SessionNotice
from desktop.queries.evidence import zone_of
from desktop.store.obstacle_people import leaders_of
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork

DUE: Final = "obstacle_due"
TOLD_AT: Final = time(8)


def remind_when_due(work: UnitOfWork, obstacle: Obstacle) -> None:
    """Plan the reminder as the obstacle stands now; none where no answer is owed."""
    mark = f"obstacle:{obstacle.id}:{DUE}"
    forget_planned(work, mark)
    due_at = obstacle.answer_due_at
    if obstacle.state is not ObstacleState.OPEN or due_at is None:
        return
    day = due_at.astimezone(zone_of(work.session)).date()
    people = (
        (obstacle.owing_id,)
        if obstacle.owing_id is not None
        else leaders_of(work.session, obstacle.owing_unit_id)
    )
    tell_people(
        work,
        people,
        DUE,
        f"{mark}:{day.isoformat()}",
        obstacle_id=obstacle.id,
        words=obstacle.title,
        at=morning_of(work, day),
        also_actor=True,
    )


def forget_planned(work: UnitOfWork, mark: str) -> None:
    """Take back what is planned under a mark and not shown yet."""
    work.session.execute(
        delete(SessionNotice).where(
            SessionNotice.mark.startswith(mark, autoescape=True),
            SessionNotice.at > work.now,
        )
    )


def morning_of(work: UnitOfWork, day: date) -> datetime:
    """Return when people are told on a day, never before now."""
    at = datetime.combine(day, TOLD_AT, zone_of(work.session)).astimezone(UTC)
    return max(at, work.now + timedelta(seconds=1))
