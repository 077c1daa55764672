"""The open work of a period day by day, against the hours there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.instants import SECOND, from_microseconds, to_microseconds
from desktop.queries.replay_facts import ReplayFacts
from desktop.queries.replay_results import DayWork, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DAYS = 40 * 366


def local_days(instants: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int64]:
    """Return the local date of each instant, as an ordinal."""
    import numpy as np

    dates = (
        from_microseconds(one).astimezone(zone).toordinal() for one in instants.tolist()
    )
    return np.fromiter(dates, np.int64, len(instants))


def work_of(
    facts: ReplayFacts,
    rows: NDArray[np.int64],
    in_period: NDArray[np.bool_],
    used: NDArray[np.int64],
    calendar: ServiceCalendar | None,
) -> Work:
    """Tell the open work from the rows of the promises that are work.

    Those begun before the period count as lying open, not as arriving.
    """
    import numpy as np

    rows = rows[~facts.is_void[rows]]
    edges = _edges(facts)
    if calendar is None or len(edges) < 2:
        return Work((), None, 0)
    starts, stops = facts.starts[rows], facts.stops[rows]
    bounds = np.array([to_microseconds(at) for _, at in edges], np.int64)
    begun = np.sort(starts).searchsorted(bounds)
    gone = np.sort(stops).searchsorted(bounds)
    done = rows[in_period[rows] & (stops <= to_microseconds(facts.as_at))]
    handling = int(np.median(used[done])) // SECOND if len(done) else None
    new = np.sort(starts[in_period[rows]]).searchsorted(bounds)
    days = [
        DayWork(
            day=edges[place][0],
            arrived=int(new[place + 1] - new[place]),
            in_hand=int(begun[place + 1] - gone[place + 1]),
            open_s=calendar.elapsed_us(int(bounds[place]), int(bounds[place + 1]))
            // SECOND,
        )
        for place in range(len(edges) - 1)
    ]
    return Work(tuple(days), handling, len(done))


def _edges(facts: ReplayFacts) -> list[tuple[date, datetime]]:
    """Return the local midnights of the period, as far as it has been."""
    zone, scope = facts.zone, facts.scope
    day = scope.start.astimezone(zone).date()
    until = min(scope.end, facts.as_at)
    edges: list[tuple[date, datetime]] = []
    while len(edges) <= MOST_DAYS:
        at = datetime.combine(day, time(), zone).astimezone(UTC)
        edges.append((day, at))
        if at >= until:
            break
        day += timedelta(days=1)
    return edges
