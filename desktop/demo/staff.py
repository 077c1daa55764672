"""Who works in the demo house, and what they do, as the simulation sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.forms import FieldSpec
from desktop.queries.lookups import PersonRow


@dataclass
class Agent:
    """Somebody behind: free from ``busy_until`` on, away within ``away``."""

    person: PersonRow
    unit_id: int
    calendar: ServiceCalendar
    away: tuple[datetime, datetime] | None = None
    waits: bool = False


@dataclass
class Service:
    """A service as people meet it."""

    id: int
    name: str
    unit_id: int
    unit: str
    fields: tuple[FieldSpec, ...] = field(repr=False)
