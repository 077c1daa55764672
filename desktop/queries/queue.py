"""A unit's queue: its open requests by what is due next, held ones last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from desktop.domain.clocks import ClockState
from desktop.domain.requests import ENDED_STATES, RequestState
from desktop.domain.text import fold_for_search
from desktop.entities.base import UtcDateTime
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.request_rows import QueueRow as QueueRow
from desktop.queries.request_rows import is_shown_clock, row_select, rows_of
from desktop.store.search import search_clause, words_of

PAGE: Final = 100
DONE_WITHIN: Final = timedelta(days=14)
"""How far back the recently resolved go."""

# The words of the partial index ix_request_queue. A bound parameter would not use it.
IS_OPEN: Final[ColumnElement[bool]] = literal_column("request.is_open")

# Columns of tables, not entities: a list needs no identity map, only rows.
_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__
_SERVICE = Service.__table__


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
class QueueSummary:
    """What the chips over a queue say and offer."""

    counts: QueueCounts
    choices: QueueChoices


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
    conditions = _conditions(session, filter, now)
    found: list[QueueRow] = []
    if after is None or after.due_at is not None:
        known: dict[str, Any] = {"unit": unit_id, "most": limit + 1}
        due = _narrowed(_due_statement(after is not None), conditions)
        if after is not None:
            known |= {"after_due": after.due_at, "after_id": after.id}
        found = rows_of(session, due, known)
    if len(found) <= limit:
        after_id = after.id if after is not None and after.due_at is None else 0
        known = {"unit": unit_id, "most": limit + 1 - len(found), "after_id": after_id}
        found += rows_of(session, _narrowed(_rest_statement(), conditions), known)
    if len(found) <= limit:
        return QueuePage(tuple(found), None)
    last = found[limit - 1]
    return QueuePage(tuple(found[:limit]), QueueCursor(last.due_at, last.id))


def queue_counts(
    session: Session, unit_id: int, person_id: int | None, now: datetime
) -> QueueCounts:
    """Count a unit's open requests, and those of one person, in one statement."""
    wanted = select(*_counted(person_id, now)).select_from(_WITH_CLOCK)
    wanted = wanted.where(_REQUEST.unit_id == unit_id, IS_OPEN)
    counted = session.connection().execute(wanted).one()
    return QueueCounts(*(int(one) for one in counted))


def queue_summary(
    session: Session, unit_id: int, person_id: int | None, now: datetime
) -> QueueSummary:
    """Count a unit's open requests and name what they can be narrowed to.

    One pass over the requests and two short statements for the names.
    """
    kinds = (_REQUEST.service_id, _REQUEST.front_unit_id)
    wanted = (
        select(*kinds, *_counted(person_id, now))
        .select_from(_WITH_CLOCK)
        .where(_REQUEST.unit_id == unit_id, IS_OPEN)
        .group_by(*kinds)
    )
    rows = session.connection().execute(wanted).all()
    sums = [sum(row[at] for row in rows) for at in range(2, 7)]
    return QueueSummary(
        QueueCounts(*sums),
        QueueChoices(
            _named(session, _SERVICE.c, {row[0] for row in rows}),
            _named(session, Unit.__table__.c, {row[1] for row in rows}),
        ),
    )


def _counted(person_id: int | None, now: datetime) -> tuple[ColumnElement[int], ...]:
    """Return the sums of QueueCounts, in its order."""
    return (
        func.count(),
        _count_if(_REQUEST.assignee_id == person_id),
        _count_if(_REQUEST.assignee_id.is_(None)),
        _count_if(_is_at_risk(now)),
        _count_if(_REQUEST.due_at < now),
    )


def _named(
    session: Session, columns: Any, ids: set[int | None]
) -> tuple[tuple[int, str], ...]:
    wanted = select(columns.id, columns.name).where(columns.id.in_(ids - {None}))
    rows = session.connection().execute(wanted.order_by(columns.name))
    return tuple((row[0], row[1]) for row in rows)


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """A first page with the summary of the whole queue, as at one instant."""

    page: QueuePage
    summary: QueueSummary


def queue_snapshot(
    session: Session, unit_id: int, *, wanted: QueueFilter, now: datetime
) -> QueueSnapshot:
    """Return a first page and the summary from one snapshot."""
    return QueueSnapshot(
        queue_page(session, unit_id, filter=wanted, now=now),
        queue_summary(session, unit_id, wanted.person_id, now),
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


_WITH_CLOCK = Request.__table__.outerjoin(_CLOCK, is_shown_clock())


def _narrowed(
    wanted: Select[*tuple[Any, ...]], conditions: list[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """Add conditions; without any the statement stays the one compiled before."""
    return wanted.where(*conditions) if conditions else wanted


@cache
def _due_statement(is_later: bool) -> Select[*tuple[Any, ...]]:
    """Select a page of what has a due time; made once, it is compiled once."""
    wanted = (
        row_select()
        .where(_REQUEST.unit_id == bindparam("unit"), IS_OPEN)
        .where(_REQUEST.due_at.is_not(None))
        .order_by(_REQUEST.due_at, _REQUEST.id)
        .limit(bindparam("most", type_=Integer))
    )
    if not is_later:
        return wanted
    due = bindparam("after_due", type_=UtcDateTime)
    return wanted.where(
        _REQUEST.due_at >= due,
        or_(_REQUEST.due_at > due, _REQUEST.id > bindparam("after_id")),
    )


@cache
def _rest_statement() -> Select[*tuple[Any, ...]]:
    """Select a page of what has no due time."""
    return (
        row_select()
        .where(_REQUEST.unit_id == bindparam("unit"), IS_OPEN)
        .where(_REQUEST.due_at.is_(None), _REQUEST.id > bindparam("after_id"))
        .order_by(_REQUEST.id)
        .limit(bindparam("most", type_=Integer))
    )


def _conditions(
    session: Session, wanted: QueueFilter, now: datetime
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    match wanted.view:
        case QueueView.MINE:
            found.append(_REQUEST.assignee_id == wanted.person_id)
        case QueueView.NOBODY:
            found.append(_REQUEST.assignee_id.is_(None))
        case QueueView.AT_RISK:
            found.append(_is_at_risk(now))
        case QueueView.OVERDUE:
            found.append(_REQUEST.due_at < now)
        case QueueView.ALL | QueueView.DONE:
            pass
    if wanted.service_id is not None:
        found.append(_REQUEST.service_id == wanted.service_id)
    if wanted.front_unit_id is not None:
        found.append(_REQUEST.front_unit_id == wanted.front_unit_id)
    folded = fold_for_search(wanted.words)
    if words_of(folded):
        dialect = session.get_bind().dialect
        found.append(search_clause(dialect, folded, _REQUEST.id))
    return found


def _is_at_risk(now: datetime) -> ColumnElement[bool]:
    """Tell which are running, within their target, and past the share that warns."""
    return and_(
        _REQUEST.due_at >= now,
        _CLOCK.c.at_risk_at <= now,
        _CLOCK.c.state == ClockState.RUNNING,
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _done(
    session: Session, unit_id: int, filter_: QueueFilter, limit: int, now: datetime
) -> tuple[QueueRow, ...]:
    wanted = (
        row_select()
        .where(
            _REQUEST.resolved_at >= now - DONE_WITHIN,
            _REQUEST.unit_id == unit_id,
            _REQUEST.state.in_(ENDED_STATES),
            *_conditions(session, filter_, now),
        )
        .order_by(_REQUEST.resolved_at.desc(), _REQUEST.id.desc())
    )
    return tuple(rows_of(session, wanted.limit(limit)))
