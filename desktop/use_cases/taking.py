"""Taking the next request of the unit: the most urgent that nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, literal_column, select

from desktop.domain.errors import Forbidden, Transition
from desktop.domain.requests import RequestState
from desktop.entities.requests import Request
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.requests import take


@dataclass(frozen=True, slots=True)
class Taken:
    """A request just taken."""

    id: int
    version: int
    reference: str


def take_next(work: UnitOfWork) -> Taken:
    """Take the request of the actor's unit that is due first and nobody has.

    What waits for somebody is passed over. Of two who ask at once each gets another.
    Refuses with Transition where nothing is left.
    """
    if work.actor is None or work.actor.unit_id is None:
        raise Forbidden("nobody_at_the_desk")
    found = _first(work, Request.due_at.is_not(None)) or _first(
        work, Request.due_at.is_(None)
    )
    if found is None:
        raise Transition("nothing_left_to_take")
    version = take(work, found.id)
    return Taken(found.id, version, found.reference)


def _first(work: UnitOfWork, due: ColumnElement[bool]) -> Request | None:
    assert work.actor is not None
    return work.session.scalars(
        select(Request)
        .where(
            Request.unit_id == work.actor.unit_id,
            _IS_OPEN,
            due,
            Request.assignee_id.is_(None),
            Request.state != RequestState.PENDING,
        )
        .order_by(Request.due_at, Request.priority, Request.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


# The words of the index of open requests: a bound value would not be found to fit it.
_IS_OPEN: Final[ColumnElement[bool]] = literal_column("request.is_open")
