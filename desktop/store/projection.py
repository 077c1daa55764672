"""Write down what a request's journal adds up to: its row, legs, holds and clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Delete,
    Executable,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy import (
    Row as SqlRow,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from desktop.domain.agreements import TargetKind
from desktop.domain.clocks import ClockState
from desktop.domain.errors import Conflict
from desktop.domain.history import History, HistoryEvent, Hold, Leg
from desktop.domain.promises import ClockView, promises_of, view_of
from desktop.domain.requests import EntryKind, Side, ball_of
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.store.changes import note_changes
from desktop.store.reference import Reference

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Projection:
    """The cached columns and rows of one request, as they should be."""

    request: Row
    legs: list[Row]
    holds: list[Row]
    clocks: list[Row]


def project_rows(
    history: History,
    reference: Reference,
    *,
    request_id: int,
    service_id: int | None,
    front_unit_id: int | None,
) -> Projection:
    """Return what the database should hold for a request with this history."""
    views = [
        view_of(promise, history)
        for promise in promises_of(history, reference.rules(service_id), front_unit_id)
    ]
    return Projection(
        _request_row(history, views, reference),
        [_leg_row(leg, request_id) for leg in history.legs],
        [_hold_row(hold, request_id) for hold in history.holds],
        [
            _clock_row(view, request_id, position)
            for position, view in enumerate(views, 1)
        ],
    )


def project(session: Session, request: Request, reference: Reference) -> History:
    """Bring a request's cached columns and rows in line with its journal.

    Raises Conflict when somebody else saved the request first.
    """
    events = events_of(session, request.id)
    history = History.of(events)
    rows = project_rows(
        history,
        reference,
        request_id=request.id,
        service_id=request.service_id,
        front_unit_id=request.front_unit_id,
    )
    _update_request(session, request, rows.request)
    connection = session.connection()
    for upsert, wanted in (
        (_UPSERT_LEG, rows.legs),
        (_UPSERT_HOLD, rows.holds),
        (_UPSERT_CLOCK, rows.clocks),
    ):
        if wanted:
            connection.execute(upsert[connection.dialect.name], wanted)
    # Promises become fewer by a change of priority or of the agreement; legs and
    # holds only where a step was undone.
    connection.execute(
        _DELETE_CLOCKS, {"of_request": request.id, "last": len(rows.clocks)}
    )
    if events[-1].kind == EntryKind.UNDONE:
        for delete_more, kept in (
            (_DELETE_LEGS, rows.legs),
            (_DELETE_HOLDS, rows.holds),
        ):
            connection.execute(
                delete_more, {"of_request": request.id, "last": len(kept)}
            )
    return history


def create(
    session: Session,
    columns: Mapping[str, Any],
    event: HistoryEvent,
    reference: Reference,
) -> int:
    """Write a new request's row, legs, holds and clocks as its first entry has them.

    ``columns`` are those no journal decides. Returns the request's id.
    """
    history = History.of([event])
    rows = project_rows(
        history,
        reference,
        request_id=0,
        service_id=columns.get("service_id"),
        front_unit_id=columns.get("front_unit_id"),
    )
    connection = session.connection()
    done = connection.execute(
        _INSERT_REQUEST, {"version": 1, **columns, **rows.request}
    )
    assert done.inserted_primary_key is not None
    request_id: int = done.inserted_primary_key[0]
    for insert_parts, parts in (
        (_INSERT_LEGS, rows.legs),
        (_INSERT_HOLDS, rows.holds),
        (_INSERT_CLOCKS, rows.clocks),
    ):
        if parts:
            own = [{**part, "request_id": request_id} for part in parts]
            connection.execute(insert_parts, own)
    note_changes(session, _REQUEST.name, [request_id])
    return request_id


def _update_request(session: Session, request: Request, columns: Row) -> None:
    changed = {
        column: value
        for column, value in columns.items()
        if getattr(request, column) != value
    }
    if not changed:
        return
    version = request.version
    done = session.connection().execute(
        _UPDATE_REQUEST,
        {**changed, "version": version + 1, "of_request": request.id, "was": version},
    )
    if done.rowcount != 1:
        raise Conflict("changed_meanwhile", reference=request.reference)
    for column, value in (*changed.items(), ("version", version + 1)):
        set_committed_value(request, column, value)
    note_changes(session, _REQUEST.name, [request.id])


def events_of(session: Session, request_id: int) -> list[HistoryEvent]:
    """Read a request's journal as the fold reads it, in order."""
    rows = session.connection().execute(_EVENTS, {"of_request": request_id})
    return [HistoryEvent(*row) for row in rows]


