"""What history makes likely, in words: by when, and which requests were compared."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.promise import Alike

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.queries.promise import Likely


def likely_words(likely: Likely, calendar: ServiceCalendar, now: datetime) -> str:
    """Return by when 8 and 5 of 10 would be done, sent now."""

    def when(seconds: float) -> str:
        at = calendar.due(now, timedelta(seconds=seconds))
        return formats.short_instant(at, now, calendar.zone)

    if likely.half_s is None:
        return _("Fewer than 5 of 10 like this are done yet.")
    half = when(likely.half_s)
    if likely.eight_s is None:
        return _(
            "5 of 10 like this would be done by {half}. Fewer than 8 of 10 are done "
            "yet."
        ).format(half=half)
    if likely.is_reckoned:
        words = _(
            "8 of 10 like this would be done by about {when}, 5 of 10 already by "
            "{half}. None was followed for that long yet."
        )
    elif likely.alike is Alike.HOUSE:
        words = _(
            "Too few like this are known. Of all requests here, 8 of 10 would be done "
            "by {when}, 5 of 10 already by {half}"
        )
    else:
        words = _(
            "8 of 10 like this would be done by {when}, 5 of 10 already by {half}"
        )
    return words.format(when=when(likely.eight_s), half=half)


def comparison_words(likely: Likely, unit: str, zone: tzinfo) -> str:
    """Return what was compared and how many, how far back, and how many kept it."""
    day = likely.since.astimezone(zone).date()
    parts = [
        _("{alike}: n = {count}, raised since {day}").format(
            alike=_alike(likely.alike, unit),
            count=formats.count(likely.n),
            day=formats.date_range(day, day),
        )
    ]
    if likely.unfinished:
        words = ngettext("{count} still open", "{count} still open", likely.unfinished)
        parts.append(words.format(count=formats.count(likely.unfinished)))
    told = ", ".join(parts)
    if likely.judged:
        share = round(100 * likely.kept / likely.judged)
        kept = _("{share} in 100 kept the promise").format(share=share)
        told = f"{told}. {kept}"
    return told


def _alike(alike: Alike, unit: str) -> str:
    words = {
        Alike.PRIORITY: _("Same service and priority"),
        Alike.SERVICE: _("Same service, any priority"),
        Alike.OFFICE: _("Any service of {unit}"),
        Alike.HOUSE: _("Any service of any unit"),
    }
    return words[alike].format(unit=unit)
