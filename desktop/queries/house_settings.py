"""What the house decided for everybody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.entities.workspace import HouseSetting


def house_setting(session: Session, name: str, otherwise: Any = None) -> Any:
    """Return a setting of the house by its name, ``otherwise`` where none is kept."""
    row = session.scalar(select(HouseSetting.value).where(HouseSetting.name == name))
    return otherwise if row is None else row
