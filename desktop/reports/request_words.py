"""A request's codes in words, the same in windows and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.domain.target_kinds import TargetKind
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

STATES: Final[Mapping[RequestState, str]] = {
    RequestState.NEW: N_("New"),
    RequestState.ACTIVE: N_("In work"),
    RequestState.PENDING: N_("Held"),
    RequestState.RESOLVED: N_("Resolved"),
    RequestState.CLOSED: N_("Closed"),
    RequestState.DECLINED: N_("Declined"),
    RequestState.CANCELLED: N_("Cancelled"),
}
REASONS: Final[Mapping[PendingReason, str]] = {
    PendingReason.CUSTOMER: N_("the customer"),
    PendingReason.FRONT_OFFICE: N_("the front office"),
    PendingReason.THIRD_PARTY: N_("somebody outside"),
    PendingReason.APPROVAL: N_("an approval"),
    PendingReason.INTERNAL: N_("something internal"),
    PendingReason.PARTS: N_("its parts"),
    PendingReason.OTHER: N_("something else"),
}
"""Whom a held request waits for; fits after "waits for"."""

HOLDERS: Final[Mapping[Ball, str]] = {
    Ball.FRONT: N_("Front office"),
    Ball.BACK: N_("Back office"),
    Ball.CUSTOMER: N_("Customer"),
    Ball.THIRD: N_("Somebody outside"),
    Ball.APPROVER: N_("Approver"),
    Ball.NONE: N_("Nobody"),
}
PRIORITIES: Final[Mapping[int, str]] = {
    1: N_("Urgent"),
    2: N_("High"),
    3: N_("Normal"),
    4: N_("Low"),
}
PROMISES: Final[Mapping[TargetKind, str]] = {
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.ANSWER: N_("Answer"),
}
PROMISE: Final = N_("Promise")
CHANNELS: Final = {"counter": N_("Counter"), "phone": N_("Phone")}


def priority_words(priority: int | None) -> str:
    """Return how urgent a request is, in a word."""
    return _(PRIORITIES.get(priority or 0, PRIORITIES[3]))


def promise_words(kind: TargetKind) -> str:
    """Return what is promised in one word."""
    return _(PROMISES.get(kind, PROMISE))


def channel_words(channel: str) -> str:
    """Return how the customer came, in words where it is one of ours."""
    return _(CHANNELS[channel]) if channel in CHANNELS else channel
