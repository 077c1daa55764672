"""The names of the units and people a request's story mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.requests import Side
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit


@dataclass(frozen=True, slots=True)
class Names:
    """The names of everybody a request's story mentions."""

    units: Mapping[int, str]
    sides: Mapping[int, Side]
    people: Mapping[int, str]

    def unit(self, identity: int | None) -> str:
        """Return a unit's name, empty for none."""
        return self.units.get(identity, "") if identity is not None else ""

    def person(self, identity: int | None) -> str:
        """Return a person's name, empty for nobody."""
        return self.people.get(identity, "") if identity is not None else ""


def names_of(
    session: Session,
    request: Request,
    journal: Iterable[JournalEntry],
    clocks: Iterable[RequestClock],
) -> Names:
    """Read the names in two statements."""
    unit_ids = {request.unit_id, request.front_unit_id}
    person_ids = {request.assignee_id, request.requester_id}
    for entry in journal:
        unit_ids |= {entry.unit_id, *map(entry.changes.get, ("unit", "from_unit"))}
        person_ids |= {entry.actor_id, entry.changes.get("assignee")}
        person_ids.update(entry.details.get("people", ()))
        person_ids.update(entry.details.get("mentions", ()))
    for clock in clocks:
        unit_ids |= {clock.unit_id, clock.for_unit_id}
    units = session.execute(
        select(Unit.id, Unit.name, Unit.side).where(Unit.id.in_(unit_ids - {None}))
    ).all()
    people = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(person_ids - {None}))
    ).all()
    return Names(
        {row.id: row.name for row in units},
        {row.id: row.side for row in units},
        {row.id: row.name for row in people},
    )
