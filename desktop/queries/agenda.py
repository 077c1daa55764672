"""A session's agenda as it is printed: evidence, running order, actions, attendance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import (
    AgendaPaper,
    Attendee,
    Candidate,
    Head,
)
from desktop.domain.agenda_changes import agenda_changes
from desktop.domain.agenda_sections import LastMinutes, OtherBusiness
from desktop.domain.agenda_topics import OBSTACLES_SHOWN, Obstacles
from desktop.domain.candidates import (
    Effect,
    Records,
    asked_again,
    candidates,
    replay_of,
)
from desktop.domain.errors import NotFound
from desktop.domain.evidence import PairEvidence
from desktop.domain.pairs import Period
from desktop.domain.running_orders import Entry, draft, running_order
from desktop.domain.scorecards import with_ratings
from desktop.entities.meetings import (
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.queries.agenda_entries import entries_of
from desktop.queries.agenda_records import (
    TOLD_STATES,
    earlier_agendas,
    pair_records,
    series_records,
)
from desktop.queries.agenda_standing import (
    attendance_of,
    last_minutes,
    names_of,
    open_actions,
)
from desktop.queries.evidence import agenda_evidence, earlier, period_before, zone_of
from desktop.store.meeting_papers import kept_paper
from desktop.store.series_days import next_session_at
from desktop.store.session_rows import session_with_series

DEFAULT_MINUTES = 60
DEFAULT_START = time(10)


@dataclass(frozen=True, slots=True)
class SessionAgenda:
    """What a session can talk about: the paper, the evidence, every candidate.

    ``paper`` is as it was handed out where that version is kept; ``records`` are what
    the rules found beside the evidence.
    """

    paper: AgendaPaper
    evidence: PairEvidence
    candidates: tuple[Candidate, ...]
    records: Records

    @property
    def drafted(self) -> tuple[Candidate, ...]:
        """Return the candidates a first draft of this session holds."""
        head = self.paper.head
        return tuple(draft(self.candidates, _minutes_of(head)))


def meeting_agenda(session: Session, meeting_id: int, now: datetime) -> SessionAgenda:
    """Return a session's agenda with its evidence: as handed out, or as it stands.

    A session nobody has drafted yet shows what a draft would hold. Raises NotFound,
    and Refusal ``paper_not_as_kept`` where a kept paper was changed since.
    """
    return agenda_of(session, *session_with_series(session, meeting_id), now)


def agenda_of(
    session: Session, meeting: Meeting, series: MeetingSeries, now: datetime
) -> SessionAgenda:
    """Return the agenda of a session, which need not be stored (its id is 0 then)."""
    period = _period(session, meeting, series, now)
    evidence = agenda_evidence(
        session,
        front_unit_id=series.front_unit_id,
        back_unit_id=series.back_unit_id,
        period=period,
    )
    actions = open_actions(session, series.id, meeting.starts_at, ZoneInfo(series.zone))
    records = series_records(session, meeting, series, evidence, actions)
    earlier_times = earlier_agendas(session, series.id, meeting.number)
    found = candidates(
        evidence,
        records,
        number=meeting.number,
        effect=Effect.of(evidence, earlier_times, series.weights),
        silenced=series.silenced_rules,
    )
    kept = _as_handed_out(session, meeting)
    paper = kept or _live_paper(session, meeting, series, evidence, records, found, now)
    return SessionAgenda(paper, evidence, tuple(found), records)


def _as_handed_out(session: Session, meeting: Meeting) -> AgendaPaper | None:
    """Return the version handed out last, while it stands; None for a draft."""
    if meeting.state not in TOLD_STATES or not meeting.agenda_version:
        return None
    return kept_agenda(session, meeting.id, meeting.agenda_version)


def kept_agenda(session: Session, meeting_id: int, number: int) -> AgendaPaper | None:
    """Return a version as it was handed out; None where none was kept."""
    try:
        return kept_paper(session, meeting_id, "agenda", number)
    except NotFound:
        return None  # published before papers were kept


def _live_paper(
    session: Session,
    meeting: Meeting,
    series: MeetingSeries,
    evidence: PairEvidence,
    records: Records,
    found: Sequence[Candidate],
    now: datetime,
) -> AgendaPaper:
    """Return the paper of a session as it stands now, and what changed on it."""
    people = names_of(session, (series.chair_id, series.minute_taker_id))
    head = replace(
        _head(evidence, series.name, meeting.starts_at, meeting.minutes, now),
        number=meeting.number,
        zone=series.zone,
        version=meeting.agenda_version + (meeting.published_at is None),
        published_at=meeting.published_at,
        place=meeting.place or series.place or meeting.link or series.link or None,
        chair=people.get(series.chair_id),
        minute_taker=people.get(series.minute_taker_id),
    )
    paper = _paper(
        head,
        evidence,
        records,
        entries_of(session, meeting, found),
        attendance=attendance_of(session, series.id),
        minutes=last_minutes(session, series.id, meeting.number),
    )
    before = kept_agenda(session, meeting.id, head.version - 1)
    changed = agenda_changes(before, paper) if before is not None else ()
    since = head.version - 1 if changed else None
    return replace(paper, changed_since=since, changed=changed)


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
    records = pair_records(session, evidence)
    found = candidates(evidence, records)
    named = f"{evidence.pair.front_name} – {evidence.pair.back_name}"
    head = replace(
        _head(evidence, named, starts_at, minutes, printed_at), zone=zone.key
    )
    chosen = [Entry.of(one) for one in draft(found, minutes)]
    paper = _paper(head, evidence, records, chosen)
    return SessionAgenda(paper, evidence, tuple(found), records)


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
        following = next_session_at(session, series, meeting.starts_at)
    return Period(
        before_start=earlier(
            meeting.period_start, meeting.period_end, ZoneInfo(series.zone)
        ),
        start=meeting.period_start,
        end=meeting.period_end,
        as_at=meeting.published_at or min(now, meeting.starts_at),
        next_at=following,
    )


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
    records: Records,
    entries: Sequence[Entry],
    *,
    attendance: tuple[Attendee, ...] = (),
    minutes: LastMinutes | None = None,
) -> AgendaPaper:
    agreed = next(
        (one.found for one in entries if one.kind == "agreement" and one.found), None
    )
    obstacles = records.obstacles
    return AgendaPaper(
        head=head,
        attendance=attendance,
        verdicts=evidence.verdicts,
        summary=evidence.summary,
        items=running_order(entries, head.starts_at, _minutes_of(head)),
        minutes=minutes or LastMinutes(),
        actions=records.actions,
        thanks=evidence.thanks,
        scorecard=with_ratings(evidence.scorecard, records.ratings),
        broken=evidence.broken,
        near=evidence.near,
        ball=evidence.ball,
        agreement=replay_of(evidence, agreed) if agreed else evidence.agreement,
        other=OtherBusiness(evidence.period.next_at),
        obstacles=Obstacles(
            tuple(obstacles[:OBSTACLES_SHOWN]),
            len(obstacles),
            sum(one.is_overdue for one in obstacles),
        ),
        changes=records.changes,
        exceptions=tuple(one.row for one in asked_again(records.exceptions)),
        returns=records.returns,
        standards=tuple(records.standards),
        improvements=tuple(records.improvements),
        raised=tuple(one.row for one in records.raised),
    )
