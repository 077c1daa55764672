"""A session's agenda as it is printed: evidence, running order, actions, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
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
    RuleCode,
)
from desktop.domain.agenda_sections import (
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
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.units import Person
from desktop.queries.agenda_standing import (
    attendance_of,
    last_minutes,
    names_of,
    open_actions,
)
from desktop.queries.evidence import agenda_evidence, earlier, period_before, zone_of
from desktop.store.recurrence import next_occurrence

DEFAULT_MINUTES = 60
DEFAULT_START = time(10)
OWN_WEIGHT = 500.0
"""What a coordinator wrote is placed before what rules found."""


@dataclass(frozen=True, slots=True)
class SessionAgenda:
    """What a session can talk about: the paper, the evidence, every candidate."""

    paper: AgendaPaper
    evidence: PairEvidence
    candidates: tuple[Candidate, ...]

    @property
    def drafted(self) -> tuple[Candidate, ...]:
        """Return the candidates a first draft of this session holds."""
        head = self.paper.head
        return tuple(draft(self.candidates, _minutes_of(head)))


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
    people = names_of(session, (series.chair_id, series.minute_taker_id))
    head = replace(
        _head(evidence, series.name, meeting.starts_at, meeting.minutes, now),
        number=meeting.number,
        zone=series.zone,
        version=meeting.agenda_version + (meeting.published_at is None),
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
        attendance=attendance_of(session, series.id),
        minutes=last_minutes(session, series.id, meeting.number),
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


def session_start(session: Session, day: date, at: time = DEFAULT_START) -> datetime:
    """Return the instant a session on ``day`` begins, by the workspace's clock."""
    return datetime.combine(day, at, zone_of(session)).astimezone(UTC)


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
    if following is None:
        following = next_occurrence(
            series.recurrence, series.first_at, series.zone, meeting.starts_at
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
    return [
        _entry(item, leader, by_subject.get((_kind(item.kind), item.subject)))
        for item, leader in rows
        if not item.is_removed
    ]


def _entry(item: AgendaItem, leader: str | None, behind: Candidate | None) -> Entry:
    behind = behind or _once_found(item)
    return Entry(
        kind=_kind(item.kind),
        minutes=item.minutes,
        outcome=cast("Outcome", _one_of(item.outcome, get_args(Outcome), "inform")),
        leader_role=cast(
            "LeaderRole", _one_of(item.leader, get_args(LeaderRole), "coordinator")
        ),
        title=item.title or None,
        leader=leader,
        note=item.notes or None,
        weight=behind.weight if behind else OWN_WEIGHT,
        found=behind,
    )


def _once_found(item: AgendaItem) -> Candidate | None:
    """Return the candidate an item was made of, without its figures of that day."""
    rule = item.evidence.get("rule")
    if rule not in get_args(RuleCode):
        return None
    return Candidate(
        rule=cast("RuleCode", rule),
        kind=_kind(item.kind),
        subject=item.subject,
        weight=float(item.evidence.get("weight") or 0.0),
        counts=(),
        request_ids=(),
        outcome="inform",
        leader_role="coordinator",
        minutes=item.minutes,
        label=str(item.evidence.get("label") or ""),
        is_standing=bool(item.evidence.get("is_standing")),
    )


def _kind(kind: str) -> ItemKind:
    return cast("ItemKind", _one_of(kind, get_args(ItemKind), "topic"))


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


def _minutes_of(head: Head) -> int:
    return round((head.ends_at - head.starts_at).total_seconds() / 60)


def _paper(
    head: Head,
    evidence: PairEvidence,
    entries: Sequence[Entry],
    actions: OpenActions,
    *,
    attendance: tuple[Attendee, ...] = (),
    minutes: LastMinutes | None = None,
) -> AgendaPaper:
    return AgendaPaper(
        head=head,
        attendance=attendance,
        verdicts=evidence.verdicts,
        summary=evidence.summary,
        items=running_order(entries, head.starts_at, _minutes_of(head)),
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
