"""What comparable requests took, as the histogram shows it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import gettext as _
from ui.common.histogram import HistogramData

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.queries.promise import Likely


def histogram_of(
    likely: Likely,
    target_s: int | None,
    calendar: ServiceCalendar,
    now: datetime,
    zone: tzinfo,
) -> HistogramData:
    """Return the bars, the end of "8 of 10", the promise and instants below."""
    bins = likely.bins
    if not bins or not likely.eight_s:
        return HistogramData((), 0.0, "")
    width = bins[0].end_s
    counts = [one.count for one in bins]
    promise_at = target_s / width if target_s is not None else None
    if promise_at is not None and promise_at > len(counts):
        # The promise must be seen in its place, not squeezed against the edge.
        reach = min(int(promise_at) + 1, len(counts) * 2)
        counts += [0] * (reach - len(counts))

    def instant_at(seconds: float) -> str:
        due = calendar.due(now, timedelta(seconds=seconds))
        return formats.short_instant(due, now, zone)

    ticks = [(0.0, _("now")), (likely.eight_s / width, instant_at(likely.eight_s))]
    if target_s is not None and promise_at is not None:
        ticks.append((promise_at, instant_at(target_s)))
    ticks.sort()
    return HistogramData(
        counts,
        likely.eight_s / width,
        _("8 of 10"),
        promise_at,
        _("promise"),
        ticks,
        _("How long {count} like this took, in working hours").format(
            count=formats.count(likely.n)
        ),
    )