def current_clock(views: Iterable[ClockView], unit: int | None) -> int | None:
    """Return the position (from 1) of the clock a list shows for a request.

    The unit that has it: its running clock that is due first; else its held
    resolution, else the last resolution or response that stopped.
    """
    best: tuple[Any, ...] | None = None
    found = None
    for position, view in enumerate(views, 1):
        is_mine = view.unit == unit
        is_live = view.stopped_at is None
        is_running = is_live and view.running_since is not None
        rank = (
            is_running and is_mine,
            is_live and is_mine,
            is_live and view.kind in _LASTING,
            view.kind is TargetKind.RESOLUTION,
            -(view.due_at.timestamp()) if is_running and view.due_at else 0.0,
            position,
        )
        if best is None or rank > best:
            best, found = rank, position
    return found


_LASTING: Final = frozenset({TargetKind.RESOLUTION, TargetKind.ANSWER})


def _request_row(history: History, views: list[ClockView], reference: Reference) -> Row:
    side = reference.sides.get(history.unit) if history.unit is not None else None
    position = current_clock(views, history.unit)
    shown = views[position - 1] if position else None
    is_running = shown is not None and shown.running_since is not None
    return {
        "state": history.state,
        "is_open": history.is_open,
        "unit_id": history.unit,
        "unit_since": history.unit_since,
        "assignee_id": history.assignee,
        "pending": history.pending,
        "follow_up_at": history.follow_up,
        "ball": ball_of(history.state, history.pending, side),
        "ball_since": _ball_since(history, reference.sides),
        "priority": history.priority,
        "raised_at": history.raised_at,
        "resolved_at": history.resolved_at,
        "last_at": history.last_at,
        "due_at": shown.due_at if shown and is_running and history.is_open else None,
        "clock_position": position,
        "reopens": history.reopens,
        "handovers": history.handovers,
        "returns": history.returns,
        "entries": history.events,
    }


def _ball_since(history: History, sides: Any) -> Any:
    """Return since when the same one has had to move next, at the same unit."""
    since = history.raised_at
    holder: Any = None
    for stretch in history.stretches:
        side: Side | None = sides.get(stretch.unit) if stretch.unit else None
        now = (stretch.unit, ball_of(stretch.state, stretch.pending, side))
        if now != holder:
            holder, since = now, stretch.start
    return since


def _leg_row(leg: Leg, request_id: int) -> Row:
    return {
        "request_id": request_id,
        "position": leg.position,
        "unit_id": leg.unit,
        "from_unit_id": leg.from_unit,
        "started_at": leg.start,
        "ended_at": leg.end,
        "named_at": leg.named_at,
        "acted_at": leg.acted_at,
        "last_assignee_id": leg.last_assignee,
    }


def _hold_row(hold: Hold, request_id: int) -> Row:
    return {
        "request_id": request_id,
        "position": hold.position,
        "reason": hold.reason,
        "unit_id": hold.unit,
        "started_at": hold.start,
        "ended_at": hold.end,
    }


