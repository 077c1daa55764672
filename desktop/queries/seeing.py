"""What somebody has not read yet, and what they chose for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, literal, or_, select
from sqlalchemy.orm import Session

from desktop.domain.quiet_hours import Loud, QuietHours
from desktop.entities.base import UtcDateTime
from desktop.entities.requests import Request
from desktop.entities.seeing import PersonSetting, ReadMark
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.store.reference import load_reference
from desktop.store.seeing import QUIET_HOURS, READING_SINCE

_MARK = ReadMark.__table__.c
_REQUEST = Request.__table__.c


def unread_among(
    session: Session, person_id: int, request_ids: Sequence[int]
) -> frozenset[int]:
    """Return those of some requests in which there is something new for a person."""
    found = session.execute(
        select(_REQUEST.id).where(
            _REQUEST.id.in_(request_ids),
            is_unread(person_id, reading_since(session, person_id)),
        )
    )
    return frozenset(found.scalars())


def is_unread(person_id: int, since: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a request has entries a person has not read.

    One never looked at is new where something happened ``since`` their reading counts.
    """
    mark = (
        select(_MARK.entries)
        .where(_MARK.person_id == person_id, _MARK.request_id == _REQUEST.id)
        .scalar_subquery()
    )
    fresh = mark < _REQUEST.entries
    if since is None:
        return fresh
    return or_(
        fresh, and_(mark.is_(None), _REQUEST.last_at > literal(since, UtcDateTime))
    )


def reading_since(session: Session, person_id: int) -> datetime | None:
    """Return since when a person's reading counts; None before it does."""
    kept = setting(session, person_id, READING_SINCE)
    return datetime.fromisoformat(kept["at"]) if "at" in kept else None


def setting(session: Session, person_id: int, name: str) -> dict[str, Any]:
    """Return what a person chose; empty where they chose nothing."""
    kept = session.scalar(
        select(PersonSetting.value).where(
            PersonSetting.person_id == person_id, PersonSetting.name == name
        )
    )
    return kept or {}


def quiet_hours(session: Session, person_id: int) -> QuietHours:
    """Return when a person's computer is to keep quiet."""
    return QuietHours.of(setting(session, person_id, QUIET_HOURS))


def is_quiet(session: Session, person_id: int, now: datetime) -> bool:
    """Tell whether a person's computer is to keep quiet now."""
    wanted = quiet_hours(session, person_id)
    calendar = None
    if wanted.loud is Loud.CALENDAR:
        calendar_id = session.scalar(
            select(Unit.calendar_id)
            .join(Person, Person.unit_id == Unit.id)
            .where(Person.id == person_id)
        )
        if calendar_id is not None:
            calendar = load_reference(session, 0).calendars.get(calendar_id)
    zone = session.scalar(select(Workspace.zone)) or "UTC"
    return wanted.is_quiet(now, calendar, ZoneInfo(zone))
