"""A house file (TOML): read with every problem named, written so it reads back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from desktop.domain.files import LARGEST_MB
from desktop.domain.house import (
    WEEKDAYS,
    House,
    HouseCalendar,
    HouseClosure,
    HouseOverride,
    HousePerson,
    HouseUnit,
    HouseWeek,
    OpenHours,
    UnknownUnits,
    hours_of,
)
from desktop.domain.obstacles import MOST_ANSWER_DAYS
from desktop.domain.requests import Side
from desktop.entities.units import Role
from desktop.exchange.house_agreements import read_agreement
from desktop.exchange.house_check import check_house
from desktop.exchange.house_escalation import read_escalation
from desktop.exchange.house_series import read_series
from desktop.exchange.house_services import read_service
from desktop.exchange.problems import N_, BadFile
from desktop.exchange.tables import Table, read_text

FORMAT: Final = 1
_HOURS: Final = N_("hours as “08:00-12:00, 12:30-16:00”")
_LONG_AGO: Final = date(2000, 1, 1)


def read_house(path: Path) -> House:
    """Return the house in the file at ``path``.

    Raises ``BadFile`` with every problem found, not only the first.
    """
    return house_from_text(read_text(path), path.name)


def house_from_text(text: str, file: str) -> House:
    """Return the house in ``text``; ``file`` is what problems call it."""
    root = Table.parse(text, file)
    known = root.whole("format", FORMAT, 1, 1_000_000)
    if known != FORMAT:
        root.problem("format", "wrong_format", value=known, known=FORMAT)
        raise BadFile(root.problems)
    zone = root.zone("zone", "UTC") if root.require("zone") else "UTC"
    house = House(
        name=root.name(),
        zone=zone,
        calendars=tuple(_calendar(one, zone) for one in root.tables("calendars")),
        units=tuple(_unit(one) for one in root.tables("units")),
        people=tuple(_person(one) for one in root.tables("people")),
        services=tuple(read_service(one) for one in root.tables("services")),
        agreements=tuple(read_agreement(one) for one in root.tables("agreements")),
        series=tuple(read_series(one, zone) for one in root.tables("series")),
        unknown_units=_unknown_units(root),
        escalation=tuple(read_escalation(one) for one in root.tables("escalation")),
        file_mb=_choice(root, "largest_file_mb", LARGEST_MB),
        answer_days=_choice(root, "obstacle_answer_days", MOST_ANSWER_DAYS),
    )
    root.finish()
    check_house(house, root)
    if root.problems:
        raise BadFile(root.problems)
    return house


def _choice(root: Table, key: str, most: int) -> int | None:
    return root.whole(key, 1, 1, most) if root.has(key) else None


def _calendar(table: Table, house_zone: str) -> HouseCalendar:
    week = table.table("week")
    calendar = HouseCalendar(
        name=table.name(),
        zone=table.zone("zone", house_zone),
        week=tuple(_hours(week, day) for day in WEEKDAYS),
        public_holidays=_public_holidays(table),
        closures=tuple(_closure(one) for one in table.tables("closures")),
        overrides=tuple(_override(one) for one in table.tables("overrides")),
        later=tuple(_later(one) for one in table.tables("later")),
        closed_from=table.day("closed_from", _LONG_AGO)
        if table.has("closed_from")
        else None,
    )
    week.finish()
    table.finish()
    once = {one.valid_from for one in calendar.later}
    if len(once) < len(calendar.later):
        table.problem("later", "twice", value=str(max(once)))
    if not any(calendar.week) and not any(one.hours for one in calendar.overrides):
        table.problem("week", "no_open_time")
    return calendar


def _later(table: Table) -> HouseWeek:
    since = table.day("from", _LONG_AGO) if table.require("from") else _LONG_AGO
    week = table.table("week")
    later = HouseWeek(since, tuple(_hours(week, day) for day in WEEKDAYS))
    week.finish()
    table.finish()
    if not any(later.week):
        table.problem("week", "no_open_time")
    return later


def _hours(table: Table, key: str) -> tuple[OpenHours, ...]:
    return table.parsed(key, hours_of, _HOURS, ())


def _public_holidays(table: Table) -> tuple[str, str | None] | None:
    if not table.has("public_holidays"):
        return None
    inner = table.table("public_holidays")
    country = inner.name("country")
    subdivision = inner.line("subdivision") or None
    inner.finish()
    return (country, subdivision) if country else None


def _closure(table: Table) -> HouseClosure:
    first = table.day("from", _LONG_AGO) if table.require("from") else _LONG_AGO
    last = table.day("until", first)
    hours = _hours(table, "hours")
    closure = HouseClosure(
        name=table.name(),
        first=first,
        last=last,
        hours=hours[0] if hours else None,
        is_yearly=table.flag("yearly"),
    )
    if len(hours) > 1:
        table.problem("hours", "wrong_type", value=table.data["hours"], wanted=_HOURS)
    if last < first:
        table.problem("until", "reversed")
    table.finish()
    return closure


def _override(table: Table) -> HouseOverride:
    day = table.day("day", _LONG_AGO) if table.require("day") else _LONG_AGO
    override = HouseOverride(table.line("name"), day, _hours(table, "hours"))
    table.require("hours")
    table.finish()
    return override


def _unit(table: Table) -> HouseUnit:
    side = table.one_of("side", list(Side), Side.BACK) if table.require("side") else ""
    unit = HouseUnit(
        name=table.name(),
        side=Side(side or Side.BACK),
        calendar=table.name("calendar"),
        prefix=table.line("prefix", "R", 8),
    )
    table.finish()
    return unit


def _unknown_units(root: Table) -> UnknownUnits | None:
    if not root.has("unknown_units"):
        return None
    table = root.table("unknown_units")
    side = table.one_of("side", list(Side), Side.BACK) if table.require("side") else ""
    unknown = UnknownUnits(Side(side or Side.BACK), table.name("calendar"))
    table.finish()
    return unknown


def _person(table: Table) -> HousePerson:
    roles = table.lines("roles")
    for number, role in enumerate(roles, 1):
        if role not in list(Role):
            known = ", ".join(Role)
            table.problem(f"roles[{number}]", "not_one_of", value=role, known=known)
    person = HousePerson(
        name=table.name(),
        unit=table.line("unit") or None,
        roles=roles,
        email=table.line("email") or None,
        can_sign_in=table.flag("can_sign_in", True),
    )
    table.finish()
    return person
