"""What one version of a calendar says otherwise than the one before, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.domain.calendar_changes import changes_between
from desktop.domain.calendars import CalendarSpec, Closure
from desktop.formats import count, date_range
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.common.week.words import (
    closure_title,
    closure_words,
    day_name,
    hours_words,
    weekly_words,
)

MOST_NAMED = 5


def change_sentences(before: CalendarSpec, after: CalendarSpec) -> list[str]:
    """Return a sentence for each thing that differs, none where nothing does."""
    changes = changes_between(before, after)
    return [
        *_own(before, after, changes.own),
        *_many(
            _("Closed"),
            [_closure(one) for one in changes.closed],
        ),
        *_many(
            _("No longer closed"),
            [_closure(one) for one in changes.opened],
        ),
        *_many(
            _("Other hours"),
            [_day(after, day) for day in changes.days],
        ),
    ]


def change_words(before: CalendarSpec, after: CalendarSpec) -> str:
    """Return the same in one line."""
    return "; ".join(change_sentences(before, after)) or _("The same hours and days")


def _own(
    before: CalendarSpec, after: CalendarSpec, names: Sequence[str]
) -> Iterator[str]:
    if "name" in names:
        yield _("Called {after}, was {before}").format(
            after=after.name, before=before.name
        )
    if "zone" in names:
        yield _("Time zone {after}, was {before}").format(
            after=after.zone, before=before.zone
        )
    if "weekly" in names:
        yield from _weekdays(before, after)
    if "later" in names:
        yield from _later(before, after)
    if "closed_from" in names:
        yield (
            _("Closed for good from {day}").format(day=_date(after.closed_from))
            if after.closed_from
            else _("Not closed for good any more")
        )


def _weekdays(before: CalendarSpec, after: CalendarSpec) -> Iterator[str]:
    for day in range(7):
        old, new = before.weekly.get(day, ()), after.weekly.get(day, ())
        if old != new:
            yield _("{day} {after}, was {before}").format(
                day=day_name(day), after=hours_words(new), before=hours_words(old)
            )


def _later(before: CalendarSpec, after: CalendarSpec) -> Iterator[str]:
    old = {one.valid_from: one.weekly for one in before.later}
    new = {one.valid_from: one.weekly for one in after.later}
    for since in sorted(old.keys() | new.keys()):
        if since not in new:
            yield _("No other hours from {day} any more").format(day=_date(since))
        elif old.get(since) != new[since]:
            yield _("From {day}: {hours}").format(
                day=_date(since), hours=weekly_words(new[since])
            )


def _many(heading: str, told: Sequence[str]) -> Iterator[str]:
    if not told:
        return
    shown = list(told[:MOST_NAMED])
    more = len(told) - len(shown)
    if more:
        words = ngettext("and {count} more", "and {count} more", more)
        shown.append(words.format(count=count(more)))
    yield _("{heading}: {days}").format(heading=heading, days=", ".join(shown))


def _closure(one: Closure) -> str:
    when = closure_words(one)
    return f"{when} {closure_title(one)}" if one.name.strip() else when


def _day(spec: CalendarSpec, day: date) -> str:
    if day not in spec.overrides:
        return _("{day} as usual").format(day=_date(day))
    return f"{_date(day)} {hours_words(spec.overrides[day])}"


def _date(day: date) -> str:
    return date_range(day, day)
