"""What was tried: variants of agreements, kept to look at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Json, Keyed, UtcDateTime, Versioned


class Trial(Keyed, Versioned, Base):
    """A kept trial: its scope, period and up to four variants in ``content``."""

    __tablename__ = "trial"

    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
