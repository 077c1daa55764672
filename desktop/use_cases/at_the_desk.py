"""Who acts: somebody has to, so that the journal can say who it was."""

from __future__ import annotations

from desktop.domain.errors import Forbidden
from desktop.store.unit_of_work import UnitOfWork


def somebody(work: UnitOfWork) -> int:
    """Return who acts; refuses with Forbidden where nobody sits at the desk."""
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor.person_id
