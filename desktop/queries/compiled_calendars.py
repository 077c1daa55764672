"""Calendars compiled once per version and kept, for queries that count time."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.store.reference import calendar_specs


def compiled_calendar(session: Session, calendar_id: int) -> ServiceCalendar | None:
    """Return a calendar as this transaction sees it, None when there is none."""
    spec = calendar_specs(session).get(calendar_id)
    return None if spec is None else _compiled(spec)


@lru_cache(maxsize=64)
def _compiled(spec: CalendarSpec) -> ServiceCalendar:
    return ServiceCalendar(spec)
