"""How old an action is: how often it was carried, and when it has to be decided."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from desktop.domain.agenda_sections import CARRIED_TOO_OFTEN


def must_decide(carried: int, decided_carried: int = 0) -> bool:
    """Tell whether an action was carried three times since it was last decided."""
    return carried - decided_carried >= CARRIED_TOO_OFTEN


def age_days(given_at: datetime | None, today: date, zone: tzinfo) -> int | None:
    """Return for how many days an action stands; None where nobody wrote it down."""
    if given_at is None:
        return None
    return max(0, (today - given_at.astimezone(zone).date()).days)
