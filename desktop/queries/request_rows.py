"""The rows lists of requests show: one select of plain columns, with the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.promises import ClockView
from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit

# Columns of tables, not entities: a list needs no identity map, only rows.
_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__
_SERVICE = Service.__table__
_PERSON = Person.__table__
_REQUESTER = Person.__table__.alias("requester")
_FRONT = Unit.__table__.alias("front")
_HOLDER = Unit.__table__.alias("holder")


class QueueRow(NamedTuple):
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
    customer: str
    requester: str
    last_at: datetime
    follow_up_at: datetime | None
    reopens: int
    returns: int
    entries: int
    clock: ClockView | None


def row_select(among: FromClause | None = None) -> Select[*tuple[Any, ...]]:
    """Select the columns of list rows, with the clock a list shows.

    ``among`` has an ``id`` for each request wanted; without it all are.
    """
    own = (
        *(_REQUEST[name] for name in ("id", "version", "reference", "subject")),
        _REQUEST.service_id,
        func.coalesce(_SERVICE.c.name, ""),
        _REQUEST.front_unit_id,
        func.coalesce(_FRONT.c.name, ""),
        *(_REQUEST[name] for name in ("raised_at", "state", "ball", "unit_id")),
        func.coalesce(_HOLDER.c.name, ""),
        *(_REQUEST[name] for name in ("ball_since", "pending", "assignee_id")),
        func.coalesce(_PERSON.c.name, ""),
        *(_REQUEST[name] for name in ("priority", "due_at", "resolved_at")),
        _REQUEST.customer,
        func.coalesce(_REQUESTER.c.name, ""),
        *(_REQUEST[name] for name in ("last_at", "follow_up_at")),
        *(_REQUEST[name] for name in ("reopens", "returns", "entries")),
    )
    wanted = select(*own, *(_CLOCK.c[name] for name in CLOCK_COLUMNS))
    start = Request.__table__
    if among is not None:
        start = among.join(Request.__table__, _REQUEST.id == among.c.id)
    return (
        wanted.select_from(start)
        .outerjoin(_CLOCK, is_shown_clock())
        .outerjoin(_SERVICE, _SERVICE.c.id == _REQUEST.service_id)
        .outerjoin(_FRONT, _FRONT.c.id == _REQUEST.front_unit_id)
        .outerjoin(_HOLDER, _HOLDER.c.id == _REQUEST.unit_id)
        .outerjoin(_PERSON, _PERSON.c.id == _REQUEST.assignee_id)
        .outerjoin(_REQUESTER, _REQUESTER.c.id == _REQUEST.requester_id)
    )


def rows_of(
    session: Session,
    wanted: Select[*tuple[Any, ...]],
    parameters: Mapping[str, Any] | None = None,
) -> list[QueueRow]:
    """Read what ``row_select`` selected."""
    found = session.connection().execute(wanted, parameters).all()
    return [row_of(row) for row in found]


def row_of(row: Sequence[Any]) -> QueueRow:
    """Make a list row of what ``row_select`` selected; more columns may follow it."""
    cut = _OWN_COLUMNS
    clock = ClockView(*row[cut:_ALL_COLUMNS]) if row[cut] is not None else None
    return QueueRow._make((*row[:cut], clock))


CLOCK_COLUMNS = (
    *("kind", "unit_id", "for_unit_id", "calendar_id", "version_id", "target_s"),
    *("warn_share", "used_s", "started_at", "running_since", "due_at", "at_risk_at"),
    *("breached_at", "stopped_at", "state", "pending", "is_void", "calendar_version"),
)
"""The columns of a clock's table in the order of ClockView's fields."""

_OWN_COLUMNS = len(QueueRow._fields) - 1
_ALL_COLUMNS = _OWN_COLUMNS + len(CLOCK_COLUMNS)


def is_shown_clock() -> ColumnElement[bool]:
    """Join the clock a list shows for a request."""
    return and_(
        _CLOCK.c.request_id == _REQUEST.id,
        _CLOCK.c.position == _REQUEST.clock_position,
    )
