"""How often a series meets, as a sentence; what becomes of its days, in words."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from desktop import formats
from desktop.domain.rhythms import LAST, Rhythm
from desktop.domain.session_days import HolidayRule, Laid
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
PLACES: Final = {
    1: N_("the first {weekday}"),
    2: N_("the second {weekday}"),
    3: N_("the third {weekday}"),
    4: N_("the fourth {weekday}"),
    LAST: N_("the last {weekday}"),
}
HOLIDAYS: Final = {
    HolidayRule.KEEP: N_("Meet all the same"),
    HolidayRule.SKIP: N_("Leave the session out"),
    HolidayRule.EARLIER: N_("Meet on the open day before"),
    HolidayRule.LATER: N_("Meet on the open day after"),
}
LAID: Final[dict[Laid, str]] = {
    "rule": "",
    "earlier": N_("moved ahead, a unit is closed on the {day}"),
    "later": N_("put off, a unit is closed on the {day}"),
    "skipped": N_("left out by hand"),
    "closed": N_("left out, a unit is closed"),
}


def rhythm_words(rhythm: Rhythm, starts_on: date, at: time) -> str:
    """Return a rhythm as a sentence, "Every 2 weeks on Tuesday at 09:30, from …"."""
    told = {
        "often": _often(rhythm),
        "time": at.strftime("%H:%M"),
        "day": formats.long_day(starts_on),
    }
    if rhythm.until is not None:
        last = formats.long_day(rhythm.until)
        return _("{often} at {time}, from {day} until {last}.").format(
            last=last, **told
        )
    if rhythm.times is not None:
        words = ngettext(
            "{often} at {time}, {count} time from {day} on.",
            "{often} at {time}, {count} times from {day} on.",
            rhythm.times,
        )
        return words.format(count=formats.count(rhythm.times), **told)
    return _("{often} at {time}, from {day} on.").format(**told)


def _often(rhythm: Rhythm) -> str:
    count = formats.count(rhythm.interval)
    if rhythm.unit == "weeks":
        days = ", ".join(_(WEEKDAYS[one]) for one in sorted(rhythm.weekdays))
        words = ngettext(
            "Every week on {days}", "Every {count} weeks on {days}", rhythm.interval
        )
        return words.format(count=count, days=days)
    words = ngettext(
        "Every month on {days}", "Every {count} months on {days}", rhythm.interval
    )
    return words.format(count=count, days=month_words(rhythm))


def month_words(rhythm: Rhythm) -> str:
    """Return which day of the month it is, "the third Tuesday", "day 17"."""
    if rhythm.place is not None:
        weekday = _(WEEKDAYS[rhythm.weekdays[0]])
        return _(PLACES[rhythm.place]).format(weekday=weekday)
    if rhythm.month_day == LAST:
        return _("the last day")
    if (rhythm.month_day or 0) > 28:
        words = _("day {day}, where the month has one")
        return words.format(day=rhythm.month_day)
    return _("day {day}").format(day=rhythm.month_day)
