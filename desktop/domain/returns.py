"""Why a request comes back to whoever sent it, and until when it may be sent back."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum


class ReturnReason(StrEnum):
    """Why a unit asks back, or hands a request back."""

    MISSING_FACT = "missing_fact"
    MISSING_DOCUMENT = "missing_document"
    WRONG_SERVICE = "wrong_service"
    UNCLEAR = "unclear"
    OTHER = "other"


def reopen_until(resolved_at: datetime, days: int, zone: tzinfo) -> datetime:
    """Return when the time to send a request back is over: a midnight in ``zone``.

    The day it was resolved on is not counted: 0 days is that day alone.
    """
    day = resolved_at.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), zone)
