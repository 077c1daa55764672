"""Requests and the projections of their journal: legs, holds, clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.agreements import TargetKind
from desktop.domain.clocks import ClockState
from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.entities.base import Base, Code, Json, Keyed, UtcDateTime, Versioned

_OPEN = text("is_open")
_ENDED = text("state IN ('resolved', 'declined')")
_RESOLVED = text("resolved_at IS NOT NULL")
_RUNNING = text("running_since IS NOT NULL")
_LOOKED_AT_AGAIN = text("follow_up_at IS NOT NULL")


class Request(Keyed, Versioned, Base):
    """An internal request. What stands under "projected" is the journal's fold."""

    __tablename__ = "request"
    __table_args__ = (
        # The first columns give the order, the others spare a look at the row.
        Index(
            "ix_request_queue",
            *("unit_id", "due_at", "id", "assignee_id", "service_id"),
            *("front_unit_id", "priority", "state", "ball", "pending"),
            "clock_position",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_request_front",
            *("front_unit_id", "due_at", "id", "requester_id", "ball", "unit_id"),
            *("assignee_id", "service_id", "priority", "state", "clock_position"),
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_request_open",
            *("due_at", "id", "unit_id", "assignee_id", "service_id"),
            *("front_unit_id", "priority", "state", "ball", "pending"),
            "clock_position",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_request_ended",
            *("front_unit_id", "resolved_at", "id", "requester_id"),
            postgresql_where=_ENDED,
            sqlite_where=_ENDED,
        ),
        Index("ix_request_last_at", "last_at"),
        Index(
            "ix_request_counter",
            "front_unit_id",
            "last_at",
            "requester_id",
            "service_id",
        ),
        Index("ix_request_service", "service_id", "raised_at"),
        Index("ix_request_raised_at", "raised_at"),
        Index("ix_request_resolved_at", "resolved_at"),
        Index(
            "ix_request_resolved_by",
            *("unit_id", "resolved_at", "id"),
            postgresql_where=_RESOLVED,
            sqlite_where=_RESOLVED,
        ),
        Index(
            "ix_request_follow_up_at",
            "follow_up_at",
            postgresql_where=_LOOKED_AT_AGAIN,
            sqlite_where=_LOOKED_AT_AGAIN,
        ),
    )

    reference: Mapped[str] = mapped_column(String(40), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    front_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    customer: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(40), default="")
    site: Mapped[str] = mapped_column(String(200), default="")
    topic: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    source: Mapped[dict[str, Any] | None] = mapped_column(Json)
    told_text: Mapped[str] = mapped_column(Text, default="")
    told_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_how: Mapped[str] = mapped_column(String(200), server_default="")
    told_price: Mapped[str] = mapped_column(String(80), server_default="")

    # projected
    state: Mapped[RequestState] = mapped_column(Code(RequestState))
    is_open: Mapped[bool]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    pending: Mapped[PendingReason | None] = mapped_column(Code(PendingReason))
    follow_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ball: Mapped[Ball] = mapped_column(Code(Ball))
    ball_since: Mapped[datetime] = mapped_column(UtcDateTime)
    priority: Mapped[int | None] = mapped_column(Integer)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_position: Mapped[int | None] = mapped_column(Integer)
    reopens: Mapped[int] = mapped_column(Integer, default=0)
    handovers: Mapped[int] = mapped_column(Integer, default=0)
    returns: Mapped[int] = mapped_column(Integer, default=0)
    entries: Mapped[int] = mapped_column(Integer, default=0)


class RequestLeg(Base):
    """A stay of a request with one unit."""

    __tablename__ = "leg"
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        Index("ix_leg_unit_id_started_at", "unit_id", "started_at"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    position: Mapped[int] = mapped_column(Integer)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    named_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RequestHold(Base):
    """A span in which a request waits for somebody."""

    __tablename__ = "hold"
    __table_args__ = (UniqueConstraint("request_id", "position"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    position: Mapped[int] = mapped_column(Integer)
    reason: Mapped[PendingReason] = mapped_column(Code(PendingReason))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RequestClock(Base):
    """One promise's clock, as read at the request's last event (see ClockView)."""

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        Index("ix_clock_pair", "unit_id", "for_unit_id", "kind", "started_at"),
        Index(
            "ix_clock_at_risk_at",
            "at_risk_at",
            postgresql_where=_RUNNING,
            sqlite_where=_RUNNING,
        ),
        Index(
            "ix_clock_due_at",
            *("due_at", "at_risk_at", "request_id", "position"),
            postgresql_where=_RUNNING,
            sqlite_where=_RUNNING,
        ),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[TargetKind] = mapped_column(Code(TargetKind))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    for_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    calendar_version: Mapped[int] = mapped_column(Integer)
    target_s: Mapped[int] = mapped_column(Integer)
    warn_share: Mapped[float]
    used_s: Mapped[int] = mapped_column(Integer)
    state: Mapped[ClockState] = mapped_column(Code(ClockState))
    pending: Mapped[PendingReason | None] = mapped_column(Code(PendingReason))
    is_void: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    running_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at_risk_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    breached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
