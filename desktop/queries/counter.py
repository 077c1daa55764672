"""The clerk's home: what needs an answer, what is on its way, what was done today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.agreements import TargetKind
from desktop.domain.promises import ClockView
from desktop.domain.requests import (
    OPEN_STATES,
    Audience,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.projection import clock_view

MOST_ROWS = 200
ENDED = (RequestState.RESOLVED, RequestState.DECLINED)
# The words of the partial index ix_request_unfinished, which holds a small part of
# what a unit ever raised. A bound parameter would not use it.
IS_UNFINISHED: Final[ColumnElement[bool]] = literal_column(
    "request.state NOT IN ('closed', 'cancelled')"
)
SAID_LAST = (
    EntryKind.ASKED,
    EntryKind.RESOLVED,
    EntryKind.DECLINED,
    EntryKind.HANDED_OVER,
)


@dataclass(frozen=True, slots=True)
class LastSaid:
    """What the back office last asked or said, who said it, and of which unit."""

    kind: EntryKind
    by: str
    unit: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One request as its clerk sees it.

    ``clock`` is the resolution promised to the clerk's unit, for that is what a
    customer asks about; ``said`` is given only where the clerk has to act.
    """

    id: int
    version: int
    reference: str
    subject: str
    service: str
    customer: str
    contact: str
    state: RequestState
    pending: PendingReason | None
    ball: Ball
    unit: str
    assignee: str
    ball_since: datetime
    raised_at: datetime
    resolved_at: datetime | None
    last_at: datetime
    requester: str
    told_text: str
    told_due_at: datetime | None
    clock: ClockView | None
    said: LastSaid | None


# The columns of a row in the order they are selected; the clock follows them.
_COLUMNS = tuple(one.name for one in fields(CounterRow))[:-2]


@dataclass(frozen=True, slots=True)
class CounterView:
    """The three sections; ``is_cut`` when more than 200 rows belong in one of them."""

    needs_you: tuple[CounterRow, ...]
    on_the_way: tuple[CounterRow, ...]
    done_today: tuple[CounterRow, ...]
    is_cut: bool


def counter(
    session: Session,
    *,
    unit_id: int,
    person_id: int | None,
    day_start: datetime,
) -> CounterView:
    """Return the requests of a front unit, or of one of its people.

    ``person_id`` None means everybody's. ``day_start`` is local midnight as an
    instant. At most 200 rows a section, those due first. Five statements.
    """
    whose = [Request.front_unit_id == unit_id]
    if person_id is not None:
        whose.append(Request.requester_id == person_id)
    going = [*whose, IS_UNFINISHED, Request.state.in_(OPEN_STATES)]
    ended = [*whose, IS_UNFINISHED, Request.state.in_(ENDED)]
    done = and_(Request.state == RequestState.CLOSED, Request.last_at >= day_start)
    by_due = (RequestClock.due_at.is_(None), RequestClock.due_at, Request.id)
    newest_first = (Request.last_at.desc(), Request.id.desc())
    asked = _rows(session, [*going, Request.ball == Ball.FRONT], by_due)
    # A question holds up the back office: it comes before what has ended.
    needs_you = [*asked, *_rows(session, ended, by_due)]
    sections = (
        needs_you,
        _rows(session, [*going, Request.ball != Ball.FRONT], by_due),
        _rows(session, [*whose, done], newest_first),
    )
    shown = [section[:MOST_ROWS] for section in sections]
    said = _last_said(session, [row[0] for row in shown[0]])
    is_cut = any(len(section) > MOST_ROWS for section in sections)
    made = [tuple(_row(row, said.get(row[0])) for row in rows) for rows in shown]
    return CounterView(made[0], made[1], made[2], is_cut)


def _rows(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
) -> Sequence[Any]:
    """Return one row more than is shown, so that it is known when some are not."""
    wanted = _selected().where(*conditions).order_by(*order).limit(MOST_ROWS + 1)
    return session.execute(wanted).all()


def _selected() -> Select[*tuple[Any, ...]]:
    requester = aliased(Person)
    return (
        select(
            Request.id,
            Request.version,
            Request.reference,
            Request.subject,
            Service.name,
            Request.customer,
            Request.contact,
            Request.state,
            Request.pending,
            Request.ball,
            Unit.name,
            Person.name,
            Request.ball_since,
            Request.raised_at,
            Request.resolved_at,
            Request.last_at,
            requester.name,
            Request.told_text,
            Request.told_due_at,
            RequestClock,
        )
        .outerjoin(Service, Service.id == Request.service_id)
        .outerjoin(Unit, Unit.id == Request.unit_id)
        .outerjoin(Person, Person.id == Request.assignee_id)
        .outerjoin(requester, requester.id == Request.requester_id)
        .outerjoin(
            RequestClock,
            and_(
                RequestClock.request_id == Request.id,
                RequestClock.position == _promised_position(),
            ),
        )
    )


def _promised_position() -> ColumnElement[int | None]:
    """Return the place of the last resolution promised to the unit that asked."""
    one = aliased(RequestClock)
    return (
        select(func.max(one.position))
        .where(
            one.request_id == Request.id,
            one.kind == TargetKind.RESOLUTION,
            one.for_unit_id == Request.front_unit_id,
        )
        .correlate(Request)
        .scalar_subquery()
    )


def _row(row: Any, said: LastSaid | None) -> CounterRow:
    values = dict(zip(_COLUMNS, row, strict=False))
    clock = row[len(_COLUMNS)]
    for name in ("service", "unit", "assignee", "requester"):
        values[name] = values[name] or ""
    view = clock_view(clock) if clock is not None else None
    return CounterRow(**values, clock=view, said=said)


def _last_said(session: Session, ids: Sequence[int]) -> dict[int, LastSaid]:
    if not ids:
        return {}
    found: dict[int, LastSaid] = {}
    for request_id, kind, name, unit, at, text in session.execute(
        select(
            JournalEntry.request_id,
            JournalEntry.kind,
            Person.name,
            Unit.name,
            JournalEntry.at,
            JournalEntry.text,
        )
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .outerjoin(Unit, Unit.id == JournalEntry.unit_id)
        .where(
            JournalEntry.request_id.in_(ids),
            JournalEntry.kind.in_([kind.value for kind in SAID_LAST]),
            JournalEntry.audience == Audience.BOTH,
        )
        .order_by(JournalEntry.request_id, JournalEntry.seq)
    ):
        assert request_id is not None
        found[request_id] = LastSaid(EntryKind(kind), name or "", unit or "", at, text)
    return found
