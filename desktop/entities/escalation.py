"""Escalation rules: who is told when a promise comes into danger."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.escalation import Again, Hours, NoticeKind
from desktop.entities.base import Base, Code, Json, Keyed, Versioned


class Escalation(Keyed, Versioned, Base):
    """A rule: at ``notice``, of clocks of ``kinds``, tell ``tells``.

    ``unit_id`` is the unit that owes (all without one). ``again`` says how often it is
    told again while nobody acts (every ``again_every_s`` seconds of working time), for
    ``again_for_s`` seconds at most; ``silenced_by`` who may silence it.
    """

    __tablename__ = "escalation"

    position: Mapped[int] = mapped_column(Integer)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    notice: Mapped[NoticeKind] = mapped_column(Code(NoticeKind))
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    tells: Mapped[list[str]] = mapped_column(Json, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    hours: Mapped[Hours] = mapped_column(Code(Hours))
    again: Mapped[Again] = mapped_column(Code(Again))
    again_every_s: Mapped[int | None] = mapped_column(Integer)
    again_for_s: Mapped[int | None] = mapped_column(Integer)
    silenced_by: Mapped[list[str]] = mapped_column(Json, default=list)
    is_active: Mapped[bool] = mapped_column(default=True)
