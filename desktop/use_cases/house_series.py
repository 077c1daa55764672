"""Bringing one meeting series and its members in line with a house."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Invalid
from desktop.domain.house import HouseSeries
from desktop.domain.requests import Side
from desktop.entities.meetings import MeetingSeries, SeriesMember, StandingItem
from desktop.store.recurrence import next_occurrence
from desktop.use_cases.house_rows import put_row


def apply_series(
    session: Session,
    series: HouseSeries,
    key: uuid.UUID,
    *,
    units: Mapping[str, int],
    people: Mapping[str, int],
    sides: Mapping[str, Side],
) -> str | None:
    """Return whether the series was "created", "changed" or neither.

    ``sides`` says for people on which side their unit is.
    """
    values = _values(series, units, people)
    same = MeetingSeries.name == series.name
    row, verdict = put_row(session, MeetingSeries, key, same, values)
    members = _members(series, people, sides)
    standing = _standing(series, people)
    is_other = _put_members(session, row.id, members)
    if _put_standing(session, row.id, standing) or is_other:
        verdict = verdict or "changed"
    return verdict


def _members(
    series: HouseSeries, people: Mapping[str, int], sides: Mapping[str, Side]
) -> list[dict[str, Any]]:
    return [
        {
            "person_id": people[member.person],
            "side": member.side or sides.get(member.person, Side.FRONT),
            "part": member.part,
            "position": position,
            "deputy_id": people[member.deputy] if member.deputy else None,
        }
        for position, member in enumerate(series.members, 1)
    ]


def _standing(series: HouseSeries, people: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "title": item.title,
            "minutes": item.minutes,
            "outcome": item.outcome,
            "leader_id": people[item.leader] if item.leader else None,
            "after": item.after,
            "notes": item.notes,
            "is_active": True,
        }
        for position, item in enumerate(series.standing, 1)
    ]


def _values(
    series: HouseSeries, units: Mapping[str, int], people: Mapping[str, int]
) -> dict[str, Any]:
    taker = series.minute_taker
    return {
        "name": series.name,
        "front_unit_id": units[series.front],
        "back_unit_id": units[series.back],
        "recurrence": series.rule,
        "first_at": first_session(series),
        "zone": series.zone,
        "minutes": series.length_min,
        "place": series.place,
        "link": series.link,
        "chair_id": people[series.chair] if series.chair else None,
        "minute_taker_id": people[taker] if taker else None,
        "skipped_days": [one.isoformat() for one in series.skipped_days],
        "holidays": series.holidays,
        "ahead": series.ahead,
        "options": series.printed.content(),
        "ended_at": None,
    }


def _put_members(
    session: Session, series_id: int, wanted: list[dict[str, Any]]
) -> bool:
    """Make the members those wanted; tell whether they differed."""
    rows = _rows(session, SeriesMember, series_id)
    if _as_wanted(rows, wanted):
        return False
    for row in rows:
        session.delete(row)
    session.flush()
    session.add_all(SeriesMember(series_id=series_id, **one) for one in wanted)
    return True


def _put_standing(
    session: Session, series_id: int, wanted: list[dict[str, Any]]
) -> bool:
    """Make the standing items those wanted, the others rest; tell a difference."""
    rows = _rows(session, StandingItem, series_id)
    if _as_wanted([row for row in rows if row.is_active], wanted):
        return False
    by_title = {row.title: row for row in rows}
    for row in rows:
        row.is_active = False
    for one in wanted:
        known = by_title.pop(one["title"], None)
        if known is None:
            session.add(StandingItem(series_id=series_id, **one))
            continue
        for name, value in one.items():
            setattr(known, name, value)
    session.flush()
    return True


Row = TypeVar("Row", SeriesMember, StandingItem)


def _rows(session: Session, entity: type[Row], series_id: int) -> list[Row]:
    wanted = select(entity).where(entity.series_id == series_id)
    return list(session.scalars(wanted.order_by(entity.position, entity.id)))


def _as_wanted(rows: Sequence[object], wanted: Sequence[Mapping[str, Any]]) -> bool:
    return len(rows) == len(wanted) and all(
        getattr(row, name) == value
        for row, values in zip(rows, wanted, strict=True)
        for name, value in values.items()
    )


def first_session(series: HouseSeries) -> datetime:
    """Return the instant of the first session on or after the first day, in UTC.

    Raises Invalid when the rule never comes.
    """
    local = datetime.combine(series.starts_on, series.at, ZoneInfo(series.zone))
    start = local.astimezone(UTC)
    just_before = start - timedelta(microseconds=1)
    first = next_occurrence(series.rule, start, series.zone, just_before)
    if first is None:
        raise Invalid("rule", "never", name=series.name)
    return first
