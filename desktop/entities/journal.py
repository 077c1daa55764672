"""The append-only journal: who did what, when, and what it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Audience
from desktop.entities.base import Base, Code, Json, Keyed, UtcDateTime


class JournalEntry(Keyed, Base):
    """One act. Never updated, never deleted: the database refuses both.

    ``at`` is when it happened, ``recorded_at`` when it was written down (they differ
    for an imported history). ``changes`` is what the fold reads; ``details`` what a
    reader may want besides.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("request_id", "seq"),
        Index("ix_journal_entry_meeting_id", "meeting_id"),
        # Few entries are about rules: an index of all the others would only cost.
        *(
            Index(
                f"ix_journal_entry_{column}",
                column,
                postgresql_where=text(f"{column} IS NOT NULL"),
                sqlite_where=text(f"{column} IS NOT NULL"),
            )
            for column in ("agreement_id", "calendar_id", "obstacle_id")
        ),
    )

    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"))
    seq: Mapped[int] = mapped_column(Integer, default=0)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    audience: Mapped[Audience] = mapped_column(Code(Audience), default=Audience.BOTH)
    text: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
