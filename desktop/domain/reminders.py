"""When people are told, and told again: in their hours, never by night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Refusal
from desktop.domain.escalation import Again, EscalationRule

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Telling:
    """One time something is told: ``number`` 0 is the first.

    ``day`` names it, and where it comes several times a day ``number``, alike on every
    computer, whenever it looks. ``next_at`` is when it is told again, if ever.
    """

    at: datetime
    number: int
    day: str
    next_at: datetime | None


def told_at(calendar: ServiceCalendar | None, at: datetime) -> datetime:
    """Return when to tell somebody who works by ``calendar``: then, or at opening."""
    if calendar is None or calendar.is_open(at):
        return at
    try:
        return calendar.next_open(at)
    except Refusal:
        # Closed for good: there is no better moment than the present one.
        return at


def again_at(calendar: ServiceCalendar, told: datetime) -> datetime:
    """Return when the next working day begins after the day of ``told``."""
    day = told.astimezone(calendar.zone).date() + _DAY
    return told_at(calendar, datetime.combine(day, time(), calendar.zone))


def telling(
    rule: EscalationRule,
    calendar: ServiceCalendar | None,
    since: datetime,
    until: datetime,
) -> Telling:
    """Return the last time by ``until`` that a rule tells of what came at ``since``.

    ``calendar`` is in whose hours (``None``: around the clock). Where the first time is
    still to come, that one is returned. Missed times are not made up for.
    """
    first = told_at(calendar, since)
    if rule.again is Again.ONCE:
        return Telling(first, 0, _day(calendar, first), None)
    ends = None if rule.again_for is None else since + rule.again_for
    reach = until if ends is None else min(until, ends)
    if rule.again is Again.EACH_DAY:
        at, number, following = _daily(calendar, first, reach)
    else:
        assert rule.again_every is not None
        at, number, following = _hourly(calendar, first, reach, rule.again_every)
    is_over = following <= at or (ends is not None and following > ends)
    return Telling(at, number, _day(calendar, at), None if is_over else following)


def tellings(
    rule: EscalationRule,
    calendar: ServiceCalendar | None,
    since: datetime,
    until: datetime,
) -> Iterator[datetime]:
    """Yield every time by ``until`` that a rule tells of what came at ``since``."""
    at: datetime | None = told_at(calendar, since)
    while at is not None and at <= until:
        yield at
        at = telling(rule, calendar, since, at).next_at


def _daily(
    calendar: ServiceCalendar | None, first: datetime, until: datetime
) -> tuple[datetime, int, datetime]:
    if calendar is None:
        number = max(0, (until - first) // _DAY)
        return first + number * _DAY, number, first + (number + 1) * _DAY
    begun = datetime.combine(
        until.astimezone(calendar.zone).date(), time(), calendar.zone
    )
    at = max(first, told_at(calendar, begun)) if until > first else first
    if at > until:
        # A day off, or before the opening: it was told on the working day before.
        at = max(first, _opening_before(calendar, until))
    return at, int(at > first), again_at(calendar, at)


def _opening_before(calendar: ServiceCalendar, until: datetime) -> datetime:
    """Return the opening of the last working day begun by ``until``."""
    for days in range(1, 400):
        day = until.astimezone(calendar.zone).date() - days * _DAY
        begun = datetime.combine(day, time(), calendar.zone)
        at = told_at(calendar, begun)
        if at <= until and at.astimezone(calendar.zone).date() == day:
            return at
    return until


def _hourly(
    calendar: ServiceCalendar | None,
    first: datetime,
    until: datetime,
    every: timedelta,
) -> tuple[datetime, int, datetime]:
    if calendar is None:
        number = max(0, (until - first) // every)
        return first + number * every, number, first + (number + 1) * every
    number = max(0, calendar.elapsed(first, until) // every) if until > first else 0
    at = _after(calendar, first, number * every)
    if at > until and number:
        # The last one falls to the coming opening: the one before it stands.
        number -= 1
        at = _after(calendar, first, number * every)
    return at, number, _after(calendar, first, (number + 1) * every)


def _after(calendar: ServiceCalendar, first: datetime, span: timedelta) -> datetime:
    if not span:
        return first
    try:
        return told_at(calendar, calendar.due(first, span))
    except Refusal:
        return first


def _day(calendar: ServiceCalendar | None, at: datetime) -> str:
    local = at if calendar is None else at.astimezone(calendar.zone)
    return local.date().isoformat()
