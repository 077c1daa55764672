"""Meeting series, their sessions, the running order, and actions until done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Side
from desktop.domain.session_days import HolidayRule
from desktop.entities.base import (
    Base,
    Code,
    Found,
    Identity,
    Json,
    Keyed,
    UtcDateTime,
    Versioned,
)


class MeetingState(StrEnum):
    """How far a session has come."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    IN_SESSION = "in_session"
    HELD = "held"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MeetingSeries(Keyed, Versioned, Base):
    """Regular sessions between a front and a back unit.

    ``recurrence`` is an RFC 5545 RRULE laid from ``first_at`` in ``zone``;
    ``skipped_days`` are local ISO days it leaves out, ``holidays`` says what becomes of
    a session on a day either unit is closed, ``ahead`` how many sessions are planned
    at a time. ``weights`` turn a candidate rule up or down (code: factor, 1.0 where
    none is given); ``silenced_rules`` are never proposed in this series.
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
    link: Mapped[str] = mapped_column(String(500), default="")
    skipped_days: Mapped[list[str]] = mapped_column(Json, default=list)
    holidays: Mapped[HolidayRule] = mapped_column(
        Code(HolidayRule), default=HolidayRule.KEEP
    )
    ahead: Mapped[int] = mapped_column(Integer, default=2)
    weights: Mapped[dict[str, float]] = mapped_column(Json, default=dict)
    silenced_rules: Mapped[list[str]] = mapped_column(Json, default=list)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SeriesTemplate(Keyed, Versioned, Base):
    """How a new series begins: its rhythm, length, standing items, print options."""

    __tablename__ = "series_template"

    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class StandingItem(Keyed, Versioned, Base):
    """An item every session of a series has, where it stands and how long it takes.

    ``after`` is the kind of item it follows on paper (empty: the first).
    """

    __tablename__ = "standing_item"

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(16))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    after: Mapped[str] = mapped_column(String(40), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class SeriesMember(Base):
    """Somebody who belongs to a series."""

    __tablename__ = "series_member"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[Side] = mapped_column(Code(Side))
    part: Mapped[str] = mapped_column(String(100), default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Meeting(Keyed, Versioned, Base):
    """One session; its evidence is read from ``period_start`` until ``period_end``.

    ``occurrence_at`` is the instant its series' rule gave, kept when it is moved or
    cancelled (None: planned beside the rule); ``sequence`` counts what members were
    told of time and place. ``item_id`` is the item under discussion since
    ``item_since``, the same for everybody who looks. ``looked`` has the requests known
    behind each candidate (kind and subject) when it was looked at: others are new.
    """

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
    link: Mapped[str] = mapped_column(String(500), default="")
    occurrence_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    cancelled_why: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    item_id: Mapped[int | None] = mapped_column(Identity)
    item_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    looked: Mapped[dict[str, list[int]]] = mapped_column(Json, default=dict)


class AgendaItem(Keyed, Versioned, Found, Base):
    """A place in a session's running order, found by a rule or written by a person.

    ``kind`` says which part of the paper it prints, ``subject`` what of that kind it
    is about, so that a refresh finds it again and a removed one stays removed.
    ``section`` heads the items from here on. In session ``spent_s`` adds up, ``said``
    is what the minutes tell of it.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "kind", "subject"),)
    FOUND_BY = ("title", "notes", "said")

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
    section: Mapped[str] = mapped_column(String(100), default="")
    chair_notes: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    spent_s: Mapped[int] = mapped_column(Integer, default=0)
    is_done: Mapped[bool] = mapped_column(default=False)
    is_parked: Mapped[bool] = mapped_column(default=False)


class Action(Keyed, Versioned, Found, Base):
    """Who does what by when, carried from session to session until it is done.

    Carried three times it has to be decided: ``decided_carried`` is how often it was
    carried when that was last done, ``decided_why`` what was said then.
    """

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("series_id", "number"),)
    FOUND_BY = ("text", "topic", "closed_why")

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
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"))
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_why: Mapped[str] = mapped_column(Text, default="")
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_carried: Mapped[int] = mapped_column(Integer, default=0)
    decided_why: Mapped[str] = mapped_column(Text, default="")
