"""A session with its series, its items and actions, as papers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agenda import AgendaPaper
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.carried import age_days, must_decide
from desktop.domain.errors import NotFound, Refusal
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.sittings import AgendaItemRequest
from desktop.entities.units import Person, Unit
from desktop.store.meeting_papers import kept_paper
from desktop.store.recurrence import next_occurrence


@dataclass(frozen=True, slots=True)
class KnownSession:
    """A session with its series and whose it is."""

    meeting: Meeting
    series: MeetingSeries
    front: str
    back: str

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone its times are told in."""
        return ZoneInfo(self.series.zone)

    @property
    def ended_at(self) -> datetime:
        """Return when it was over, as far as anybody said."""
        planned = self.meeting.starts_at + timedelta(minutes=self.meeting.minutes)
        return self.meeting.ended_at or planned


_Front, _Back = aliased(Unit), aliased(Unit)


def session_with_series(
    session: Session, meeting_id: int
) -> tuple[Meeting, MeetingSeries]:
    """Return a session and the series it is of. Raises NotFound."""
    row = session.execute(
        select(Meeting, MeetingSeries)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(Meeting.id == meeting_id)
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="meeting", id=meeting_id)
    return row[0], row[1]


def session_of(session: Session, meeting_id: int) -> KnownSession:
    """Return a session with its series and whose it is. Raises NotFound."""
    row = session.execute(
        select(Meeting, MeetingSeries, _Front.name, _Back.name)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .join(_Front, _Front.id == MeetingSeries.front_unit_id)
        .join(_Back, _Back.id == MeetingSeries.back_unit_id)
        .where(Meeting.id == meeting_id)
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="meeting", id=meeting_id)
    return KnownSession(*row)


def handed_out(session: Session, meeting: Meeting) -> AgendaPaper | None:
    """Return the agenda as it was handed out last, None where none was kept."""
    if not meeting.agenda_version:
        return None
    try:
        return kept_paper(session, meeting.id, "agenda", meeting.agenda_version)
    except Refusal:
        return None


def next_session(session: Session, found: KnownSession) -> datetime | None:
    """Return when the series meets after this session."""
    meeting, series = found.meeting, found.series
    planned = session.scalar(
        select(Meeting.starts_at)
        .where(
            Meeting.series_id == series.id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return planned or next_occurrence(
        series.recurrence, series.first_at, series.zone, meeting.starts_at
    )


def shown_items(session: Session, meeting_id: int) -> Sequence[AgendaItem]:
    """Return the items of a session's agenda in their order."""
    return session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.is_removed.is_(False))
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()


def requests_of(session: Session, rows: Sequence[AgendaItem]) -> dict[int, list[int]]:
    """Return the ids of the requests each item is about, those put to it first."""
    found: dict[int, list[int]] = {
        row.id: list(row.evidence.get("request_ids") or []) for row in rows
    }
    linked = session.execute(
        select(AgendaItemRequest.agenda_item_id, AgendaItemRequest.request_id)
        .where(AgendaItemRequest.agenda_item_id.in_(found))
        .order_by(AgendaItemRequest.id)
    )
    for item_id, request_id in linked:
        if request_id not in found[item_id]:
            found[item_id].append(request_id)
    return found


_Owner, _Escalated = aliased(Person), aliased(Person)


def action_rows(
    session: Session, wanted: Any, at: datetime, zone: ZoneInfo
) -> list[tuple[Action, ActionRow]]:
    """Return actions as papers tell them, those due first on top, as on a local day."""
    today = at.astimezone(zone).date()
    rows = session.execute(
        select(Action, _Owner.name, Unit.name, _Escalated.name)
        .outerjoin(_Owner, _Owner.id == Action.owner_id)
        .outerjoin(Unit, Unit.id == Action.owner_unit_id)
        .outerjoin(_Escalated, _Escalated.id == Action.escalated_to_id)
        .where(wanted)
        .order_by(Action.due_on, Action.number)
    )
    return [
        (action, _row(action, person or unit, told, today, zone))
        for action, person, unit, told in rows
    ]


def _row(
    action: Action,
    owner: str | None,
    escalated: str | None,
    today: date,
    zone: ZoneInfo,
) -> ActionRow:
    is_open = action.state is ActionState.OPEN
    state: Any = action.state.value
    if is_open:
        state = "overdue" if action.due_on < today else "open"
        state = "due_today" if action.due_on == today else state
    return ActionRow(
        label=f"A-{action.number}",
        text=action.text,
        topic=action.topic,
        owner=owner,
        due=action.due_on,
        carried=action.carried,
        state=state,
        age_days=age_days(action.given_at, today, zone),
        must_decide=is_open and must_decide(action.carried, action.decided_carried),
        escalated_to=escalated,
        why=action.decided_why if is_open else action.closed_why,
    )
