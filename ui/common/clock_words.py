"""Clocks in words: what a reading says, shortly and for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from desktop.i18n import gettext as _

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.domain.clocks import ClockReading
    from desktop.domain.promises import ClockView

ClockState = Literal["ok", "risk", "broken", "held", "kept", "lost", "declined", "none"]


@dataclass(frozen=True, slots=True)
class ClockWords:
    """What a clock cell shows; `share_used` is 0..1 and None where there is no bar."""

    state: ClockState
    words: str
    due_words: str
    share_used: float | None
    accessible: str


def clock_words(
    view: ClockView | None, calendar: ServiceCalendar | None, now: datetime
) -> ClockWords:
    """Put a promise's clock into words as it stands at `now`.

    Without a promise, or without its calendar, it says that nothing was promised.
    """
    if view is None or calendar is None:
        return no_promise_words()
    reading = view.reading(calendar, now)
    share = _share(reading, view.target_s)
    if view.is_void:
        words = _("Cancelled")
        return ClockWords("none", words, "", None, words)
    if view.stopped_at is not None:
        return _stopped(view, calendar, reading, now)
    if view.running_since is None:
        return _held(reading, share)
    return _running(calendar, reading, now, share)


def no_promise_words() -> ClockWords:
    """Return what stands where nothing was promised."""
    words = _("No promise")
    return ClockWords("none", words, "", None, words)


def declined_words(
    ended_at: datetime, calendar: ServiceCalendar, now: datetime
) -> ClockWords:
    """Return what stands where a request was declined."""
    from desktop.formats import instant, short_instant

    when = short_instant(ended_at, now, calendar.zone)
    spoken = _("declined {when}").format(when=instant(ended_at, calendar.zone))
    return ClockWords("declined", _("Declined"), when, 1.0, spoken)


def _share(reading: ClockReading, target_s: int) -> float:
    used = reading.used.total_seconds()
    return min(1.0, used / target_s) if target_s > 0 else 1.0


def _stopped(
    view: ClockView, calendar: ServiceCalendar, reading: ClockReading, now: datetime
) -> ClockWords:
    from desktop.formats import instant, short_instant, working_time

    assert view.stopped_at is not None
    when = short_instant(view.stopped_at, now, calendar.zone)
    told = instant(view.stopped_at, calendar.zone)
    late = reading.late.total_seconds()
    if late > 0 or reading.breached_at is not None:
        words = _("Broken by {time}").format(time=working_time(late))
        spoken = _("broken by {time} of working time, done {when}").format(
            time=working_time(late), when=told
        )
        return ClockWords("lost", words, when, 1.0, spoken)
    left = reading.left.total_seconds()
    words = _("Kept, {time} early").format(time=working_time(left))
    spoken = _("kept with {time} of working time left, done {when}").format(
        time=working_time(left), when=told
    )
    share = _share(reading, view.target_s)
    return ClockWords("kept", words, when, share, spoken)


def _held(reading: ClockReading, share: float) -> ClockWords:
    from desktop.formats import time_left, working_time

    late = reading.late.total_seconds()
    if late > 0:
        words = _("{time_over}, held").format(time_over=time_left(-late))
        spoken = _("broken by {time} of working time, held now").format(
            time=working_time(late)
        )
        return ClockWords("broken", words, "", 1.0, spoken)
    left = time_left(reading.left.total_seconds())
    words = _("Held, {time_left}").format(time_left=left)
    spoken = _("held, {time} of working time left, no due time until it runs").format(
        time=working_time(reading.left.total_seconds())
    )
    return ClockWords("held", words, "", share, spoken)


def _running(
    calendar: ServiceCalendar, reading: ClockReading, now: datetime, share: float
) -> ClockWords:
    from desktop.formats import instant, short_instant, time_left, working_time

    due = told = ""
    if reading.due_at is not None:
        due = short_instant(reading.due_at, now, calendar.zone)
        told = instant(reading.due_at, calendar.zone)
    late = reading.late.total_seconds()
    if reading.state.value == "breached":
        spoken = _("broken, {time} of working time over, was due {due}").format(
            time=working_time(late), due=told
        )
        return ClockWords("broken", time_left(-late), due, 1.0, spoken)
    left = reading.left.total_seconds()
    spoken = (
        _("at risk, {time} of working time left, due {due}")
        if reading.is_at_risk
        else _("on track, {time} of working time left, due {due}")
    ).format(time=working_time(left), due=told)
    state: ClockState = "risk" if reading.is_at_risk else "ok"
    return ClockWords(state, time_left(left), due, share, spoken)
