"""Letting the first person into a workspace that nobody can sign in to."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid
from desktop.domain.text import clean_line
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.store.unit_of_work import UnitOfWork

FIRST_ROLES: Final = (Role.COORDINATOR, Role.ADMINISTRATOR)
NAME_CAP: Final = 200


def add_first_person(work: UnitOfWork, name: str, unit_id: int) -> int:
    """Add somebody who may set everything up; returns their id.

    Refuses with `somebody_is_here` where anybody can sign in already, with `missing`
    and `too_long` for the name, and with NotFound for the unit.
    """
    clean = clean_line(name)
    if not clean:
        raise Invalid("name", "missing")
    if len(clean) > NAME_CAP:
        raise Invalid("name", "too_long", length=len(clean), most=NAME_CAP)
    there = select(Person.id).where(Person.can_sign_in, Person.is_active).limit(1)
    if work.session.scalar(there) is not None:
        raise Conflict("somebody_is_here")
    unit = work.get(Unit, unit_id)
    person = Person(name=clean, unit_id=unit.id, can_sign_in=True)
    work.session.add(person)
    work.session.flush()
    for role in FIRST_ROLES:
        work.session.add(PersonRole(person_id=person.id, role=role))
    work.session.flush()
    work.record_house("person_added", {"person": person.id, "name": person.name})
    return person.id
