"""A house as data: its units, people, services, calendars, agreements and sessions.

Everything refers to everything else by name. A house says what should be there; it is
applied to a workspace (``use_cases.houses``), read from and written to a file
(``exchange.house_file``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import (
    ClockStart,
    Measure,
    OnChange,
    PromiseKey,
    TargetKind,
    WarningLevel,
)
from desktop.domain.escalation import EscalationRule
from desktop.domain.forms import FieldSpec
from desktop.domain.house_targets import duration_text, seconds_of
from desktop.domain.print_options import PrintOptions
from desktop.domain.requests import PendingReason, Side
from desktop.domain.session_days import HolidayRule
from desktop.domain.working_days import DayRule

__all__ = [
    "EVERY",
    "MINUTES_A_DAY",
    "WEEKDAYS",
    "House",
    "HouseAgreement",
    "HouseCalendar",
    "HouseClosure",
    "HouseEscalation",
    "HouseMember",
    "HouseOverride",
    "HousePerson",
    "HouseSeries",
    "HouseService",
    "HouseStanding",
    "HouseUnit",
    "HouseWeek",
    "OpenHours",
    "UnknownUnits",
    "duration_text",
    "hours_of",
    "hours_text",
    "seconds_of",
]

EVERY: Final = "*"
"""Stands for every front unit, every back unit or every service in an agreement."""

MINUTES_A_DAY: Final = 24 * 60
WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class OpenHours:
    """One open interval of a day, in minutes after its local midnight.

    ``end`` is exclusive; beyond 1,440 it reaches into the next day.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HouseClosure:
    """A time in which a calendar is closed: whole days, or part of one.

    ``last`` is the last closed day. ``hours`` closes only that part of each day.
    ``is_yearly`` repeats it every year at the same month and day.
    """

    name: str
    first: date
    last: date
    hours: OpenHours | None = None
    is_yearly: bool = False


@dataclass(frozen=True, slots=True)
class HouseOverride:
    """A day with hours of its own; none of them means closed."""

    name: str
    day: date
    hours: tuple[OpenHours, ...]


@dataclass(frozen=True, slots=True)
class HouseWeek:
    """Seven days of open hours that hold from a date on."""

    valid_from: date
    week: tuple[tuple[OpenHours, ...], ...]


@dataclass(frozen=True, slots=True)
class HouseCalendar:
    """When somebody is there: seven days of open hours, and the days that differ.

    ``public_holidays`` names a country (ISO 3166) and a subdivision or ``None``.
    ``later`` weeks hold from their dates on; from ``closed_from`` on it is closed.
    """

    name: str
    zone: str
    week: tuple[tuple[OpenHours, ...], ...]
    public_holidays: tuple[str, str | None] | None = None
    closures: tuple[HouseClosure, ...] = ()
    overrides: tuple[HouseOverride, ...] = ()
    later: tuple[HouseWeek, ...] = ()
    closed_from: date | None = None


@dataclass(frozen=True, slots=True)
class HouseUnit:
    """An organisational unit, in front of the customer or behind.

    ``prefix`` opens the references of the requests raised there.
    """

    name: str
    side: Side
    calendar: str
    prefix: str = "R"


@dataclass(frozen=True, slots=True)
class HousePerson:
    """Somebody who works here; who cannot sign in only appears in the record."""

    name: str
    unit: str | None = None
    roles: tuple[str, ...] = ()
    email: str | None = None
    can_sign_in: bool = True