def _clock_row(view: ClockView, request_id: int, position: int) -> Row:
    return {
        "request_id": request_id,
        "position": position,
        "kind": view.kind,
        "unit_id": view.unit,
        "for_unit_id": view.for_unit,
        "version_id": view.version_id,
        "calendar_id": view.calendar_id,
        "calendar_version": view.calendar_version,
        "target_s": view.target_s,
        "warn_share": view.warn_share,
        "used_s": view.used_s,
        "state": ClockState(view.state),
        "pending": view.pending,
        "is_void": view.is_void,
        "started_at": view.started_at,
        "running_since": view.running_since,
        "due_at": view.due_at,
        "at_risk_at": view.at_risk_at,
        "breached_at": view.breached_at,
        "stopped_at": view.stopped_at,
    }


def clock_view(row: RequestClock | SqlRow[Any]) -> ClockView:
    """Return a stored clock as the rules and screens read it."""
    return ClockView(
        kind=row.kind,
        unit=row.unit_id,
        for_unit=row.for_unit_id,
        calendar_id=row.calendar_id,
        version_id=row.version_id,
        target_s=row.target_s,
        warn_share=row.warn_share,
        used_s=row.used_s,
        started_at=row.started_at,
        running_since=row.running_since,
        due_at=row.due_at,
        at_risk_at=row.at_risk_at,
        breached_at=row.breached_at,
        stopped_at=row.stopped_at,
        state=row.state,
        pending=row.pending,
        is_void=row.is_void,
        calendar_version=row.calendar_version,
    )


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_PLACE: Final = frozenset({"id", "request_id", "position"})


def _upserts(table: Table) -> dict[str, Executable]:
    """Return for each database what writes a part by its place in the request."""
    made: dict[str, Executable] = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        # Each dialect has an insert of its own, alike but unrelated.
        statement: Any = dialect.insert(table)
        values = [one for one in table.columns if one.name not in _PLACE]
        made[name] = statement.on_conflict_do_update(
            index_elements=["request_id", "position"],
            set_={one.name: statement.excluded[one.name] for one in values},
            # What stays as it is is not written, nor are the indexes it stands in.
            where=or_(
                *(one.is_distinct_from(statement.excluded[one.name]) for one in values)
            ),
        )
    return made


def _delete_after(table: Table) -> Delete:
    """Return what deletes a request's parts behind the last place that is kept."""
    return delete(table).where(
        table.c.request_id == bindparam("of_request"),
        table.c.position > bindparam("last"),
    )


# Made once: making a statement, and the key it is found compiled by, costs more than
# the database's own work. They are plain statements, past the session's own objects.
_REQUEST: Final = _table(Request)
_LEG: Final = _table(RequestLeg)
_HOLD: Final = _table(RequestHold)
_CLOCK: Final = _table(RequestClock)
JOURNAL: Final = _table(JournalEntry)
_UPSERT_LEG: Final = _upserts(_LEG)
_UPSERT_HOLD: Final = _upserts(_HOLD)
_UPSERT_CLOCK: Final = _upserts(_CLOCK)
_INSERT_REQUEST: Final = insert(_REQUEST)
_INSERT_LEGS: Final = insert(_LEG)
_INSERT_HOLDS: Final = insert(_HOLD)
_INSERT_CLOCKS: Final = insert(_CLOCK)
_UPDATE_REQUEST: Final = update(_REQUEST).where(
    _REQUEST.c.id == bindparam("of_request"), _REQUEST.c.version == bindparam("was")
)
_DELETE_LEGS: Final = _delete_after(_LEG)
_DELETE_HOLDS: Final = _delete_after(_HOLD)
_DELETE_CLOCKS: Final = _delete_after(_CLOCK)
_EVENTS: Final = (
    select(
        JOURNAL.c.seq,
        JOURNAL.c.at,
        JOURNAL.c.kind,
        JOURNAL.c.changes,
        JOURNAL.c.unit_id,
        JOURNAL.c.audience,
        JOURNAL.c.recorded_at,
    )
    .where(JOURNAL.c.request_id == bindparam("of_request"))
    .order_by(JOURNAL.c.seq)
)
