"""How the rows of lists are selected: plain columns, with the clock a list shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select
from sqlalchemy.orm import Session

from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.list_rows import CLOCK_COLUMNS as CLOCK_COLUMNS
from desktop.queries.list_rows import QueueRow as QueueRow
from desktop.queries.list_rows import row_of as row_of

# Columns of tables, not entities: a list needs no identity map, only rows.
_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__
_SERVICE = Service.__table__
_PERSON = Person.__table__
_REQUESTER = Person.__table__.alias("requester")
_FRONT = Unit.__table__.alias("front")
_HOLDER = Unit.__table__.alias("holder")


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


def is_shown_clock() -> ColumnElement[bool]:
    """Join the clock a list shows for a request."""
    return and_(
        _CLOCK.c.request_id == _REQUEST.id,
        _CLOCK.c.position == _REQUEST.clock_position,
    )
