"""What telling people costs: sweeps, the bell, the day, what is not read, previews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.domain.escalation import DEFAULT_RULES
from desktop.entities.notices import Notice, NoticeSilence, NoticeSweep
from desktop.entities.requests import RequestClock
from desktop.queries.escalation import would_have_told
from desktop.queries.notices import inbox, is_sweep_due
from desktop.queries.seeing import unread_among
from desktop.queries.today import Day, today
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.notices import sweep
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Goal, Row, judged, latency, seconds
from tests.benchmarks.workspaces import Place
from tests.queue_pages import queue_page

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
        *_days(place),
        *_unread(place),
        *_previews(place),
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


def _days(place: Place) -> Iterator[Row]:
    """Measure what an agent and who leads have before them today."""
    unit = place.house.backs[0]
    me, zone = place.house.people[unit][0], ZoneInfo("UTC")
    for role, of_unit in (("agent", unit), ("manager", unit), ("executive", None)):
        day = Day(me, of_unit, frozenset({role}), NOW, zone)
        yield latency(
            f"today of an {role}" if role[0] in "ae" else f"today of a {role}",
            partial(place.desk.read, today, day),
            goal=Goal(ms=150),
            times=10,
        )


def _unread(place: Place) -> Iterator[Row]:
    """Measure which of a page's rows are not read, and a list of those."""
    unit = place.house.backs[0]
    me = place.house.people[unit][0]
    page = place.desk.read(queue_page, unit, now=NOW)
    ids = [row.id for row in page.rows]
    yield latency(
        f"which of {len(ids)} rows are not read",
        lambda: place.desk.read(unread_among, me, ids, NOW),
        goal=Goal(ms=20),
    )


def _previews(place: Place) -> Iterator[Row]:
    """Measure what each standard rule would have told in 14 days."""
    for number, rule in enumerate(DEFAULT_RULES, 1):
        yield latency(
            f"what standard rule {number} would have told",
            partial(place.desk.read, would_have_told, rule, NOW),
            goal=Goal(ms=5_000),
            times=1,
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
