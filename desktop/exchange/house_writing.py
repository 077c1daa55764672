"""Writing a house as TOML that people can edit and ``house_file`` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Final, TypeAlias

from desktop.domain.agreements import ClockStart, OnChange, TargetKind
from desktop.domain.house import (
    EVERY,
    WEEKDAYS,
    House,
    HouseAgreement,
    HouseCalendar,
    HousePerson,
    HouseSeries,
    HouseUnit,
    OpenHours,
    duration_text,
    hours_text,
)
from desktop.domain.house_targets import target_text
from desktop.exchange.house_escalation import escalation_pairs
from desktop.exchange.house_series import series_tables
from desktop.exchange.house_services import service_tables

_FORMAT: Final = 1
Value: TypeAlias = (
    "str | bool | int | float | date | time | Sequence[Value] | Mapping[str, Value]"
)
Pairs: TypeAlias = Mapping[str, "Value | None"]


def house_text(house: House) -> str:
    """Return ``house`` as the text of a house file."""
    lines = _pairs(
        {
            "format": _FORMAT,
            "name": house.name,
            "zone": house.zone,
            "largest_file_mb": house.file_mb,
            "obstacle_answer_days": house.answer_days,
        }
    )
    if house.unknown_units:
        unknown = house.unknown_units
        lines += ["", "[unknown_units]"]
        lines += _pairs({"side": unknown.side.value, "calendar": unknown.calendar})
    for calendar in house.calendars:
        lines += _calendar(calendar)
    for unit in house.units:
        lines += _table("units", _unit(unit))
    for person in house.people:
        lines += _table("people", _person(person))
    for service in house.services:
        for name, pairs in service_tables(service):
            lines += _table(name, pairs)
    for agreement in house.agreements:
        lines += _agreement(agreement)
    for one in house.series:
        lines += _series(one)
    for rule in house.escalation:
        lines += _table("escalation", escalation_pairs(rule))
    return "\n".join(lines) + "\n"


def _calendar(calendar: HouseCalendar) -> list[str]:
    holidays: dict[str, Value] = {}
    if calendar.public_holidays:
        parts = zip(("country", "subdivision"), calendar.public_holidays, strict=True)
        holidays = {name: part for name, part in parts if part}
    lines = _table(
        "calendars",
        {
            "name": calendar.name,
            "zone": calendar.zone,
            "public_holidays": holidays or None,
            "closed_from": calendar.closed_from,
        },
    )
    lines += ["[calendars.week]", *_week(calendar.week)]
    for closure in calendar.closures:
        lines += _table(
            "calendars.closures",
            {
                "name": closure.name,
                "from": closure.first,
                "until": closure.last if closure.last != closure.first else None,
                "hours": hours_text((closure.hours,)) if closure.hours else None,
                "yearly": closure.is_yearly or None,
            },
        )
    for one in calendar.later:
        lines += _table("calendars.later", {"from": one.valid_from})
        lines += ["[calendars.later.week]", *_week(one.week)]
    for override in calendar.overrides:
        lines += _table(
            "calendars.overrides",
            {
                "name": override.name or None,
                "day": override.day,
                "hours": hours_text(override.hours),
            },
        )
    return lines


def _week(week: Sequence[tuple[OpenHours, ...]]) -> list[str]:
    days = zip(WEEKDAYS, week, strict=True)
    return _pairs({day: hours_text(hours) for day, hours in days if hours})


def _unit(unit: HouseUnit) -> Pairs:
    return {
        "name": unit.name,
        "side": unit.side.value,
        "calendar": unit.calendar,
        "prefix": unit.prefix if unit.prefix != "R" else None,
    }


def _person(person: HousePerson) -> Pairs:
    return {
        "name": person.name,
        "unit": person.unit,
        "roles": person.roles or None,
        "email": person.email,
        "can_sign_in": None if person.can_sign_in else False,
    }


def _agreement(agreement: HouseAgreement) -> list[str]:
    is_usual_start = agreement.starts is ClockStart.FRONT_HANDOVER
    lines = _table(
        "agreements",
        {
            "name": agreement.name,
            "front": agreement.front,
            "back": agreement.back,
            "service": agreement.service if agreement.service != EVERY else None,
            "calendar": agreement.calendar,
            "starts": None if is_usual_start else agreement.starts.value,
            "warn_share": agreement.warn_share,
            "valid_from": agreement.valid_from,
            "at_reopen": _unless(agreement.at_reopen, OnChange.CONTINUE),
            "at_priority": _unless(agreement.at_priority, OnChange.RECOMPUTE),
            "at_unit": _unless(agreement.at_unit, OnChange.CONTINUE),
            "reopen_days": agreement.reopen_days,
        },
    )
    lines += ["[agreements.targets]", *_pairs(_targets(agreement))]
    if agreement.holds:
        lines += ["[agreements.holds]"]
        lines += _pairs(
            {
                kind.value: sorted(agreement.holds[kind])
                for kind in TargetKind
                if kind in agreement.holds
            }
        )
    for level in agreement.warnings:
        left = None if level.left_s is None else duration_text(level.left_s)
        lines += _table("agreements.warnings", {"share": level.share, "left": left})
    return lines


def _unless(value: OnChange, usual: OnChange) -> str | None:
    return None if value is usual else value.value


def _targets(agreement: HouseAgreement) -> Pairs:
    targets: dict[str, Value] = {}
    for kind in TargetKind:
        by_priority = {
            "any" if one.priority is None else str(one.priority): target_text(one)
            for one in agreement.drafts()
            if one.kind is kind
        }
        if list(by_priority) == ["any"]:
            targets[kind.value] = by_priority["any"]
        elif by_priority:
            targets[kind.value] = by_priority
    return targets


def _series(series: HouseSeries) -> list[str]:
    lines: list[str] = []
    for name, pairs in series_tables(series):
        lines += _table(name, pairs)
    return lines


def _table(name: str, pairs: Pairs) -> list[str]:
    return ["", f"[[{name}]]", *_pairs(pairs)]


def _pairs(pairs: Pairs) -> list[str]:
    return [f"{key} = {_value(v)}" for key, v in pairs.items() if v is not None]


def _value(value: Value) -> str:
    match value:
        case str():
            return _text(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case date() | time():
            return value.isoformat()
        case Mapping():
            inner = (f"{_key(key)} = {_value(one)}" for key, one in value.items())
            return "{ " + ", ".join(inner) + " }"
        case _:
            return "[" + ", ".join(_all_values(value)) + "]"


def _all_values(values: Iterable[Value]) -> list[str]:
    return [_value(one) for one in values]


def _key(key: str) -> str:
    return key if key.isidentifier() and key.isascii() else _text(key)


def _text(text: str) -> str:
    """Write a TOML basic string: JSON's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
