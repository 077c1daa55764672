"""Agreements between units, in versions that never overwrite each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.agreements import ClockStart, TargetKind
from desktop.domain.requests import PendingReason
from desktop.entities.base import Base, Code, Keyed, UtcDateTime, Versioned


class Agreement(Keyed, Versioned, Base):
    """An operational level agreement: who promises, to whom, for which service."""

    __tablename__ = "agreement"

    name: Mapped[str] = mapped_column(String(200))
    front_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    back_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))


class AgreementVersion(Keyed, Base):
    """What was agreed, from when until when (exclusive)."""

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int] = mapped_column(Integer)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    starts: Mapped[ClockStart] = mapped_column(Code(ClockStart))
    warn_share: Mapped[float] = mapped_column(default=0.75)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AgreementTarget(Base):
    """One promised time, in seconds of the calendar's open time."""

    __tablename__ = "agreement_target"
    __table_args__ = (UniqueConstraint("version_id", "kind", "priority"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    kind: Mapped[TargetKind] = mapped_column(Code(TargetKind))
    priority: Mapped[int | None] = mapped_column(Integer)
    target_s: Mapped[int] = mapped_column(Integer)


class AgreementHold(Base):
    """A pending reason that stops one kind of clock."""

    __tablename__ = "agreement_hold"
    __table_args__ = (UniqueConstraint("version_id", "kind", "reason"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    kind: Mapped[TargetKind] = mapped_column(Code(TargetKind))
    reason: Mapped[PendingReason] = mapped_column(Code(PendingReason))
