"""A unit's queue: its open requests by what is due next, held ones last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from desktop.domain.clocks import ClockState
from desktop.domain.promises import ClockView
from desktop.domain.requests import ENDED_STATES, Ball, PendingReason, RequestState
from desktop.domain.text import fold_for_search
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.search import search_clause, words_of

PAGE: Final = 100
DONE_WITHIN: Final = timedelta(days=14)
"""How far back the recently resolved go."""

# The words of the partial index ix_request_queue. A bound parameter would not use it.
IS_OPEN: Final[ColumnElement[bool]] = literal_column("request.is_open")

_FRONT = aliased(Unit, name="front")
_HOLDER = aliased(Unit, name="holder")


class QueueView(StrEnum):
    """Which of a unit's requests are wanted."""

    ALL = "all"
    MINE = "mine"
    NOBODY = "nobody"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    DONE = "done"


class QueueSection(StrEnum):
    """Where a row stands in the queue."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    HELD = "held"
    UNPROMISED = "unpromised"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is wanted; ``person_id`` is me where the view is mine."""

    view: QueueView = QueueView.ALL
    person_id: int | None = None
    service_id: int | None = None
    front_unit_id: int | None = None
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether this leaves out any open request of the unit."""
        return self != QueueFilter(person_id=self.person_id)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One request as lists show it; ``holder`` is the unit that has it."""

    id: int
    version: int
    reference: str
    subject: str
    service_id: int | None
    service: str
    front_unit_id: int | None
    front_unit: str
    raised_at: datetime
    state: RequestState
    ball: Ball
    unit_id: int | None
    holder: str
    ball_since: datetime
    pending: PendingReason | None
    assignee_id: int | None
    assignee: str
    priority: int | None
    due_at: datetime | None
    resolved_at: datetime | None
    clock: ClockView | None


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """Where the next page begins: after this due time and id."""

    due_at: datetime | None
    id: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of rows, and where the next one begins (None: nothing further)."""

    rows: tuple[QueueRow, ...]
    next_cursor: QueueCursor | None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many open requests of a unit there are, by what the chips choose."""

    all: int
    mine: int
    nobody: int
    at_risk: int
    overdue: int


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What a unit's open requests can be narrowed to: (id, name) by name."""

    services: tuple[tuple[int, str], ...]
    front_units: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """What the queue's page shows, all as at one instant."""

    page: QueuePage
    counts: QueueCounts
    choices: QueueChoices


def queue_snapshot(
    session: Session,
    unit_id: int,
    *,
    wanted: QueueFilter,
    limit: int = PAGE,
    now: datetime,
) -> QueueSnapshot:
    """Return the first ``limit`` rows with counts and choices, from one snapshot."""
    return QueueSnapshot(
        queue_page(session, unit_id, filter=wanted, limit=limit, now=now),
        queue_counts(session, unit_id, wanted.person_id, now),
        queue_choices(session, unit_id),
    )


def queue_page(
    session: Session,
    unit_id: int,
    *,
    filter: QueueFilter = QueueFilter(),  # noqa: A002 - the word people use
    after: QueueCursor | None = None,
    limit: int = PAGE,
    now: datetime,
) -> QueuePage:
    """Return up to ``limit`` rows after a cursor: by due time, then those without one.

    At most two statements, whatever the number of rows.
    """
    if filter.view is QueueView.DONE:
        return QueuePage(_done(session, unit_id, filter, limit, now), None)
    wanted = row_select().where(Request.unit_id == unit_id, IS_OPEN)
    wanted = wanted.where(*_conditions(session, filter, now))
    found: list[QueueRow] = []
    if after is None or after.due_at is not None:
        found = rows_of(session, _due_after(wanted, after).limit(limit + 1))
    if len(found) <= limit:
        held_after = after.id if after is not None and after.due_at is None else None
        held = wanted.where(Request.due_at.is_(None)).order_by(Request.id)
        if held_after is not None:
            held = held.where(Request.id > held_after)
        found += rows_of(session, held.limit(limit + 1 - len(found)))
    if len(found) <= limit:
        return QueuePage(tuple(found), None)
    last = found[limit - 1]
    return QueuePage(tuple(found[:limit]), QueueCursor(last.due_at, last.id))


def queue_counts(
    session: Session, unit_id: int, person_id: int | None, now: datetime
) -> QueueCounts:
    """Count a unit's open requests, and those of one person, in one statement."""
    row = session.execute(
        select(
            func.count(),
            _count_if(Request.assignee_id == person_id),
            _count_if(Request.assignee_id.is_(None)),
            _count_if(_is_at_risk(now)),
            _count_if(Request.due_at < now),
        )
        .select_from(Request)
        .outerjoin(RequestClock, _is_shown_clock())
        .where(Request.unit_id == unit_id, IS_OPEN)
    ).one()
    return QueueCounts(*row)


def queue_choices(session: Session, unit_id: int) -> QueueChoices:
    """Return the services and front units a unit's open requests are of."""
    mine = (Request.unit_id == unit_id, IS_OPEN)
    services = select(Service.id, Service.name).where(
        Service.id.in_(select(Request.service_id).where(*mine))
    )
    fronts = select(Unit.id, Unit.name).where(
        Unit.id.in_(select(Request.front_unit_id).where(*mine))
    )
    return QueueChoices(
        tuple((row.id, row.name) for row in session.execute(services.order_by("name"))),
        tuple((row.id, row.name) for row in session.execute(fronts.order_by("name"))),
    )


