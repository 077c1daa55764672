"""Reads a unit's queue as its window does, without a window."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from desktop.domain.list_views import ListView
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import PAGE, Cursor, ListPage, list_page
from desktop.queries.queue import of_unit

EVERYTHING = ListView()


def queue_page(
    session: Session,
    unit_id: int,
    *,
    view: ListView = EVERYTHING,
    person_id: int | None = None,
    after: Cursor | None = None,
    limit: int = PAGE,
    now: datetime,
) -> ListPage:
    """Return up to ``limit`` rows of a unit's queue after a cursor."""
    moment = Moment(now, UTC)
    return list_page(
        session,
        of_unit(unit_id, view, moment.today),
        reader=Reader(person_id, unit_id),
        moment=moment,
        after=after,
        limit=limit,
    )
