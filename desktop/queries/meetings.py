"""What the meetings page shows: series, their sessions, and one session's board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.requests import RequestState
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    SeriesMember,
)
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.agenda import meeting_agenda
from desktop.queries.agenda_files import meeting_files
from desktop.queries.board_items import (
    board_candidates,
    board_items,
    removed_items,
)
from desktop.queries.meeting_rows import (
    BoardAction,
    EvidenceRow,
    MeetingBoard,
    Member,
    SeriesRow,
    SessionRow,
)
from desktop.store.session_rows import session_with_series

EVIDENCE_SHOWN = 200
CHANGEABLE = ("planned", "drafted", "published")


_Front, _Back = aliased(Unit), aliased(Unit)


def series_list(session: Session, now: datetime) -> tuple[SeriesRow, ...]:
    """Return every series by name, with its next session and its last."""
    rows = session.execute(
        select(MeetingSeries, _Front.name, _Back.name)
        .join(_Front, _Front.id == MeetingSeries.front_unit_id)
        .join(_Back, _Back.id == MeetingSeries.back_unit_id)
        .order_by(MeetingSeries.name, MeetingSeries.id)
    ).all()
    sessions: dict[int, list[SessionRow]] = {row[0].id: [] for row in rows}
    for one in _sessions(session):
        sessions[one.series_id].append(one)
    return tuple(
        SeriesRow(
            id=series.id,
            name=series.name,
            front=front_name,
            back=back_name,
            zone=series.zone,
            next=next_of(sessions[series.id], now),
            last=next((one for one in sessions[series.id] if _over(one, now)), None),
            sessions=len(sessions[series.id]),
            ended_at=series.ended_at,
        )
        for series, front_name, back_name in rows
    )


def sessions_of(session: Session, series_id: int) -> tuple[SessionRow, ...]:
    """Return the sessions of a series, the latest first."""
    return tuple(_sessions(session, series_id))


def meeting_board(session: Session, meeting_id: int, now: datetime) -> MeetingBoard:
    """Return all that the page shows of one session. Raises NotFound.

    ``items`` are those on the agenda, in its order; a session nobody drafted has
    none, while its paper shows what a draft would hold.
    """
    agenda = meeting_agenda(session, meeting_id, now)
    meeting, series = session_with_series(session, meeting_id)
    rows = _rows(session, meeting_id)
    files = meeting_files(session, meeting_id)
    state = str(meeting.state)
    return MeetingBoard(
        id=meeting.id,
        series_id=series.id,
        version=meeting.version,
        state=state,
        agenda_version=meeting.agenda_version,
        minutes=meeting.minutes,
        can_change=state in CHANGEABLE,
        can_close=state in CHANGEABLE and meeting.starts_at <= now,
        paper=agenda.paper,
        period=agenda.evidence.period,
        is_empty=agenda.evidence.is_empty,
        judged=agenda.evidence.now.judged,
        broken=len(agenda.evidence.now.broken),
        items=board_items(rows, agenda, meeting.looked, files),
        candidates=board_candidates(rows, agenda.candidates, meeting.looked),
        removed=removed_items(rows, agenda),
        drafted=agenda.drafted,
        weights=tuple(sorted(series.weights.items())),
        silenced=tuple(series.silenced_rules),
        actions=_actions(session, series, meeting.starts_at),
        people=_people(session, series),
    )


def _rows(session: Session, meeting_id: int) -> list[AgendaItem]:
    wanted = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session.scalars(wanted.order_by(AgendaItem.position, AgendaItem.id)))


def requests_behind(
    session: Session, ids: Sequence[int], limit: int = EVIDENCE_SHOWN
) -> tuple[EvidenceRow, ...]:
    """Return the first requests behind a candidate, in the order given."""
    wanted = list(dict.fromkeys(ids))[:limit]
    rows = session.execute(
        select(
            Request.id,
            Request.reference,
            Request.subject,
            Service.name,
            Unit.name,
            Request.state,
        )
        .outerjoin(Service, Service.id == Request.service_id)
        .outerjoin(Unit, Unit.id == Request.unit_id)
        .where(Request.id.in_(wanted))
    )
    known = {
        row[0]: EvidenceRow(
            row[0], row[1], row[2], row[3] or "", row[4] or "", RequestState(row[5])
        )
        for row in rows
    }
    return tuple(known[one] for one in wanted if one in known)


def _sessions(session: Session, series_id: int | None = None) -> list[SessionRow]:
    wanted = (
        select(
            Meeting.id,
            Meeting.series_id,
            Meeting.number,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.state,
            Meeting.agenda_version,
            MeetingSeries.zone,
        )
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .order_by(Meeting.number.desc())
    )
    if series_id is not None:
        wanted = wanted.where(Meeting.series_id == series_id)
    return [
        SessionRow(*row[:5], str(row[5]), *row[6:]) for row in session.execute(wanted)
    ]


def _over(one: SessionRow, now: datetime) -> bool:
    return one.state == "held" or (
        one.state != "cancelled"
        and one.starts_at + timedelta(minutes=one.minutes) <= now
    )


def next_of(sessions: Sequence[SessionRow], now: datetime) -> SessionRow | None:
    """Return the earliest session that is still to come or not yet said to be held."""
    waiting = [one for one in sessions if one.state in CHANGEABLE]
    ahead = [one for one in waiting if not _over(one, now)]
    return min(ahead, key=lambda one: one.starts_at, default=None)


def _actions(
    session: Session, series: MeetingSeries, at: datetime
) -> tuple[BoardAction, ...]:
    """Return the open actions of a series, those due first on top."""
    today = at.astimezone(ZoneInfo(series.zone)).date()
    rows = session.execute(
        select(Action, Person.name, Unit.name)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(Action.series_id == series.id, Action.state == ActionState.OPEN)
        .order_by(Action.due_on, Action.number)
    )
    return tuple(
        BoardAction(
            id=action.id,
            version=action.version,
            number=action.number,
            text=action.text,
            topic=action.topic,
            owner=person or unit or "",
            due_on=action.due_on,
            carried=action.carried,
            is_overdue=action.due_on < today,
        )
        for action, person, unit in rows
    )


def _people(session: Session, series: MeetingSeries) -> tuple[Member, ...]:
    """Return who may lead: the members in their order, then the two units' people."""
    rank = case((SeriesMember.id.is_(None), 1), else_=0)
    rows = session.execute(
        select(Person.id, Person.name, Unit.name)
        .outerjoin(
            SeriesMember,
            (SeriesMember.person_id == Person.id)
            & (SeriesMember.series_id == series.id),
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(
            SeriesMember.id.is_not(None)
            | (
                Person.is_active
                & Person.can_sign_in
                & Person.unit_id.in_((series.front_unit_id, series.back_unit_id))
            )
        )
        .order_by(rank, SeriesMember.position, Person.name, Person.id)
    )
    return tuple(Member(row[0], row[1], row[2] or "") for row in rows)
