"""Approvals: who has to agree before a request goes on, in which order, by when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.approvals import ApprovalState
from desktop.entities.base import Base, Code, Keyed, UtcDateTime, Versioned

_OPEN = text("state = 'asked'")


class Approval(Keyed, Versioned, Base):
    """One person's yes or no.

    Approvals of one ``round`` and ``step`` are asked together; the next step is asked
    when the step before is agreed. ``delegate_id`` decides in the approver's place.
    """

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_request_id", "request_id"),
        Index(
            "ix_approval_asked",
            "approver_id",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    round: Mapped[int] = mapped_column(Integer)
    step: Mapped[int] = mapped_column(Integer)
    approver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ApprovalState] = mapped_column(Code(ApprovalState))
    question: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(Text, default="")
