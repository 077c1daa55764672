"""Agreements between units, in versions that never overwrite each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.agreements import (
    ClockStart,
    Measure,
    OnChange,
    TargetKind,
    VersionStatus,
)
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import ClosedDay, DayEnd
from desktop.entities.base import Base, Code, Keyed, UtcDateTime, Versioned


class Agreement(Keyed, Versioned, Base):
    """An operational level agreement: who promises, to whom, for which service."""

    __tablename__ = "agreement"

    name: Mapped[str] = mapped_column(String(200))
    front_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    back_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))


class AgreementVersion(Keyed, Versioned, Base):
    """What was agreed, from when until when (exclusive), and by whom.

    Only an agreed one promises anything. One that came with a house was agreed
    elsewhere: nobody is named.
    """

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int] = mapped_column(Integer)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    starts: Mapped[ClockStart] = mapped_column(Code(ClockStart))
    warn_share: Mapped[float] = mapped_column(default=0.75)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[VersionStatus] = mapped_column(
        Code(VersionStatus), default=VersionStatus.AGREED
    )
    at_reopen: Mapped[OnChange] = mapped_column(
        Code(OnChange), default=OnChange.CONTINUE
    )
    at_priority: Mapped[OnChange] = mapped_column(
        Code(OnChange), default=OnChange.RECOMPUTE
    )
    at_unit: Mapped[OnChange] = mapped_column(Code(OnChange), default=OnChange.CONTINUE)
    reopen_days: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    front_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    front_agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    back_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    back_agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class AgreementTarget(Base):
    """One promised length: seconds of open time, or a rule in working days.

    ``target_s`` of a rule is what so many usual days come to, for figures only.
    ``calendar_id`` counts it instead of the version's own (around the clock).
    """

    __tablename__ = "agreement_target"
    __table_args__ = (UniqueConstraint("version_id", "kind", "priority"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    kind: Mapped[TargetKind] = mapped_column(Code(TargetKind))
    priority: Mapped[int | None] = mapped_column(Integer)
    target_s: Mapped[int] = mapped_column(Integer)
    measure: Mapped[Measure] = mapped_column(
        Code(Measure), default=Measure.WORKING_TIME
    )
    days: Mapped[int | None] = mapped_column(Integer)
    ends: Mapped[DayEnd | None] = mapped_column(Code(DayEnd))
    cutoff_s: Mapped[int | None] = mapped_column(Integer)
    restart_s: Mapped[int | None] = mapped_column(Integer)
    closed_day: Mapped[ClosedDay | None] = mapped_column(Code(ClosedDay))
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))


class AgreementHold(Base):
    """A pending reason that stops one kind of clock."""

    __tablename__ = "agreement_hold"
    __table_args__ = (UniqueConstraint("version_id", "kind", "reason"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    kind: Mapped[TargetKind] = mapped_column(Code(TargetKind))
    reason: Mapped[PendingReason] = mapped_column(Code(PendingReason))


class AgreementWarning(Base):
    """A warning level besides the share: by the share used, or the open time left."""

    __tablename__ = "agreement_warning"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("agreement_version.id"), index=True
    )
    share: Mapped[float | None]
    left_s: Mapped[int | None] = mapped_column(Integer)
