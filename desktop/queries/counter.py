"""The clerk's home: what needs an answer, what is on its way, what was done today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from desktop.domain.agreements import TargetKind
from desktop.domain.links import LinkKind
from desktop.domain.promises import ClockView
from desktop.domain.requests import (
    Audience,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.links import RequestLink
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.list_conditions import IS_OPEN
from desktop.queries.request_rows import CLOCK_COLUMNS

MOST_ROWS = 100
_REQUEST = Request.__table__.c
# Columns, not entities: a section needs no identity map, only rows.
_CLOCK = RequestClock.__table__.c
# The words of the partial index ix_request_ended, which holds a small part of what a
# unit ever raised. A bound parameter would not use it.
IS_ENDED: Final[ColumnElement[bool]] = literal_column(
    "request.state IN ('resolved', 'declined')"
)
_WHOLE, _LINK = Request.__table__.alias("whole"), RequestLink.__table__.c
# A clerk sees the parts of a whole in it; what a part asks, she is shown. They are
# confirmed with it, but those of one that is over stand for themselves.
_IS_WHOLE: Final[ColumnElement[bool]] = ~exists(
    select(_LINK.id)
    .join(_WHOLE, _WHOLE.c.id == _LINK.other_id)
    .where(
        _LINK.request_id == _REQUEST.id,
        _LINK.kind == LinkKind.PART_OF,
        or_(
            _WHOLE.c.state.not_in((RequestState.CLOSED, RequestState.CANCELLED)),
            _REQUEST.state == RequestState.CLOSED,
        ),
    )
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
    entries: int
    clock: ClockView | None
    said: LastSaid | None


# The columns of a row in the order they are selected; the clock follows them.
_COLUMNS = tuple(one.name for one in fields(CounterRow))[:-2]


@dataclass(frozen=True, slots=True)
class CounterView:
    """The three sections; ``is_cut`` when more than 100 rows belong in one of them."""

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
    instant. At most 100 rows a section, those due first. Five statements.
    """
    asked = _going(session, unit_id, person_id, [_REQUEST.ball == Ball.FRONT])
    # A question holds up the back office: it comes before what has ended.
    needs_you = [*asked, *_ended(session, unit_id, person_id)]
    sections = (
        needs_you,
        _going(session, unit_id, person_id, [_REQUEST.ball != Ball.FRONT, _IS_WHOLE]),
        _done(session, unit_id, person_id, day_start),
    )
    shown = [section[:MOST_ROWS] for section in sections]
    said = _last_said(session, [row[0] for row in shown[0]])
    is_cut = any(len(section) > MOST_ROWS for section in sections)
    made = [tuple(_row(row, said.get(row[0])) for row in rows) for rows in shown]
    return CounterView(made[0], made[1], made[2], is_cut)


def _of(unit_id: int, person_id: int | None) -> Select[tuple[int]]:
    """Select the ids of what a unit asked for, or one of its people."""
    wanted = select(_REQUEST.id).where(_REQUEST.front_unit_id == unit_id)
    if person_id is not None:
        wanted = wanted.where(_REQUEST.requester_id == person_id)
    return wanted


def _going(
    session: Session,
    unit_id: int,
    person_id: int | None,
    conditions: Sequence[ColumnElement[bool]],
) -> Sequence[Any]:
    """Return open requests: the next due first, then those without a due time.

    Both parts go along the index; the second is not begun where the first is enough.
    """
    wanted = _of(unit_id, person_id).where(IS_OPEN, *conditions).limit(MOST_ROWS + 1)
    due = wanted.where(_REQUEST.due_at.is_not(None))
    due_first = due.order_by(_REQUEST.due_at, _REQUEST.id).subquery("due")
    rest = (
        wanted.where(_REQUEST.due_at.is_(None)).order_by(_REQUEST.id).subquery("rest")
    )
    both = union_all(select(due_first.c.id), select(rest.c.id)).limit(MOST_ROWS + 1)
    by_due = (RequestClock.due_at.is_(None), RequestClock.due_at, Request.id)
    return _rows(session, both, by_due)


def _ended(session: Session, unit_id: int, person_id: int | None) -> Sequence[Any]:
    """Return what waits to be confirmed, or told: the longest first."""
    wanted = _of(unit_id, person_id).where(IS_ENDED, _IS_WHOLE)
    wanted = wanted.order_by(_REQUEST.resolved_at, _REQUEST.id).limit(MOST_ROWS + 1)
    by_due = (RequestClock.due_at.is_(None), RequestClock.due_at, Request.id)
    return _rows(session, wanted, by_due)


def _done(
    session: Session, unit_id: int, person_id: int | None, day_start: datetime
) -> Sequence[Any]:
    wanted = _of(unit_id, person_id).where(
        _REQUEST.state == RequestState.CLOSED, _REQUEST.last_at >= day_start, _IS_WHOLE
    )
    newest = (_REQUEST.last_at.desc(), _REQUEST.id.desc())
    wanted = wanted.order_by(*newest).limit(MOST_ROWS + 1)
    return _rows(session, wanted, (Request.last_at.desc(), Request.id.desc()))


def _rows(session: Session, wanted: Any, order: Sequence[Any]) -> Sequence[Any]:
    """Return one row more than is shown, so that it is known when some are not."""
    ids = wanted.subquery("wanted")
    rows = _selected().join(ids, ids.c.id == Request.id).order_by(*order)
    return session.execute(rows).all()


_Requester = aliased(Person)


def _selected() -> Select[*tuple[Any, ...]]:
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
            _Requester.name,
            Request.told_text,
            Request.told_due_at,
            Request.entries,
            *(_CLOCK[name] for name in CLOCK_COLUMNS),
        )
        .outerjoin(Service, Service.id == Request.service_id)
        .outerjoin(Unit, Unit.id == Request.unit_id)
        .outerjoin(Person, Person.id == Request.assignee_id)
        .outerjoin(_Requester, _Requester.id == Request.requester_id)
        .outerjoin(
            RequestClock,
            and_(
                RequestClock.request_id == Request.id,
                RequestClock.position == _promised_position(),
            ),
        )
    )


_Promised = aliased(RequestClock)


def _promised_position() -> ColumnElement[int | None]:
    """Return the place of the last resolution promised to the unit that asked."""
    return (
        select(func.max(_Promised.position))
        .where(
            _Promised.request_id == Request.id,
            _Promised.kind == TargetKind.RESOLUTION,
            _Promised.for_unit_id == Request.front_unit_id,
        )
        .correlate(Request)
        .scalar_subquery()
    )


def _row(row: Any, said: LastSaid | None) -> CounterRow:
    values = dict(zip(_COLUMNS, row, strict=False))
    cut = len(_COLUMNS)
    for name in ("service", "unit", "assignee", "requester"):
        values[name] = values[name] or ""
    view = ClockView(*row[cut:]) if row[cut] is not None else None
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
