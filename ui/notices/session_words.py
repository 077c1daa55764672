"""Put a notice of a session, an action or an obstacle into words; where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from desktop import formats
from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.notices import SessionNoticeRow
from desktop.reports.obstacle_words import NOTICES


class Told(NamedTuple):
    """How a kind is told: its icon, the ink of it, and a marked sentence.

    ``{name}`` is who acted, ``{when}`` the session's time, ``{due}`` the action's day.
    """

    icon: str
    ink: str
    sentence: str


TOLD: Final[Mapping[str, Told]] = {
    "session_planned": Told("calendar", "text2", N_("A session is planned, {when}")),
    "session_moved": Told("calendar", "risk", N_("{name} moved a session to {when}")),
    "session_cancelled": Told("x", "risk", N_("{name} cancelled a session, {when}")),
    "agenda_published": Told("notes", "text2", N_("{name} published an agenda")),
    "minutes_approved": Told("file-check", "ok", N_("{name} approved the minutes")),
    "minutes_amended": Told("pencil", "text2", N_("{name} added to the minutes")),
    "action_given": Told(
        "checkbox", "text2", N_("{name} gave you an action, due {due}")
    ),
    "action_due": Told("clock", "risk", N_("An action is due {due}")),
    "action_overdue": Told(
        "alert-triangle", "broken", N_("An action is overdue since {due}")
    ),
    "action_escalated": Told("alert-triangle", "risk", N_("{name} asks you to decide")),
    "raised_placed": Told("circle-check", "ok", N_("What you raised is on an agenda")),
    "raised_item": Told("users", "text2", N_("{name} raised this for a session")),
    "raised_taken_off": Told(
        "hourglass", "text2", N_("What you raised waits for the session after")
    ),
    "raised_refused": Told("ban", "text2", N_("{name} leaves off what you raised")),
    "mail_failed": Told("mail", "broken", N_("A mail could not be sent")),
    **{kind: Told(*told) for kind, told in NOTICES.items()},
}
_UNKNOWN = Told("bell", "text2", N_("News"))


def is_silenced_by_action(row: object) -> bool:
    """Tell whether a notice reminds of an action, which can be silenced."""
    return isinstance(row, SessionNoticeRow) and row.kind in (
        "action_due",
        "action_overdue",
    )


def look_of(row: SessionNoticeRow) -> tuple[str, str]:
    """Return the icon and the ink of a notice."""
    told = TOLD.get(row.kind, _UNKNOWN)
    return told.icon, told.ink


def session_notice_words(row: SessionNoticeRow, now: datetime, zone: tzinfo) -> str:
    """Say what a notice tells, in one sentence."""
    told = TOLD.get(row.kind, _UNKNOWN)
    when = short_instant(row.meeting_at, now, zone) if row.meeting_at else ""
    sentence = _(told.sentence).format(
        name=row.actor or _("Somebody"), when=when, due=_due(row, now, zone)
    )
    return sentence.rstrip(" ,")


def _due(row: SessionNoticeRow, now: datetime, zone: tzinfo) -> str:
    if row.due_on is None:
        return ""
    days = (row.due_on - now.astimezone(zone).date()).days
    if days == 0:
        return _("today")
    return _("tomorrow") if days == 1 else formats.day(row.due_on)


def session_line(row: SessionNoticeRow) -> str:
    """Name what it is about: the action or obstacle, the session, the words."""
    parts = []
    if row.action is not None:
        parts.append(f"A-{row.action}")
    elif row.obstacle is not None:
        parts.append(f"O-{row.obstacle}")
    elif row.session is not None:
        parts.append(_("session {number}").format(number=row.session))
    about = [row.words] if row.words and row.words != row.series else []
    return in_line(*parts, *about, row.series or "")


def place_of(row: SessionNoticeRow) -> tuple[str, dict[str, Any]]:
    """Return the page a notice leads to, and what it shows there."""
    if row.action_id is not None:
        return "actions", {"action_id": row.action_id}
    if row.obstacle_id is not None:
        return "obstacles", {"obstacle_id": row.obstacle_id}
    if row.meeting_id is not None:
        return "minutes", {"meeting_id": row.meeting_id}
    return "inbox", {}
