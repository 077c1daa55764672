"""The days a series meets: its rule laid around what both units' calendars close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.instants import FIRST_YEAR, LAST_YEAR
from desktop.domain.series_drafts import Schedule
from desktop.domain.session_days import FARTHEST_MOVE, Occurrence, laid_out
from desktop.entities.meetings import MeetingSeries
from desktop.entities.units import Unit
from desktop.store.recurrence import occurrences
from desktop.store.reference import Reference, reference_of

_MOVED: Final = timedelta(days=FARTHEST_MOVE + 1)


def schedule_of(series: MeetingSeries) -> Schedule:
    """Return when a series meets."""
    return Schedule(
        rule=series.recurrence,
        first_at=series.first_at,
        zone=series.zone,
        holidays=series.holidays,
        skipped=frozenset(date.fromisoformat(one) for one in series.skipped_days),
        unit_ids=(series.front_unit_id, series.back_unit_id),
    )


def laid_sessions(
    session: Session,
    schedule: Schedule,
    after: datetime,
    reference: Reference | None = None,
) -> Iterator[Occurrence]:
    """Give what becomes of a series' occurrences after ``after``, in order.

    Those left out are given too. Refuses (Invalid) a rule that cannot be read.
    """
    closed = closed_days(session, schedule.unit_ids, reference)
    # What is before may be moved behind it, and is a bound for what is moved ahead.
    found = occurrences(schedule.rule, schedule.first_at, schedule.zone, after - _MOVED)
    laid = laid_out(found, schedule.zone, schedule.holidays, schedule.skipped, closed)
    return (one for one in laid if (one.starts_at or one.rule_at) > after)


def next_session_at(
    session: Session, series: MeetingSeries, after: datetime
) -> datetime | None:
    """Return when a series meets next by its rule, None when it has ended."""
    if series.ended_at is not None:
        return None
    laid = laid_sessions(session, schedule_of(series), after)
    return next((one.starts_at for one in laid if one.starts_at), None)


def closed_days(
    session: Session, unit_ids: Iterable[int], reference: Reference | None = None
) -> Callable[[date], bool]:
    """Return what says whether either unit is closed all of a local day.

    A unit without a calendar is always there.
    """
    rows = session.scalars(select(Unit.calendar_id).where(Unit.id.in_(unit_ids)))
    known = (reference or reference_of(session)).calendars
    calendars = [known[one] for one in set(rows) if one is not None and one in known]

    @cache
    def is_closed(day: date) -> bool:
        return any(_is_closed(one, day) for one in calendars)

    return is_closed


def _is_closed(calendar: ServiceCalendar, day: date) -> bool:
    if not FIRST_YEAR < day.year < LAST_YEAR - 1:
        return False  # a calendar knows no other years
    start = datetime.combine(day, time(), calendar.zone)
    end = datetime.combine(day + timedelta(days=1), time(), calendar.zone)
    return not any(True for _span in calendar.spans(start, end))
