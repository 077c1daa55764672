"""Refreshing a calendar's public holidays, with a preview of what that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.domain.calendar_changes import (
    HolidayChanges,
    holiday_changes,
    with_holidays,
)
from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid, NotFound
from desktop.entities.calendars import Calendar
from desktop.exchange.public_holidays import moved_working_days, public_holidays
from desktop.store.calendar_rows import calendar_specs


@dataclass(frozen=True, slots=True)
class HolidaySource:
    """Where public holidays come from: ISO 3166 codes; no country is none."""

    country: str | None = None
    subdivision: str | None = None


def with_fresh_holidays(
    spec: CalendarSpec, source: HolidaySource, years: Iterable[int]
) -> CalendarSpec:
    """Return a calendar with the public holidays of some years as they are known now.

    Raises Invalid for a missing or unknown country, subdivision or year.
    """
    if source.country is None:
        raise Invalid("country", "no_country")
    asked = sorted(set(years))
    fresh = public_holidays(source.country, source.subdivision, asked)
    worked = moved_working_days(source.country, source.subdivision, asked)
    return with_holidays(spec, spec, fresh, worked, asked)


def preview_holidays(
    session: Session,
    calendar_id: int,
    years: Iterable[int],
    *,
    holidays: HolidaySource | None = None,
) -> HolidayChanges:
    """Return what ``use_cases.calendars.refresh_holidays`` would change.

    Raises NotFound, and Invalid as it does.
    """
    row = session.get(Calendar, calendar_id)
    if row is None:
        raise NotFound("not_found", what="calendar", id=calendar_id)
    source = holidays or HolidaySource(row.country, row.subdivision)
    before = calendar_specs(session, calendar_id)[calendar_id]
    return holiday_changes(before, with_fresh_holidays(before, source, years))
