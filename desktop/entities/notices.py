"""Notices: what people are told of in the bell, and what they asked not to hear of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.entities.base import Base, Code, Identity, UtcDateTime

_UNREAD = text("read_at IS NULL")
_WAITING = text("next_at IS NOT NULL")


class Notice(Base):
    """One thing one person is told.

    ``mark`` names the occasion (a clock's level and day, or a journal entry), so that
    it is told once however many computers look. ``at`` is when it shows, ``next_at``
    when to look at the request again.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "request_id", "mark"),
        Index("ix_notice_shown", "person_id", "at"),
        Index(
            "ix_notice_unread",
            "person_id",
            "at",
            postgresql_where=_UNREAD,
            sqlite_where=_UNREAD,
        ),
        Index(
            "ix_notice_next_at",
            "next_at",
            postgresql_where=_WAITING,
            sqlite_where=_WAITING,
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    mark: Mapped[str] = mapped_column(String(120))
    kind: Mapped[NoticeKind] = mapped_column(Code(NoticeKind))
    clock_kind: Mapped[TargetKind | None] = mapped_column(Code(TargetKind))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoticeSilence(Base):
    """Somebody wants no warnings of a request until then, or until it moves.

    ``entries`` is how many journal entries the request had; more means it moved.
    """

    __tablename__ = "notice_silence"
    __table_args__ = (UniqueConstraint("person_id", "request_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entries: Mapped[int | None] = mapped_column(Integer)


class NoticeSweep(Base):
    """How far the clocks and the journal were looked through; one row."""

    __tablename__ = "notice_sweep"

    until: Mapped[datetime] = mapped_column(UtcDateTime)
    entry_id: Mapped[int] = mapped_column(Identity)
    rules_stamp: Mapped[int]
