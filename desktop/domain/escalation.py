"""Who is told when a promise comes into danger, in whose hours, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.agreements import TargetKind, WarningLevel
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Refusal
from desktop.domain.promises import ClockView
from desktop.domain.requests import EntryKind

__all__ = [
    "DEFAULT_RULES",
    "NEWS",
    "EscalationRule",
    "NoticeKind",
    "Reached",
    "Recipient",
    "again_at",
    "reached",
    "recipients_of",
    "told_at",
]


class NoticeKind(StrEnum):
    """What a notice tells: how a clock stands, or what somebody did."""

    AT_RISK = "at_risk"
    BROKEN = "broken"
    ASKED = "asked"
    ANSWERED = "answered"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    DECLINED = "declined"

    @property
    def is_warning(self) -> bool:
        """Tell whether it warns of a clock, and so can be silenced."""
        return self in (NoticeKind.AT_RISK, NoticeKind.BROKEN)


class Recipient(StrEnum):
    """Who a rule tells.

    ``holder``: whoever a request is assigned to, else every agent of the unit.
    ``manager``: the managers of the unit that owes. ``front``: the clerks of the unit
    that owes an answer. ``requester``: who raised it, else the clerks of that unit.
    """

    HOLDER = "holder"
    MANAGER = "manager"
    FRONT = "front"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """Whom to tell when clocks of some kinds reach ``notice``.

    ``again_for``: for how long after that it is told again each working day while
    nobody acts; ``None`` tells it once.
    """

    notice: NoticeKind
    kinds: frozenset[TargetKind]
    tells: tuple[Recipient, ...]
    again_for: timedelta | None = None


_WORK: Final = frozenset(TargetKind) - {TargetKind.ANSWER}
_ANSWER: Final = frozenset({TargetKind.ANSWER})
_AGAIN: Final = timedelta(days=14)

DEFAULT_RULES: Final = (
    EscalationRule(NoticeKind.AT_RISK, _WORK, (Recipient.HOLDER,)),
    EscalationRule(NoticeKind.AT_RISK, _ANSWER, (Recipient.FRONT,)),
    EscalationRule(
        NoticeKind.BROKEN, _WORK, (Recipient.HOLDER, Recipient.MANAGER), _AGAIN
    ),
    EscalationRule(
        NoticeKind.BROKEN, _ANSWER, (Recipient.FRONT, Recipient.MANAGER), _AGAIN
    ),
)

NEWS: Final[Mapping[EntryKind, tuple[NoticeKind, Recipient]]] = {
    EntryKind.ASKED: (NoticeKind.ASKED, Recipient.REQUESTER),
    EntryKind.ANSWERED: (NoticeKind.ANSWERED, Recipient.HOLDER),
    EntryKind.ASSIGNED: (NoticeKind.ASSIGNED, Recipient.HOLDER),
    EntryKind.HANDED_OVER: (NoticeKind.ASSIGNED, Recipient.HOLDER),
    EntryKind.RESOLVED: (NoticeKind.RESOLVED, Recipient.REQUESTER),
    EntryKind.DECLINED: (NoticeKind.DECLINED, Recipient.REQUESTER),
}
"""Which journal entries are told to whom; ``assigned`` only to who it is given to."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a clock got: ``level`` names it, ``next_at`` is when to look again."""

    kind: NoticeKind
    level: str
    since: datetime
    next_at: datetime | None = None


def reached(
    view: ClockView,
    levels: Iterable[WarningLevel],
    calendar: ServiceCalendar,
    until: datetime,
) -> Reached | None:
    """Return the highest level a running clock reached by ``until``, if any.

    A clock that is held, stopped or void warns of nothing.
    """
    if view.running_since is None or view.is_void or view.stopped_at is not None:
        return None
    if view.due_at is not None and view.due_at <= until:
        return Reached(NoticeKind.BROKEN, "broken", view.due_at)
    target = timedelta(seconds=view.target_s)
    shares = sorted({view.warn_share, *(one.share_of(target) for one in levels)})
    found: Reached | None = None
    for share in shares:
        if share >= 1:
            break
        at = _instant_of(view, target * share, calendar)
        if at is None:
            break
        if at > until:
            if found is not None:
                found = Reached(found.kind, found.level, found.since, at)
            break
        found = Reached(NoticeKind.AT_RISK, f"{share:.4f}", at)
    return found


def _instant_of(
    view: ClockView, used: timedelta, calendar: ServiceCalendar
) -> datetime | None:
    """Return when a running clock has used so much; None where it never will."""
    assert view.running_since is not None
    left = used - timedelta(seconds=view.used_s)
    if left <= timedelta():
        return view.at_risk_at or view.running_since
    try:
        return calendar.due(view.running_since, left)
    except Refusal:
        return None


def recipients_of(
    rules: Iterable[EscalationRule], notice: NoticeKind, kind: TargetKind
) -> dict[Recipient, timedelta | None]:
    """Return whom the rules tell, and for how long again (``None``: once)."""
    return {
        one: rule.again_for
        for rule in rules
        if rule.notice is notice and kind in rule.kinds
        for one in rule.tells
    }


def told_at(calendar: ServiceCalendar | None, at: datetime) -> datetime:
    """Return when to tell somebody who works by ``calendar``: then, or at opening."""
    if calendar is None or calendar.is_open(at):
        return at
    try:
        return calendar.next_open(at)
    except Refusal:
        # Closed for good: there is no better moment than the present one.
        return at


def again_at(calendar: ServiceCalendar, told: datetime) -> datetime:
    """Return when the next working day begins after the day of ``told``."""
    day = told.astimezone(calendar.zone).date() + timedelta(days=1)
    return told_at(calendar, datetime.combine(day, time(), calendar.zone))
