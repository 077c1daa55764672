"""Checklists: what a service's standard asks to be done, and what is done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Keyed, UtcDateTime


class ServiceCheck(Keyed, Base):
    """One line of a service's checklist; a line retired is no longer asked.

    ``is_needed``: a request cannot be resolved before it is done.
    """

    __tablename__ = "service_check"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(400))
    is_needed: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)


class RequestCheck(Base):
    """A line of the checklist done on a request: by whom, when."""

    __tablename__ = "request_check"
    __table_args__ = (UniqueConstraint("request_id", "check_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    check_id: Mapped[int] = mapped_column(ForeignKey("service_check.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
