"""Bringing one meeting series and its members in line with a house."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Invalid
from desktop.domain.house import HouseSeries
from desktop.domain.requests import Side
from desktop.entities.meetings import MeetingSeries, SeriesMember
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
    wanted = [
        (
            people[member.person],
            member.side or sides.get(member.person, Side.FRONT),
            member.part,
            position,
        )
        for position, member in enumerate(series.members, 1)
    ]
    if _put_members(session, row.id, wanted):
        verdict = verdict or "changed"
    return verdict


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
        "chair_id": people[series.chair] if series.chair else None,
        "minute_taker_id": people[taker] if taker else None,
    }


def _put_members(
    session: Session, series_id: int, wanted: list[tuple[int, Side, str, int]]
) -> bool:
    """Make the members those wanted; tell whether they differed."""
    rows = list(
        session.scalars(
            select(SeriesMember)
            .where(SeriesMember.series_id == series_id)
            .order_by(SeriesMember.position)
        )
    )
    if [(one.person_id, one.side, one.part, one.position) for one in rows] == wanted:
        return False
    for row in rows:
        session.delete(row)
    session.flush()
    for person_id, side, part, position in wanted:
        session.add(
            SeriesMember(
                series_id=series_id,
                person_id=person_id,
                side=side,
                part=part,
                position=position,
            )
        )
    return True


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
