"""Who is told when a promise comes into danger, in whose hours, and how often."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
    "STANDARD",
    "Again",
    "EscalationRule",
    "Hours",
    "KeptRule",
    "NoticeKind",
    "Reached",
    "Recipient",
    "Silencer",
    "problems_of",
    "reached",
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
    MENTIONED = "mentioned"
    REOPENED = "reopened"
    APPROVAL = "approval"
    APPROVED = "approved"
    REFUSED = "refused"
    PARTS_DONE = "parts_done"
    UNBLOCKED = "unblocked"
    MERGED = "merged"
    FOLLOW_UP = "follow_up"

    @property
    def is_warning(self) -> bool:
        """Tell whether it warns of a clock, and so can be silenced."""
        return self in (NoticeKind.AT_RISK, NoticeKind.BROKEN)


class Recipient(StrEnum):
    """Who a rule tells.

    ``holder``: whoever a request is assigned to, else every agent of the unit.
    ``manager``: the managers of the unit that owes. ``front``: the clerks of the unit
    that owes an answer. ``requester``: who raised it, else the clerks of that unit.
    ``person``: the one the rule names.
    """

    HOLDER = "holder"
    FRONT = "front"
    MANAGER = "manager"
    REQUESTER = "requester"
    PERSON = "person"


class Hours(StrEnum):
    """In whose working hours a rule tells.

    ``told``: of the unit of whoever is told. ``owing``: of the unit that owes.
    ``always``: around the clock.
    """

    TOLD = "told"
    OWING = "owing"
    ALWAYS = "always"


class Again(StrEnum):
    """How often a rule tells again while nobody acts."""

    ONCE = "once"
    EACH_DAY = "each_day"
    EVERY_HOURS = "every_hours"


class Silencer(StrEnum):
    """Who may silence what a rule tells.

    ``told``: everybody who is told, for themselves. ``holder``, ``manager``: the one
    who holds the request, or a manager of the unit that owes, for everybody.
    """

    TOLD = "told"
    HOLDER = "holder"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """Whom to tell when clocks of some kinds reach ``notice``.

    ``unit`` is the unit that owes (``None``: any), ``person`` whom ``Recipient.PERSON``
    names. ``again_for``: for how long after that it is told again while nobody acts
    (``None``: as long as it stands); ``again_every``: the working time between two of
    them, where ``again`` is every so many hours.
    """

    notice: NoticeKind
    kinds: frozenset[TargetKind]
    tells: tuple[Recipient, ...]
    again: Again = Again.ONCE
    again_for: timedelta | None = None
    again_every: timedelta | None = None
    hours: Hours = Hours.TOLD
    silenced_by: frozenset[Silencer] = frozenset({Silencer.TOLD})
    unit: int | None = None
    person: int | None = None

    def is_for(self, notice: NoticeKind, kind: TargetKind, unit: int) -> bool:
        """Tell whether it speaks of such a clock of a unit."""
        return (
            self.notice is notice and kind in self.kinds and self.unit in (None, unit)
        )


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule of the house; switched off it tells nobody.

    ``version`` is 0 for one that is not written down yet.
    """

    rule: EscalationRule
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    version: int = 0
    is_active: bool = True


_WORK: Final = frozenset(TargetKind) - {TargetKind.ANSWER}
_ANSWER: Final = frozenset({TargetKind.ANSWER})
_RISK: Final = NoticeKind.AT_RISK
_BROKEN: Final = NoticeKind.BROKEN
_DAILY: Final = (Again.EACH_DAY, timedelta(days=14))

DEFAULT_RULES: Final = (
    EscalationRule(_RISK, _WORK, (Recipient.HOLDER,)),
    EscalationRule(_RISK, _ANSWER, (Recipient.FRONT,)),
    EscalationRule(_BROKEN, _WORK, (Recipient.HOLDER, Recipient.MANAGER), *_DAILY),
    EscalationRule(_BROKEN, _ANSWER, (Recipient.FRONT, Recipient.MANAGER), *_DAILY),
)
"""What holds in a house that made no rules of its own."""

STANDARD: Final = tuple(
    KeptRule(rule, uuid.uuid5(uuid.NAMESPACE_OID, f"counterpart escalation {number}"))
    for number, rule in enumerate(DEFAULT_RULES, 1)
)
"""The default rules as they are copied, under the same keys everywhere."""

SHORTEST: Final = timedelta(minutes=30)
LONGEST_AGAIN: Final = timedelta(days=366)


def problems_of(rule: EscalationRule) -> list[tuple[str, str]]:
    """Return what is wrong with a rule, as (field, code); nothing when it holds."""
    found = []
    if not rule.notice.is_warning:
        found.append(("notice", "escalation_no_warning"))
    if not rule.kinds:
        found.append(("kinds", "escalation_no_kinds"))
    if not rule.tells:
        found.append(("tells", "escalation_tells_nobody"))
    if Recipient.PERSON in rule.tells and rule.person is None:
        found.append(("person", "escalation_no_person"))
    every = rule.again_every
    if rule.again is Again.EVERY_HOURS and (every is None or every < SHORTEST):
        found.append(("again_every", "escalation_too_often"))
    span = rule.again_for
    if span is not None and not timedelta() < span <= LONGEST_AGAIN:
        found.append(("again_for", "escalation_span"))
    return found


NEWS: Final[Mapping[EntryKind, tuple[NoticeKind, Recipient]]] = {
    EntryKind.ASKED: (NoticeKind.ASKED, Recipient.REQUESTER),
    EntryKind.ANSWERED: (NoticeKind.ANSWERED, Recipient.HOLDER),
    EntryKind.ASSIGNED: (NoticeKind.ASSIGNED, Recipient.PERSON),
    EntryKind.HANDED_OVER: (NoticeKind.ASSIGNED, Recipient.PERSON),
    EntryKind.RESOLVED: (NoticeKind.RESOLVED, Recipient.REQUESTER),
    EntryKind.DECLINED: (NoticeKind.DECLINED, Recipient.REQUESTER),
    EntryKind.REOPENED: (NoticeKind.REOPENED, Recipient.HOLDER),
    EntryKind.APPROVAL_ASKED: (NoticeKind.APPROVAL, Recipient.PERSON),
    EntryKind.APPROVAL_PASSED_ON: (NoticeKind.APPROVAL, Recipient.PERSON),
    EntryKind.APPROVED: (NoticeKind.APPROVED, Recipient.HOLDER),
    EntryKind.APPROVAL_REFUSED: (NoticeKind.REFUSED, Recipient.HOLDER),
    EntryKind.PARTS_DONE: (NoticeKind.PARTS_DONE, Recipient.HOLDER),
    EntryKind.UNBLOCKED: (NoticeKind.UNBLOCKED, Recipient.HOLDER),
    EntryKind.MERGED: (NoticeKind.MERGED, Recipient.REQUESTER),
}
"""Which journal entries are told to whom; ``person``: whom the entry itself names."""


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
