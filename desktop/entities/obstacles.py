"""Obstacles the front line raises, who answers them, and improvements with a proof."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Float, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.improvements import ImprovementState
from desktop.domain.obstacles import ObstacleState
from desktop.entities.base import Base, Code, Found, Keyed, UtcDateTime, Versioned


class Obstacle(Keyed, Versioned, Found, Base):
    """Something that gets in the way of serving a customer, and who owes an answer.

    ``unit_id`` is the unit of who raised it, ``owing_unit_id`` the one that owes the
    answer by ``answer_due_at``. Merged ones point to the one that goes on.
    """

    __tablename__ = "obstacle"
    FOUND_BY = ("title", "text", "proposal", "answer")

    number: Mapped[int] = mapped_column(Integer, unique=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    owing_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owing_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[ObstacleState] = mapped_column(Code(ObstacleState), index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"))


class ObstacleVoice(Base):
    """Somebody whom the same obstacle stops too."""

    __tablename__ = "obstacle_voice"
    __table_args__ = (UniqueConstraint("obstacle_id", "person_id"),)

    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Improvement(Keyed, Versioned, Base):
    """A change with a measure taken from the journal before it and after it.

    ``measure`` is a code of `desktop.domain.improvements`; values are shares (0..1) or
    whole seconds or counts, as the measure says, each with its ``n``.
    """

    __tablename__ = "improvement"

    obstacle_id: Mapped[int | None] = mapped_column(
        ForeignKey("obstacle.id"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    front_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    back_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    measure: Mapped[str] = mapped_column(String(40))
    baseline_from: Mapped[date]
    baseline_until: Mapped[date]
    baseline_value: Mapped[float | None] = mapped_column(Float)
    baseline_n: Mapped[int] = mapped_column(Integer, default=0)
    target_value: Mapped[float | None] = mapped_column(Float)
    starts_on: Mapped[date]
    proof_on: Mapped[date]
    proof_value: Mapped[float | None] = mapped_column(Float)
    proof_n: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[ImprovementState] = mapped_column(Code(ImprovementState))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_why: Mapped[str] = mapped_column(Text, default="")
