"""What somebody has not read yet, and what they chose for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, func, literal, select
from sqlalchemy.orm import Session

from desktop.domain.quiet_hours import Loud, QuietHours
from desktop.entities.base import UtcDateTime
from desktop.entities.requests import Request
from desktop.entities.seeing import PersonSetting, ReadMark
from desktop.entities.units import Person, Unit
from desktop.entities.workspace import Workspace
from desktop.store.reference import load_reference
from desktop.store.seeing import QUIET_HOURS, READING_SINCE

NEWS: Final = timedelta(days=30)

_MARK = ReadMark.__table__.c
_REQUEST = Request.__table__.c


def unread_among(
    session: Session, person_id: int, request_ids: Sequence[int], now: datetime
) -> frozenset[int]:
    """Return those of some requests in which there is something new for a person."""
    found = session.execute(
        select(_REQUEST.id).where(
            _REQUEST.id.in_(request_ids),
            is_unread(person_id, news_since(session, person_id, now)),
        )
    )
    return frozenset(found.scalars())


def is_unread(person_id: int, since: datetime | None) -> ColumnElement[bool]:
    """Return the condition that somebody has not read what happened ``since``.

    Without an instant nothing is new.
    """
    if since is None:
        return false()
    mark = (
        select(_MARK.entries)
        .where(_MARK.person_id == person_id, _MARK.request_id == _REQUEST.id)
        .scalar_subquery()
    )
    return and_(
        _REQUEST.last_at > literal(since, UtcDateTime),
        func.coalesce(mark, 0) < _REQUEST.entries,
    )


def news_since(session: Session, person_id: int, now: datetime) -> datetime | None:
    """Return since when things are new to a person; None before their reading counts.

    What happened more than 30 days ago is no news, read or not.
    """
    kept = setting(session, person_id, READING_SINCE)
    if "at" not in kept:
        return None
    return max(datetime.fromisoformat(kept["at"]), now - NEWS)


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
