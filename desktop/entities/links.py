"""Requests that belong together: parts of one, and what blocks, repeats or follows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.links import LinkKind
from desktop.entities.base import Base, Code, Keyed, UtcDateTime


class RequestLink(Keyed, Base):
    """What one request is to another: ``request`` is ``kind`` of ``other``."""

    __tablename__ = "request_link"
    __table_args__ = (UniqueConstraint("request_id", "other_id", "kind"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(Code(LinkKind))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
