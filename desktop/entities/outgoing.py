"""What leaves the house by mail, and what people are told of sessions and actions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Code, Json, Keyed, UtcDateTime, Versioned

_UNREAD = text("read_at IS NULL")
_WAITING = text("state = 'queued'")


class MailState(StrEnum):
    """How far a mail has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    PARTLY = "partly"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class OutgoingMail(Keyed, Versioned, Base):
    """A mail that waits for the server, was sent, or was given up.

    ``recipients`` are addresses; ``refused`` those the server did not take, with its
    words. ``claimed_at`` is when a computer began to send it.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        Index(
            "ix_outgoing_mail_waiting",
            "next_try_at",
            postgresql_where=_WAITING,
            sqlite_where=_WAITING,
        ),
    )

    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    sender: Mapped[str] = mapped_column(String(320))
    recipients: Mapped[list[str]] = mapped_column(Json)
    subject: Mapped[str] = mapped_column(String(998))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = mapped_column(Code(MailState))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(Text, default="")
    refused: Mapped[dict[str, str]] = mapped_column(Json, default=dict)


class MailFile(Base):
    """A file that goes with a mail."""

    __tablename__ = "mail_file"

    mail_id: Mapped[int] = mapped_column(ForeignKey("outgoing_mail.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class SessionNotice(Base):
    """One thing one person is told of a session, an action or an obstacle.

    ``mark`` names the occasion, so that it is told once however many computers look;
    ``at`` is when it shows, ``words`` the user's own words in it.
    """

    __tablename__ = "session_notice"
    __table_args__ = (
        UniqueConstraint("person_id", "mark"),
        Index("ix_session_notice_shown", "person_id", "at"),
        Index(
            "ix_session_notice_unread",
            "person_id",
            "at",
            postgresql_where=_UNREAD,
            sqlite_where=_UNREAD,
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mark: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(32))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
