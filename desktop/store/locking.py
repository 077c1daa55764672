"""Read a row so that nobody else changes it until the transaction ends."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import Mapper, Session

T = TypeVar("T")


def locked(session: Session, entity: type[T], identity: int) -> T | None:
    """Return a row, locked, or None where there is none.

    Raises StaleDataError where it is in hand already and has changed since.
    """
    mapper = inspect(entity)
    if mapper.identity_key_from_primary_key((identity,)) in session.identity_map:
        return session.get(entity, identity, with_for_update=True)
    return session.scalars(_locking(mapper), {"identity": identity}).one_or_none()


@cache
def _locking(mapper: Mapper[Any]) -> Select[Any]:
    """Return the statement; made once, since making it costs more than running it."""
    (key,) = mapper.primary_key
    return select(mapper).where(key == bindparam("identity")).with_for_update()
