"""Counting the clocks of many requests again, after the rules they run by changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Row, Table, bindparam, select, update
from sqlalchemy.orm import Session

from desktop.domain.history import History
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.store.bulk import insert_many
from desktop.store.changes import note_changes
from desktop.store.histories import events_where
from desktop.store.projection import Projection, project_rows
from desktop.store.reference import Reference

BATCH: Final = 500


def retime(session: Session, ids: Iterable[int], reference: Reference) -> int:
    """Bring the clocks and due times of requests in line with ``reference``.

    Legs and holds do not depend on the rules and stay. Returns how many requests
    came out differently. A few statements for every 500 requests.
    """
    session.flush()
    moved = 0
    for batch in _batches(sorted(set(ids))):
        moved += _retime(session, batch, reference)
    if moved:
        session.expire_all()
    return moved


def projections(
    session: Session, ids: Sequence[int], reference: Reference
) -> Iterator[tuple[Row[Any], Projection]]:
    """Yield requests with what they should be by ``reference``; changes nothing."""
    events = events_where(session, JournalEntry.request_id.in_(ids))
    for request in session.execute(select(_REQUEST).where(_REQUEST.c.id.in_(ids))):
        if events[request.id]:
            yield (
                request,
                project_rows(
                    History.of(events[request.id]),
                    reference,
                    request_id=request.id,
                    service_id=request.service_id,
                    front_unit_id=request.front_unit_id,
                ),
            )


def _retime(session: Session, ids: Sequence[int], reference: Reference) -> int:
    stored: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(
        select(_CLOCK)
        .where(_CLOCK.c.request_id.in_(ids))
        .order_by(_CLOCK.c.request_id, _CLOCK.c.position)
    ):
        stored[row.request_id].append(
            {name: value for name, value in row._mapping.items() if name != "id"}
        )
    moved, clocks, rows = [], [], []
    for request, wanted in projections(session, ids, reference):
        columns = {name: wanted.request[name] for name in _COLUMNS}
        is_same = stored[request.id] == wanted.clocks
        if is_same and all(getattr(request, name) == columns[name] for name in columns):
            continue
        moved.append(request.id)
        clocks += wanted.clocks
        rows.append({"of_request": request.id, **columns})
    if not moved:
        return 0
    connection = session.connection()
    connection.execute(_CLOCK.delete().where(_CLOCK.c.request_id.in_(moved)))
    insert_many(connection, _CLOCK, clocks)
    connection.execute(_UPDATE, rows)
    note_changes(session, _REQUEST.name, moved)
    return len(moved)


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_REQUEST: Final = _table(Request)
_CLOCK: Final = _table(RequestClock)
_COLUMNS: Final = ("due_at", "clock_position", "last_at", "entries")
_UPDATE: Final = (
    update(_REQUEST)
    .where(_REQUEST.c.id == bindparam("of_request"))
    .values(
        version=_REQUEST.c.version + 1,
        **{name: bindparam(name) for name in _COLUMNS},
    )
)
