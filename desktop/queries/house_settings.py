"""What the house decided for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.files import LARGEST_MB, MEGABYTE, MOST_MB, MOST_MB_SETTING
from desktop.domain.obstacles import (
    ANSWER_DAYS,
    ANSWER_DAYS_SETTING,
    MOST_ANSWER_DAYS,
)
from desktop.entities.workspace import HouseSetting


@dataclass(frozen=True, slots=True)
class HouseChoices:
    """How large a file may be (MB), and in how many working days obstacles are due."""

    file_mb: int = MOST_MB
    answer_days: int = ANSWER_DAYS


def house_choices(session: Session) -> HouseChoices:
    """Return what the house chose; the usual where it chose nothing that can be."""
    return HouseChoices(
        _number(session, MOST_MB_SETTING, LARGEST_MB, MOST_MB),
        _number(session, ANSWER_DAYS_SETTING, MOST_ANSWER_DAYS, ANSWER_DAYS),
    )


def most_file_bytes(session: Session) -> int:
    """Return how many bytes a file may have in this house."""
    return house_choices(session).file_mb * MEGABYTE


def house_setting(session: Session, name: str, otherwise: Any = None) -> Any:
    """Return a setting of the house by its name, ``otherwise`` where none is kept."""
    row = session.scalar(select(HouseSetting.value).where(HouseSetting.name == name))
    return otherwise if row is None else row


def _number(session: Session, name: str, most: int, usual: int) -> int:
    value = house_setting(session, name)
    # True is a number to Python, and none to anybody else.
    return value if type(value) is int and 1 <= value <= most else usual
