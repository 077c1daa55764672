"""Plans the sessions of a series ahead of time, each occurrence once.

Any number of computers may plan at once: the series is locked until the end, and
whoever comes second finds what was planned first.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import func, select

from desktop.domain.errors import Invalid, Transition
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.store.series_days import laid_sessions, schedule_of
from desktop.store.series_plans import missing_occurrences
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.sessions_order import (
    TO_COME,
    put_in_order,
    sessions_in_order,
    tell_members,
)


def plan_session(work: UnitOfWork, series_id: int) -> int:
    """Plan the next session of a series; returns its id, the planned one if there is.

    Refuses (Transition) a series that has ended.
    """
    somebody(work)
    series = work.get(MeetingSeries, series_id, for_update=True)
    planned = [
        one
        for one in sessions_in_order(work, series_id)
        if one.state in TO_COME and one.starts_at > work.now
    ]
    if planned:
        return planned[0].id
    made = _plan(work, series, 1)
    if not made:
        raise Transition("series_has_ended", series=series.name)
    return made[0]


def plan_ahead(work: UnitOfWork, series_id: int) -> list[int]:
    """Plan as many sessions ahead as the series says; returns the new ones' ids."""
    series = work.get(MeetingSeries, series_id, for_update=True)
    return _plan(work, series, series.ahead)


def plan_all(work: UnitOfWork) -> int:
    """Plan ahead for every series; returns how many sessions are new.

    A series whose rule cannot be read is left as it is: its editor tells.
    """
    wanted = (
        select(MeetingSeries.id)
        .where(MeetingSeries.ended_at.is_(None))
        .order_by(MeetingSeries.id)
    )
    made = 0
    for series_id in work.session.scalars(wanted).all():
        try:
            made += len(plan_ahead(work, series_id))
        except Invalid as refusal:
            if refusal.code != "not_a_rule":
                raise
    return made


def _plan(work: UnitOfWork, series: MeetingSeries, ahead: int) -> list[int]:
    if series.ended_at is not None:
        return []
    laid = laid_sessions(work.session, schedule_of(series), work.now, work.reference)
    known = sessions_in_order(work, series.id)
    made = [
        new_session(work, series, one.starts_at, occurrence_at=one.rule_at)
        for one in missing_occurrences(laid, known, series.zone, ahead)
        if one.starts_at is not None
    ]
    if made:
        put_in_order(work, series)
        for meeting in made:
            work.record_meeting("meeting_planned", meeting.id)
        tell_members(work, made[0], "session_planned")
    return [meeting.id for meeting in made]


def new_session(
    work: UnitOfWork,
    series: MeetingSeries,
    starts_at: datetime,
    *,
    occurrence_at: datetime | None = None,
    minutes: int | None = None,
    place: str | None = None,
    link: str | None = None,
    key: uuid.UUID | None = None,
) -> Meeting:
    """Add a session at the end of the numbers; its period is ``put_in_order``'s."""
    last = work.session.scalar(
        select(func.max(Meeting.number)).where(Meeting.series_id == series.id)
    )
    meeting = Meeting(
        key=key or uuid.uuid4(),
        series_id=series.id,
        number=(last or 0) + 1,
        starts_at=starts_at,
        minutes=series.minutes if minutes is None else minutes,
        place=series.place if place is None else place,
        link=series.link if link is None else link,
        period_start=starts_at,
        period_end=starts_at,
        state=MeetingState.PLANNED,
        occurrence_at=occurrence_at,
    )
    work.session.add(meeting)
    work.session.flush()
    return meeting
