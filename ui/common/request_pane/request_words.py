"""A request's codes in words: states, who holds it, what happened, what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import (
    Audience,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.domain.text import isolated
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.reports.entry_words import audience_words, entry_words
from desktop.reports.request_words import (
    HOLDERS,
    PRIORITIES,
    REASONS,
    STATES,
    channel_words,
    promise_words,
)
from ui.common.clock_words import ClockWords
from ui.common.request_pane.link_words import LINK_ICONS
from ui.common.request_pane.row_words import (
    holder_words,
    row_holder,
    short_name,
    since_words,
    waiting_words,
)

if TYPE_CHECKING:
    from desktop.queries.ball_split import BallShare
    from desktop.queries.request_details import ClockRow, RequestDetails
    from desktop.queries.timeline import TimelineEntry

# What paper says too is worded in `desktop.reports`; windows find all of it here.
__all__ = [
    "HOLDERS",
    "PRIORITIES",
    "REASONS",
    "STATES",
    "audience_icon",
    "audience_words",
    "channel_words",
    "chip_words",
    "entry_icon",
    "entry_words",
    "head_words",
    "holder_words",
    "promise_note",
    "promise_title",
    "promise_words",
    "row_holder",
    "share_words",
    "short_name",
    "since_words",
    "waiting_words",
]

_PROMISED: Mapping[TargetKind, str] = {
    TargetKind.RESPONSE: N_("Response, promised in {time}"),
    TargetKind.UPDATE: N_("Update, promised in {time}"),
    TargetKind.RESOLUTION: N_("Resolution, promised in {time}"),
    TargetKind.ANSWER: N_("Answer, promised in {time}"),
}

_ENTRY_ICONS: Mapping[EntryKind, str] = {
    EntryKind.RAISED: "player-play",
    EntryKind.TAKEN: "user",
    EntryKind.ASSIGNED: "user-check",
    EntryKind.HANDED_OVER: "switch-horizontal",
    EntryKind.ASKED: "message-question",
    EntryKind.ANSWERED: "message-2",
    EntryKind.HELD: "circle-pause",
    EntryKind.RESUMED: "player-play",
    EntryKind.COMMENTED: "message",
    EntryKind.TOLD: "phone",
    EntryKind.PRIORITY_CHANGED: "flag",
    EntryKind.RESOLVED: "circle-check",
    EntryKind.DECLINED: "x",
    EntryKind.REOPENED: "refresh",
    EntryKind.CONFIRMED: "circle-check",
    EntryKind.CANCELLED: "ban",
    EntryKind.UPDATED: "pencil",
    EntryKind.MOVED: "file-check",
    EntryKind.REFUNDED: "calendar-event",
    EntryKind.UNDONE: "arrow-back-up",
    EntryKind.UNASKED: "arrow-back-up",
    EntryKind.RATED: "star",
    EntryKind.APPROVAL_ASKED: "gavel",
    EntryKind.APPROVED: "thumb-up",
    EntryKind.APPROVAL_REFUSED: "hand-stop",
    EntryKind.APPROVAL_PASSED_ON: "corner-up-right",
    EntryKind.APPROVAL_WITHDRAWN: "circle-minus",
    EntryKind.CHECKED: "checkbox",
    EntryKind.UNCHECKED: "square",
    EntryKind.ATTACHED: "paperclip",
    EntryKind.FILE_REMOVED: "trash",
    EntryKind.FILE_RESTORED: "paperclip",
    **LINK_ICONS,
}


def entry_icon(kind: EntryKind) -> str:
    """Return the icon of an entry's kind."""
    return _ENTRY_ICONS.get(kind, "history")


def audience_icon(entry: TimelineEntry) -> str:
    """Return the icon that tells internal words from those both sides read."""
    return "lock" if entry.audience is Audience.INTERNAL else "message"


