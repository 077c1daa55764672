"""A list row's codes in words: who holds it, since when, what it waits for."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from desktop.domain.requests import Ball, PendingReason
from desktop.i18n import gettext as _
from desktop.reports.request_words import HOLDERS, REASONS

if TYPE_CHECKING:
    from desktop.queries.list_rows import QueueRow


def waiting_words(pending: PendingReason | None) -> str:
    """Return "waits for the customer"; empty when nothing is waited for."""
    if pending is None:
        return ""
    return _("waits for {reason}").format(reason=_(REASONS[pending]))


def holder_words(ball: Ball, unit: str, front_unit: str) -> str:
    """Return who has to move next, by name where it is a unit."""
    if ball is Ball.BACK and unit:
        return unit
    if ball is Ball.FRONT and (front_unit or unit):
        return front_unit or unit
    return _(HOLDERS[ball])


def row_holder(row: QueueRow) -> str:
    """Return who has to move next in a list row."""
    is_asked = row.pending is PendingReason.FRONT_OFFICE or row.resolved_at is not None
    front = row.front_unit if is_asked else row.holder
    return holder_words(row.ball, row.holder, front)


def since_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return "since 09:30", with the day where it was another one."""
    from desktop.formats import short_instant

    return _("since {when}").format(when=short_instant(at, now, zone))


def short_name(name: str) -> str:
    """Return "Dušan K." for "Dušan Kovač"; one word stays as it is."""
    parts = name.split()
    return f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else name
