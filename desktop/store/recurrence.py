"""When a series meets: an RFC 5545 rule laid on local wall-clock time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from desktop.domain.errors import Invalid

LOOKED_THROUGH = 5_000
FARTHEST_AHEAD = timedelta(days=366 * 5)


def next_occurrence(
    rule: str, first_at: datetime, zone: str, after: datetime
) -> datetime | None:
    """Return the first session after ``after``, None when the series has ended.

    The wall-clock time of ``first_at`` in ``zone`` stays through clock changes. Looks
    at most five years and 5,000 occurrences ahead, so that a rule that never occurs
    ends. Refuses (Invalid) a rule that cannot be read.
    """
    local = first_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    try:
        occurrences = rrulestr(rule, dtstart=local)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid("recurrence", "not_a_rule", rule=rule) from error
    from_local = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    limit = from_local + FARTHEST_AHEAD
    start = max(local, from_local - timedelta(days=1))
    for moment in islice(occurrences.xafter(start, inc=True), LOOKED_THROUGH):
        if moment > limit:
            return None
        at: datetime = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if at > after:
            return at
    return None
