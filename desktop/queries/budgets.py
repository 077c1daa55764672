"""The promise budget of a request and its parts, as screens and papers read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.budgets import BrokenBy, Budget, Part, Piece, Step, budget_of
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import NotFound
from desktop.domain.history import History, HistoryEvent
from desktop.domain.instants import DAY_S
from desktop.domain.promises import promises_of
from desktop.domain.requests import PendingReason, Side
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.store.histories import events_where
from desktop.store.linked import whole_with_parts
from desktop.store.reference import Reference, load_reference


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """One unit's part; durations are seconds of working time on ``calendar``.

    ``reference`` is that of the request it is a part of, ``is_part`` where that is one
    the whole was split into. ``share`` (0..1) is its part of all working time used.
    """

    request_id: int
    reference: str
    is_part: bool
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
    ``elapsed_s`` is what the parts took together, side by side counted once.
    ``critical`` are the spans that decided it; ``broken_by`` indexes ``parts``.
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
    critical: tuple[Step, ...] = ()

    @property
    def has_parts(self) -> bool:
        """Tell whether it was split into parts."""
        return any(part.is_part for part in self.parts)


def promise_budget(session: Session, request_id: int, now: datetime) -> BudgetView:
    """Return the promise budget of a request as at ``now``. Raises NotFound.

    With all its parts, and as many statements however many they are.
    """
    whole = session.get(Request, request_id)
    if whole is None:
        raise NotFound("not_found", what="request", id=request_id)
    below = whole_with_parts(session, request_id)
    requests = {
        one.id: one
        for one in session.scalars(select(Request).where(Request.id.in_(below)))
    }
    reference = load_reference(session, 0)
    events = events_where(
        session, JournalEntry.request_id.in_(list(below)), JournalEntry.at <= now
    )
    pieces = [
        _piece(requests[one], above, events[one], reference)
        for one, above in below.items()
    ]
    units = {row.id: row for row in session.scalars(select(Unit))}
    found = budget_of(pieces, _calendars(units, reference), whole.told_due_at, now)
    return _view(whole, found, requests, units)


def _piece(
    request: Request,
    above: int | None,
    events: Iterable[HistoryEvent],
    reference: Reference,
) -> Piece:
    history = History.of(events)
    rules = reference.rules(request.service_id)
    promises = promises_of(history, rules, request.front_unit_id)
    return Piece(request.id, above, history, promises)


def _calendars(
    units: Mapping[int, Unit], reference: Reference
) -> Callable[[int], ServiceCalendar]:
    always = ServiceCalendar(
        CalendarSpec(zone="UTC", weekly=dict.fromkeys(range(7), ((0, DAY_S),)))
    )

    def calendar_of(unit: int) -> ServiceCalendar:
        own = units[unit].calendar_id
        return always if own is None else reference.calendars[own]

    return calendar_of


def _view(
    whole: Request,
    found: Budget,
    requests: Mapping[int, Request],
    units: Mapping[int, Unit],
) -> BudgetView:
    total = sum(part.used.total_seconds() for part in found.parts)
    return BudgetView(
        request_id=whole.id,
        raised_at=whole.raised_at,
        ended_at=found.ended_at,
        told_due_at=whole.told_due_at,
        told_text=whole.told_text,
        parts=tuple(
            _part(
                part,
                requests[part.request],
                units[part.unit],
                total,
                is_part=part.request != whole.id,
            )
            for part in found.parts
        ),
        used_s=int(total),
        elapsed_s=int(found.elapsed.total_seconds()),
        left_s=None if found.left is None else int(found.left.total_seconds()),
        is_broken=found.is_broken,
        broken_by=found.broken_by,
        why=found.why,
        waiting_for=found.waiting_for,
        critical=found.critical,
    )


def _part(
    part: Part,
    request: Request,
    unit: Unit,
    total: float,
    *,
    is_part: bool,
) -> BudgetPart:
    used = part.used.total_seconds()
    return BudgetPart(
        request_id=request.id,
        reference=request.reference,
        is_part=is_part,
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
