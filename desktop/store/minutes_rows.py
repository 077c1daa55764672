"""The minutes of a session, read from what was typed in it and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import (
    AgendaPaper,
    Head,
)
from desktop.domain.agenda_sections import ActionRow, OpenActions
from desktop.domain.minutes import (
    AddendumRow,
    Attended,
    MinutesPaper,
)
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    SeriesMember,
)
from desktop.entities.sittings import (
    Addendum,
    Attendance,
)
from desktop.entities.units import Person
from desktop.store.minutes_items import minutes_items
from desktop.store.session_rows import (
    KnownSession,
    action_rows,
    handed_out,
    next_session,
    session_of,
    shown_items,
)


def drafted_minutes(session: Session, meeting_id: int, now: datetime) -> MinutesPaper:
    """Return the minutes as what was typed makes them now. Raises NotFound."""
    found = session_of(session, meeting_id)
    meeting = found.meeting
    agenda = handed_out(session, meeting)
    open_now = _open_actions(session, found, now)
    return MinutesPaper(
        head=_head(session, found, agenda, now),
        begun_at=meeting.begun_at,
        ended_at=meeting.ended_at,
        attendance=_attendance(session, meeting),
        items=minutes_items(session, found, agenda, now),
        actions=OpenActions(
            rows=open_now,
            total=len(open_now),
            overdue=sum(one.state == "overdue" for one in open_now),
        ),
        closed=_closed(session, found, now),
        due_again=tuple(one for one in open_now if one.must_decide),
        informed=_informed(session, meeting),
        next_at=next_session(session, found),
        approved_at=meeting.approved_at,
        approved_by=_name(session, meeting.approved_by_id),
        addenda=addenda_of(session, meeting_id),
    )


def _head(
    session: Session, found: KnownSession, agenda: AgendaPaper | None, now: datetime
) -> Head:
    meeting, series = found.meeting, found.series
    span = meeting.period_end - meeting.period_start
    if agenda is not None:
        return replace(
            agenda.head,
            printed_at=now,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
        )
    return Head(
        series=series.name,
        number=meeting.number,
        front=found.front,
        back=found.back,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
        period_start=meeting.period_start,
        period_end=meeting.period_end,
        before_start=meeting.period_start - span,
        before_end=meeting.period_start,
        data_as_at=meeting.published_at or min(now, meeting.starts_at),
        printed_at=now,
        zone=series.zone,
        version=max(1, meeting.agenda_version),
        published_at=meeting.published_at,
        place=meeting.place or series.place or None,
        chair=_name(session, series.chair_id),
        minute_taker=_name(session, series.minute_taker_id),
    )


def _name(session: Session, person_id: int | None) -> str | None:
    if person_id is None:
        return None
    return session.scalar(select(Person.name).where(Person.id == person_id))


# ---------------------------------------------------------------- people


def _attendance(session: Session, meeting: Meeting) -> tuple[Attended, ...]:
    rows = session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(Attendance.position)
    ).all()
    if rows:
        return tuple(
            Attended(
                one.name,
                one.side.value,
                one.part or None,
                one.state.value,
                one.deputy or None,
            )
            for one in rows
        )
    members = session.execute(
        select(Person.name, SeriesMember.side, SeriesMember.part)
        .join(Person, Person.id == SeriesMember.person_id)
        .where(SeriesMember.series_id == meeting.series_id)
        .order_by(SeriesMember.position, Person.name)
    )
    return tuple(
        Attended(name, side.value, part or None, "invited")
        for name, side, part in members
    )


def _informed(session: Session, meeting: Meeting) -> tuple[str, ...]:
    """Return members of the series who were not on this session's list."""
    invited = select(Attendance.person_id).where(
        Attendance.meeting_id == meeting.id, Attendance.person_id.is_not(None)
    )
    if session.scalar(invited.limit(1)) is None:
        return ()
    rows = session.scalars(
        select(Person.name)
        .join(SeriesMember, SeriesMember.person_id == Person.id)
        .where(
            SeriesMember.series_id == meeting.series_id,
            SeriesMember.person_id.not_in(invited),
        )
        .order_by(SeriesMember.position, Person.name)
    )
    return tuple(rows)


def addenda_of(session: Session, meeting_id: int) -> tuple[AddendumRow, ...]:
    """Return what was corrected after the minutes were approved."""
    numbers = {
        item.id: number
        for number, item in enumerate(shown_items(session, meeting_id), start=1)
    }
    rows = session.execute(
        select(Addendum, Person.name)
        .join(Person, Person.id == Addendum.by_id)
        .where(Addendum.meeting_id == meeting_id)
        .order_by(Addendum.number)
    )
    return tuple(
        AddendumRow(
            one.number, one.text, by, one.at, numbers.get(one.agenda_item_id or 0)
        )
        for one, by in rows
    )


# ---------------------------------------------------------------- actions


def _open_actions(
    session: Session, found: KnownSession, now: datetime
) -> tuple[ActionRow, ...]:
    wanted = and_(Action.series_id == found.series.id, Action.state == ActionState.OPEN)
    rows = [row for _one, row in action_rows(session, wanted, now, found.zone)]
    return tuple(sorted(rows, key=lambda one: (one.owner or "", one.due or date.max)))


def _closed(
    session: Session, found: KnownSession, now: datetime
) -> tuple[ActionRow, ...]:
    """Return the actions closed since the session before and by the end of this one."""
    wanted = and_(
        Action.series_id == found.series.id,
        Action.closed_at >= found.meeting.period_start,
        Action.closed_at <= max(found.ended_at, found.meeting.starts_at),
    )
    return tuple(row for _one, row in action_rows(session, wanted, now, found.zone))
