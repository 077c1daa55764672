"""A request's codes in words: states, who holds it, what happened, what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import (
    Audience,
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
    Side,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.clock_words import ClockWords
from ui.common.request_pane.link_words import (
    LINK_ENTRIES,
    LINK_ICONS,
    link_entry_words,
)

if TYPE_CHECKING:
    from desktop.queries.ball_split import BallShare
    from desktop.queries.queue import QueueRow
    from desktop.queries.request_details import (
        ClockRow,
        RequestDetails,
        TimelineEntry,
    )

STATES: Mapping[RequestState, str] = {
    RequestState.NEW: N_("New"),
    RequestState.ACTIVE: N_("In work"),
    RequestState.PENDING: N_("Held"),
    RequestState.RESOLVED: N_("Resolved"),
    RequestState.CLOSED: N_("Closed"),
    RequestState.DECLINED: N_("Declined"),
    RequestState.CANCELLED: N_("Cancelled"),
}
REASONS: Mapping[PendingReason, str] = {
    PendingReason.CUSTOMER: N_("the customer"),
    PendingReason.FRONT_OFFICE: N_("the front office"),
    PendingReason.THIRD_PARTY: N_("somebody outside"),
    PendingReason.APPROVAL: N_("an approval"),
    PendingReason.INTERNAL: N_("something internal"),
    PendingReason.PARTS: N_("its parts"),
    PendingReason.OTHER: N_("something else"),
}
"""Whom a held request waits for; fits after "waits for"."""

HOLDERS: Mapping[Ball, str] = {
    Ball.FRONT: N_("Front office"),
    Ball.BACK: N_("Back office"),
    Ball.CUSTOMER: N_("Customer"),
    Ball.THIRD: N_("Somebody outside"),
    Ball.APPROVER: N_("Approver"),
    Ball.NONE: N_("Nobody"),
}
PRIORITIES: Mapping[int, str] = {
    1: N_("Urgent"),
    2: N_("High"),
    3: N_("Normal"),
    4: N_("Low"),
}
_PROMISES: Mapping[TargetKind, str] = {
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.ANSWER: N_("Answer"),
}
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
    **LINK_ICONS,
}

CHANGED = N_("{who} changed it")
PROMISE = N_("Promise")
"""For kinds without words of their own: what they tell is still said plainly."""

_DID: Mapping[EntryKind, str] = {
    EntryKind.RAISED: N_("{who} sent the request"),
    EntryKind.TAKEN: N_("{who} took it"),
    EntryKind.ASKED: N_("{who} asked the front office"),
    EntryKind.ANSWERED: N_("{who} answered"),
    EntryKind.RESUMED: N_("{who} went on with it"),
    EntryKind.COMMENTED: N_("{who} wrote"),
    EntryKind.TOLD: N_("{who} told the customer"),
    EntryKind.RESOLVED: N_("{who} resolved it"),
    EntryKind.DECLINED: N_("{who} declined it"),
    EntryKind.REOPENED: N_("{who} reopened it"),
    EntryKind.CONFIRMED: N_("{who} confirmed it"),
    EntryKind.CANCELLED: N_("{who} withdrew it"),
    EntryKind.UPDATED: N_("{who} updated it"),
    EntryKind.MOVED: N_("{who} put it under another agreement"),
    EntryKind.REFUNDED: N_("{who} gave it the calendar's new hours"),
}


def entry_words(entry: TimelineEntry) -> str:
    """Say in one line what an entry tells."""
    who = entry.actor or entry.unit or _("Somebody")
    changes = entry.changes
    if entry.kind in LINK_ENTRIES or entry.requests:
        return link_entry_words(entry, who)
    match entry.kind:
        case EntryKind.HANDED_OVER:
            unit = changes.get("unit") or _("nobody")
            return _("{who} handed it over to {unit}").format(who=who, unit=unit)
        case EntryKind.ASSIGNED:
            return _assigned(who, changes)
        case EntryKind.HELD:
            return _held(who, changes)
        case EntryKind.PRIORITY_CHANGED:
            words = _(PRIORITIES.get(changes.get("priority", 0), N_("Normal")))
            return _("{who} changed the priority to {priority}").format(
                who=who, priority=words
            )
    return _(_DID.get(entry.kind, CHANGED)).format(who=who)


def entry_icon(kind: EntryKind) -> str:
    """Return the icon of an entry's kind."""
    return _ENTRY_ICONS.get(kind, "history")


def promise_words(kind: TargetKind) -> str:
    """Return what is promised in one word."""
    return _(_PROMISES.get(kind, PROMISE))


def _assigned(who: str, changes: Mapping[str, Any]) -> str:
    to = changes.get("assignee")
    if not to:
        return _("{who} left it to whoever is free").format(who=who)
    return _("{who} gave it to {person}").format(who=who, person=to)


def _held(who: str, changes: Mapping[str, Any]) -> str:
    pending = changes.get("pending")
    if not pending:
        return _("{who} put it on hold").format(who=who)
    reason = _(REASONS[PendingReason(pending)])
    return _("{who} put it on hold, it waits for {reason}").format(
        who=who, reason=reason
    )


def audience_words(entry: TimelineEntry) -> tuple[str, str]:
    """Return icon and words that say who reads an entry."""
    if entry.audience is Audience.INTERNAL:
        words = _("Internal, {unit} only").format(unit=entry.unit or _("one side"))
        return "lock", words
    if entry.side is Side.FRONT:
        return "message", _("Back office sees this")
    return "message", _("Front office sees this")


def waiting_words(pending: PendingReason | None) -> str:
    """Return "waits for the customer"; empty when nothing is waited for."""
    if pending is None:
        return ""
    return _("waits for {reason}").format(reason=_(REASONS[pending]))


def holder_words(ball: Ball, unit: str, front_unit: str) -> str:
    """Return who has to move next, by name where it is a unit."""
    if ball is Ball.BACK and unit:
        return unit
    if ball is Ball.FRONT and (front_unit or unit):
        return front_unit or unit
    return _(HOLDERS[ball])


def row_holder(row: QueueRow) -> str:
    """Return who has to move next in a list row."""
    is_asked = row.pending is PendingReason.FRONT_OFFICE or row.resolved_at is not None
    front = row.front_unit if is_asked else row.holder
    return holder_words(row.ball, row.holder, front)


def since_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return "since 09:30", with the day where it was another one."""
    from desktop.formats import short_instant

    return _("since {when}").format(when=short_instant(at, now, zone))


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
    words = f"{who} {working_time(share.seconds)}"
    return words if share.is_counted else _("{share}, not counted").format(share=words)


def promise_title(clock: ClockRow) -> str:
    """Return "Resolution, promised in 16 h"."""
    from desktop.formats import working_time

    words = _(_PROMISED.get(clock.view.kind, N_("Promised in {time}")))
    return words.format(time=working_time(clock.view.target_s))


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


CHANNELS = {"counter": N_("Counter"), "phone": N_("Phone")}


def channel_words(channel: str) -> str:
    """Return how the customer came, in words where it is one of ours."""
    return _(CHANNELS[channel]) if channel in CHANNELS else channel


def short_name(name: str) -> str:
    """Return "Dušan K." for "Dušan Kovač"; one word stays as it is."""
    parts = name.split()
    return f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else name
