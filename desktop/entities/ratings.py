"""Ratings: what the front office says of work that was done for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Keyed, UtcDateTime


class Rating(Keyed, Base):
    """One rating of one resolution: top box or not, and a word.

    ``unit_id`` resolved it; ``resolved_at`` tells which resolution of a request that
    was reopened is meant.
    """

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("request_id", "resolved_at"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    resolved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_top: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
