"""The rows lists of requests show, made of what a driver gives; needs no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from desktop.domain.clock_views import ClockView
from desktop.domain.requests import Ball, PendingReason, RequestState


class QueueRow(NamedTuple):
    """One request as lists show it; ``holder`` is the unit that has it."""

    id: int
    version: int
    reference: str
    subject: str
    service_id: int | None
    service: str
    front_unit_id: int | None
    front_unit: str
    raised_at: datetime
    state: RequestState
    ball: Ball
    unit_id: int | None
    holder: str
    ball_since: datetime
    pending: PendingReason | None
    assignee_id: int | None
    assignee: str
    priority: int | None
    due_at: datetime | None
    resolved_at: datetime | None
    customer: str
    requester: str
    last_at: datetime
    follow_up_at: datetime | None
    reopens: int
    returns: int
    entries: int
    clock: ClockView | None


def row_of(row: Sequence[Any]) -> QueueRow:
    """Make a list row of what ``row_select`` selected; more columns may follow it."""
    cut = _OWN_COLUMNS
    clock = ClockView(*row[cut:_ALL_COLUMNS]) if row[cut] is not None else None
    return QueueRow._make((*row[:cut], clock))


CLOCK_COLUMNS = (
    *("kind", "unit_id", "for_unit_id", "calendar_id", "version_id", "target_s"),
    *("warn_share", "used_s", "started_at", "running_since", "due_at", "at_risk_at"),
    *("breached_at", "stopped_at", "state", "pending", "is_void", "calendar_version"),
)
"""The columns of a clock's table in the order of ClockView's fields."""

_OWN_COLUMNS = len(QueueRow._fields) - 1
_ALL_COLUMNS = _OWN_COLUMNS + len(CLOCK_COLUMNS)
