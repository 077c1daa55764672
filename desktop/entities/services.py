"""What back offices offer, and the form each service asks for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.forms import FieldKind
from desktop.entities.base import Base, Code, Json, Keyed, Versioned


class Service(Keyed, Versioned, Base):
    """A service a unit offers.

    ``told_when``, ``told_how`` and ``told_price`` are what a customer is told of it.
    """

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    synonyms: Mapped[list[str]] = mapped_column(Json, default=list)
    is_active: Mapped[bool] = mapped_column(default=True)
    told_when: Mapped[str] = mapped_column(String(200), default="", server_default="")
    told_how: Mapped[str] = mapped_column(String(200), default="", server_default="")
    told_price: Mapped[str] = mapped_column(String(80), default="", server_default="")


class FormField(Base):
    """One question of a service's form.

    ``settings`` are the rules of its kind (``domain.forms.Rules``). A question taken
    out stays, no longer asked (``is_active``), for the requests that answered it;
    ``wordings`` keeps what it was called before, each until when.
    """

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
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    wordings: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, default=list, server_default="[]"
    )
