"""Service calendars: weekly hours, hours of single dates, closures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Json, Keyed, UtcDateTime, Versioned


class Calendar(Keyed, Versioned, Base):
    """A named calendar in a time zone; ``version`` is the version a proof names.

    ``is_around_the_clock``: the program's own, always open, never edited.
    ``withdrawn_at``: made for a draft that was taken back; nothing offers it any more.
    """

    __tablename__ = "calendar"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(8))
    subdivision: Mapped[str | None] = mapped_column(String(16))
    closed_from: Mapped[date | None]
    is_around_the_clock: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CalendarVersion(Base):
    """A calendar as it once was or is, kept for the clocks judged under it.

    Written when a calendar is changed: what it was and what it became. ``number`` is
    the calendar's ``version`` then. ``refunded_at``: when clocks that had not stopped
    were put under it; those begun before it keep the version they had otherwise.
    """

    __tablename__ = "calendar_version"
    __table_args__ = (UniqueConstraint("calendar_id", "number"),)

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    spec: Mapped[dict[str, Any]] = mapped_column(Json)
    refunded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CalendarInterval(Base):
    """Open hours of a weekday (0 Monday), in seconds of the local day.

    With ``valid_from`` they are of the week that holds from that date on.
    """

    __tablename__ = "calendar_interval"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    weekday: Mapped[int] = mapped_column(Integer)
    from_s: Mapped[int] = mapped_column(Integer)
    to_s: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date | None]


class CalendarOverride(Base):
    """Open hours that replace those of one date; from 0 to 0 says closed.

    ``is_public_holiday``: a working day moved by public holidays, refreshed with them.
    """

    __tablename__ = "calendar_override"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    day: Mapped[date]
    from_s: Mapped[int] = mapped_column(Integer)
    to_s: Mapped[int] = mapped_column(Integer)
    is_public_holiday: Mapped[bool] = mapped_column(default=False)


class CalendarClosure(Base):
    """A closure: whole days, or part of each from ``from_s`` to ``to_s``."""

    __tablename__ = "calendar_closure"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    start: Mapped[date]
    end: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    from_s: Mapped[int | None] = mapped_column(Integer)
    to_s: Mapped[int | None] = mapped_column(Integer)
    is_yearly: Mapped[bool] = mapped_column(default=False)
    is_public_holiday: Mapped[bool] = mapped_column(default=False)
