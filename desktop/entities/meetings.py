"""Meeting series, their sessions, the running order, and actions until done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Side
from desktop.entities.base import Base, Code, Json, Keyed, UtcDateTime, Versioned


class MeetingState(StrEnum):
    """How far a session has come."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MeetingSeries(Keyed, Versioned, Base):
    """Regular sessions between a front and a back unit.

    ``recurrence`` is an RFC 5545 RRULE laid from ``first_at`` in ``zone``.
    """

    __tablename__ = "meeting_series"

    name: Mapped[str] = mapped_column(String(200))
    front_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    back_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    recurrence: Mapped[str] = mapped_column(String(200))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int] = mapped_column(Integer, default=60)
    place: Mapped[str] = mapped_column(String(200), default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    minute_taker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class SeriesMember(Base):
    """Somebody who belongs to a series."""

    __tablename__ = "series_member"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[Side] = mapped_column(Code(Side))
    part: Mapped[str] = mapped_column(String(100), default="")
    position: Mapped[int] = mapped_column(Integer, default=0)


class Meeting(Keyed, Versioned, Base):
    """One session; its evidence is read from ``period_start`` until ``period_end``."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    number: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(String(200), default="")
    period_start: Mapped[datetime] = mapped_column(UtcDateTime)
    period_end: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[MeetingState] = mapped_column(Code(MeetingState))
    agenda_version: Mapped[int] = mapped_column(Integer, default=0)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AgendaItem(Keyed, Versioned, Base):
    """A place in a session's running order, found by a rule or written by a person.

    ``kind`` says which part of the paper it prints, ``subject`` what of that kind it
    is about, so that a refresh finds it again and a removed one stays removed.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "kind", "subject"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str] = mapped_column(String(16))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    leader: Mapped[str] = mapped_column(String(40), default="")
    minutes: Mapped[int] = mapped_column(Integer)
    notes: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    is_removed: Mapped[bool] = mapped_column(default=False)


class Action(Keyed, Versioned, Base):
    """Who does what by when, carried from session to session until it is done."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(Code(ActionState))
    carried: Mapped[int] = mapped_column(Integer, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
