"""What belongs to a session's items: requests, files, decisions, papers, attendance."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Side
from desktop.entities.base import (
    Base,
    Code,
    Found,
    Json,
    Keyed,
    UtcDateTime,
    Versioned,
)


class AttendanceState(StrEnum):
    """Whether somebody invited was there."""

    INVITED = "invited"
    PRESENT = "present"
    APOLOGY = "apology"
    ABSENT = "absent"
    DEPUTY = "deputy"


class RaisedState(StrEnum):
    """What became of something raised for a session."""

    WAITING = "waiting"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class AgendaItemRequest(Base):
    """A request an item is or was about, so that the request finds its decisions."""

    __tablename__ = "agenda_item_request"
    __table_args__ = (UniqueConstraint("agenda_item_id", "request_id"),)

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)


class AgendaFile(Keyed, Base):
    """A file that goes with an item, its bytes kept once like those of requests."""

    __tablename__ = "agenda_file"

    agenda_item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id"), index=True
    )
    content_id: Mapped[int] = mapped_column(ForeignKey("file_content.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RaisedItem(Keyed, Versioned, Base):
    """Something a person wants on the next session, until an agenda takes it.

    ``parked_from_id`` is the item it was parked from, in a session before.
    """

    __tablename__ = "raised_item"

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(16))
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"))
    parked_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    state: Mapped[RaisedState] = mapped_column(Code(RaisedState))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    why: Mapped[str] = mapped_column(Text, default="")


class Attendance(Versioned, Base):
    """Who was invited to a session, as at its publication, and who came.

    ``name``, ``side`` and ``part`` are those of that day: who leaves the series later
    stays in these minutes. ``deputy`` is a name; ``deputy_id`` who it is, if known.
    """

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    side: Mapped[Side] = mapped_column(Code(Side))
    part: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[AttendanceState] = mapped_column(Code(AttendanceState))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deputy: Mapped[str] = mapped_column(String(200), default="")


class Decision(Keyed, Versioned, Found, Base):
    """What a session decided, numbered within the session."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    FOUND_BY = ("text",)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id"), index=True
    )
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class MeetingPaper(Base):
    """A paper as it was handed out, never changed: an agenda's version, the minutes.

    ``content`` is everything the paper says, in codes; ``sha256`` that of its JSON.
    """

    __tablename__ = "meeting_paper"
    __table_args__ = (UniqueConstraint("meeting_id", "kind", "number"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))


class Addendum(Keyed, Base):
    """A correction to minutes that are approved; the minutes themselves stay."""

    __tablename__ = "addendum"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int] = mapped_column(Integer)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
