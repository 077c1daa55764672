"""Read a row so that nobody else changes it until the transaction ends."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import Mapper, Session

T = TypeVar("T")


def locked(session: Session, entity: type[T], identity: int) -> T | None:
    """Return a row, locked, or None where there is none.

    One already in hand stays as it was read: where it has changed since, its version
    is no longer the stored one, and writing it is refused.
    """
    return session.scalars(
        _locking(inspect(entity)), {"identity": identity}
    ).one_or_none()


@cache
def _locking(mapper: Mapper[Any]) -> Select[Any]:
    """Return the statement; made once, since making it costs more than running it."""
    (key,) = mapper.primary_key
    return select(mapper).where(key == bindparam("identity")).with_for_update()
