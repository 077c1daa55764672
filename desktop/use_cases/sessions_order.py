"""Keeps a series' sessions in line: their numbers, their periods, who hears of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from desktop.domain.series_drafts import start_of_day
from desktop.entities.meetings import (
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork

FIRST_PERIOD_DAYS: Final = 14
UNPUBLISHED: Final = (MeetingState.PLANNED, MeetingState.DRAFTED)
TO_COME: Final = (*UNPUBLISHED, MeetingState.PUBLISHED)


def sessions_in_order(work: UnitOfWork, series_id: int) -> list[Meeting]:
    """Return the sessions of a series by time, cancelled ones too."""
    wanted = select(Meeting).where(Meeting.series_id == series_id)
    return list(work.session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


def put_in_order(work: UnitOfWork, series: MeetingSeries) -> None:
    """Number the sessions nobody was handed an agenda of by time; let periods follow.

    A period begins where that of the last session that is not cancelled ended; what
    is published, in session or over keeps its own.
    """
    work.session.flush()
    sessions = sessions_in_order(work, series.id)
    _number(work, sessions)
    start: datetime | None = None
    for one in sessions:
        if one.state is MeetingState.CANCELLED:
            # What nobody looked at yet falls to the first session that is held.
            start = start or one.period_start
            continue
        if one.state in UNPUBLISHED and one.starts_at > work.now:
            end = start_of_day(one.starts_at, series.zone)
            since = start or start_of_day(
                one.starts_at, series.zone, days_before=FIRST_PERIOD_DAYS
            )
            one.period_start, one.period_end = min(since, end), end
        start = one.period_end
    work.session.flush()


def _number(work: UnitOfWork, sessions: list[Meeting]) -> None:
    free = [
        one
        for one in sessions
        if one.state in UNPUBLISHED
        and not one.agenda_version
        and one.starts_at > work.now
    ]
    numbers = sorted(one.number for one in free)
    wrong = [
        (one, number)
        for one, number in zip(free, numbers, strict=True)
        if one.number != number
    ]
    for one, number in wrong:
        one.number = -number  # out of each other's way first: a number is given once
    work.session.flush()
    for one, number in wrong:
        one.number = number
    work.session.flush()


def tell_members(
    work: UnitOfWork, meeting: Meeting, kind: str, *, words: str = ""
) -> None:
    """Tell the members of a session's series what became of it, once a sequence."""
    members = select(SeriesMember.person_id).where(
        SeriesMember.series_id == meeting.series_id
    )
    tell_people(
        work,
        work.session.scalars(members).all(),
        kind,
        mark_of(meeting, kind),
        meeting_id=meeting.id,
        words=words,
    )


def mark_of(meeting: Meeting, kind: str) -> str:
    """Return what names an occasion to tell members of a session."""
    return f"{kind}:{meeting.key}:{meeting.sequence}"
