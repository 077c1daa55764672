"""What is typed again and again: canned texts, and templates of whole requests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Json, Keyed, Versioned


class CannedText(Keyed, Versioned, Base):
    """Words to put in; ``{customer}`` and the like are filled from the request.

    It belongs to a person, or to a unit, or (neither) to everybody.
    """

    __tablename__ = "canned_text"

    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)


class RequestTemplate(Keyed, Versioned, Base):
    """A request filled in beforehand; ``content`` is what the form starts with."""

    __tablename__ = "request_template"

    name: Mapped[str] = mapped_column(String(200))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
