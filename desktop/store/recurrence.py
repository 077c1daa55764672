"""When a series meets: an RFC 5545 rule laid on local wall-clock time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from desktop.domain.errors import Invalid

LOOKED_THROUGH: Final = 5_000
FARTHEST_AHEAD: Final = timedelta(days=366 * 5)
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def next_occurrence(
    rule: str, first_at: datetime, zone: str, after: datetime
) -> datetime | None:
    """Return the first session after ``after``, None when the series has ended.

    The wall-clock time of ``first_at`` in ``zone`` stays through clock changes. Looks
    at most five years and 5,000 occurrences ahead, so that a rule that never occurs
    ends. Refuses (Invalid) a rule that cannot be read, or is to occur within a day
    again: looking for a second that never comes would not end.
    """
    local = first_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    from_local = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    start = max(local, from_local - timedelta(days=1))
    farthest = from_local + FARTHEST_AHEAD
    for moment in islice(_occurrences(rule, local, start), LOOKED_THROUGH):
        if moment > farthest:
            return None
        at = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if at > after:
            return at
    return None


def _occurrences(rule: str, first: datetime, start: datetime) -> Iterator[datetime]:
    """Give the occurrences of a rule from ``start`` on, all in naive local time."""
    try:
        parts = dict(part.split("=", 1) for part in rule.upper().split(";") if part)
        if parts["FREQ"] not in FREQUENCIES:
            raise ValueError(parts["FREQ"])
        read = rrulestr(rule, dtstart=first, ignoretz=True)
        found: Iterator[datetime] = read.xafter(start, inc=True)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Invalid("recurrence", "not_a_rule", rule=rule) from error
    return found
