"""From a promise as it is explained on screen to the proof that is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.clocks import ClockState
from desktop.domain.promises import PauseCause
from desktop.domain.proof_paper import (
    HolderOf,
    ProofPaper,
    ProofState,
    ProofStretch,
)
from desktop.domain.requests import PendingReason
from desktop.i18n import current_locale

if TYPE_CHECKING:
    from desktop.queries.proof import ProofRow, ProofView

_WAITING_FOR: Mapping[PendingReason, HolderOf] = {
    PendingReason.CUSTOMER: HolderOf("customer"),
    PendingReason.THIRD_PARTY: HolderOf("third"),
    PendingReason.APPROVAL: HolderOf("approver"),
}


def proof_paper_of(
    view: ProofView,
    printed_at: datetime,
    *,
    kind: str = "",
    item: str | None = None,
) -> ProofPaper:
    """Return what is printed of a promise explained as at `view.now`.

    `kind` is the service or subject to name beside the reference, `item` the agenda
    item it belongs to. Called where a language is spoken: the calendar is in words.
    """
    ground = view.ground
    late = max(0, int(view.reading.late.total_seconds()))
    return ProofPaper(
        reference=view.reference,
        kind=kind or view.subject,
        owner=view.unit,
        promised_to=view.for_unit,
        promise=ground.kind.value,
        target=ground.target,
        target_s=ground.target_s,
        state=_state(view),
        used_s=int(view.reading.used.total_seconds()),
        late_s=late,
        lines=tuple(_stretch(row, view) for row in view.rows),
        data_as_at=view.now,
        printed_at=printed_at,
        zone=ground.zone,
        promised_by=view.reading.due_at,
        due_without_holds=view.due_without_holds,
        journal=view.journal,
        agreement=ground.agreement or None,
        agreement_version=ground.number,
        calendar=_calendar(ground.calendar, weekly_words(ground.weekly)),
        item=item,
    )


def _state(view: ProofView) -> ProofState:
    """Return the state of a promise as the paper tells it."""
    if view.is_void:
        return "withdrawn"
    state = view.reading.state
    if state is ClockState.BREACHED:
        return "broken_open" if view.stopped_at is None else "broken_done"
    if state is ClockState.MET:
        return "kept"
    return "held" if state is ClockState.PAUSED else "running"


def _stretch(row: ProofRow, view: ProofView) -> ProofStretch:
    """Return one line, with who had the request while it was held."""
    return ProofStretch(
        kind=row.kind,
        start=row.start,
        end=row.end,
        open_s=row.open_s,
        counted_s=row.counted_s,
        used_s=row.used_s,
        left_s=row.left_s,
        is_ahead=row.is_ahead,
        holder=_holder(row, view) if row.cause is not None else None,
        closure=row.closure,
    )


def _holder(row: ProofRow, view: ProofView) -> HolderOf:
    """Return who had it: whoever was waited for, else the unit it lay with."""
    if row.cause is PauseCause.ENDED:
        return HolderOf("none")
    if row.reason is not None:
        waited_for = _WAITING_FOR.get(row.reason)
        if waited_for is not None:
            return waited_for
    if row.cause is PauseCause.WAITING and row.reason is PendingReason.FRONT_OFFICE:
        return HolderOf("front", view.for_unit)
    if not row.holder:
        return HolderOf("unrecorded")
    return HolderOf("front" if row.holder == view.for_unit else "third", row.holder)


def _calendar(name: str, hours: str) -> str:
    """Return a calendar's name and its hours, once where they are the same."""
    return f"{name}: {hours}" if name and name != hours else hours or name


def weekly_words(weekly: Mapping[int, Sequence[tuple[int, int]]]) -> str:
    """Return opening hours by weekday, days of the same hours together.

    `weekly` maps 0 (Monday) to 6 to intervals in seconds of the day:
    "Mon–Thu 08:00–12:00, 13:00–17:00; Fri 08:00–13:00".
    """
    names = current_locale().days["format"]["abbreviated"]
    runs: list[tuple[int, int, str]] = []
    for day in sorted(weekly):
        hours = ", ".join(f"{_clock(a)}–{_clock(b)}" for a, b in weekly[day])
        if hours and runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        elif hours:
            runs.append((day, day, hours))
    return "; ".join(
        f"{names[first]} {hours}"
        if first == last
        else f"{names[first]}–{names[last]} {hours}"
        for first, last, hours in runs
    )


def _clock(second: int) -> str:
    """Return a second of the day as a time; 24:00 is the end of a day."""
    return f"{second // 3600:02}:{second % 3600 // 60:02}"
