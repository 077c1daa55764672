"""Approvals that are asked for still, found by when they were wanted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal_column

from desktop.entities.approvals import Approval


def overdue_between(after: datetime, until: datetime) -> ColumnElement[bool]:
    """Return the condition that one is still asked for and its deadline came then."""
    # Said as the index of those still asked says it, or the index is not used.
    is_asked = Approval.state == literal_column("'asked'")
    return and_(is_asked, Approval.due_at > after, Approval.due_at <= until)
