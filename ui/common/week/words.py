"""Hours, closures and what is wrong with them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desktop.domain.calendars import Closure, Interval
from desktop.domain.errors import Refusal
from desktop.domain.instants import DAY_S
from desktop.formats import date_range, working_time
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.common.week.hours import time_text, week_total

SHORT_DAYS = (
    *(N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu")),
    *(N_("Fri"), N_("Sat"), N_("Sun")),
)


LONG_DAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)


WORDS = {
    "hours_unreadable": N_(
        "“{value}” are no hours. Write them like 08:00-12:00, 12:30-16:00."
    ),
    "hours_past_24": N_(
        "“{value}” goes past 24:00. For hours over midnight write 22:00-06:00."
    ),
    "hours_missing": N_("Write the hours of these days. To close them, close them."),
    "one_span_only": N_("A closure takes one part of the day. Add a second closure."),
    "never_open": N_(
        "With this the calendar would never be open, and no promise on it would "
        "ever fall due. Give at least one day hours."
    ),
    "closed_all_along": N_(
        "With these closures nothing would be open for a year. Leave some days open, "
        "or close the calendar for good from a date."
    ),
    "unknown_zone": N_("There is no such time zone. Choose one of the list."),
    "ends_before_start": N_("The last day lies before the first. Turn them round."),
    "yearly_too_long": N_("A yearly closure is at most a year long."),
    "bad_hours": N_(
        "The closed hours must lie within one day. Over midnight, make two closures."
    ),
    "name_too_long": N_("This name is too long. Shorten it."),
    "too_long": N_("This name is too long. Shorten it."),
    "empty": N_("A calendar needs a name."),
    "taken": N_("Another calendar has this name. Choose another one."),
    "same_date_twice": N_(
        "There are hours from this date already. Change those instead."
    ),
    "bad_interval": N_("These hours end before they begin, or last over a day."),
    "too_many": N_("These are too many closures. Take old ones away first."),
    "out_of_years": N_("Calendars reach from {first} to {last}. Choose a date in it."),
    "no_country": N_("Choose a country first."),
    "unknown_country": N_("The public holidays of this country are not known."),
    "unknown_subdivision": N_("This country has no such part. Choose another."),
    "around_the_clock_is_fixed": N_(
        "This calendar is always open and belongs to the program. Make another one."
    ),
    "changed_meanwhile": N_(
        "Somebody saved this calendar while you changed it. Look at both, then save."
    ),
}
"""Refusals about calendars in words; others are said as everywhere."""


def day_name(weekday: int) -> str:
    """Return a weekday (0 is Monday), "Monday"."""
    return _(LONG_DAYS[weekday])


def interval_words(interval: Interval) -> str:
    """Return an interval: "08:00 to 12:00", over midnight "22:00 to 06:00 next day"."""
    words = _("{start} to {end}").format(
        start=time_text(interval[0]), end=time_text(interval[1])
    )
    if interval[1] > DAY_S:
        return _("{hours} next day").format(hours=words)
    return words


def hours_words(hours: Iterable[Interval]) -> str:
    """Return the hours of one day, "closed" when there are none."""
    return ", ".join(interval_words(one) for one in hours) or _("closed")


def weekly_words(weekly: Mapping[int, Sequence[Interval]]) -> str:
    """Return a week, like days put together: "Mon to Fri 08:00 to 16:00; Sat …"."""
    runs: list[tuple[int, int, tuple[Interval, ...]]] = []
    for day in range(7):
        hours = tuple(weekly.get(day, ()))
        if not hours:
            continue
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "; ".join(
        f"{_days_words(first, last)} {hours_words(hours)}"
        for first, last, hours in runs
    ) or _("never open")


def _days_words(first: int, last: int) -> str:
    if first == last:
        return _(SHORT_DAYS[first])
    return _("{first} to {last}").format(
        first=_(SHORT_DAYS[first]), last=_(SHORT_DAYS[last])
    )


def total_words(weekly: Mapping[int, Sequence[Interval]]) -> str:
    """Return what a week adds up to: "37 h 30 a week"."""
    return _("{hours} a week").format(hours=working_time(week_total(weekly)))


def closure_title(closure: Closure) -> str:
    """Return what a closure is called."""
    return " ".join(closure.name.split()) or _("Closed")


def closure_words(closure: Closure, *, year: bool = True) -> str:
    """Return when a closure is: its days, its hours, whether every year."""
    parts = [date_range(closure.start, closure.end, year=year and not closure.yearly)]
    if closure.yearly and closure.end < closure.start:
        parts = [
            _("{first} to {last}").format(
                first=date_range(closure.start, closure.start, year=False),
                last=date_range(closure.end, closure.end, year=False),
            )
        ]
    if not closure.is_whole_day:
        first, last = closure.hours
        parts.append(
            _("{start} to {end}").format(start=time_text(first), end=time_text(last))
        )
    if closure.yearly:
        parts.append(_("every year"))
    if closure.is_public_holiday:
        parts.append(_("public holiday"))
    return ", ".join(parts)


def problem_of(refusal: Refusal) -> str:
    """Return a refusal in words."""
    words = WORDS.get(refusal.code)
    if words is None:
        return refusal_words(refusal)
    return _(words).format_map(_Details(refusal.details))


class _Details(dict[str, object]):
    """Details of a refusal; one that is missing is left out of the words."""

    def __missing__(self, name: str) -> str:
        return "…"
