"""The promise budget of a request, as screens and papers read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.budgets import BrokenBy, Part, budget_of
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import NotFound
from desktop.domain.history import History
from desktop.domain.instants import DAY_S
from desktop.domain.promises import promises_of
from desktop.domain.requests import PendingReason, Side
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.store.projection import events_of
from desktop.store.reference import load_reference


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """One unit's part; durations are seconds of working time on ``calendar``.

    ``share`` (0..1) is its part of all working time used. ``spans`` are its stays.
    """

    unit_id: int
    unit: str
    side: Side
    spans: tuple[tuple[datetime, datetime], ...]
    calendar: str
    used_s: int
    waited_s: int
    target_s: int | None
    over_s: int
    share: float


@dataclass(frozen=True, slots=True)
class BudgetView:
    """Each unit's part against what the customer was told, as at ``now``.

    ``left_s`` is wall-clock time, negative once the told instant passed;
    ``elapsed_s`` is what the parts took together. ``broken_by`` indexes ``parts``.
    """

    request_id: int
    raised_at: datetime
    ended_at: datetime | None
    told_due_at: datetime | None
    told_text: str
    parts: tuple[BudgetPart, ...]
    used_s: int
    elapsed_s: int
    left_s: int | None
    is_broken: bool
    broken_by: int | None
    why: BrokenBy | None
    waiting_for: PendingReason | None


def promise_budget(session: Session, request_id: int, now: datetime) -> BudgetView:
    """Return the promise budget of a request as at ``now``. Raises NotFound."""
    request = session.get(Request, request_id)
    if request is None:
        raise NotFound("not_found", what="request", id=request_id)
    reference = load_reference(session, 0)
    events = [one for one in events_of(session, request_id) if one.at <= now]
    history = History.of(events)
    units = {row.id: row for row in session.scalars(select(Unit))}
    rules = reference.rules(request.service_id)
    promises = promises_of(history, rules, request.front_unit_id)
    always = ServiceCalendar(
        CalendarSpec(zone="UTC", weekly=dict.fromkeys(range(7), ((0, DAY_S),)))
    )

    def calendar_of(unit: int) -> ServiceCalendar:
        own = units[unit].calendar_id
        return always if own is None else reference.calendars[own]

    found = budget_of(history, promises, calendar_of, request.told_due_at, now)
    total = sum(part.used.total_seconds() for part in found.parts)
    return BudgetView(
        request_id=request_id,
        raised_at=request.raised_at,
        ended_at=found.ended_at,
        told_due_at=request.told_due_at,
        told_text=request.told_text,
        parts=tuple(_part(part, units[part.unit], total) for part in found.parts),
        used_s=int(total),
        elapsed_s=int(found.elapsed.total_seconds()),
        left_s=None if found.left is None else int(found.left.total_seconds()),
        is_broken=found.is_broken,
        broken_by=found.broken_by,
        why=found.why,
        waiting_for=found.waiting_for,
    )


def _part(part: Part, unit: Unit, total: float) -> BudgetPart:
    used = part.used.total_seconds()
    return BudgetPart(
        unit_id=unit.id,
        unit=unit.name,
        side=unit.side,
        spans=part.spans,
        calendar=part.calendar.spec.name,
        used_s=int(used),
        waited_s=int(part.waited.total_seconds()),
        target_s=None if part.target is None else int(part.target.total_seconds()),
        over_s=int(part.over.total_seconds()),
        share=used / total if total else 0.0,
    )
