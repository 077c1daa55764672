"""What the editor and the question "Why this one?" offer to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.requests import Side
from desktop.i18n import gettext as _
from desktop.queries.calendars import calendar_rows
from desktop.queries.lookups import UnitRow, units
from desktop.queries.services import ServiceHit, service_catalogue

ALL = 0
"""Stands for every front unit or service, where a choice needs a value."""

Options = list[tuple[object, str]]


@dataclass(frozen=True)
class Choices:
    """Units, services and calendars, by name."""

    units: tuple[UnitRow, ...]
    services: tuple[ServiceHit, ...]
    calendars: tuple[tuple[int, str], ...]

    def fronts(self, *, or_all: bool = True) -> Options:
        """Return the front units, "All front units" first."""
        rows: Options = [(ALL, _("All front units"))] if or_all else []
        return rows + self._of(Side.FRONT)

    def backs(self) -> Options:
        """Return the back units."""
        return self._of(Side.BACK)

    def services_of(self, back_unit_id: object, every: str) -> Options:
        """Return the services of a back unit, first the one that stands for all."""
        of_unit = [one for one in self.services if one.unit_id == back_unit_id]
        return [(ALL, every), *((one.id, one.name) for one in of_unit)]

    def _of(self, side: Side) -> Options:
        return [(one.id, one.name) for one in self.units if one.side is side]


def read_choices(session: Any, now: datetime) -> Choices:
    """Return what can be chosen; a query of the core's queries."""
    found = service_catalogue(session, person_id=None, front_unit_id=None, now=now)
    named = tuple(
        (one.calendar_id, one.name)
        for one in calendar_rows(session)
        if not one.is_around_the_clock
    )
    return Choices(units(session), found, named)


def chosen_id(value: object) -> int | None:
    """Return the id of a choice, None where it stands for all of them."""
    return value if isinstance(value, int) and value != ALL else None
