"""What a session's rules find on record: actions, obstacles, changes, what was raised.

A few statements, however much happened: which requests are worth asking about is read
from the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agenda import Outcome
from desktop.domain.agenda_sections import CARRIED_TOO_OFTEN, OpenActions
from desktop.domain.agenda_topics import (
    ChangeRow,
    ImprovementRow,
    RaisedRow,
    ServicePart,
    StandardRow,
    StuckAction,
)
from desktop.domain.candidates import FoundItem, Records
from desktop.domain.changes_ahead import changes_ahead_of
from desktop.domain.evidence import PairEvidence
from desktop.domain.improvements import ImprovementState
from desktop.domain.scorecards import Ratings
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    StandingItem,
)
from desktop.entities.obstacles import Improvement, Obstacle
from desktop.entities.ratings import Rating
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.entities.units import Person, Unit
from desktop.queries.agenda_exceptions import found_exceptions, sender_returns
from desktop.queries.obstacles import agenda_obstacles

TOLD_STATES: Final = (
    MeetingState.PUBLISHED,
    MeetingState.IN_SESSION,
    MeetingState.HELD,
    MeetingState.APPROVED,
)
"""States of a session whose agenda people have seen."""
_PARTS: Final[dict[str, ServicePart]] = {"fields": "form", "checks": "checklist"}


def pair_records(session: Session, evidence: PairEvidence) -> Records:
    """Return what is on record between two units, whatever series they meet in."""
    pair, period = evidence.pair, evidence.period
    returns, returned = sender_returns(session, evidence)
    standards, services = _services_changed(session, evidence)
    calendar_id = session.scalar(select(Unit.calendar_id).where(Unit.id == pair.front))
    front = pair.calendars.get(calendar_id) if calendar_id is not None else None
    return Records(
        changes=changes_ahead_of(pair, period, front, services),
        obstacles=agenda_obstacles(session, pair.front, pair.back, period.as_at),
        exceptions=found_exceptions(session, evidence),
        returns=returns,
        returned=returned,
        standards=standards,
        improvements=_improvements(session, evidence),
        ratings=_ratings(session, evidence),
    )


def _ratings(session: Session, evidence: PairEvidence) -> Ratings:
    """Count what the front unit said, in both periods, of what the back unit did."""
    pair, period = evidence.pair, evidence.period
    is_now = Rating.at >= period.start
    rows = session.execute(
        select(is_now, Rating.is_top, func.count())
        .join(Request, Request.id == Rating.request_id)
        .where(
            Rating.unit_id == pair.back,
            Request.front_unit_id == pair.front,
            Rating.at >= period.before_start,
            Rating.at < period.end,
            Rating.at <= period.as_at,
        )
        .group_by(is_now, Rating.is_top)
    )
    found = {(bool(now), bool(top)): count for now, top, count in rows}
    top, before = found.get((True, True), 0), found.get((False, True), 0)
    return Ratings(
        top + found.get((True, False), 0),
        top,
        before + found.get((False, False), 0),
        before,
    )


def series_records(
    session: Session,
    meeting: Meeting,
    series: MeetingSeries,
    evidence: PairEvidence,
    actions: OpenActions,
) -> Records:
    """Return what is on record for a session of a series."""
    found = pair_records(session, evidence)
    return Records(
        actions=actions,
        stuck=_stuck_actions(session, series.id),
        changes=found.changes,
        obstacles=found.obstacles,
        exceptions=found.exceptions,
        returns=found.returns,
        returned=found.returned,
        standards=found.standards,
        improvements=found.improvements,
        ratings=found.ratings,
        raised=_raised(session, meeting, series.id),
        standing=_standing(session, series.id, meeting),
    )


def earlier_agendas(
    session: Session, series_id: int, number: int
) -> dict[tuple[str, str], int]:
    """Count on how many agendas of earlier sessions each kind and subject stood.

    Only agendas people saw: published, and not cancelled.
    """
    rows = session.execute(
        select(AgendaItem.kind, AgendaItem.subject, func.count())
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.series_id == series_id,
            Meeting.number < number,
            Meeting.state.in_(TOLD_STATES),
            AgendaItem.is_removed.is_(False),
        )
        .group_by(AgendaItem.kind, AgendaItem.subject)
    )
    return {(kind, subject): count for kind, subject, count in rows}


def _stuck_actions(session: Session, series_id: int) -> tuple[StuckAction, ...]:
    """Return the actions carried three times since they were last decided on."""
    rows = session.execute(
        select(Action, Person.name, Unit.name)
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .where(
            Action.series_id == series_id,
            Action.state == ActionState.OPEN,
            Action.carried - Action.decided_carried >= CARRIED_TOO_OFTEN,
        )
        .order_by(Action.number)
    )
    return tuple(
        StuckAction(
            id=action.id,
            label=f"A-{action.number}",
            text=action.text,
            topic=action.topic,
            owner=person or unit,
            due=action.due_on,
            carried=action.carried,
            request_id=action.request_id,
        )
        for action, person, unit in rows
    )


def _services_changed(
    session: Session, evidence: PairEvidence
) -> tuple[tuple[StandardRow, ...], list[ChangeRow]]:
    """Return the back unit's services whose form or checklist changed, and new ones."""
    entries = _of_catalogue(session, evidence)
    if not entries:
        return (), []
    of_back = select(Service.id, Service.name).where(
        Service.unit_id == evidence.pair.back, Service.is_active
    )
    names = {row.id: row.name for row in session.execute(of_back)}
    changed: dict[int, StandardRow] = {}
    added = []
    for entry in entries:
        service = entry.details.get("service")
        if service not in names:
            continue
        if entry.kind == "service_added":
            added.append(ChangeRow("service", names[service], entry.at))
            continue
        parts = {_PARTS[one] for one in _PARTS if one in entry.details["changes"]}
        if service in changed:
            parts |= set(changed[service].parts)
        if parts:
            in_order = tuple(one for one in _PARTS.values() if one in parts)
            changed[service] = StandardRow(
                names[service], in_order, entry.at, entry.name or ""
            )
    return tuple(changed.values()), added


