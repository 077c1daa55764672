"""One session as the dialogs that move or cancel it need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotFound
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.store.series_days import next_session_at
from desktop.store.session_rows import session_with_series

TO_COME = (MeetingState.PLANNED, MeetingState.DRAFTED, MeetingState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """When and where a session is; ``version`` is its optimistic lock."""

    id: int
    series_id: int
    series: str
    number: int
    version: int
    state: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    zone: str


@dataclass(frozen=True, slots=True)
class SeriesOutlook:
    """A series as ending it, or adding to it, needs it."""

    id: int
    name: str
    to_come: int
    ended_at: datetime | None
    usual: SessionPlace


def session_place(session: Session, meeting_id: int) -> SessionPlace:
    """Return when and where a session is. Raises NotFound."""
    meeting, series = session_with_series(session, meeting_id)
    return SessionPlace(
        id=meeting.id,
        series_id=series.id,
        series=series.name,
        number=meeting.number,
        version=meeting.version,
        state=meeting.state.value,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        link=meeting.link,
        zone=series.zone,
    )


def series_outlook(session: Session, series_id: int, now: datetime) -> SeriesOutlook:
    """Return how many sessions a series has to come, and how one usually is.

    The usual one is at the rule's next time, or a day from now where it has ended.
    Raises NotFound.
    """
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound("not_found", what="meetingseries", id=series_id)
    to_come = session.scalar(
        select(func.count())
        .select_from(Meeting)
        .where(
            Meeting.series_id == series_id,
            Meeting.state.in_(TO_COME),
            Meeting.starts_at > now,
        )
    )
    usual = SessionPlace(
        id=0,
        series_id=series.id,
        series=series.name,
        number=0,
        version=0,
        state="planned",
        starts_at=next_session_at(session, series, now) or now,
        minutes=series.minutes,
        place=series.place,
        link=series.link,
        zone=series.zone,
    )
    return SeriesOutlook(
        series.id, series.name, int(to_come or 0), series.ended_at, usual
    )


def session_on(
    session: Session, front_unit_id: int, back_unit_id: int, day: date
) -> int | None:
    """Return the session of two units on a day; a cancelled one where that is all.

    The day is that of the series' own clock.
    """
    rows = session.execute(
        select(Meeting.id, Meeting.starts_at, Meeting.state, MeetingSeries.zone)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(
            MeetingSeries.front_unit_id == front_unit_id,
            MeetingSeries.back_unit_id == back_unit_id,
        )
        .order_by(Meeting.starts_at)
    ).all()
    found = [
        (state is MeetingState.CANCELLED, starts_at, meeting_id)
        for meeting_id, starts_at, state, zone in rows
        if starts_at.astimezone(ZoneInfo(zone)).date() == day
    ]
    return min(found)[2] if found else None
