"""What changes between two units before their next session: closures, terms, hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from desktop.domain.agenda_sections import Side
from desktop.domain.agenda_topics import CHANGES_SHOWN, ChangeRow, ChangesAhead
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.pairs import Pair, Period


def changes_ahead_of(
    pair: Pair,
    period: Period,
    front_calendar: ServiceCalendar | None,
    more: Iterable[ChangeRow] = (),
) -> ChangesAhead:
    """Tell what changes from ``period.as_at`` until the next session, by time.

    Closures count where they take open time; one on both calendars is told once.
    ``more`` is what else is known to change. Nothing where no session is to follow.
    """
    if period.next_at is None:
        return ChangesAhead()
    span = (period.as_at, period.next_at)
    rows = [
        *_both(
            [
                *_of_calendar(pair.calendar, "back", *span),
                *_of_calendar(front_calendar, "front", *span),
            ]
        ),
        *_agreements(pair, *span),
        *more,
    ]
    rows.sort(key=lambda row: (row.starts_at, row.code, row.name))
    return ChangesAhead(tuple(rows[:CHANGES_SHOWN]), len(rows))


def _of_calendar(
    calendar: ServiceCalendar | None, side: Side, start: datetime, end: datetime
) -> Iterator[ChangeRow]:
    if calendar is None:
        return
    for one in calendar.closures_between(start, end):
        if one.taken:
            yield ChangeRow(
                "closure",
                one.closure.name,
                one.start,
                one.end,
                side,
                int(one.taken.total_seconds()),
            )
    for week in calendar.spec.later:
        begins = datetime.combine(week.valid_from, time(), calendar.zone)
        if start < begins < end:
            yield ChangeRow(
                "calendar", calendar.spec.name, begins.astimezone(UTC), side=side
            )


def _both(rows: Iterable[ChangeRow]) -> list[ChangeRow]:
    """Join what is the same on both sides; the longer loss counts."""
    found: dict[tuple[str, str, datetime, datetime | None], ChangeRow] = {}
    for row in rows:
        key = (row.code, row.name, row.starts_at, row.ends_at)
        known = found.get(key)
        if known is not None:
            taken = max(row.taken_s, known.taken_s)
            row = replace(row, side=None, taken_s=taken)
        found[key] = row
    return list(found.values())


def _agreements(pair: Pair, start: datetime, end: datetime) -> Iterator[ChangeRow]:
    for terms in pair.terms:
        if start < terms.valid_from < end:
            yield ChangeRow(
                "agreement", terms.name, terms.valid_from, number=terms.number
            )
