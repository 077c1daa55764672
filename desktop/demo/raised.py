"""What members of the demo's series raised for their next sessions."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import select

from desktop.demo.simulation import DEMO_KEYS
from desktop.domain.requests import Side
from desktop.entities.meetings import MeetingSeries, SeriesMember
from desktop.entities.requests import Request
from desktop.store.unit_of_work import Actor, UnitOfWork
from desktop.use_cases.raising_items import raise_item

RAISED: Final = (
    (
        Side.FRONT,
        "Customers ask for the new fee table every day",
        "The counter still has the old one on paper. Who sends the new one, and when?",
        "decide",
    ),
    (
        Side.BACK,
        "Scans come in sideways",
        "Turning them takes a minute each. The counter's scanner can do it by itself.",
        "inform",
    ),
)


def raise_for_sessions(work: UnitOfWork) -> None:
    """Let a member of each side of the first series raise something.

    The back office's is about the latest open request it has from the front office.
    """
    before = work.actor
    series = work.session.scalars(
        select(MeetingSeries).order_by(MeetingSeries.id)
    ).first()
    assert series is not None
    for side, title, notes, outcome in RAISED:
        member = work.session.scalars(
            select(SeriesMember.person_id)
            .where(
                SeriesMember.series_id == series.id,
                SeriesMember.side == side,
                SeriesMember.person_id != series.chair_id,
            )
            .order_by(SeriesMember.position)
        ).first()
        if member is None:
            continue
        unit = series.front_unit_id if side is Side.FRONT else series.back_unit_id
        work.actor = Actor(member, unit)
        raise_item(
            work,
            series.id,
            title,
            notes=notes,
            outcome=outcome,
            request_id=_latest(work, series) if side is Side.BACK else None,
            key=uuid.uuid5(DEMO_KEYS, f"raised {title}"),
        )
    work.actor = before


def _latest(work: UnitOfWork, series: MeetingSeries) -> int | None:
    return work.session.scalars(
        select(Request.id)
        .where(
            Request.is_open,
            Request.unit_id == series.back_unit_id,
            Request.front_unit_id == series.front_unit_id,
        )
        .order_by(Request.raised_at.desc())
    ).first()
