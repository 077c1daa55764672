"""What a clerk can say to the customer: one or two plain sentences, never a code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton

from desktop import formats
from desktop.domain.requests import Ball, EntryKind, PendingReason, RequestState
from desktop.domain.text import clean_line, shortened
from desktop.i18n import current_locale
from desktop.i18n import gettext as _

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.domain.clocks import ClockReading
    from desktop.queries.counter import CounterRow
    from desktop.queries.promise import PromiseView

QUOTED = 240
"""So many characters of what the back office wrote are repeated to a customer."""


def sentence(
    row: CounterRow, calendar: ServiceCalendar | None, now: datetime, zone: tzinfo
) -> str:
    """Return what to tell the customer of a request as it stands at ``now``.

    ``calendar`` is that of the row's clock; without it no time is named.
    """
    match row.state:
        case RequestState.RESOLVED:
            return _resolved(row)
        case RequestState.DECLINED:
            return _declined(row)
        case RequestState.CLOSED:
            return _("It is done and was handed over.")
        case RequestState.CANCELLED:
            return _("It was withdrawn, so nothing more will come.")
    reading = None
    if row.clock is not None and calendar is not None and not row.clock.is_void:
        reading = row.clock.reading(calendar, now)
    if row.state is RequestState.PENDING:
        return _waiting(row, reading, zone, now)
    if row.ball is Ball.FRONT:
        return _back_here(reading, zone, now)
    return _on_the_way(row, reading, zone, now)


def promise_sentence(view: PromiseView, due: datetime | None, now: datetime) -> str:
    """Return what to tell a customer whose request is about to be sent.

    ``due`` is when it is promised for, sent now; history is added where there is any.
    """
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(view.zone) if view.zone else None
    if due is None or zone is None:
        return _(
            "I am sending it to {unit}. They have not agreed on a time, so I will let "
            "you know as soon as it is done."
        ).format(unit=view.unit)
    words = _("It will be ready by {when} at the latest.").format(
        when=spoken_instant(due, now, zone)
    )
    usual_at = view.likely.usual_at if view.likely is not None else None
    if usual_at is None or _next_quarter(usual_at) >= due:
        return words
    often = _("Eight people in ten have theirs by {when}.").format(
        when=spoken_instant(_next_quarter(usual_at), now, zone)
    )
    return f"{words} {often}"


def _next_quarter(at: datetime) -> datetime:
    """Return the quarter of an hour at or after an instant: nobody says 10:22."""
    past = timedelta(
        minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond
    )
    return at if not past else at - past + timedelta(minutes=15)


def spoken_instant(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return an instant as it is said: "15:30 today", "09:30 on Friday 13 November"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = formats.clock_time(at, zone)
    if local.date() == today:
        return _("{time} today").format(time=time)
    if local.date() == today + timedelta(days=1):
        return _("{time} tomorrow").format(time=time)
    if local.date() == today - timedelta(days=1):
        return _("{time} yesterday").format(time=time)
    return _("{time} on {day}").format(time=time, day=spoken_day(local.date(), today))


def spoken_day(on: date, today: date) -> str:
    """Return a day as it is said: "Friday 13 November", far away with its year."""
    if abs((on - today).days) > 300:
        return formats.long_day(on)
    locale = current_locale()
    if locale.language == "en" and locale.territory != "US":
        return format_date(on, "EEEE d MMMM", locale=locale)
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    weekday = format_date(on, "EEEE", locale=locale)
    day = format_skeleton("MMMMd", noon, locale=locale)
    return _("{weekday}, {day}").format(weekday=weekday, day=day)


def _said(row: CounterRow, kind: EntryKind) -> str:
    """Return on one line what the back office wrote with its last step, if it did."""
    if row.said is None or row.said.kind is not kind:
        return ""
    return shortened(clean_line(row.said.text[: 4 * QUOTED]), QUOTED)


def _resolved(row: CounterRow) -> str:
    words = _said(row, EntryKind.RESOLVED)
    return f"{_('It is ready.')} {words}" if words else _("It is ready for you.")


def _declined(row: CounterRow) -> str:
    words = _said(row, EntryKind.DECLINED)
    cannot = _("It could not be granted.")
    return f"{cannot} {words}" if words else cannot


def _waiting(
    row: CounterRow, reading: ClockReading | None, zone: tzinfo, now: datetime
) -> str:
    after = _after(row, reading)
    match row.pending:
        case PendingReason.FRONT_OFFICE:
            words = _("They have one question, which I am answering.")
        case PendingReason.CUSTOMER:
            words = _("They need something from you before they can go on.")
        case PendingReason.THIRD_PARTY:
            words = _("It waits for an office outside ours.")
        case PendingReason.APPROVAL:
            words = _("It is prepared and waits for an approval.")
        case _:
            words = _("It is waiting at the moment.")
    missed = _missed(row, reading, zone, now)
    return " ".join(part for part in (missed, words, after) if part)


def _after(row: CounterRow, reading: ClockReading | None) -> str:
    """Return how long it takes once what it waits for is there."""
    if reading is None or row.clock is None or row.clock.running_since is not None:
        return ""
    left = reading.left.total_seconds()
    if left < 60 or reading.breached_at is not None:
        return ""
    return _("After that it takes {time} of working time at most.").format(
        time=formats.working_time(left)
    )


def _missed(
    row: CounterRow, reading: ClockReading | None, zone: tzinfo, now: datetime
) -> str:
    if reading is None or reading.breached_at is None:
        return ""
    when = spoken_instant(reading.breached_at, now, zone)
    return _("We promised it for {when} and have not kept that.").format(when=when)


def _back_here(reading: ClockReading | None, zone: tzinfo, now: datetime) -> str:
    words = _("It is back with us, and I am looking at what is missing.")
    if reading is None or reading.breached_at is None:
        return words
    when = spoken_instant(reading.breached_at, now, zone)
    missed = _("We promised it for {when} and have not kept that.").format(when=when)
    return f"{missed} {words}"


def _on_the_way(
    row: CounterRow, reading: ClockReading | None, zone: tzinfo, now: datetime
) -> str:
    unit = row.unit or _("the unit")
    missed = _missed(row, reading, zone, now)
    if missed:
        # Nobody is said to work on what nobody has taken.
        has = row.state is RequestState.NEW
        words = _("{unit} has it.") if has else _("{unit} is working on it.")
        return f"{missed} {words.format(unit=unit)}"
    if reading is None or reading.due_at is None:
        return _("{unit} has it. No time was promised.").format(unit=unit)
    when = spoken_instant(reading.due_at, now, zone)
    if row.state is RequestState.NEW:
        words = _("{unit} has it, and it is promised for {when}.")
    else:
        words = _("It is being worked on and is promised for {when}.")
    told = words.format(unit=unit, when=when)
    if reading.is_at_risk:
        return f"{told} " + _("If it gets later, I will call you.")
    return told
