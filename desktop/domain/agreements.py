"""Agreements between units: what they promise, and which one applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ServiceClock
from desktop.domain.errors import Invalid
from desktop.domain.instants import to_microseconds
from desktop.domain.requests import PendingReason
from desktop.domain.target_kinds import TargetKind as TargetKind
from desktop.domain.working_days import Amount, DayRule, amount_of

PromiseKey = tuple[TargetKind, int | None]
"""A kind and a priority; ``None`` stands for every priority not named."""


class Measure(StrEnum):
    """What a target is counted in."""

    WORKING_TIME = "working_time"
    WORKING_DAYS = "working_days"
    AROUND_THE_CLOCK = "around_the_clock"


class ClockStart(StrEnum):
    """What starts a back unit's clocks.

    ``front_handover``: the first direct hand-over from the front unit (raising is
    one). ``receipt``: the first time the unit receives the request, from anybody.
    """

    FRONT_HANDOVER = "front_handover"
    RECEIPT = "receipt"


class OnChange(StrEnum):
    """What happens to a clock at a reopening, a new priority, a return to the unit.

    ``continue``: it goes on with what was promised. ``restart``: a new clock with the
    whole target begins; the old one's verdict stays. ``recompute``: it is counted
    from its start as if the change had been there from the beginning.
    """

    CONTINUE = "continue"
    RESTART = "restart"
    RECOMPUTE = "recompute"


class VersionStatus(StrEnum):
    """How far an agreement's version got; in force and ended are a matter of dates."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


