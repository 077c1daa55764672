"""What calendars are told of sessions: one of them, or a whole series."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_SERIES: Final = uuid.UUID("7a4c7f0e-5f50-5c41-8b1f-0f5e2d9b6c33")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited; ``email`` is empty where none is known."""

    name: str
    email: str = ""
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """One session as a calendar keeps it: the same ``key`` replaces it by ``sequence``.

    ``description`` is plain text. ``rule_at`` is the occurrence it stands for.
    """

    key: uuid.UUID
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    summary: str
    place: str = ""
    link: str = ""
    description: str = ""
    guests: tuple[Guest, ...] = ()
    is_cancelled: bool = False
    why: str = ""
    rule_at: datetime | None = None

    @property
    def uid(self) -> str:
        """Return what calendars know this session by, for good."""
        return f"{self.key}@counterpart"


@dataclass(frozen=True, slots=True)
class SeriesCalendar:
    """A whole series: its rule from ``first_at`` on, what is left out, what differs.

    ``left_out`` are occurrences of the rule that do not take place; ``sessions`` those
    that differ from the rule, and those beside it.
    """

    key: uuid.UUID
    sequence: int
    rule: str
    first_at: datetime
    minutes: int
    zone: str
    summary: str
    place: str = ""
    link: str = ""
    guests: tuple[Guest, ...] = ()
    left_out: tuple[datetime, ...] = ()
    sessions: tuple[Invitation, ...] = ()

    @property
    def uid(self) -> str:
        """Return what calendars know this series by, for good."""
        return f"{uuid.uuid5(_SERIES, str(self.key))}@counterpart"


def rule_from(rule: str, gone: int) -> str:
    """Return a rule laid from a later occurrence on, ``gone`` having gone before.

    A rule that ends after so many sessions has fewer left.
    """
    parts = [part for part in rule.split(";") if part]
    return ";".join(
        f"COUNT={int(part[6:]) - gone}" if part.upper().startswith("COUNT=") else part
        for part in parts
    )


def ended_rule(rule: str, ended_at: datetime) -> str:
    """Return a rule that gives nothing after an instant."""
    parts = [part for part in rule.split(";") if part]
    kept = [one for one in parts if not one.upper().startswith(("COUNT=", "UNTIL="))]
    return ";".join((*kept, f"UNTIL={ended_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
