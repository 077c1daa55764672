"""Who acts: somebody has to, so that the journal can say who it was."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import select

from desktop.domain.errors import Forbidden
from desktop.entities.units import PersonRole, Role
from desktop.store.unit_of_work import UnitOfWork


def somebody(work: UnitOfWork) -> int:
    """Return who acts; refuses with Forbidden where nobody sits at the desk."""
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor.person_id


def somebody_of(work: UnitOfWork, roles: AbstractSet[Role], code: str) -> int:
    """Return who acts; refuses with Forbidden ``code`` who has none of the roles."""
    me = somebody(work)
    wanted = select(PersonRole.role).where(PersonRole.person_id == me)
    if roles.isdisjoint(work.session.scalars(wanted)):
        raise Forbidden(code)
    return me
