"""Service calendars: weekly hours, hours of single dates, closures."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.entities.base import Base, Keyed, Versioned


class Calendar(Keyed, Versioned, Base):
    """A named calendar in a time zone; ``version`` is the version a proof names."""

    __tablename__ = "calendar"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(8))
    subdivision: Mapped[str | None] = mapped_column(String(16))


class CalendarInterval(Base):
    """Open hours of a weekday (0 Monday), in seconds of the local day."""

    __tablename__ = "calendar_interval"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    weekday: Mapped[int] = mapped_column(Integer)
    from_s: Mapped[int] = mapped_column(Integer)
    to_s: Mapped[int] = mapped_column(Integer)


class CalendarOverride(Base):
    """Open hours that replace those of one date; from 0 to 0 says closed."""

    __tablename__ = "calendar_override"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    day: Mapped[date]
    from_s: Mapped[int] = mapped_column(Integer)
    to_s: Mapped[int] = mapped_column(Integer)


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