def section_of(row: QueueRow, now: datetime, zone: tzinfo) -> QueueSection:
    """Tell in which section a row stands at ``now``; days end at midnight in zone."""
    if row.state in ENDED_STATES:
        return QueueSection.DONE
    if row.due_at is None:
        is_held = row.clock is not None and row.clock.stopped_at is None
        is_held = is_held or row.state is RequestState.PENDING
        return QueueSection.HELD if is_held else QueueSection.UNPROMISED
    if row.due_at < now:
        return QueueSection.OVERDUE
    is_today = row.due_at.astimezone(zone).date() == now.astimezone(zone).date()
    return QueueSection.TODAY if is_today else QueueSection.LATER


def row_select() -> Select[*tuple[Any, ...]]:
    """Select the columns of list rows, with the clock a list shows."""
    return (
        select(
            Request.id,
            Request.version,
            Request.reference,
            Request.subject,
            Request.service_id,
            func.coalesce(Service.name, ""),
            Request.front_unit_id,
            func.coalesce(_FRONT.name, ""),
            Request.raised_at,
            Request.state,
            Request.ball,
            Request.unit_id,
            func.coalesce(_HOLDER.name, ""),
            Request.ball_since,
            Request.pending,
            Request.assignee_id,
            func.coalesce(Person.name, ""),
            Request.priority,
            Request.due_at,
            Request.resolved_at,
            *_CLOCK_COLUMNS,
        )
        .select_from(Request)
        .outerjoin(RequestClock, _is_shown_clock())
        .outerjoin(Service, Service.id == Request.service_id)
        .outerjoin(_FRONT, _FRONT.id == Request.front_unit_id)
        .outerjoin(_HOLDER, _HOLDER.id == Request.unit_id)
        .outerjoin(Person, Person.id == Request.assignee_id)
    )


def rows_of(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[QueueRow]:
    """Read what ``row_select`` selected."""
    cut = _OWN_COLUMNS
    found = []
    for row in session.execute(wanted):
        values: list[Any] = list(row[:cut])
        values.append(ClockView(*row[cut:]) if row[cut] is not None else None)
        found.append(QueueRow(*values))
    return found


# In the order of ClockView's fields.
_CLOCK_COLUMNS = (
    RequestClock.kind,
    RequestClock.unit_id,
    RequestClock.for_unit_id,
    RequestClock.calendar_id,
    RequestClock.version_id,
    RequestClock.target_s,
    RequestClock.warn_share,
    RequestClock.used_s,
    RequestClock.started_at,
    RequestClock.running_since,
    RequestClock.due_at,
    RequestClock.at_risk_at,
    RequestClock.breached_at,
    RequestClock.stopped_at,
    RequestClock.state,
    RequestClock.pending,
    RequestClock.is_void,
)
_OWN_COLUMNS = len(QueueRow.__slots__) - 1


def _is_shown_clock() -> ColumnElement[bool]:
    return and_(
        RequestClock.request_id == Request.id,
        RequestClock.position == Request.clock_position,
    )


def _due_after(
    wanted: Select[*tuple[Any, ...]], after: QueueCursor | None
) -> Select[*tuple[Any, ...]]:
    wanted = wanted.where(Request.due_at.is_not(None))
    if after is not None and after.due_at is not None:
        wanted = wanted.where(
            Request.due_at >= after.due_at,
            or_(Request.due_at > after.due_at, Request.id > after.id),
        )
    return wanted.order_by(Request.due_at, Request.id)


def _conditions(
    session: Session, wanted: QueueFilter, now: datetime
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    match wanted.view:
        case QueueView.MINE:
            found.append(Request.assignee_id == wanted.person_id)
        case QueueView.NOBODY:
            found.append(Request.assignee_id.is_(None))
        case QueueView.AT_RISK:
            found.append(_is_at_risk(now))
        case QueueView.OVERDUE:
            found.append(Request.due_at < now)
        case QueueView.ALL | QueueView.DONE:
            pass
    if wanted.service_id is not None:
        found.append(Request.service_id == wanted.service_id)
    if wanted.front_unit_id is not None:
        found.append(Request.front_unit_id == wanted.front_unit_id)
    folded = fold_for_search(wanted.words)
    if words_of(folded):
        dialect = session.get_bind().dialect
        found.append(search_clause(dialect, folded, Request.id.expression))
    return found


def _is_at_risk(now: datetime) -> ColumnElement[bool]:
    """Tell which are running, within their target, and past the share that warns."""
    return and_(
        Request.due_at >= now,
        RequestClock.at_risk_at <= now,
        RequestClock.state == ClockState.RUNNING,
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _done(
    session: Session, unit_id: int, filter_: QueueFilter, limit: int, now: datetime
) -> tuple[QueueRow, ...]:
    wanted = (
        row_select()
        .where(
            Request.resolved_at >= now - DONE_WITHIN,
            Request.unit_id == unit_id,
            Request.state.in_(ENDED_STATES),
            *_conditions(session, filter_, now),
        )
        .order_by(Request.resolved_at.desc(), Request.id.desc())
    )
    return tuple(rows_of(session, wanted.limit(limit)))