def _of_catalogue(session: Session, evidence: PairEvidence) -> Sequence[Any]:
    """Return what happened to services: entries of the house have no request."""
    period = evidence.period
    return session.execute(
        select(JournalEntry.kind, JournalEntry.at, JournalEntry.details, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(
            JournalEntry.request_id.is_(None),
            JournalEntry.kind.in_(("service_added", "service_changed")),
            JournalEntry.at >= period.start,
            JournalEntry.at < period.as_at,
        )
        .order_by(JournalEntry.at, JournalEntry.id)
    ).all()


def _improvements(
    session: Session, evidence: PairEvidence
) -> tuple[ImprovementRow, ...]:
    """Return the improvements of the two units to be proven by the next session."""
    pair, period = evidence.pair, evidence.period
    if period.next_at is None:
        return ()
    zone = pair.calendar.zone
    rows = session.execute(
        select(Improvement, Person.name)
        .outerjoin(Person, Person.id == Improvement.owner_id)
        .where(
            Improvement.state == ImprovementState.RUNNING,
            Improvement.proof_on <= period.next_at.astimezone(zone).date(),
            Improvement.back_unit_id.in_((pair.back, pair.front)),
            Improvement.front_unit_id.is_(None)
            | Improvement.front_unit_id.in_((pair.back, pair.front)),
        )
        .order_by(Improvement.proof_on, Improvement.id)
    )
    return tuple(
        ImprovementRow(
            title=one.title,
            measure=one.measure,
            proof_on=one.proof_on,
            owner=owner or "",
            baseline=one.baseline_value,
            n=one.baseline_n,
            target=one.target_value,
        )
        for one, owner in rows
    )


_Origin, _ParkedFrom = aliased(AgendaItem), aliased(Meeting)


def _raised(
    session: Session, meeting: Meeting, series_id: int
) -> tuple[FoundItem, ...]:
    """Return what waits for a session of the series, and what this one has already."""
    placed = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    is_placed = (RaisedItem.state == RaisedState.PLACED) & (
        RaisedItem.agenda_item_id.in_(placed)
    )
    rows = session.execute(
        select(
            RaisedItem,
            Person.name,
            Request.reference,
            Obstacle.number,
            _ParkedFrom.number,
        )
        .join(Person, Person.id == RaisedItem.raised_by_id)
        .outerjoin(Request, Request.id == RaisedItem.request_id)
        .outerjoin(Obstacle, Obstacle.id == RaisedItem.obstacle_id)
        .outerjoin(_Origin, _Origin.id == RaisedItem.parked_from_id)
        .outerjoin(_ParkedFrom, _ParkedFrom.id == _Origin.meeting_id)
        .where(
            RaisedItem.series_id == series_id,
            (RaisedItem.state == RaisedState.WAITING) | is_placed,
        )
        .order_by(RaisedItem.raised_at, RaisedItem.id)
    )
    return tuple(_found_item(*row) for row in rows)


def _found_item(
    one: RaisedItem,
    by: str,
    reference: str | None,
    obstacle: int | None,
    parked_in: int | None,
) -> FoundItem:
    row = RaisedRow(
        subject=f"raised:{one.id}",
        title=one.title,
        by=by,
        at=one.raised_at,
        notes=one.notes,
        reference=reference,
        obstacle=obstacle,
        parked_in=parked_in,
    )
    return FoundItem(
        id=one.id,
        row=row,
        minutes=one.minutes,
        outcome=_outcome(one.outcome),
        leader_id=one.raised_by_id if parked_in is None else None,
        request_ids=(one.request_id,) if one.request_id else (),
    )


def _standing(
    session: Session, series_id: int, meeting: Meeting
) -> tuple[FoundItem, ...]:
    """Return what every session of the series has, in its order."""
    rows = session.scalars(
        select(StandingItem)
        .where(StandingItem.series_id == series_id, StandingItem.is_active)
        .order_by(StandingItem.position, StandingItem.id)
    )
    return tuple(
        FoundItem(
            id=one.id,
            row=RaisedRow(
                f"standing:{one.id}", one.title, "", meeting.starts_at, one.notes
            ),
            minutes=one.minutes,
            outcome=_outcome(one.outcome),
            leader_id=one.leader_id,
            after=one.after,
        )
        for one in rows
    )


def _outcome(code: str) -> Outcome:
    return cast("Outcome", code if code in get_args(Outcome) else "inform")