class VersionStage(StrEnum):
    """Where a version stands at an instant, its dates included."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Target:
    """One promised length.

    ``seconds`` is open time; for working days it is what so many usual days come to,
    for figures only: the rule decides. ``calendar`` counts it instead of the
    agreement's own (around the clock).
    """

    seconds: int
    measure: Measure = Measure.WORKING_TIME
    rule: DayRule | None = None
    calendar: int | None = None

    def amount(self, calendar: ServiceCalendar, start: datetime) -> Amount:
        """Return the open time it comes to from ``start`` on its calendar.

        A rule for which the calendar has no date any more counts its usual length.
        """
        if self.rule is None:
            return Amount(timedelta(seconds=self.seconds))
        try:
            return amount_of(self.rule, calendar, to_microseconds(start))
        except Invalid:
            return Amount(timedelta(seconds=self.seconds))

    def due(self, calendar: ServiceCalendar, start: datetime) -> datetime | None:
        """Return when it is due if it begins at ``start`` and nothing holds it.

        None where the calendar closes for good before.
        """
        amount = self.amount(calendar, start)
        clock = ServiceClock(
            calendar,
            amount.open_time,
            start,
            lands_on_opening=amount.lands_on_opening,
        )
        return clock.due_at(start)


@dataclass(frozen=True, slots=True)
class WarningLevel:
    """When a clock is worth a warning: by the share used, or by the open time left."""

    share: float | None = None
    left_s: int | None = None

    def share_of(self, target: timedelta) -> float:
        """Return the share (0..1) of a target at which the level is reached."""
        shares = [] if self.share is None else [self.share]
        length = target.total_seconds()
        if self.left_s is not None and length > 0:
            shares.append(max(0.0, (length - self.left_s) / length))
        return min(shares, default=1.0)


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """One version of an agreement, as the rules read it.

    ``front_unit`` or ``service`` ``None`` means all of them. ``targets`` maps a kind
    and a priority (``None``: every priority not named) to seconds of open time;
    ``rules`` has those counted in working days, ``clocks`` the calendar of those that
    do not count on the agreement's own. ``holds`` names the pending reasons that hold
    each kind. ``valid_from`` and ``valid_until`` are aware instants, the second
    exclusive and ``None`` while it is in force.
    """

    version_id: int
    agreement_id: int
    number: int
    name: str
    front_unit: int | None
    back_unit: int
    service: int | None
    calendar: int
    targets: Mapping[PromiseKey, int]
    holds: Mapping[TargetKind, frozenset[PendingReason]]
    warn_share: float
    starts: ClockStart
    valid_from: datetime
    valid_until: datetime | None = None
    rules: Mapping[PromiseKey, DayRule] = field(default_factory=dict)
    clocks: Mapping[PromiseKey, int] = field(default_factory=dict)
    warnings: tuple[WarningLevel, ...] = ()
    at_reopen: OnChange = OnChange.CONTINUE
    at_priority: OnChange = OnChange.RECOMPUTE
    at_unit: OnChange = OnChange.CONTINUE
    reopen_days: int | None = None

    def target_s(self, kind: TargetKind, priority: int | None) -> int | None:
        """Return the seconds promised, ``None`` where nothing is."""
        found = self.target(kind, priority)
        return None if found is None else found.seconds

    def target(self, kind: TargetKind, priority: int | None) -> Target | None:
        """Return what is promised, ``None`` where nothing is."""
        key = (kind, priority) if (kind, priority) in self.targets else (kind, None)
        seconds = self.targets.get(key)
        if seconds is None:
            return None
        rule, clock = self.rules.get(key), self.clocks.get(key)
        measure = Measure.WORKING_TIME
        if rule is not None:
            measure = Measure.WORKING_DAYS
        elif clock is not None:
            measure = Measure.AROUND_THE_CLOCK
        return Target(seconds, measure, rule, clock)

    def is_held_by(self, kind: TargetKind, reason: PendingReason) -> bool:
        """Tell whether waiting for ``reason`` stops the clock of ``kind``."""
        return reason in self.holds.get(kind, frozenset())

    def levels(self) -> tuple[WarningLevel, ...]:
        """Return every warning level, the usual share first."""
        return (WarningLevel(share=self.warn_share), *self.warnings)

    def warn_share_of(self, target: timedelta) -> float:
        """Return the share of a target at which the first warning comes."""
        if not self.warnings:
            return self.warn_share
        return min(level.share_of(target) for level in self.levels())

    def is_in_force(self, at: datetime) -> bool:
        """Tell whether ``at`` lies in its validity."""
        return self.valid_from <= at and (
            self.valid_until is None or at < self.valid_until
        )


class Why(StrEnum):
    """Why a version was chosen, or was not."""

    CHOSEN = "chosen"
    OTHER_BACK_UNIT = "other_back_unit"
    OTHER_FRONT_UNIT = "other_front_unit"
    OTHER_SERVICE = "other_service"
    NOT_YET = "not_yet"
    ENDED = "ended"
    LESS_SPECIFIC_SERVICE = "less_specific_service"
    LESS_SPECIFIC_UNIT = "less_specific_unit"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Considered:
    """A version looked at for a request, and why it was chosen or not."""

    terms: AgreementTerms
    why: Why


def choose(
    terms: Iterable[AgreementTerms],
    front_unit: int,
    back_unit: int,
    service: int | None,
    at: datetime,
) -> AgreementTerms | None:
    """Return the most specific version in force at ``at``.

    A named service outweighs a named front unit, which outweighs neither; among
    equals the latest in force wins.
    """
    return max(
        (
            one
            for one in terms
            if one.back_unit == back_unit
            and one.front_unit in (None, front_unit)
            and one.service in (None, service)
            and one.is_in_force(at)
        ),
        key=_rank,
        default=None,
    )


def consider(
    terms: Iterable[AgreementTerms],
    front_unit: int,
    back_unit: int,
    service: int | None,
    at: datetime,
) -> tuple[Considered, ...]:
    """Return every version of the back unit with why it applies or not; chosen first.

    The chosen one, if any, is that of ``choose``.
    """
    known = [one for one in terms if one.back_unit == back_unit]
    chosen = choose(known, front_unit, back_unit, service, at)
    found = [
        Considered(one, _why(one, chosen, front_unit, service, at)) for one in known
    ]
    places = list(Why)
    return tuple(sorted(found, key=lambda one: places.index(one.why)))


def _why(
    one: AgreementTerms,
    chosen: AgreementTerms | None,
    front_unit: int,
    service: int | None,
    at: datetime,
) -> Why:
    if one is chosen:
        return Why.CHOSEN
    if one.front_unit not in (None, front_unit):
        return Why.OTHER_FRONT_UNIT
    if one.service not in (None, service):
        return Why.OTHER_SERVICE
    if at < one.valid_from:
        return Why.NOT_YET
    if not one.is_in_force(at):
        return Why.ENDED
    assert chosen is not None
    if (one.service is None) is not (chosen.service is None):
        return Why.LESS_SPECIFIC_SERVICE
    if (one.front_unit is None) is not (chosen.front_unit is None):
        return Why.LESS_SPECIFIC_UNIT
    return Why.OLDER


def _rank(one: AgreementTerms) -> tuple[bool, bool, datetime, int]:
    return (
        one.service is not None,
        one.front_unit is not None,
        one.valid_from,
        one.version_id,
    )


def stage_of(
    status: VersionStatus,
    valid_from: datetime | None,
    valid_until: datetime | None,
    at: datetime,
) -> VersionStage:
    """Tell where a version stands at ``at``."""
    if status is not VersionStatus.AGREED:
        return VersionStage(status.value)
    if valid_until is not None and valid_until <= at:
        return VersionStage.ENDED
    if valid_from is None or at < valid_from:
        return VersionStage.AGREED
    return VersionStage.IN_FORCE
