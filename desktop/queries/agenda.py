"""A session's agenda as it is printed: evidence, running order, actions, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import (
    AgendaPaper,
    Attendee,
    Candidate,
    Head,
    ItemKind,
    LeaderRole,
    Outcome,
)
from desktop.domain.agenda_sections import (
    ACTIONS_SHOWN,
    ActionRow,
    LastMinutes,
    OpenActions,
    OtherBusiness,
)
from desktop.domain.candidates import Ahead, candidates, closures_ahead
from desktop.domain.errors import NotFound
from desktop.domain.evidence import PairEvidence
from desktop.domain.pairs import Period
from desktop.domain.running_orders import Entry, draft, running_order
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.units import Person, Unit
from desktop.queries.evidence import agenda_evidence, earlier, period_before, zone_of

DEFAULT_MINUTES = 60


@dataclass(frozen=True, slots=True)
class SessionAgenda:
    """What a session can talk about: the paper, the evidence, every candidate."""

    paper: AgendaPaper
    evidence: PairEvidence
    candidates: tuple[Candidate, ...]


def meeting_period(session: Session, meeting_id: int, now: datetime) -> Period:
    """Return what a session looks at, as at its publication or at ``now``."""
    meeting, series = _meeting(session, meeting_id)
    return _period(session, meeting, series, now)


def meeting_agenda(session: Session, meeting_id: int, now: datetime) -> SessionAgenda:
    """Return a planned session's agenda as it stands, with its evidence.

    A session nobody has drafted yet shows what a draft would hold. Raises NotFound.
    """
    meeting, series = _meeting(session, meeting_id)
    period = _period(session, meeting, series, now)
    evidence = agenda_evidence(
        session,
        front_unit_id=series.front_unit_id,
        back_unit_id=series.back_unit_id,
        period=period,
    )
    zone = ZoneInfo(series.zone)
    actions = open_actions(session, series.id, meeting.starts_at, zone)
    found = candidates(evidence, _ahead(evidence, actions))
    people = _names(session, (series.chair_id, series.minute_taker_id))
    head = replace(
        _head(evidence, series.name, meeting.starts_at, meeting.minutes, now),
        number=meeting.number,
        zone=series.zone,
        version=max(meeting.agenda_version, 1),
        published_at=meeting.published_at,
        place=meeting.place or series.place or None,
        chair=people.get(series.chair_id),
        minute_taker=people.get(series.minute_taker_id),
    )
    paper = _paper(
        head,
        evidence,
        _entries(session, meeting, found),
        actions,
        attendance=_attendance(session, series.id),
        minutes=_last_minutes(session, series.id, meeting.number),
    )
    return SessionAgenda(paper, evidence, tuple(found))


def pair_agenda(
    session: Session,
    *,
    front_unit_id: int,
    back_unit_id: int,
    starts_at: datetime,
    printed_at: datetime,
    minutes: int = DEFAULT_MINUTES,
) -> SessionAgenda:
    """Return the agenda of a session that is in no series: the two weeks before it."""
    zone = zone_of(session)
    period = period_before(starts_at, zone)
    evidence = agenda_evidence(
        session,
        front_unit_id=front_unit_id,
        back_unit_id=back_unit_id,
        period=period,
    )
    actions = OpenActions()
    found = candidates(evidence, _ahead(evidence, actions))
    named = f"{evidence.pair.front_name} – {evidence.pair.back_name}"
    head = replace(
        _head(evidence, named, starts_at, minutes, printed_at), zone=zone.key
    )
    chosen = [Entry.of(one) for one in draft(found, minutes)]
    return SessionAgenda(
        _paper(head, evidence, chosen, actions), evidence, tuple(found)
    )


def find_meeting(
    session: Session, *, front_unit_id: int, back_unit_id: int, day: datetime
) -> int | None:
    """Return the planned session of two units on the local day of ``day``."""
    zone = zone_of(session)
    first = day.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return session.scalar(
        select(Meeting.id)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(
            MeetingSeries.front_unit_id == front_unit_id,
            MeetingSeries.back_unit_id == back_unit_id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at >= first,
            Meeting.starts_at < first + timedelta(days=1),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )


def open_actions(
    session: Session, series_id: int, at: datetime, zone: ZoneInfo
) -> OpenActions:
    """Return a series' open actions, overdue first, as on the local day of ``at``."""
    today = at.astimezone(zone).date()
    rows = session.execute(
        select(Action, Person.name, Unit.name)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(Action.series_id == series_id, Action.state == ActionState.OPEN)
        .order_by(Action.due_on, Action.number)
    ).all()
    told = [
        ActionRow(
            label=f"A-{action.number}",
            text=action.text,
            topic=action.topic,
            owner=person or unit,
            due=action.due_on,
            carried=action.carried,
            state="overdue"
            if action.due_on < today
            else "due_today"
            if action.due_on == today
            else "open",
        )
        for action, person, unit in rows
    ]
    return OpenActions(
        rows=tuple(told[:ACTIONS_SHOWN]),
        total=len(told),
        overdue=sum(one.state == "overdue" for one in told),
    )


