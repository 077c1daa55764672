"""What back offices offer, and the form each service asks for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.forms import FieldKind
from desktop.entities.base import Base, Code, Json, Keyed, Versioned


class Service(Keyed, Versioned, Base):
    """A service a unit offers."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    synonyms: Mapped[list[str]] = mapped_column(Json, default=list)
    is_active: Mapped[bool] = mapped_column(default=True)


class FormField(Base):
    """One question of a service's form."""

    __tablename__ = "form_field"
    __table_args__ = (UniqueConstraint("service_id", "code"),)

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    position: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(200))
    kind: Mapped[FieldKind] = mapped_column(Code(FieldKind))
    is_needed: Mapped[bool] = mapped_column(default=False)
    hint: Mapped[str] = mapped_column(String(400), default="")
    choices: Mapped[list[str]] = mapped_column(Json, default=list)
    settings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
