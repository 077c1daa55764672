"""What calendars are told of a session or a whole series, without any words of ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import AgendaPaper
from desktop.domain.errors import NotFound, Refusal
from desktop.domain.invitations import (
    Guest,
    Invitation,
    SeriesCalendar,
    ended_rule,
    rule_from,
)
from desktop.domain.session_days import Occurrence
from desktop.entities.meetings import (
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.units import Person
from desktop.store.meeting_papers import kept_paper
from desktop.store.recurrence import occurrences
from desktop.store.series_days import laid_sessions, schedule_of
from desktop.store.session_rows import session_with_series

BEFORE: Final = timedelta(days=366)
AHEAD: Final = timedelta(days=2 * 366)
"""How far a whole series is told in single days; its rule goes on beyond."""


@dataclass(frozen=True, slots=True)
class SessionInvitation:
    """An invitation, and the agenda as handed out, whose items describe it."""

    invitation: Invitation
    paper: AgendaPaper | None


def session_invitation(session: Session, meeting_id: int) -> SessionInvitation:
    """Return what calendars are told of a session. Raises NotFound."""
    meeting, series = session_with_series(session, meeting_id)
    made = _invitation(meeting, series, guests_of(session, series))
    return SessionInvitation(made, _agenda(session, meeting))


def series_invitations(
    session: Session, series_id: int, now: datetime
) -> SeriesCalendar:
    """Return what calendars are told of a series, from a year ago on.

    Raises NotFound, and Invalid for a rule that cannot be read.
    """
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound("not_found", what="meetingseries", id=series_id)
    schedule = schedule_of(series)
    since = now - BEFORE
    laid = [
        one
        for one in laid_sessions(session, schedule, since)
        if since < one.rule_at < now + AHEAD
    ]
    first = laid[0].rule_at if laid else series.first_at
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.series_id == series_id, Meeting.starts_at > since)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    guests = guests_of(session, series)
    told = [_invitation(one, series, guests) for one in meetings]
    plain = _series(series, first, _gone(series, first), guests)
    differing, left_out = _differing(plain, laid, told, now, series.ended_at)
    return replace(
        plain,
        sequence=_sequence(session, series),
        left_out=left_out,
        sessions=differing,
    )


def guests_of(session: Session, series: MeetingSeries) -> tuple[Guest, ...]:
    """Return who belongs to a series, in their order, with their addresses."""
    rows = session.execute(
        select(Person.id, Person.name, func.coalesce(Person.email, ""))
        .join(SeriesMember, SeriesMember.person_id == Person.id)
        .where(SeriesMember.series_id == series.id)
        .order_by(SeriesMember.position, Person.name)
    )
    return tuple(
        Guest(name, email, person_id == series.chair_id)
        for person_id, name, email in rows
    )


def _invitation(
    meeting: Meeting, series: MeetingSeries, guests: tuple[Guest, ...]
) -> Invitation:
    return Invitation(
        key=meeting.key,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        zone=series.zone,
        summary=series.name,
        place=meeting.place or series.place,
        link=meeting.link or series.link,
        guests=guests,
        is_cancelled=meeting.state is MeetingState.CANCELLED,
        why=meeting.cancelled_why,
        rule_at=meeting.occurrence_at,
    )


def _agenda(session: Session, meeting: Meeting) -> AgendaPaper | None:
    """Return the agenda last handed out; one that cannot be read describes nothing."""
    if not meeting.agenda_version or meeting.state is MeetingState.CANCELLED:
        return None
    try:
        return kept_paper(session, meeting.id, "agenda", meeting.agenda_version)
    except Refusal:
        return None


def _series(
    series: MeetingSeries, first: datetime, gone: int, guests: tuple[Guest, ...]
) -> SeriesCalendar:
    rule = rule_from(series.recurrence, gone)
    return SeriesCalendar(
        key=series.key,
        sequence=0,
        rule=ended_rule(rule, series.ended_at) if series.ended_at else rule,
        first_at=first,
        minutes=series.minutes,
        zone=series.zone,
        summary=series.name,
        place=series.place,
        link=series.link,
        guests=guests,
    )


def _gone(series: MeetingSeries, first: datetime) -> int:
    """Return how many occurrences of a counted rule lie before its first one told."""
    if "COUNT" not in series.recurrence.upper():
        return 0
    before = series.first_at - timedelta(seconds=1)
    found = occurrences(series.recurrence, series.first_at, series.zone, before)
    return sum(1 for one in found if one < first)


def _differing(
    series: SeriesCalendar,
    laid: list[Occurrence],
    sessions: list[Invitation],
    now: datetime,
    ended_at: datetime | None,
) -> tuple[tuple[Invitation, ...], tuple[datetime, ...]]:
    """Return the sessions that differ from the rule, and what of the rule falls out.

    What the rule gave in the past and nobody planned falls out, as does all after the
    end of a series.
    """
    by_rule = {one.rule_at: one for one in sessions if one.rule_at is not None}
    differing = [one for one in sessions if one.rule_at is None]
    known = {one.rule_at for one in laid}
    differing += [
        replace(one, rule_at=None)
        for one in sessions
        if one.rule_at is not None and one.rule_at not in known
    ]
    left_out = []
    for occurrence in laid:
        planned = by_rule.get(occurrence.rule_at)
        if planned is None:
            is_over = occurrence.rule_at <= (ended_at or now)
            if occurrence.starts_at is None or is_over or ended_at:
                left_out.append(occurrence.rule_at)
            elif occurrence.starts_at != occurrence.rule_at:
                differing.append(_moved(series, occurrence))
        elif planned.is_cancelled:
            left_out.append(occurrence.rule_at)
        elif _differs(series, planned):
            differing.append(planned)
    return tuple(sorted(differing, key=lambda one: one.starts_at)), tuple(left_out)


def _differs(series: SeriesCalendar, one: Invitation) -> bool:
    told = (one.starts_at, one.minutes, one.place, one.link)
    return told != (one.rule_at, series.minutes, series.place, series.link)


def _moved(series: SeriesCalendar, occurrence: Occurrence) -> Invitation:
    """Return a session nobody planned yet that its holiday rule moves."""
    assert occurrence.starts_at is not None
    return Invitation(
        key=series.key,
        sequence=0,
        starts_at=occurrence.starts_at,
        minutes=series.minutes,
        zone=series.zone,
        summary=series.summary,
        place=series.place,
        link=series.link,
        rule_at=occurrence.rule_at,
    )


def _sequence(session: Session, series: MeetingSeries) -> int:
    """Return a number that grows with whatever changes in a series' sessions."""
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Meeting.sequence), 0)).where(
            Meeting.series_id == series.id
        )
    ).one()
    return int(series.version + count + total)
