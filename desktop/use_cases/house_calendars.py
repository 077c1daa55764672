"""Bringing one calendar in line with a house: hours, special days, public holidays."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.house import HouseCalendar, OpenHours
from desktop.entities.calendars import (
    Calendar,
    CalendarClosure,
    CalendarInterval,
    CalendarOverride,
)
from desktop.exchange.public_holidays import public_holidays
from desktop.use_cases.house_rows import put_row

_DAY_S: Final = 86_400

Row = dict[str, Any]


def apply_calendar(
    session: Session, wanted: HouseCalendar, key: uuid.UUID, years: Iterable[int]
) -> tuple[Calendar, str | None]:
    """Return the calendar's row and whether it was "created", "changed" or neither.

    Public holidays of years that are not asked for stay as they are. Raises Invalid
    for hours or holidays that make no sense.
    """
    country, subdivision = wanted.public_holidays or (None, None)
    values: Row = {
        "name": wanted.name,
        "zone": wanted.zone,
        "country": country,
        "subdivision": subdivision,
    }
    row, verdict = put_row(session, Calendar, key, Calendar.name == wanted.name, values)
    holidays = _holidays(wanted, years)
    kept = _kept_holidays(session, row.id, holidays) if country else []
    closures = [*(_closure(one) for one in _closures(wanted)), *holidays, *kept]
    _check(wanted, closures)
    differs = [
        _replace(session, CalendarInterval, row.id, _intervals(wanted)),
        _replace(session, CalendarOverride, row.id, _overrides(wanted)),
        _replace(session, CalendarClosure, row.id, closures),
    ]
    if any(differs) and verdict is None:
        verdict = "changed"
        # The version is what a proof names: new hours are a new version.
        flag_modified(row, "name")
        session.flush()
    return row, verdict


def _intervals(wanted: HouseCalendar) -> list[Row]:
    return [
        {"weekday": weekday, "from_s": one.start * 60, "to_s": one.end * 60}
        for weekday, hours in enumerate(wanted.week)
        for one in hours
    ]


def _overrides(wanted: HouseCalendar) -> list[Row]:
    rows = []
    for override in wanted.overrides:
        for one in override.hours or (OpenHours(0, 0),):
            rows.append(
                {
                    "day": override.day,
                    "from_s": one.start * 60,
                    "to_s": one.end * 60,
                }
            )
    return rows


def _closures(wanted: HouseCalendar) -> list[Closure]:
    return [
        Closure(
            one.first,
            one.last,
            one.name,
            one.hours.start * 60 if one.hours else None,
            min(one.hours.end * 60, _DAY_S) if one.hours else None,
            one.is_yearly,
        )
        for one in wanted.closures
    ]


def _closure(one: Closure, is_public_holiday: bool = False) -> Row:
    return {
        "start": one.start,
        "end": one.end,
        "name": one.name,
        "from_s": one.from_s,
        "to_s": one.to_s,
        "is_yearly": one.yearly,
        "is_public_holiday": is_public_holiday,
    }


def _holidays(wanted: HouseCalendar, years: Iterable[int]) -> list[Row]:
    if wanted.public_holidays is None:
        return []
    country, subdivision = wanted.public_holidays
    return [
        _closure(one, is_public_holiday=True)
        for one in public_holidays(country, subdivision, sorted(set(years)))
    ]


def _kept_holidays(session: Session, calendar_id: int, fresh: list[Row]) -> list[Row]:
    """Return the public holidays already there in years nobody asked for now."""
    years = {one["start"].year for one in fresh}
    return [
        one
        for one in _rows_of(session, CalendarClosure, calendar_id)
        if one["is_public_holiday"] and one["start"].year not in years
    ]


def _check(wanted: HouseCalendar, closures: list[Row]) -> None:
    """Refuse hours the rules cannot count with, before anything is stored."""
    weekly: dict[int, list[tuple[int, int]]] = {}
    for one in _intervals(wanted):
        weekly.setdefault(one["weekday"], []).append((one["from_s"], one["to_s"]))
    overrides: dict[date, list[tuple[int, int]]] = {}
    for one in _overrides(wanted):
        hours = overrides.setdefault(one["day"], [])
        if one["to_s"] > one["from_s"]:
            hours.append((one["from_s"], one["to_s"]))
    ServiceCalendar(
        CalendarSpec(
            zone=wanted.zone,
            weekly=weekly,
            overrides=overrides,
            closures=[
                Closure(
                    one["start"],
                    one["end"],
                    one["name"],
                    one["from_s"],
                    one["to_s"],
                    one["is_yearly"],
                )
                for one in closures
            ],
            name=wanted.name,
        )
    )


def _rows_of(session: Session, table: Any, calendar_id: int) -> list[Row]:
    columns = [c for c in table.__table__.c if c.name not in ("id", "calendar_id")]
    found = session.execute(select(*columns).where(table.calendar_id == calendar_id))
    return [dict(row._mapping) for row in found]


def _replace(session: Session, table: Any, calendar_id: int, wanted: list[Row]) -> bool:
    """Make the calendar's rows those wanted; tell whether they differed."""

    def order(row: Row) -> str:
        return repr(sorted(row.items()))

    found = _rows_of(session, table, calendar_id)
    if sorted(map(order, found)) == sorted(map(order, wanted)):
        return False
    session.execute(delete(table).where(table.calendar_id == calendar_id))
    if wanted:
        rows = [{"calendar_id": calendar_id, **one} for one in wanted]
        session.execute(insert(table), rows)
    return True
