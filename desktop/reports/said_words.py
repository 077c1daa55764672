"""What sessions said in words: what was found, where it was said, how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from desktop import formats
from desktop.domain.obstacles import ObstacleState
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.session_search import Said, SaidKind
from desktop.reports.obstacle_words import STATES

KINDS: Final[Mapping[SaidKind, tuple[str, str]]] = {
    SaidKind.DECISION: ("gavel", N_("Decision")),
    SaidKind.ACTION: ("checklist", N_("Action")),
    SaidKind.ITEM: ("notes", N_("Item")),
    SaidKind.OBSTACLE: ("barrier-block", N_("Obstacle")),
}
"""The icon and the word of each kind."""

ACTION_STATES: Final[Mapping[str, str]] = {
    "open": N_("Open"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
ITEMS: Final[Mapping[str, str]] = {
    "minutes": N_("Last minutes"),
    "actions": N_("Open actions"),
    "thanks": N_("Thanks"),
    "scorecard": N_("Scorecard"),
    "broken": N_("Broken promises"),
    "near": N_("Near misses and what falls due"),
    "ball": N_("Where the ball is"),
    "obstacles": N_("Obstacles"),
    "other_business": N_("Any other business"),
}
"""What an item without a title of its own is about."""


def said_kind_words(one: Said) -> str:
    """Return what was found, with its number: "Decision 3", "Obstacle #12"."""
    words = _(KINDS[one.kind][1])
    if one.kind is SaidKind.OBSTACLE:
        return f"{words} #{one.number}"
    return f"{words} {one.number}"


def said_line(one: Said) -> str:
    """Return what was said on one line; where nothing was, what it was about."""
    text = " ".join(one.text.split())
    return text or topic_words(one)


def topic_words(one: Said) -> str:
    """Return what something was said about."""
    if one.topic or one.kind is not SaidKind.ITEM:
        return one.topic
    return _(ITEMS.get(one.state, N_("An item of the agenda")))


def session_words(one: Said, zone: tzinfo) -> str:
    """Return the session something was said in, and when; an answer's day alone."""
    day = formats.day(one.at.astimezone(zone).date(), year=True)
    if one.meeting_number is None:
        return f"{one.series}, {day}" if one.series else day
    told = _("{series}, session {number}, {day}")
    return told.format(series=one.series, number=one.meeting_number, day=day)


def standing_words(one: Said, now: datetime, zone: tzinfo) -> str:
    """Return whose it is and how it stands: owner, state, due day."""
    parts = [one.owner]
    if one.kind is SaidKind.ACTION:
        parts.append(_(ACTION_STATES.get(one.state, one.state)))
        if one.state == "open" and one.due_on is not None:
            is_late = one.due_on < now.astimezone(zone).date()
            due = _("overdue since {day}") if is_late else _("due {day}")
            parts.append(due.format(day=formats.day(one.due_on)))
    elif one.kind is SaidKind.OBSTACLE:
        parts.append(_(STATES[ObstacleState(one.state)]))
    return in_line(*parts, wide=True)
