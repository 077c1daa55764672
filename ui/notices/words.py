"""Put a notice into words: what happened, to which request, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import NoticeKind
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.queries.notices import NoticeRow

ICONS = {
    NoticeKind.AT_RISK: ("alert-triangle", "risk"),
    NoticeKind.BROKEN: ("circle-x", "broken"),
    NoticeKind.ASKED: ("help-circle", "text2"),
    NoticeKind.ANSWERED: ("message", "text2"),
    NoticeKind.ASSIGNED: ("user", "text2"),
    NoticeKind.RESOLVED: ("circle-check", "ok"),
    NoticeKind.DECLINED: ("ban", "text2"),
}
"""The icon and ink of each kind."""


def notice_words(row: NoticeRow, now: datetime, zone: tzinfo) -> str:
    """Say what a notice tells, in one sentence without the request."""
    if row.kind.is_warning and row.clock_kind is not None:
        due = short_instant(row.due_at, now, zone) if row.due_at else ""
        return _WARNINGS[row.kind, row.clock_kind]().format(due=due)
    said = _NEWS[row.kind]
    return said().format(name=row.actor or row.unit)


def request_line(row: NoticeRow) -> str:
    """Name the request: its number, of a warning the unit that owes, the subject."""
    unit = row.unit if row.kind.is_warning else ""
    return " · ".join(part for part in (row.reference, unit, row.subject) if part)


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
}
