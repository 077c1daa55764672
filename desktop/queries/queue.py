"""A unit's queue: its open requests by what is due next, held ones last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from desktop.domain.list_views import ListView, SortBy
from desktop.domain.search_words import Coded, Days, Field, Named
from desktop.entities.base import UtcDateTime
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.queries.list_conditions import IS_OPEN, warns
from desktop.queries.request_rows import QueueRow as QueueRow

DONE_WITHIN: Final = timedelta(days=14)
"""How far back the recently resolved go."""

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


VIEW_TERMS: Final[dict[QueueView, Coded]] = {
    QueueView.MINE: Coded(Field.IS, ("mine",)),
    QueueView.NOBODY: Coded(Field.IS, ("unassigned",)),
    QueueView.AT_RISK: Coded(Field.IS, ("risk",)),
    QueueView.OVERDUE: Coded(Field.IS, ("overdue",)),
    QueueView.DONE: Coded(Field.IS, ("done",)),
}
"""What each view of a queue leaves."""


def of_unit(unit_id: int, view: ListView, today: date) -> ListView:
    """Narrow a view to a unit's open requests, or to those it resolved lately.

    What was resolved comes newest first unless the view sorts otherwise.
    """
    whose = Named(Field.UNIT, (), (unit_id,))
    if VIEW_TERMS[QueueView.DONE] not in view.filters:
        return view.narrowed(whose, Coded(Field.IS, ("open",)))
    lately = view.narrowed(whose, Days(Field.RESOLVED, today - DONE_WITHIN, None))
    if view.sort is not SortBy.DUE:
        return lately
    return replace(lately, sort=SortBy.RESOLVED, is_descending=True)


def queue_summary(
    session: Session, unit_id: int, person_id: int | None, now: datetime
) -> QueueSummary:
    """Count a unit's open requests and name what they can be narrowed to.

    One pass over the requests and two short statements for the names.
    """
    kinds = (_REQUEST.service_id, _REQUEST.front_unit_id)
    wanted = (
        select(*kinds, *_counted(person_id, now), _at_risk(unit_id, now))
        .where(_REQUEST.unit_id == unit_id, IS_OPEN)
        .group_by(*kinds)
    )
    rows = session.connection().execute(wanted).all()
    every, mine, nobody, overdue = (sum(row[at] for row in rows) for at in range(2, 6))
    at_risk = rows[0][6] if rows else 0
    return QueueSummary(
        QueueCounts(every, mine, nobody, at_risk, overdue),
        QueueChoices(
            _named(session, _SERVICE.c, {row[0] for row in rows}),
            _named(session, Unit.__table__.c, {row[1] for row in rows}),
        ),
    )


def _counted(person_id: int | None, now: datetime) -> tuple[ColumnElement[int], ...]:
    """Return what an index of open requests can count without looking at them."""
    return (
        func.count(),
        _count_if(_REQUEST.assignee_id == person_id),
        _count_if(_REQUEST.assignee_id.is_(None)),
        _count_if(_REQUEST.due_at < now),
    )


def _at_risk(unit_id: int, now: datetime) -> ColumnElement[int]:
    """Count which run, within their target, past the share that warns.

    From the clocks, for few of them are in that span at any time.
    """
    at_risk = Request.__table__.alias("at_risk")
    return (
        select(func.count())
        .select_from(_CLOCK.join(at_risk, at_risk.c.id == _CLOCK.c.request_id))
        .where(
            *warns(literal(now, UtcDateTime)),
            at_risk.c.clock_position == _CLOCK.c.position,
            at_risk.c.unit_id == unit_id,
            at_risk.c.is_open,
        )
        .scalar_subquery()
    )


def _named(
    session: Session, columns: Any, ids: set[int | None]
) -> tuple[tuple[int, str], ...]:
    wanted = select(columns.id, columns.name).where(columns.id.in_(ids - {None}))
    rows = session.connection().execute(wanted.order_by(columns.name))
    return tuple((row[0], row[1]) for row in rows)


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
