"""The agenda of a session nobody planned yet, in the series of two units."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.queries.agenda import SessionAgenda, agenda_of
from desktop.store.series_days import next_session_at

FIRST_PERIOD_DAYS: Final = 14


def unplanned_agenda(
    session: Session,
    *,
    front_unit_id: int,
    back_unit_id: int,
    starts_at: datetime,
    now: datetime,
) -> SessionAgenda | None:
    """Return what the series of two units would talk about on the day of ``starts_at``.

    With the series' room, people and actions; at its own hour where its rule falls on
    that day, else at ``starts_at``. None where the two units have no series.
    """
    rows = session.scalars(
        select(MeetingSeries)
        .where(
            MeetingSeries.front_unit_id == front_unit_id,
            MeetingSeries.back_unit_id == back_unit_id,
            MeetingSeries.ended_at.is_(None),
        )
        .order_by(MeetingSeries.id)
    ).all()
    if not rows:
        return None
    laid = [(_occurs(session, series, starts_at), series) for series in rows]
    found = next((one for one in laid if one[0] is not None), laid[0])
    series = found[1]
    meeting = _meeting(session, series, found[0] or starts_at)
    return agenda_of(session, meeting, series, now)


def _occurs(session: Session, series: MeetingSeries, at: datetime) -> datetime | None:
    """Return when a series takes place on the local day of an instant, if it does."""
    start = _midnight(at, series.zone)
    before = start - timedelta(microseconds=1)
    following = next_session_at(session, series, before)
    if following is None or _day(following, series.zone) != _day(at, series.zone):
        return None
    return following


def _meeting(session: Session, series: MeetingSeries, starts_at: datetime) -> Meeting:
    """Return the session as it would be planned; it is not stored."""
    last = session.scalar(
        select(func.max(Meeting.starts_at)).where(
            Meeting.series_id == series.id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at < starts_at,
        )
    )
    number = session.scalar(
        select(func.max(Meeting.number)).where(Meeting.series_id == series.id)
    )
    first = _midnight(starts_at, series.zone, FIRST_PERIOD_DAYS)
    return Meeting(
        id=0,
        series_id=series.id,
        number=(number or 0) + 1,
        starts_at=starts_at,
        minutes=series.minutes,
        place=series.place,
        period_start=_midnight(last, series.zone) if last else first,
        period_end=_midnight(starts_at, series.zone),
        state=MeetingState.PLANNED,
        agenda_version=0,
    )


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _midnight(at: datetime, zone: str, days_before: int = 0) -> datetime:
    day = _day(at, zone) - timedelta(days=days_before)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
