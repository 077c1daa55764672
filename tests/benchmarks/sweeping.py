"""What telling people costs: a first sweep, a quiet one, one with much that is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.entities.notices import Notice, NoticeSilence, NoticeSweep
from desktop.entities.requests import RequestClock
from desktop.queries.notices import inbox, is_sweep_due
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.notices import sweep
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Goal, Row, judged, latency, seconds
from tests.benchmarks.workspaces import Place

MANY = 500
_MINUTE = timedelta(minutes=1)


def run(place: Place, size: int) -> Iterator[Row]:
    """Measure the sweeps at one size; each on the state the one before left."""
    named = f" at {size:,}"
    desk = place.desk
    desk.run(_forget)
    for row in (
        _once(place, "first sweep", NOW, Goal(ms=10_000)),
        _once(place, "quiet sweep", NOW + _MINUTE, Goal(ms=250)),
        latency(
            "does a sweep have anything to do?",
            lambda: desk.read(is_sweep_due, NOW + _MINUTE),
            goal=Goal(ms=20),
        ),
        _once(place, f"sweep with {MANY} newly at risk", _later(place), Goal(ms=2_000)),
        _inbox(place),
    ):
        yield {**row, "name": row["name"] + named}
    desk.run(_forget)


def _once(place: Place, name: str, until: datetime, goal: Goal) -> Row:
    """Measure one sweep, which can be done only once."""
    made: list[int] = []
    took = seconds(lambda: made.append(place.desk.run(sweep, until).value))
    row: Row = {"value": round(took * 1000, 1), "unit": "ms"}
    return judged({"name": f"{name} ({made[0]:,} notices)", **row}, goal)


def _inbox(place: Place) -> Row:
    busiest = place.desk.read(_busiest)
    return latency(
        "the bell of who is told most",
        lambda: place.desk.read(inbox, busiest, NOW),
        goal=Goal(ms=20),
    )


def _busiest(session: Session) -> Any:
    return session.scalar(
        select(Notice.person_id)
        .group_by(Notice.person_id)
        .order_by(func.count().desc())
        .limit(1)
    )


def _later(place: Place) -> datetime:
    """Return until when as many more clocks come into danger."""

    def read(session: Session) -> Any:
        return session.scalar(
            select(RequestClock.at_risk_at)
            .where(
                RequestClock.running_since.is_not(None),
                RequestClock.at_risk_at > NOW + _MINUTE,
            )
            .order_by(RequestClock.at_risk_at)
            .offset(MANY - 1)
            .limit(1)
        )

    found: datetime = place.desk.read(read)
    return found


def _forget(work: UnitOfWork) -> None:
    for entity in (Notice, NoticeSilence, NoticeSweep):
        work.session.execute(delete(entity))
