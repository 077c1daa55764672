"""The proof of a due time as its paper shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agenda_sections import BallCode
from desktop.domain.agreements import TargetKind
from desktop.domain.clocks import ClockState
from desktop.domain.errors import Invalid
from desktop.domain.promises import PauseCause
from desktop.domain.proof_paper import (
    HolderOf,
    JournalLine,
    PromiseKind,
    ProofPaper,
    ProofState,
    ProofStretch,
)
from desktop.domain.proofs import ProofKind
from desktop.domain.requests import PendingReason, Side
from desktop.entities.units import Unit
from desktop.queries.compiled_calendars import compiled_calendar
from desktop.queries.proof import ProofRow, ProofView, proof
from desktop.queries.request_details import RequestDetails, request_details

_PROMISES: Final[dict[TargetKind, PromiseKind]] = {
    TargetKind.RESPONSE: "response",
    TargetKind.UPDATE: "update",
    TargetKind.RESOLUTION: "resolution",
    TargetKind.ANSWER: "answer",
}
_WAITS_FOR: Final[dict[PendingReason, BallCode]] = {
    PendingReason.CUSTOMER: "customer",
    PendingReason.FRONT_OFFICE: "front",
    PendingReason.THIRD_PARTY: "third",
    PendingReason.APPROVAL: "approver",
}


def proof_paper(
    session: Session, request_id: int, clock_position: int, now: datetime
) -> ProofPaper:
    """Return what the printed proof of one clock shows.

    Refuses with NotFound when there is no such clock, and with Invalid a withdrawn
    promise (no verdict) and a kind that has no paper.
    """
    view = proof(session, request_id, clock_position, now)
    promise = _PROMISES.get(view.ground.kind)
    if promise is None:
        raise Invalid("clock", "no_paper", reference=view.reference)
    if view.is_void:
        raise Invalid("clock", "no_verdict", reference=view.reference)
    details = request_details(session, request_id, reader_unit_id=None, now=now)
    sides = {row[0]: row[1] for row in session.execute(select(Unit.name, Unit.side))}
    return ProofPaper(
        reference=view.reference,
        kind=view.ground.service,
        owner=view.unit,
        promised_to=view.for_unit,
        promise=promise,
        target_s=view.ground.target_s,
        state=_state(view),
        used_s=int(view.reading.used.total_seconds()),
        late_s=int(view.reading.late.total_seconds()),
        lines=tuple(_stretch(row, view, sides) for row in view.rows),
        data_as_at=now,
        printed_at=now,
        zone=view.ground.zone,
        promised_by=view.reading.due_at,
        due_without_holds=_without_holds(session, view, details),
        journal=_journal(details),
        agreement=view.ground.agreement,
        agreement_version=view.ground.number,
        calendar=view.ground.calendar,
        place=view.for_unit,
    )


def _without_holds(
    session: Session, view: ProofView, details: RequestDetails
) -> datetime | None:
    """Return when it would have been due had nothing held the clock."""
    if not any(row.kind is ProofKind.HELD and row.open_s for row in view.rows):
        return None
    calendar_id = next(
        one.view.calendar_id
        for one in details.clocks
        if one.view.kind is view.ground.kind and one.unit == view.unit
    )
    calendar = compiled_calendar(session, calendar_id)
    if calendar is None:
        return None
    return calendar.due(view.started_at, timedelta(seconds=view.ground.target_s))


def _journal(details: RequestDetails) -> tuple[JournalLine, ...]:
    return tuple(
        JournalLine(
            entry.at,
            entry.changes.get("unit") or entry.unit or None,
            str(entry.changes["state"]),
            entry.changes.get("pending"),
        )
        for entry in details.entries
        if entry.changes.get("state")
    )


def _state(view: ProofView) -> ProofState:
    reading = view.reading
    if view.stopped_at is not None:
        return "broken_done" if reading.breached_at is not None else "kept"
    if reading.breached_at is not None:
        return "broken_open"
    return "held" if reading.state is ClockState.PAUSED else "running"


def _stretch(row: ProofRow, view: ProofView, sides: dict[str, Side]) -> ProofStretch:
    holder = None
    if row.kind is ProofKind.HELD:
        holder = _holder(row, view, sides)
    return ProofStretch(
        kind=row.kind,
        start=row.start,
        end=row.end,
        open_s=row.open_s,
        counted_s=row.counted_s,
        used_s=row.used_s,
        left_s=row.left_s,
        is_ahead=row.is_ahead,
        holder=holder,
        closure=row.closure,
    )


def _holder(row: ProofRow, view: ProofView, sides: dict[str, Side]) -> HolderOf:
    if row.cause is PauseCause.ENDED:
        return HolderOf("none")
    if row.reason in _WAITS_FOR:
        name = view.for_unit if row.reason is PendingReason.FRONT_OFFICE else None
        return HolderOf(_WAITS_FOR[row.reason], name)
    side = sides.get(row.holder)
    return HolderOf(side.value if side else "unrecorded", row.holder or None)
