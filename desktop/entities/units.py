"""Units, the people in them and the roles people have."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Side
from desktop.entities.base import Base, Code, Keyed, Versioned


class Role(StrEnum):
    """What a person does here, and so which windows they need."""

    CLERK = "clerk"
    AGENT = "agent"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"


class Unit(Keyed, Versioned, Base):
    """A front office or back office."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    side: Mapped[Side] = mapped_column(Code(Side))
    prefix: Mapped[str] = mapped_column(String(8), default="R")
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))
    is_active: Mapped[bool] = mapped_column(default=True)


class Person(Keyed, Versioned, Base):
    """Somebody who works here; ``can_sign_in`` is false for names out of a log."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(200), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    can_sign_in: Mapped[bool] = mapped_column(default=True)


class PersonRole(Base):
    """One role of one person."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Code(Role))


class ReferenceCounter(Base):
    """The last number given to a reference prefix."""

    __tablename__ = "reference_counter"

    prefix: Mapped[str] = mapped_column(String(8), unique=True)
    last: Mapped[int] = mapped_column(default=0)
