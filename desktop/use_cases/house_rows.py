"""Bringing one row in line with what a house wants, found again by its key."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.entities.base import Keyed
from desktop.entities.workspace import HouseSetting

E = TypeVar("E", bound=Keyed)


def put_row(
    session: Session,
    entity: type[E],
    key: uuid.UUID,
    same: ColumnElement[bool],
    values: Mapping[str, Any],
    *,
    only_new: bool = False,
) -> tuple[E, str | None]:
    """Return the row and whether it was "created", "changed" or neither.

    It is found by ``key``, else by ``same``: what people made by hand is taken over.
    ``only_new``: values are set only where it is created.
    """
    row = session.scalar(select(entity).where(entity.key == key))
    row = row or session.scalar(select(entity).where(same).limit(1))
    if row is None:
        row = entity(**values)
        row.key = key
        session.add(row)
        session.flush()
        return row, "created"
    if only_new:
        return row, None
    different = {
        name: value for name, value in values.items() if getattr(row, name) != value
    }
    for name, value in different.items():
        setattr(row, name, value)
    return row, "changed" if different else None


def put_setting(session: Session, name: str, value: int) -> str | None:
    """Keep a number the house chose; return what `put_row` does."""
    row = session.scalar(select(HouseSetting).where(HouseSetting.name == name))
    if row is None:
        session.add(HouseSetting(name=name, value=value))
        return "created"
    if row.value == value:
        return None
    row.value = value
    return "changed"
