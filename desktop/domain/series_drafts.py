"""What a person says of a series, a value that is checked before it is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from desktop.domain.errors import Invalid
from desktop.domain.requests import Side
from desktop.domain.session_days import HolidayRule

SHORTEST, LONGEST = 5, 480
"""How many minutes a session may be given."""
MOST_AHEAD: Final = 26
MOST_STANDING: Final = 30
MOST_MEMBERS: Final = 200
MOST_SKIPPED: Final = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Somebody who belongs to a series: on which side, as what, who stands in."""

    person_id: int
    side: Side
    part: str = ""
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class StandingDraft:
    """An item every session has; ``after`` is the kind of item it follows on paper."""

    title: str
    minutes: int = 5
    outcome: str = "inform"
    leader_id: int | None = None
    after: str = ""
    notes: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When sessions are: a rule from an instant on, days left out, units heeded."""

    rule: str
    first_at: datetime
    zone: str
    holidays: HolidayRule
    skipped: frozenset[date]
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """A series as it should be. ``at`` is local time in ``zone``.

    ``rule`` is an RFC 5545 recurrence (`rhythms.Rhythm.rule`), laid from ``starts_on``.
    Chair and minute-taker are members without being named twice.
    """

    name: str
    front_unit_id: int | None
    back_unit_id: int | None
    rule: str
    starts_on: date
    at: time
    zone: str
    minutes: int = 60
    place: str = ""
    link: str = ""
    chair_id: int | None = None
    minute_taker_id: int | None = None
    members: tuple[MemberDraft, ...] = ()
    skipped_days: tuple[date, ...] = ()
    holidays: HolidayRule = HolidayRule.KEEP
    ahead: int = 2
    standing: tuple[StandingDraft, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    def schedule(self) -> Schedule:
        """Return when its sessions are, from the instant typed on.

        Refuses (Invalid) a day outside the years 2000 to 2099, and an unknown zone.
        """
        if not FIRST_YEAR <= self.starts_on.year < LAST_YEAR:
            raise Invalid(
                "starts_on", "out_of_range", least=FIRST_YEAR, most=LAST_YEAR - 1
            )
        try:
            zone = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            raise Invalid("zone", "not_a_choice") from error
        local = datetime.combine(self.starts_on, self.at, zone)
        units = (self.front_unit_id, self.back_unit_id)
        return Schedule(
            rule=self.rule,
            first_at=local.astimezone(UTC),
            zone=self.zone,
            holidays=self.holidays,
            skipped=frozenset(self.skipped_days),
            unit_ids=tuple(one for one in units if one is not None),
        )


def start_of_day(at: datetime, zone: str, *, days_before: int = 0) -> datetime:
    """Return local midnight of an instant's day, or of so many days before."""
    there = ZoneInfo(zone)
    day = at.astimezone(there).date() - timedelta(days=days_before)
    return datetime.combine(day, time(), there).astimezone(UTC)
