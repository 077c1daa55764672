"""What the calendars page says: days and their states in words."""

from __future__ import annotations

from datetime import date

from desktop.domain.errors import Invalid, Refusal
from desktop.formats import date_range, long_day
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.calendars.days import DayState
from ui.common.week.hours import time_text
from ui.common.week.words import closure_title, hours_words

SHORTEST_DAYS = (
    *(N_("Mo"), N_("Tu"), N_("We"), N_("Th")),
    *(N_("Fr"), N_("Sa"), N_("Su")),
)


MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April")),
    *(N_("May"), N_("June"), N_("July"), N_("August")),
    *(N_("September"), N_("October"), N_("November"), N_("December")),
)


KIND_WORDS = {
    "open": N_("open"),
    "off": N_("day off"),
    "closed": N_("closed"),
    "holiday": N_("public holiday"),
    "part": N_("closed in part"),
    "own": N_("other hours"),
    "good": N_("closed for good"),
}
"""The kinds of a day in words; `ui.calendars.days` says which is which."""


def state_words(state: DayState) -> str:
    """Return a day of the year in words, as the line under the year says it."""
    parts = [_(KIND_WORDS[state.kind])]
    parts += [closure_title(one) for one in state.closures if one.name]
    for one in state.closures:
        if not one.is_whole_day:
            first, last = one.hours
            parts.append(
                _("closed {start} to {end}").format(
                    start=time_text(first), end=time_text(last)
                )
            )
    if state.hours and state.kind in ("open", "own", "part"):
        parts.append(hours_words(state.hours))
    return f"{long_day(state.day)}: {', '.join(parts)}"


def range_words(first: date, last: date) -> str:
    """Return the days chosen: "Wednesday 11 November 2026", or a range with its n."""
    if first == last:
        return long_day(first)
    days = (last - first).days + 1
    return ngettext("{days}, {count} day", "{days}, {count} days", days).format(
        days=date_range(first, last), count=days
    )


def field_of(refusal: Refusal) -> str:
    """Return the field a refusal is about, empty when it is about none."""
    return refusal.field if isinstance(refusal, Invalid) else ""
