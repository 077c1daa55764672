"""Bringing one calendar in line with a house: hours, special days, public holidays."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from desktop.domain.calendar_changes import with_holidays
from desktop.domain.calendars import (
    CalendarSpec,
    Closure,
    Interval,
    ServiceCalendar,
    Week,
)
from desktop.domain.house import HouseCalendar, HouseClosure, OpenHours
from desktop.entities.calendars import Calendar
from desktop.exchange.public_holidays import moved_working_days, public_holidays
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendar_saving import put_calendar, spec_of
from desktop.use_cases.house_rows import put_row

_DAY_S: Final = 86_400


def apply_calendar(
    work: UnitOfWork, wanted: HouseCalendar, key: uuid.UUID, years: Iterable[int]
) -> tuple[Calendar, str | None]:
    """Return the calendar's row and whether it was "created", "changed" or neither.

    Public holidays of years that are not asked for stay as they are. What a change
    means for requests that are open counts at once; closed verdicts stay. Raises
    Invalid for hours or holidays that make no sense.
    """
    session = work.session
    country, subdivision = wanted.public_holidays or (None, None)
    parts = {"country": country, "subdivision": subdivision}
    row, verdict = put_row(
        session,
        Calendar,
        key,
        Calendar.name == wanted.name,
        {"name": wanted.name, "zone": wanted.zone, **parts},
        only_new=True,
    )
    before = spec_of(session, row.id)
    spec = _spec(wanted, sorted(set(years)), before)
    ServiceCalendar(spec)
    if verdict == "created":
        put_calendar(work, row, spec, parts, is_new=True)
    elif put_calendar(work, row, spec, parts, refund=True):
        verdict = "changed"
    return row, verdict


def _spec(
    wanted: HouseCalendar, years: list[int], before: CalendarSpec
) -> CalendarSpec:
    spec = CalendarSpec(
        zone=wanted.zone,
        weekly=_weekly(wanted.week),
        overrides={
            one.day: [_seconds(hours) for hours in one.hours]
            for one in wanted.overrides
        },
        closures=[_closure_of(one) for one in wanted.closures],
        name=wanted.name,
        later=[Week(one.valid_from, _weekly(one.week)) for one in wanted.later],
        closed_from=wanted.closed_from,
    )
    if wanted.public_holidays is None:
        return spec
    country, subdivision = wanted.public_holidays
    fresh = public_holidays(country, subdivision, years)
    worked = moved_working_days(country, subdivision, years)
    return with_holidays(spec, before, fresh, worked, years)


def _weekly(
    week: tuple[tuple[OpenHours, ...], ...],
) -> Mapping[int, list[Interval]]:
    return {
        weekday: [_seconds(one) for one in hours] for weekday, hours in enumerate(week)
    }


def _seconds(hours: OpenHours) -> Interval:
    return hours.start * 60, hours.end * 60


def _closure_of(one: HouseClosure) -> Closure:
    return Closure(
        one.first,
        one.last,
        one.name,
        one.hours.start * 60 if one.hours else None,
        min(one.hours.end * 60, _DAY_S) if one.hours else None,
        one.is_yearly,
    )
