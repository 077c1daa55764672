"""Who had the ball of a request for how long, in the open time of its calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import History
from desktop.domain.requests import ENDED_STATES, Ball, PendingReason, ball_of
from desktop.entities.agreements import AgreementHold
from desktop.entities.requests import Request, RequestClock
from desktop.queries.request_names import Names


@dataclass(frozen=True, slots=True)
class BallShare:
    """How long somebody had the ball, in seconds of open time.

    ``unit`` names the unit where the ball is a unit's. ``is_counted`` is false where
    the promise shown did not count that time. Without a promise, so without a calendar,
    the seconds are those of the clock on the wall.
    """

    ball: Ball
    unit: str
    pending: PendingReason | None
    seconds: int
    is_counted: bool


def split_clock(
    clocks: Iterable[RequestClock], request: Request
) -> RequestClock | None:
    """Return the clock the split is told by: the resolution of who has it, else any."""
    return max(
        clocks,
        key=lambda one: (
            one.kind is TargetKind.RESOLUTION,
            one.unit_id == request.unit_id,
            one.position == request.clock_position,
        ),
        default=None,
    )


def ball_split(
    session: Session,
    history: History,
    names: Names,
    request: Request,
    shown: RequestClock | None,
    calendar: ServiceCalendar | None,
    now: datetime,
) -> tuple[BallShare, ...]:
    """Add the stretches of an open request up by who had to move."""
    holding = _holding(session, shown)
    sums: dict[tuple[Ball, str, PendingReason | None, bool], timedelta] = {}
    for stretch in history.stretches:
        if stretch.state in ENDED_STATES:
            continue
        side = names.sides.get(stretch.unit or 0)
        ball = ball_of(stretch.state, stretch.pending, side)
        unit_id = stretch.unit
        if stretch.pending is PendingReason.FRONT_OFFICE:
            unit_id = request.front_unit_id
        is_unit = ball in (Ball.FRONT, Ball.BACK)
        is_counted = stretch.pending not in holding
        if shown is not None:
            is_counted = is_counted and stretch.unit == shown.unit_id
        key = (
            ball,
            names.unit(unit_id) if is_unit else "",
            stretch.pending,
            is_counted,
        )
        end = stretch.end or max(now, stretch.start)
        span = calendar.elapsed(stretch.start, end) if calendar else end - stretch.start
        sums[key] = sums.get(key, timedelta()) + span
    return tuple(
        BallShare(ball, unit, pending, int(span.total_seconds()), is_counted)
        for (ball, unit, pending, is_counted), span in sums.items()
    )


def _holding(session: Session, shown: RequestClock | None) -> set[PendingReason]:
    """Return the reasons that stop the clock the split is told by."""
    if shown is None:
        return set()
    return set(
        session.scalars(
            select(AgreementHold.reason).where(
                AgreementHold.version_id == shown.version_id,
                AgreementHold.kind == shown.kind,
            )
        )
    )
