"""The one row that says what this workspace is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Json, Keyed, UtcDateTime


class Workspace(Keyed, Base):
    """A workspace: its name, zone, and a stamp that moves when its rules do.

    ``rules_stamp`` counts changes to units, calendars and agreements, so that
    everybody's compiled copies know when they are stale.
    """

    __tablename__ = "workspace"

    name: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(64))
    is_demo: Mapped[bool] = mapped_column(default=False)
    rules_stamp: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HouseSetting(Base):
    """One thing the house decided for everybody, by its name."""

    __tablename__ = "house_setting"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    value: Mapped[Any] = mapped_column(Json)