@dataclass(frozen=True, slots=True)
class HouseService:
    """What the front office can ask a back unit for, and what its form asks.

    ``told_when``, ``told_how`` and ``told_price`` are what a customer is told of it;
    ``checks`` are the lines of its checklist, and whether each must be done.
    """

    name: str
    unit: str
    summary: str = ""
    synonyms: tuple[str, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    checks: tuple[tuple[str, bool], ...] = ()
    told_when: str = ""
    told_how: str = ""
    told_price: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class HouseAgreement:
    """What one back unit promises a front unit, by kind and priority.

    ``front``, ``back`` and ``service`` may be ``EVERY``. ``targets`` maps a kind and a
    priority (``None``: every other priority) to seconds of open time; of those
    ``around_the_clock`` count every hour. ``rules`` are targets in working days.
    """

    name: str
    front: str
    back: str
    calendar: str
    targets: Mapping[tuple[TargetKind, int | None], int]
    holds: Mapping[TargetKind, frozenset[PendingReason]] = field(default_factory=dict)
    service: str = EVERY
    starts: ClockStart = ClockStart.FRONT_HANDOVER
    warn_share: float = 0.75
    valid_from: date = date(2000, 1, 1)
    rules: Mapping[PromiseKey, DayRule] = field(default_factory=dict)
    around_the_clock: frozenset[PromiseKey] = frozenset()
    warnings: tuple[WarningLevel, ...] = ()
    at_reopen: OnChange = OnChange.CONTINUE
    at_priority: OnChange = OnChange.RECOMPUTE
    at_unit: OnChange = OnChange.CONTINUE
    reopen_days: int | None = None

    def drafts(self) -> tuple[TargetDraft, ...]:
        """Return its targets as people write them."""
        plain = [
            TargetDraft(
                kind,
                priority,
                Measure.AROUND_THE_CLOCK
                if (kind, priority) in self.around_the_clock
                else Measure.WORKING_TIME,
                seconds,
            )
            for (kind, priority), seconds in self.targets.items()
        ]
        return (
            *plain,
            *(
                TargetDraft(kind, priority, Measure.WORKING_DAYS, None, rule)
                for (kind, priority), rule in self.rules.items()
            ),
        )


@dataclass(frozen=True, slots=True)
class HouseMember:
    """Somebody who belongs to a series, and as what.

    ``side`` ``None`` is that of the person's unit.
    """

    person: str
    side: Side | None = None
    part: str = ""
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class HouseStanding:
    """An item every session of a series has; ``after`` is the kind it follows."""

    title: str
    minutes: int = 5
    outcome: str = "inform"
    leader: str | None = None
    after: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class HouseSeries:
    """A repeating session of a front and a back unit.

    ``rule`` is an RFC 5545 recurrence (``FREQ=WEEKLY;BYDAY=MO``), ``starts_on`` its
    first day, ``at`` the local time in ``zone``. ``printed`` is what the print dialog
    begins with.
    """

    name: str
    front: str
    back: str
    rule: str
    starts_on: date
    at: time
    zone: str
    length_min: int = 60
    place: str = ""
    chair: str | None = None
    minute_taker: str | None = None
    members: tuple[HouseMember, ...] = ()
    link: str = ""
    skipped_days: tuple[date, ...] = ()
    holidays: HolidayRule = HolidayRule.KEEP
    ahead: int = 2
    standing: tuple[HouseStanding, ...] = ()
    printed: PrintOptions = field(default_factory=PrintOptions)


@dataclass(frozen=True, slots=True)
class HouseEscalation:
    """A rule of escalation, with the unit and the person it speaks of by name.

    ``rule`` has neither by id. Without a unit it is for all of them.
    """

    rule: EscalationRule
    unit: str | None = None
    person: str | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class UnknownUnits:
    """What a unit becomes that the house does not name but a history does."""

    side: Side
    calendar: str


@dataclass(frozen=True, slots=True)
class House:
    """A whole house. Every name in it refers to something in it.

    ``file_mb`` is how large a file may be, ``answer_days`` in how many working days
    obstacles are answered; None where the house file says nothing of it.
    """

    name: str
    zone: str
    calendars: tuple[HouseCalendar, ...] = ()
    units: tuple[HouseUnit, ...] = ()
    people: tuple[HousePerson, ...] = ()
    services: tuple[HouseService, ...] = ()
    agreements: tuple[HouseAgreement, ...] = ()
    series: tuple[HouseSeries, ...] = ()
    unknown_units: UnknownUnits | None = None
    escalation: tuple[HouseEscalation, ...] = ()
    file_mb: int | None = None
    answer_days: int | None = None


def hours_of(text: str) -> tuple[OpenHours, ...] | None:
    """Return the intervals in ``"08:00-12:00, 12:30-16:00"``; None if unreadable.

    An empty text is no interval. One that ends before it starts runs over midnight.
    """
    if not text.strip():
        return ()
    hours = []
    for part in text.split(","):
        match = _HOURS.fullmatch(part.strip())
        if match is None:
            return None
        h1, m1, h2, m2 = (int(number) for number in match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 > 59 or m2 > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
            return None
        if end == start:
            return None
        hours.append(OpenHours(start, end if end > start else end + MINUTES_A_DAY))
    return tuple(sorted(hours))


def hours_text(hours: tuple[OpenHours, ...]) -> str:
    """Write ``hours`` so that ``hours_of`` reads them back."""
    return ", ".join(f"{_clock(one.start)}-{_clock(one.end)}" for one in hours)


def _clock(minute: int) -> str:
    at = minute if minute <= MINUTES_A_DAY else minute - MINUTES_A_DAY
    return f"{at // 60:02d}:{at % 60:02d}"
