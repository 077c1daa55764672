"""Where in a list by due time a request stands: overdue, today, later, held."""

from __future__ import annotations

from datetime import datetime, tzinfo
from enum import StrEnum

from desktop.domain.requests import ENDED_STATES, RequestState
from desktop.queries.list_rows import QueueRow


class QueueSection(StrEnum):
    """Where a row stands in the queue, in this order."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    HELD = "held"
    UNPROMISED = "unpromised"
    DONE = "done"


def section_of(row: QueueRow, now: datetime, zone: tzinfo) -> QueueSection:
    """Tell in which section a row stands at ``now``; days end at midnight in zone."""
    if row.state in ENDED_STATES:
        return QueueSection.DONE
    if row.due_at is None:
        is_held = row.clock is not None and row.clock.stopped_at is None
        is_held = is_held or row.state is RequestState.PENDING
        return QueueSection.HELD if is_held else QueueSection.UNPROMISED
    if row.due_at < now:
        return QueueSection.OVERDUE
    is_today = row.due_at.astimezone(zone).date() == now.astimezone(zone).date()
    return QueueSection.TODAY if is_today else QueueSection.LATER
