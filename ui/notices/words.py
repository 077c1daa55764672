"""Put a notice into words: what happened, to which request, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.queries.notices import AnyNotice, NoticeRow, SessionNoticeRow
from ui.notices.session_words import look_of, session_line, session_notice_words

ICONS = {
    NoticeKind.AT_RISK: ("alert-triangle", "risk"),
    NoticeKind.BROKEN: ("circle-x", "broken"),
    NoticeKind.ASKED: ("help-circle", "text2"),
    NoticeKind.ANSWERED: ("message", "text2"),
    NoticeKind.ASSIGNED: ("user", "text2"),
    NoticeKind.RESOLVED: ("circle-check", "ok"),
    NoticeKind.DECLINED: ("ban", "text2"),
    NoticeKind.MENTIONED: ("message-2", "text2"),
    NoticeKind.REOPENED: ("arrow-back-up", "text2"),
    NoticeKind.APPROVAL: ("user-check", "text2"),
    NoticeKind.APPROVED: ("circle-check", "ok"),
    NoticeKind.REFUSED: ("ban", "text2"),
    NoticeKind.PARTS_DONE: ("checklist", "ok"),
    NoticeKind.UNBLOCKED: ("lock", "text2"),
    NoticeKind.MERGED: ("corner-up-right", "text2"),
    NoticeKind.FOLLOW_UP: ("calendar-event", "risk"),
}
"""The icon and ink of each kind."""


def look(row: AnyNotice) -> tuple[str, str]:
    """Return the icon and the ink of a notice."""
    return look_of(row) if isinstance(row, SessionNoticeRow) else ICONS[row.kind]


def notice_words(row: AnyNotice, now: datetime, zone: tzinfo) -> str:
    """Say what a notice tells, in one sentence without the request."""
    if isinstance(row, SessionNoticeRow):
        return session_notice_words(row, now, zone)
    if row.kind.is_warning and row.clock_kind is not None:
        due = short_instant(row.due_at, now, zone) if row.due_at else ""
        return _WARNINGS[row.kind, row.clock_kind]().format(due=due)
    if row.kind is NoticeKind.APPROVAL and row.due_at is not None:
        due = short_instant(row.due_at, now, zone)
        return _("The approval was wanted by {due}").format(due=due)
    said = _NEWS[row.kind]
    return said().format(name=row.actor or row.unit)


def subject_line(row: AnyNotice) -> str:
    """Name what a notice is about: its request, session, action or obstacle."""
    return session_line(row) if isinstance(row, SessionNoticeRow) else request_line(row)


def request_line(row: NoticeRow) -> str:
    """Name the request: its number, of a warning the unit that owes, the subject."""
    unit = row.unit if row.kind.is_warning else ""
    return in_line(row.reference, unit, row.subject)


_RISK, _BROKEN = NoticeKind.AT_RISK, NoticeKind.BROKEN
_WARNINGS: dict[tuple[NoticeKind, TargetKind], Callable[[], str]] = {
    (_RISK, TargetKind.RESPONSE): lambda: _("First response at risk, due {due}"),
    (_RISK, TargetKind.UPDATE): lambda: _("Update at risk, due {due}"),
    (_RISK, TargetKind.RESOLUTION): lambda: _("Resolution at risk, due {due}"),
    (_RISK, TargetKind.ANSWER): lambda: _("Answer at risk, due {due}"),
    (_BROKEN, TargetKind.RESPONSE): lambda: _("First response late since {due}"),
    (_BROKEN, TargetKind.UPDATE): lambda: _("Update late since {due}"),
    (_BROKEN, TargetKind.RESOLUTION): lambda: _("Resolution late since {due}"),
    (_BROKEN, TargetKind.ANSWER): lambda: _("Answer late since {due}"),
}
_NEWS: dict[NoticeKind, Callable[[], str]] = {
    NoticeKind.ASKED: lambda: _("{name} asked a question"),
    NoticeKind.ANSWERED: lambda: _("{name} answered the question"),
    NoticeKind.ASSIGNED: lambda: _("{name} gave you this request"),
    NoticeKind.RESOLVED: lambda: _("{name} resolved it; confirm with the customer"),
    NoticeKind.DECLINED: lambda: _("{name} declined it"),
    NoticeKind.MENTIONED: lambda: _("{name} named you"),
    NoticeKind.REOPENED: lambda: _("{name} reopened it"),
    NoticeKind.APPROVAL: lambda: _("{name} asks for your approval"),
    NoticeKind.APPROVED: lambda: _("{name} approved it"),
    NoticeKind.REFUSED: lambda: _("{name} did not approve it"),
    NoticeKind.PARTS_DONE: lambda: _("All its parts are done"),
    NoticeKind.UNBLOCKED: lambda: _("What blocked it is done"),
    NoticeKind.MERGED: lambda: _("{name} closed it as a duplicate"),
    NoticeKind.FOLLOW_UP: lambda: _("Its follow-up date has come"),
}
