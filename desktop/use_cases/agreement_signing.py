"""Who may sign an agreement for which side."""

from __future__ import annotations

from sqlalchemy import select

from desktop.domain.errors import Forbidden, Transition
from desktop.domain.requests import Side
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.store.unit_of_work import Actor, UnitOfWork


def sides_to_sign(
    work: UnitOfWork, agreement: Agreement, version: AgreementVersion, actor: Actor
) -> set[Side]:
    """Return the sides somebody may sign for and that are not signed yet."""
    rows = work.session.execute(
        select(PersonRole.person_id, PersonRole.role, Unit.id, Unit.side)
        .join(Person, Person.id == PersonRole.person_id)
        .join(Unit, Unit.id == Person.unit_id, isouter=True)
        .where(Person.is_active)
    ).all()
    roles = {role for person, role, *_ in rows if person == actor.person_id}
    stands_in = bool(roles & {Role.EXECUTIVE, Role.ADMINISTRATOR})
    may: set[Side] = set()
    for side, unit_id in (
        (Side.FRONT, agreement.front_unit_id),
        (Side.BACK, agreement.back_unit_id),
    ):
        managers = {
            person
            for person, role, unit, of_side in rows
            if role is Role.MANAGER
            and (unit == unit_id if unit_id is not None else of_side is side)
        }
        if actor.person_id in managers or (not managers and stands_in):
            may.add(side)
    if not may:
        raise Forbidden("not_a_manager_of_either")
    if version.front_agreed_at is not None:
        may.discard(Side.FRONT)
    if version.back_agreed_at is not None:
        may.discard(Side.BACK)
    if not may:
        raise Transition("signed_already")
    return may
