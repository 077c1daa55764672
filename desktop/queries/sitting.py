"""A session as it sits and as its minutes are typed: what both windows show of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.action_words import Owner
from desktop.domain.agenda import Head
from desktop.domain.minutes import AddendumRow, MinutesItem
from desktop.domain.requests import RequestState
from desktop.entities.meetings import Meeting, MeetingState, SeriesMember
from desktop.entities.requests import Request
from desktop.entities.sittings import Attendance, Decision
from desktop.entities.units import Person, Unit
from desktop.queries.action_board import (
    ActionLine,
    actions_given,
    open_actions_of,
    owners_of,
)
from desktop.store.minutes_rows import drafted_minutes
from desktop.store.session_rights import may_approve, may_run
from desktop.store.session_rows import requests_of, session_of, shown_items

BRIEF_SHOWN = 6


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as it can be changed."""

    id: int
    version: int
    number: int
    text: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A line of evidence: a request with who holds it, an action, a decision."""

    mark: str
    words: str
    aside: str = ""
    state: RequestState | None = None
    day: datetime | None = None


@dataclass(frozen=True, slots=True)
class SittingItem:
    """An item with what can be done to it; ``item`` is what its minutes say."""

    id: int
    item: MinutesItem
    notes: str
    evidence: tuple[BriefRow, ...]
    evidence_count: int
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be dealt with."""
        return self.item.fate in ("open", "not_reached")


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """Somebody invited; ``usual_deputy`` is who stands in for them in this series."""

    id: int
    name: str
    side: str
    part: str
    state: str
    deputy: str
    usual_deputy: str


@dataclass(frozen=True, slots=True)
class SittingBoard:
    """A session: how far it is, what is under discussion, and all that was typed."""

    meeting_id: int
    series_id: int
    state: str
    agenda_version: int
    head: Head
    begun_at: datetime | None
    ended_at: datetime | None
    item_id: int | None
    item_since: datetime | None
    items: tuple[SittingItem, ...]
    attendance: tuple[AttendanceLine, ...]
    owners: tuple[Owner, ...]
    next_at: datetime | None
    may_run: bool
    may_approve: bool
    approved_at: datetime | None
    approved_by: str | None
    addenda: tuple[AddendumRow, ...]

    @property
    def can_record(self) -> bool:
        """Tell whether minutes can be typed by whoever looks."""
        return self.may_run and self.state in ("in_session", "held")

    @property
    def can_run(self) -> bool:
        """Tell whether it sits, and whoever looks may run it."""
        return self.may_run and self.state == "in_session"

    def find(self, item_id: int | None) -> SittingItem | None:
        """Return an item by its id."""
        return next((one for one in self.items if one.id == item_id), None)


def sitting(
    session: Session, meeting_id: int, person_id: int, now: datetime
) -> SittingBoard:
    """Return a session for whoever looks at it. Raises NotFound."""
    found = session_of(session, meeting_id)
    meeting, series = found.meeting, found.series
    paper = drafted_minutes(session, meeting_id, now)
    return SittingBoard(
        meeting_id=meeting.id,
        series_id=series.id,
        state=meeting.state.value,
        agenda_version=meeting.agenda_version,
        head=replace(paper.head, series=series.name),
        begun_at=meeting.begun_at,
        ended_at=meeting.ended_at,
        item_id=meeting.item_id,
        item_since=meeting.item_since,
        items=_items(session, meeting, paper.items, now),
        attendance=_attendance(session, meeting),
        owners=owners_of(session, series.id),
        next_at=paper.next_at,
        may_run=may_run(session, series, person_id),
        may_approve=may_approve(session, series, person_id),
        approved_at=meeting.approved_at,
        approved_by=paper.approved_by,
        addenda=paper.addenda,
    )


def _items(
    session: Session, meeting: Meeting, told: tuple[MinutesItem, ...], now: datetime
) -> tuple[SittingItem, ...]:
    rows = shown_items(session, meeting.id)
    decided = _decided(session, meeting.id)
    given: dict[int | None, list[ActionLine]] = defaultdict(list)
    for line in actions_given(session, meeting.id, now):
        given[line.item_id].append(line)
    behind = requests_of(session, rows)
    shown = _requests(
        session, [one for ids in behind.values() for one in ids[:BRIEF_SHOWN]]
    )
    items = []
    for row, item in zip(rows, told, strict=True):
        brief = tuple(
            shown[one] for one in behind[row.id][:BRIEF_SHOWN] if one in shown
        )
        count = len(behind[row.id])
        if item.kind == "actions":
            brief, count = _open_actions(session, meeting.series_id, now)
        elif item.kind == "minutes":
            brief, count = _last_decisions(session, meeting)
        items.append(
            SittingItem(
                row.id,
                item,
                row.notes,
                brief,
                count,
                tuple(decided.get(row.id, ())),
                tuple(given.get(row.id, ())),
            )
        )
    return tuple(items)


def _decided(session: Session, meeting_id: int) -> dict[int | None, list[DecisionLine]]:
    found: dict[int | None, list[DecisionLine]] = defaultdict(list)
    for one in session.scalars(
        select(Decision)
        .where(Decision.meeting_id == meeting_id)
        .order_by(Decision.number)
    ):
        found[one.agenda_item_id].append(
            DecisionLine(one.id, one.version, one.number, one.text, one.is_withdrawn)
        )
    return found


def _requests(session: Session, ids: list[int]) -> dict[int, BriefRow]:
    rows = session.execute(
        select(Request.id, Request.reference, Request.subject, Unit.name, Request.state)
        .outerjoin(Unit, Unit.id == Request.unit_id)
        .where(Request.id.in_(set(ids)))
    )
    return {
        row[0]: BriefRow(row[1], row[2], row[3] or "", RequestState(row[4]))
        for row in rows
    }


def _open_actions(
    session: Session, series_id: int, now: datetime
) -> tuple[tuple[BriefRow, ...], int]:
    found = open_actions_of(session, series_id, now)
    ordered = sorted(found, key=lambda one: (not one.must_decide, one.due_on))
    return (
        tuple(
            BriefRow(one.label, one.text, one.owner) for one in ordered[:BRIEF_SHOWN]
        ),
        len(found),
    )


def _last_decisions(
    session: Session, meeting: Meeting
) -> tuple[tuple[BriefRow, ...], int]:
    last = session.scalar(
        select(Meeting.id)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.number < meeting.number,
            Meeting.state.in_((MeetingState.HELD, MeetingState.APPROVED)),
        )
        .order_by(Meeting.number.desc())
        .limit(1)
    )
    of_last = (Decision.meeting_id == last, Decision.is_withdrawn.is_(False))
    rows = session.scalars(
        select(Decision).where(*of_last).order_by(Decision.number).limit(BRIEF_SHOWN)
    )
    count = session.scalar(select(func.count()).select_from(Decision).where(*of_last))
    return tuple(BriefRow(f"D-{one.number}", one.text) for one in rows), count or 0


_Deputy = aliased(Person)


def _attendance(session: Session, meeting: Meeting) -> tuple[AttendanceLine, ...]:
    rows = session.execute(
        select(Attendance, _Deputy.name)
        .outerjoin(
            SeriesMember,
            (SeriesMember.series_id == meeting.series_id)
            & (SeriesMember.person_id == Attendance.person_id),
        )
        .outerjoin(_Deputy, _Deputy.id == SeriesMember.deputy_id)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(Attendance.position)
    )
    return tuple(
        AttendanceLine(
            one.id,
            one.name,
            one.side.value,
            one.part,
            one.state.value,
            one.deputy,
            usual or "",
        )
        for one, usual in rows
    )
