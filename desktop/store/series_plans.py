"""The sessions of a series that are to come, and the occurrences they can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.series_changes import PlannedSession
from desktop.domain.series_drafts import Schedule
from desktop.domain.session_days import FARTHEST_MOVE, Occurrence
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.store.reference import Reference
from desktop.store.series_days import laid_sessions, schedule_of

LOOKED_AT: Final = 120
"""How many occurrences sessions may be laid on when their series changes."""
_TO_COME: Final = (
    MeetingState.PLANNED,
    MeetingState.DRAFTED,
    MeetingState.PUBLISHED,
)


def planned_sessions(
    session: Session,
    series: MeetingSeries,
    now: datetime,
    reference: Reference | None = None,
    moves_published: bool = False,
) -> tuple[PlannedSession, ...]:
    """Return the sessions to come of a series as it is now, by their occurrence."""
    rows = session.scalars(
        select(Meeting)
        .where(
            Meeting.series_id == series.id,
            Meeting.state.in_(_TO_COME),
            Meeting.starts_at > now,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    laid = {
        one.rule_at: one.starts_at
        for one in known_occurrences(session, series, now, reference)
    }
    return tuple(_planned(one, laid, moves_published) for one in rows)


def known_occurrences(
    session: Session,
    series: MeetingSeries | Schedule,
    now: datetime,
    reference: Reference | None = None,
) -> tuple[Occurrence, ...]:
    """Return the occurrences sessions to come can stand for.

    Those of a month before too: a session moved since stands for one of them.
    """
    schedule = series if isinstance(series, Schedule) else schedule_of(series)
    since = now - timedelta(days=FARTHEST_MOVE)
    laid = laid_sessions(session, schedule, since, reference)
    return tuple(
        one
        for one in islice(laid, LOOKED_AT)
        if one.starts_at is None or one.starts_at > now
    )


def missing_occurrences(
    laid: Iterable[Occurrence], sessions: Sequence[Meeting], zone: str, ahead: int
) -> Iterator[Occurrence]:
    """Give which of the next ``ahead`` occurrences have no session yet.

    A cancelled one counts for none, so that as many as wanted really take place.
    """
    there = ZoneInfo(zone)
    known: dict[date, bool] = {}
    # Planned before occurrences were kept, or beside the rule at its very time.
    starts = {
        one.starts_at
        for one in sessions
        if one.occurrence_at is None and one.state is not MeetingState.CANCELLED
    }
    for one in sessions:
        if one.occurrence_at is not None:
            day = one.occurrence_at.astimezone(there).date()
            takes_place = one.state is not MeetingState.CANCELLED
            known[day] = known.get(day, False) or takes_place
    counted = 0
    for occurrence in laid:
        if counted >= ahead:
            return
        if occurrence.starts_at is None:
            continue
        is_there = known.get(occurrence.rule_at.astimezone(there).date())
        if occurrence.starts_at in starts:
            is_there = True
        if is_there is None:
            yield occurrence
        counted += is_there is not False


def _planned(
    row: Meeting, laid: dict[datetime, datetime | None], moves_published: bool
) -> PlannedSession:
    is_published = row.state is MeetingState.PUBLISHED
    rule_at = row.occurrence_at
    if rule_at is None:
        # Planned before occurrences were kept, or beside the rule.
        own = (rule for rule, at in laid.items() if at == row.starts_at)
        rule_at = next(own, None)
    is_moved = rule_at is not None and laid.get(rule_at) != row.starts_at
    return PlannedSession(
        id=row.id,
        number=row.number,
        starts_at=row.starts_at,
        rule_at=rule_at,
        is_fixed=is_moved or (is_published and not moves_published),
        is_published=is_published,
    )
