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
LONGEST_INTERVAL: Final = 999
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def next_occurrence(
    rule: str, first_at: datetime, zone: str, after: datetime
) -> datetime | None:
    """Return the first occurrence after ``after``, None when the rule has ended.

    Refuses (Invalid) what `occurrences` refuses.
    """
    return next(occurrences(rule, first_at, zone, after), None)


def occurrences(
    rule: str, first_at: datetime, zone: str, after: datetime
) -> Iterator[datetime]:
    """Give the occurrences after ``after``, in UTC and in order.

    The wall-clock time of ``first_at`` in ``zone`` stays through clock changes. Looks
    at most five years and 5,000 occurrences ahead, so that a rule that never occurs
    or never ends comes to an end. Refuses (Invalid) a rule that cannot be read, or is
    to occur within a day again: looking for a second that never comes would not end.
    """
    there = ZoneInfo(zone)
    local = first_at.astimezone(there).replace(tzinfo=None)
    from_local = after.astimezone(there).replace(tzinfo=None)
    start = max(local, from_local - timedelta(days=1))
    farthest = from_local + FARTHEST_AHEAD
    found = _laid(rule, local, start, there)
    return _in_utc(_readable(rule, found), there, after, farthest)


def _in_utc(
    found: Iterator[datetime], zone: ZoneInfo, after: datetime, farthest: datetime
) -> Iterator[datetime]:
    for moment in islice(found, LOOKED_THROUGH):
        if moment > farthest:
            return
        at = moment.replace(tzinfo=zone).astimezone(UTC)
        if at > after:
            yield at


def _readable(rule: str, found: Iterator[datetime]) -> Iterator[datetime]:
    """Refuse what the library only notices on the way ("the ninth Monday")."""
    try:
        yield from found
    except (ValueError, IndexError, OverflowError) as error:
        raise Invalid("recurrence", "not_a_rule", rule=rule) from error


def _laid(
    rule: str, first: datetime, start: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """Give the occurrences of a rule from ``start`` on, all in naive local time."""
    try:
        parts = dict(part.split("=", 1) for part in rule.upper().split(";") if part)
        if parts["FREQ"] not in FREQUENCIES:
            raise ValueError(parts["FREQ"])
        if not 1 <= int(parts.get("INTERVAL", "1")) <= LONGEST_INTERVAL:
            # Every no days would be the same instant for ever.
            raise ValueError(parts["INTERVAL"])
        if parts.get("UNTIL", "").endswith("Z"):
            parts["UNTIL"] = _local_end(parts["UNTIL"], zone)
        told = ";".join(f"{name}={value}" for name, value in parts.items())
        read = rrulestr(told, dtstart=first, ignoretz=True)
        found: Iterator[datetime] = read.xafter(start, inc=True)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise Invalid("recurrence", "not_a_rule", rule=rule) from error
    return found


def _local_end(until: str, zone: ZoneInfo) -> str:
    """Return an end given in UTC by the local clock, as sessions are laid by."""
    at = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{at.astimezone(zone):%Y%m%dT%H%M%S}"
