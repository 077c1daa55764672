"""Calendars between their tables and what the rules read, with the versions kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop.domain.calendars import CalendarSpec, Closure, Interval, Week
from desktop.entities.calendars import (
    Calendar,
    CalendarClosure,
    CalendarInterval,
    CalendarOverride,
    CalendarVersion,
)

Row = dict[str, Any]
_Weekly = dict[int, list[Interval]]


def calendar_specs(
    session: Session, only: int | None = None
) -> dict[int, CalendarSpec]:
    """Read every calendar (or one) as the rules describe one, by its id."""
    weeks: dict[int, dict[date | None, _Weekly]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for hours in _rows(session, CalendarInterval, only):
        day = weeks[hours.calendar_id][hours.valid_from][hours.weekday]
        day.append((hours.from_s, hours.to_s))
    dates: dict[int, dict[date, list[Interval]]] = defaultdict(
        lambda: defaultdict(list)
    )
    moved: dict[int, set[date]] = defaultdict(set)
    for override in _rows(session, CalendarOverride, only):
        open_hours = dates[override.calendar_id][override.day]
        if override.to_s > override.from_s:
            open_hours.append((override.from_s, override.to_s))
        if override.is_public_holiday:
            moved[override.calendar_id].add(override.day)
    closures: dict[int, list[Closure]] = defaultdict(list)
    for row in _rows(session, CalendarClosure, only):
        closures[row.calendar_id].append(_closure(row))
    wanted = select(Calendar)
    if only is not None:
        wanted = wanted.where(Calendar.id == only)
    return {
        one.id: _spec(
            one, weeks[one.id], dates[one.id], closures[one.id], moved[one.id]
        )
        for one in session.scalars(wanted)
    }


def _spec(
    row: Calendar,
    weeks: Mapping[date | None, _Weekly],
    dates: Mapping[date, list[Interval]],
    closures: list[Closure],
    moved: set[date],
) -> CalendarSpec:
    later = [Week(since, weekly) for since, weekly in weeks.items() if since]
    return CalendarSpec(
        zone=row.zone,
        weekly=weeks.get(None, {}),
        overrides=dates,
        closures=sorted(closures, key=lambda each: each.start),
        name=row.name,
        version=row.version,
        later=later,
        closed_from=row.closed_from,
        moved=frozenset(moved),
    )


def _closure(row: CalendarClosure) -> Closure:
    return Closure(
        row.start,
        row.end,
        row.name,
        row.from_s,
        row.to_s,
        row.is_yearly,
        row.is_public_holiday,
    )


def write_rows(session: Session, calendar: Calendar, spec: CalendarSpec) -> bool:
    """Make the rows of a calendar those of ``spec``; tell whether they differed.

    Its name, zone and day of closing for good are set on ``calendar`` itself.
    """
    differs = [
        _replace(session, CalendarInterval, calendar.id, list(_intervals(spec))),
        _replace(session, CalendarOverride, calendar.id, list(_overrides(spec))),
        _replace(session, CalendarClosure, calendar.id, list(_closures(spec))),
    ]
    own = {"name": spec.name, "zone": spec.zone, "closed_from": spec.closed_from}
    for column, value in own.items():
        if getattr(calendar, column) != value:
            setattr(calendar, column, value)
            differs.append(True)
    return any(differs)


def keep_version(
    session: Session,
    spec: CalendarSpec,
    calendar_id: int,
    at: datetime,
    by: int | None,
    *,
    refunded_at: datetime | None = None,
) -> None:
    """Write down what a calendar is, by its number; nothing where that is known."""
    known = session.scalar(
        select(CalendarVersion.id).where(
            CalendarVersion.calendar_id == calendar_id,
            CalendarVersion.number == spec.version,
        )
    )
    if known is None:
        session.execute(
            insert(CalendarVersion).values(
                calendar_id=calendar_id,
                number=spec.version,
                at=at,
                by_id=by,
                spec=spec.to_data(),
                refunded_at=refunded_at,
            )
        )


def is_same(one: CalendarSpec, other: CalendarSpec) -> bool:
    """Tell whether two calendars say the same, whatever their version."""
    return _comparable(one) == _comparable(other)


def _comparable(spec: CalendarSpec) -> CalendarSpec:
    closures = sorted(spec.closures, key=lambda each: repr(each.to_data()))
    return replace(spec, version=1, closures=closures)


def _rows(session: Session, table: Any, only: int | None) -> Iterable[Any]:
    wanted = select(table).order_by(table.id)
    if only is not None:
        wanted = wanted.where(table.calendar_id == only)
    return session.scalars(wanted)


def _intervals(spec: CalendarSpec) -> Iterable[Row]:
    weeks: list[tuple[date | None, Mapping[int, Iterable[Interval]]]] = [
        (None, spec.weekly)
    ]
    weeks += [(week.valid_from, week.weekly) for week in spec.later]
    for since, weekly in weeks:
        for weekday, hours in weekly.items():
            for start, end in hours:
                yield {
                    "weekday": weekday,
                    "from_s": start,
                    "to_s": end,
                    "valid_from": since,
                }


def _overrides(spec: CalendarSpec) -> Iterable[Row]:
    for day, hours in spec.overrides.items():
        for start, end in hours or _CLOSED:
            yield {
                "day": day,
                "from_s": start,
                "to_s": end,
                "is_public_holiday": day in spec.moved,
            }


def _closures(spec: CalendarSpec) -> Iterable[Row]:
    for one in spec.closures:
        yield {
            "start": one.start,
            "end": one.end,
            "name": one.name,
            "from_s": one.from_s,
            "to_s": one.to_s,
            "is_yearly": one.yearly,
            "is_public_holiday": one.is_public_holiday,
        }


def _replace(session: Session, table: Any, calendar_id: int, wanted: list[Row]) -> bool:
    columns = [c for c in table.__table__.c if c.name not in ("id", "calendar_id")]
    rows = session.execute(select(*columns).where(table.calendar_id == calendar_id))
    found = [dict(row._mapping) for row in rows]
    if sorted(map(_order, found)) == sorted(map(_order, wanted)):
        return False
    session.execute(delete(table).where(table.calendar_id == calendar_id))
    if wanted:
        session.execute(
            insert(table), [{"calendar_id": calendar_id, **one} for one in wanted]
        )
    return True


def _order(row: Row) -> str:
    return repr(sorted(row.items()))


_CLOSED: Final = ((0, 0),)
