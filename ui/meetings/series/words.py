"""What the dialogs of series and their sessions say."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from desktop import formats
from desktop.domain.series_changes import SessionChange
from desktop.domain.session_days import Occurrence
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words
from desktop.reports.rhythm_words import LAID

OUTCOMES: Final = {
    "decide": N_("Decide"),
    "inform": N_("Inform"),
    "unblock": N_("Unblock"),
}
PRINTED: Final = {
    "short": N_("One-page short form"),
    "chair_copy": N_("Chair’s copy with internal notes"),
    "proofs": N_("Clock proof of each broken promise"),
    "full_list": N_("Full list of what is at risk"),
    "note_lines": N_("Lines for notes"),
    "slips": N_("Action slips, one per owner"),
    "register": N_("Register of actions"),
    "calendar": N_("Calendar file beside the PDF"),
    "mail_text": N_("Text for an e-mail beside the PDF"),
    "is_grey": N_("Without colours"),
}

add_words(
    {
        "no_weekday": N_("Choose at least one day of the week."),
        "two_ends": N_("Choose one end: a day, or a number of sessions."),
        "member_twice": N_("This person is named above. Take one out."),
        "own_deputy": N_("Nobody stands in for themselves. Choose somebody else."),
        "in_the_past": N_("This time is over. Choose a later one."),
        "another_session_then": N_(
            "Another session of this series is at that time. Choose another time."
        ),
        "session_is_over": N_("The time of this session is over. It stays as it is."),
        "session_was_cancelled": N_("This session was cancelled. Take it up again."),
        "session_not_cancelled": N_("This session is not cancelled any more."),
        "nothing_to_take_back": N_(
            "Something else was done to this session since. Look at it again."
        ),
    }
)


def occurrence_words(one: Occurrence, zone: str) -> tuple[str, str]:
    """Return the day of an occurrence, and what became of it where that is not plain.

    One that is left out is told by the day it would have been.
    """
    there = ZoneInfo(zone)
    day = formats.instant(one.starts_at or one.rule_at, there, year=True)
    meant = formats.day(one.rule_at.astimezone(there).date())
    return day, _(LAID[one.laid]).format(day=meant) if LAID[one.laid] else ""


def change_words(one: SessionChange, zone: str) -> str:
    """Return what a change of a series does to one session, as a sentence."""
    there = ZoneInfo(zone)
    was = formats.instant(one.session.starts_at, there)
    told = {"number": one.session.number, "was": was}
    if one.fate == "moves":
        words = _("Session {number}, {was}: moves to {then}")
        return words.format(then=formats.instant(one.starts_at, there), **told)
    if one.fate == "cancelled":
        return _("Session {number}, {was}: is cancelled").format(**told)
    if one.session.is_published:
        words = _("Session {number}, {was}: stays, its agenda is published")
        return words.format(**told)
    return _("Session {number}, {was}: stays, somebody moved it").format(**told)


def when_words(at: datetime, zone: str) -> str:
    """Return day and time of a session, with its year."""
    return formats.instant(at, ZoneInfo(zone), year=True)
