"""Bringing a calendar's public holidays in again, as they are known now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.calendar_changes import (
    with_holidays,
)
from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid
from desktop.exchange.public_holidays import moved_working_days, public_holidays


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