def head_words(details: RequestDetails, now: datetime, zone: tzinfo) -> str:
    """Say who holds the request, who works on it, and since when."""
    is_asked = (
        details.pending is PendingReason.FRONT_OFFICE or details.resolved_at is not None
    )
    front = details.front_unit if is_asked else details.unit
    holder = holder_words(details.ball, details.unit, front)
    since = since_words(details.ball_since, now, zone)
    if details.ball is Ball.NONE:
        return f"{_(STATES[details.state])} {since}"
    if details.state in (RequestState.RESOLVED, RequestState.DECLINED):
        words = _("{state}, {holder} confirms it or sends it back")
        return words.format(state=_(STATES[details.state]), holder=holder)
    if details.pending is not None:
        waits = waiting_words(details.pending)
        if details.pending is PendingReason.FRONT_OFFICE:
            words = _("{holder} has to answer {unit}, it {waits} {since}")
            return words.format(
                holder=holder, unit=details.unit, waits=waits, since=since
            )
        words = _("{unit} has it, it {waits} {since}")
        return words.format(unit=details.unit, waits=waits, since=since)
    if details.assignee:
        words = _("{unit} holds it, {person} {since}")
        return words.format(unit=holder, person=details.assignee, since=since)
    return _("{unit} holds it, nobody yet, {since}").format(unit=holder, since=since)


def chip_words(
    details: RequestDetails, clock: ClockWords, zone: tzinfo, now: datetime
) -> tuple[str, str, str]:
    """Return words, kind and icon of the chip beside the reference."""
    from desktop.formats import short_instant

    shown = details.shown_clock
    view = shown.view if shown is not None else None
    if details.state is RequestState.DECLINED:
        return _("Declined"), "", "x"
    if details.state is RequestState.CANCELLED:
        return _("Cancelled"), "", "ban"
    match clock.state:
        case "risk" if view is not None and view.at_risk_at is not None:
            when = short_instant(view.at_risk_at, now, zone)
            return _("At risk since {when}").format(when=when), "risk", "alert-triangle"
        case "broken" if view is not None and view.due_at is not None:
            when = short_instant(view.due_at, now, zone)
            return _("Broken since {when}").format(when=when), "broken", "circle-x"
        case "broken" | "lost":
            return _("Broken"), "broken", "circle-x"
        case "held":
            return _("Held"), "held", "circle-pause"
        case "kept":
            return _("Kept"), "ok", "circle-check"
        case "ok":
            return _("On track"), "ok", "clock"
    return _(STATES[details.state]), "", ""


def share_words(share: BallShare) -> str:
    """Say who had the ball how long, and whether the promise counted it."""
    from desktop.formats import working_time

    who = share.unit or _(HOLDERS[share.ball])
    if share.pending is not None and share.ball in (Ball.FRONT, Ball.BACK):
        reason = _(REASONS[share.pending])
        if share.pending is not PendingReason.FRONT_OFFICE:
            who = _("{unit}, waiting for {reason}").format(unit=who, reason=reason)
    words = f"{isolated(who)} {working_time(share.seconds)}"
    return words if share.is_counted else _("{share}, not counted").format(share=words)


def promise_title(clock: ClockRow) -> str:
    """Return "Resolution, promised in 16 h", or "… in 2 working days"."""
    from desktop.formats import count, working_time

    words = _(_PROMISED.get(clock.view.kind, N_("Promised in {time}")))
    time = working_time(clock.view.target_s)
    if clock.days is not None:
        days = ngettext("{n} working day", "{n} working days", clock.days)
        time = days.format(n=count(clock.days))
    return words.format(time=time)


def promise_note(clock: ClockRow, words: ClockWords) -> str:
    """Return what stands under a clock: how much is used, for whom."""
    from desktop.formats import working_time

    view = clock.view
    if view.stopped_at is not None or view.is_void:
        return _("{time} used").format(time=working_time(view.used_s))
    if words.share_used is None:
        return ""
    used = view.target_s * words.share_used
    if words.state == "broken":
        return _("all of it used")
    return _("{time} used").format(time=working_time(used))
