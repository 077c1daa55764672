"""A small house from a few lines: what somebody knows of theirs without a manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.agreements import PromiseKey, TargetKind
from desktop.domain.errors import Invalid
from desktop.domain.house import (
    EVERY,
    House,
    HouseAgreement,
    HouseCalendar,
    HousePerson,
    HouseService,
    HouseUnit,
    OpenHours,
    hours_of,
)
from desktop.domain.requests import PendingReason, Side

CALENDAR: Final = "Office hours"
LONGEST_NAME: Final = 200
MOST_LINES: Final = 500
LONGEST_HOURS: Final = 2_000
FOUNDER_ROLES: Final = ("coordinator", "administrator")
_HOLDING: Final = frozenset(
    {
        PendingReason.CUSTOMER,
        PendingReason.FRONT_OFFICE,
        PendingReason.THIRD_PARTY,
        PendingReason.APPROVAL,
    }
)


@dataclass(frozen=True, slots=True)
class HouseSketch:
    """What is typed, a line each: units, ``person, unit`` and ``service, unit``.

    ``hours`` are those of Monday to Friday ("08:00-12:00, 12:30-16:00"); the targets
    are hours of working time. ``founder`` sets everything up, in the first front unit.
    """

    name: str
    zone: str
    country: str = ""
    hours: str = "08:00-16:00"
    founder: str = ""
    fronts: str = ""
    backs: str = ""
    people: str = ""
    services: str = ""
    response_h: float = 4
    resolution_h: float = 16
    answer_h: float = 4


def house_of_sketch(sketch: HouseSketch) -> House:
    """Return the house a sketch describes.

    A person without a unit is of the founder's; in a front unit people are clerks, in
    a back unit agents. Every front unit gets the same promises from every back unit.
    Refuses with Invalid(field, code, line=…) what is missing, named twice, longer than
    200 letters, or of a unit that is not named.
    """
    name, founder = _line(sketch.name, "name"), _line(sketch.founder, "founder")
    hours = hours_of(sketch.hours)
    if not hours:
        raise Invalid("hours", "unreadable_hours")
    fronts = _names(sketch.fronts, "fronts")
    backs = _names(sketch.backs, "backs", fronts)
    if not fronts:
        raise Invalid("fronts", "missing")
    if not backs:
        raise Invalid("backs", "missing")
    return House(
        name,
        sketch.zone,
        (_calendar(sketch, hours),),
        (
            *(HouseUnit(unit, Side.FRONT, CALENDAR) for unit in fronts),
            *(HouseUnit(unit, Side.BACK, CALENDAR, _prefix(unit)) for unit in backs),
        ),
        _people(sketch, founder, fronts, backs),
        _services(sketch, backs),
        (_agreement(sketch),),
    )


def _calendar(sketch: HouseSketch, hours: tuple[OpenHours, ...]) -> HouseCalendar:
    week = (*(hours for _ in range(5)), (), ())
    country = (sketch.country, None) if sketch.country else None
    return HouseCalendar(CALENDAR, sketch.zone, week, country)


def _people(
    sketch: HouseSketch, founder: str, fronts: list[str], backs: list[str]
) -> tuple[HousePerson, ...]:
    found = [HousePerson(founder, fronts[0], ("clerk", *FOUNDER_ROLES))]
    names = {founder.casefold()}
    for number, (name, unit) in _pairs(sketch.people, "people"):
        if name.casefold() in names:
            raise Invalid("people", "named_before", line=number, name=name)
        names.add(name.casefold())
        where = _known(unit or fronts[0], [*fronts, *backs], "people", number)
        role = "clerk" if where in fronts else "agent"
        found.append(HousePerson(name, where, (role,)))
    return tuple(found)


def _services(sketch: HouseSketch, backs: list[str]) -> tuple[HouseService, ...]:
    found: list[HouseService] = []
    names: set[str] = set()
    for number, (name, unit) in _pairs(sketch.services, "services"):
        if not unit and len(backs) > 1:
            raise Invalid("services", "no_unit", line=number, name=name)
        if name.casefold() in names:
            raise Invalid("services", "named_before", line=number, name=name)
        names.add(name.casefold())
        where = _known(unit or backs[0], backs, "services", number)
        found.append(HouseService(name, where))
    if not found:
        raise Invalid("services", "missing")
    return tuple(found)


def _agreement(sketch: HouseSketch) -> HouseAgreement:
    targets: dict[PromiseKey, int] = {}
    for kind, field, hours in (
        (TargetKind.RESPONSE, "response_h", sketch.response_h),
        (TargetKind.RESOLUTION, "resolution_h", sketch.resolution_h),
        (TargetKind.ANSWER, "answer_h", sketch.answer_h),
    ):
        if not 0 < hours <= LONGEST_HOURS:
            raise Invalid(field, "not_in_hours", most=LONGEST_HOURS)
        targets[kind, None] = round(hours * 3600)
    if sketch.response_h > sketch.resolution_h:
        raise Invalid("response_h", "response_after_resolution")
    return HouseAgreement(
        "First agreement",
        EVERY,
        EVERY,
        CALENDAR,
        targets,
        {TargetKind.RESOLUTION: _HOLDING},
    )


def _prefix(unit: str) -> str:
    """Return what opens a unit's references: the first letters of its words."""
    letters = [word[0] for word in unit.upper().split() if word[0].isalpha()]
    first = next((word for word in unit.upper().split() if word.isalpha()), "")
    found = "".join(letters[:3]) if len(letters) > 1 else first[:2]
    return found or "B"


def _line(text: str, field: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise Invalid(field, "missing")
    if len(line) > LONGEST_NAME:
        raise Invalid(field, "too_long", most=LONGEST_NAME)
    return line


def _lines(text: str, field: str) -> list[tuple[int, str]]:
    found = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]
    if len(found) > MOST_LINES:
        raise Invalid(field, "too_many", most=MOST_LINES)
    return found


def _names(text: str, field: str, before: Sequence[str] = ()) -> list[str]:
    """Return the names of the lines; none is there twice or named ``before``."""
    found: list[str] = []
    seen = {one.casefold() for one in before}
    for number, line in _lines(text, field):
        name = _line(line, field)
        if name.casefold() in seen:
            raise Invalid(field, "named_before", line=number, name=name)
        seen.add(name.casefold())
        found.append(name)
    return found


def _pairs(text: str, field: str) -> list[tuple[int, tuple[str, str]]]:
    """Return the lines as what stands before the last comma, and what after it."""
    found = []
    for number, line in _lines(text, field):
        name, _, unit = line.rpartition(",")
        pair = (name, unit) if name.strip() else (unit, "")
        found.append((number, (_line(pair[0], field), " ".join(pair[1].split()))))
    return found


def _known(unit: str, units: list[str], field: str, number: int) -> str:
    """Return the unit as it is written above, however it is written here."""
    for one in units:
        if one.casefold() == unit.casefold():
            return one
    raise Invalid(field, "unknown_unit", line=number, name=unit)