def _meeting(session: Session, meeting_id: int) -> tuple[Meeting, MeetingSeries]:
    row = session.execute(
        select(Meeting, MeetingSeries)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(Meeting.id == meeting_id)
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="meeting", id=meeting_id)
    return row[0], row[1]


def _period(
    session: Session, meeting: Meeting, series: MeetingSeries, now: datetime
) -> Period:
    following = session.scalar(
        select(func.min(Meeting.starts_at)).where(
            Meeting.series_id == series.id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state != MeetingState.CANCELLED,
        )
    )
    return Period(
        before_start=earlier(
            meeting.period_start, meeting.period_end, ZoneInfo(series.zone)
        ),
        start=meeting.period_start,
        end=meeting.period_end,
        as_at=meeting.published_at or min(now, meeting.starts_at),
        next_at=following,
    )


def _ahead(evidence: PairEvidence, actions: OpenActions) -> Ahead:
    return Ahead(actions, closures_ahead(evidence, evidence.period.next_at))


def _entries(
    session: Session, meeting: Meeting, found: Sequence[Candidate]
) -> list[Entry]:
    """Return the items as the coordinator left them, or what a draft would hold."""
    rows = session.execute(
        select(AgendaItem, Person.name)
        .outerjoin(Person, Person.id == AgendaItem.leader_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    if not rows:
        return [Entry.of(one) for one in draft(found, meeting.minutes)]
    by_subject = {(one.kind, one.subject): one for one in found}
    entries = []
    for item, leader in rows:
        if item.is_removed:
            continue
        kind = _one_of(item.kind, get_args(ItemKind), "topic")
        behind = by_subject.get((cast("ItemKind", kind), item.subject))
        entries.append(
            Entry(
                kind=cast("ItemKind", kind),
                minutes=item.minutes,
                outcome=cast(
                    "Outcome", _one_of(item.outcome, get_args(Outcome), "inform")
                ),
                leader_role=cast(
                    "LeaderRole",
                    _one_of(item.leader, get_args(LeaderRole), "coordinator"),
                ),
                title=item.title or None,
                leader=leader,
                note=item.notes or None,
                weight=behind.weight if behind else 0.0,
                found=behind,
            )
        )
    return entries


def _one_of(value: str, allowed: Iterable[str], otherwise: str) -> str:
    return value if value in allowed else otherwise


def _head(
    evidence: PairEvidence,
    series: str,
    starts_at: datetime,
    minutes: int,
    printed_at: datetime,
) -> Head:
    period = evidence.period
    return Head(
        series=series,
        number=1,
        front=evidence.pair.front_name,
        back=evidence.pair.back_name,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        period_start=period.start,
        period_end=period.end,
        before_start=period.before_start,
        before_end=period.start,
        data_as_at=period.as_at,
        printed_at=printed_at,
        zone=evidence.pair.calendar.spec.zone,
    )


def _paper(
    head: Head,
    evidence: PairEvidence,
    entries: Sequence[Entry],
    actions: OpenActions,
    *,
    attendance: tuple[Attendee, ...] = (),
    minutes: LastMinutes | None = None,
) -> AgendaPaper:
    length = round((head.ends_at - head.starts_at).total_seconds() / 60)
    return AgendaPaper(
        head=head,
        attendance=attendance,
        verdicts=evidence.verdicts,
        summary=evidence.summary,
        items=running_order(entries, head.starts_at, length),
        minutes=minutes or LastMinutes(),
        actions=actions,
        thanks=evidence.thanks,
        scorecard=evidence.scorecard,
        broken=evidence.broken,
        near=evidence.near,
        ball=evidence.ball,
        agreement=evidence.agreement,
        other=OtherBusiness(evidence.period.next_at),
    )


def _attendance(session: Session, series_id: int) -> tuple[Attendee, ...]:
    return tuple(
        Attendee(name, side.value, part or None)
        for name, side, part in session.execute(
            select(Person.name, SeriesMember.side, SeriesMember.part)
            .join(Person, Person.id == SeriesMember.person_id)
            .where(SeriesMember.series_id == series_id)
            .order_by(SeriesMember.position, Person.name)
        )
    )


def _last_minutes(session: Session, series_id: int, number: int) -> LastMinutes:
    row = session.execute(
        select(Meeting.id, Meeting.number, Meeting.starts_at, Meeting.agenda_version)
        .where(
            Meeting.series_id == series_id,
            Meeting.number < number,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return LastMinutes()
    given = session.scalar(
        select(func.count()).select_from(Action).where(Action.meeting_id == row.id)
    )
    return LastMinutes(
        number=row.number,
        held_at=row.starts_at,
        version=row.agenda_version or None,
        actions=given or 0,
    )


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    known = [one for one in ids if one is not None]
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(known)))
    return {row.id: row.name for row in rows}
