"""Whom an action concerns: its owner, or those who speak for the unit that has it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.entities.meetings import Action, SeriesMember
from desktop.entities.units import Person, PersonRole, Role


def people_of_action(session: Session, action: Action) -> tuple[int, ...]:
    """Return who is told of an action, by id.

    Of a unit's action these are the members of the series from that unit, else its
    managers, else its coordinators.
    """
    if action.owner_id is not None:
        return (action.owner_id,)
    if action.owner_unit_id is None:
        return ()
    members = session.scalars(
        select(Person.id)
        .join(SeriesMember, SeriesMember.person_id == Person.id)
        .where(
            SeriesMember.series_id == action.series_id,
            Person.unit_id == action.owner_unit_id,
            Person.is_active,
        )
        .order_by(Person.id)
    ).all()
    if members:
        return tuple(members)
    for role in (Role.MANAGER, Role.COORDINATOR):
        found = session.scalars(
            select(Person.id)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .where(
                PersonRole.role == role,
                Person.unit_id == action.owner_unit_id,
                Person.is_active,
            )
            .order_by(Person.id)
        ).all()
        if found:
            return tuple(found)
    return ()
