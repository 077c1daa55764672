"""How people look at requests: saved views, what was read, who is looking now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Json, Keyed, UtcDateTime, Versioned


class SavedView(Keyed, Versioned, Base):
    """A list as data: ``content`` holds its columns, filters, sort and grouping.

    It belongs to a person; with a unit, everybody there sees it too.
    """

    __tablename__ = "saved_view"

    page: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class ReadMark(Base):
    """How many of a request's journal entries a person has read."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("person_id", "request_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    entries: Mapped[int] = mapped_column(Integer)


class Presence(Base):
    """Who has a request open, and whether they are writing; stale soon after."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_writing: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonSetting(Base):
    """What a person chose for themselves, wherever they sign in."""

    __tablename__ = "person_setting"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
