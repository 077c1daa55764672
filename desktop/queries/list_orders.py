"""What lists are sorted and grouped by, as expressions of both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from desktop.domain.list_views import GroupBy, SortBy
from desktop.domain.requests import Ball, RequestState
from desktop.entities.base import UtcDateTime
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.list_conditions import instant
from desktop.queries.sections import QueueSection

_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__.c
_NO_PRIORITY: Final = 99

WITHOUT: Final = "without"
"""The name of the instant that stands for none, before or after all others."""


def _name_of(entity: Any, column: ColumnElement[int | None]) -> ColumnElement[str]:
    """Return the name a column points at, after all others where it points at none."""
    columns = entity.__table__.alias().c
    name = select(columns.name).where(columns.id == column)
    named = name.correlate(Request.__table__).scalar_subquery()
    # A figure before each, since languages disagree on what comes after all letters.
    return func.coalesce(literal("0") + named, literal("1"), type_=String)


OFTEN_WITHOUT: Final = {
    SortBy.DUE: _REQUEST.due_at,
    SortBy.RESOLVED: _REQUEST.resolved_at,
    SortBy.FOLLOW_UP: _REQUEST.follow_up_at,
}
SORTS: Final[dict[SortBy, Callable[[], ColumnElement[Any]]]] = {
    SortBy.REFERENCE: lambda: _REQUEST.id,
    SortBy.SUBJECT: lambda: func.lower(_REQUEST.subject, type_=String),
    SortBy.RAISED: lambda: _REQUEST.raised_at,
    SortBy.CHANGED: lambda: _REQUEST.last_at,
    SortBy.PRIORITY: lambda: func.coalesce(
        _REQUEST.priority, _NO_PRIORITY, type_=Integer
    ),
    SortBy.STATE: lambda: _state_place(),
    SortBy.HOLDER: lambda: _name_of(Unit, _REQUEST.unit_id),
    SortBy.FRONT: lambda: _name_of(Unit, _REQUEST.front_unit_id),
    SortBy.SERVICE: lambda: _name_of(Service, _REQUEST.service_id),
    SortBy.ASSIGNEE: lambda: _name_of(Person, _REQUEST.assignee_id),
    SortBy.REQUESTER: lambda: _name_of(Person, _REQUEST.requester_id),
    SortBy.CUSTOMER: lambda: func.lower(_REQUEST.customer, type_=String),
}


def sort_value(sort: SortBy, *, is_whole: bool) -> ColumnElement[Any]:
    """Return what rows are ordered by; ``is_whole``: also those without a value."""
    often = OFTEN_WITHOUT.get(sort)
    if often is None:
        return SORTS[sort]()
    if is_whole:
        return func.coalesce(often, instant(WITHOUT), type_=UtcDateTime)
    return often


def _state_place() -> ColumnElement[int]:
    places = {state: place for place, state in enumerate(RequestState)}
    return case(*((_REQUEST.state == state, at) for state, at in places.items()))


def group_value(group: GroupBy, *, is_open: bool) -> ColumnElement[Any]:
    """Return what stands under one heading, in the order of the headings."""
    if group is GroupBy.DUE:
        return section_place(is_open)
    return GROUPS[group]()


def section_place(is_open: bool) -> ColumnElement[int]:
    """Return the place of a row's section: the same as ``section_of`` tells.

    Whether a row is open is not asked where all are: no index has the answer.
    """
    is_held = (
        select(_CLOCK.id)
        .where(
            _CLOCK.request_id == _REQUEST.id,
            _CLOCK.position == _REQUEST.clock_position,
            _CLOCK.stopped_at.is_(None),
        )
        .correlate(Request.__table__)
        .exists()
    )
    places = {one: place for place, one in enumerate(QueueSection)}
    pending = _REQUEST.state == RequestState.PENDING
    ended = [] if is_open else [(~_REQUEST.is_open, places[QueueSection.DONE])]
    return case(
        *ended,
        (_REQUEST.due_at < instant("now"), places[QueueSection.OVERDUE]),
        (_REQUEST.due_at < instant("day_end"), places[QueueSection.TODAY]),
        (_REQUEST.due_at.is_not(None), places[QueueSection.LATER]),
        (or_(pending, is_held), places[QueueSection.HELD]),
        else_=places[QueueSection.UNPROMISED],
    )


def _ball_place() -> ColumnElement[int]:
    places = {ball: place for place, ball in enumerate(Ball)}
    return case(*((_REQUEST.ball == ball, at) for ball, at in places.items()))


GROUPS: Final[dict[GroupBy, Callable[[], ColumnElement[Any]]]] = {
    GroupBy.NONE: lambda: literal_column("0", Integer),
    GroupBy.UNIT: SORTS[SortBy.HOLDER],
    GroupBy.FRONT: SORTS[SortBy.FRONT],
    GroupBy.SERVICE: SORTS[SortBy.SERVICE],
    GroupBy.ASSIGNEE: SORTS[SortBy.ASSIGNEE],
    GroupBy.PRIORITY: SORTS[SortBy.PRIORITY],
    GroupBy.STATE: _state_place,
    GroupBy.BALL: _ball_place,
}
