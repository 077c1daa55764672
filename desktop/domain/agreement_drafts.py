"""What people write down as an agreement's terms, and whether it can be promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.agreements import (
    ClockStart,
    Measure,
    OnChange,
    TargetKind,
    WarningLevel,
)
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.instants import DAY_S, to_microseconds
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule, amount_of

LONGEST_S: Final = 3 * 365 * DAY_S
LONGEST_DAYS: Final = 750
LONGEST_REOPEN_DAYS: Final = 366
"""Three years: a longer target is a slip of the pen, or no promise."""

LONGEST_NOTE: Final = 4_000


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """One promised length: ``seconds``, or a ``rule`` where it counts working days.

    ``priority`` ``None``: every priority not named.
    """

    kind: TargetKind
    priority: int | None = None
    measure: Measure = Measure.WORKING_TIME
    seconds: int | None = None
    rule: DayRule | None = None

    @property
    def field(self) -> str:
        """Return the name refusals call its field by: "targets.response.2"."""
        priority = "any" if self.priority is None else str(self.priority)
        return f"targets.{self.kind.value}.{priority}"


@dataclass(frozen=True, slots=True)
class TermsDraft:
    """The terms of one version as people write them; ``valid_until`` is exclusive.

    ``reopen_days``: how many days after it was resolved a request can be sent back,
    ``None`` for ever.
    """

    calendar_id: int
    targets: tuple[TargetDraft, ...]
    valid_from: datetime
    valid_until: datetime | None = None
    holds: Mapping[TargetKind, frozenset[PendingReason]] = field(default_factory=dict)
    starts: ClockStart = ClockStart.FRONT_HANDOVER
    warn_share: float = 0.75
    warnings: tuple[WarningLevel, ...] = ()
    at_reopen: OnChange = OnChange.CONTINUE
    at_priority: OnChange = OnChange.RECOMPUTE
    at_unit: OnChange = OnChange.CONTINUE
    reopen_days: int | None = None
    note: str = ""


def check_terms(
    draft: TermsDraft, calendar: ServiceCalendar, *, across_priorities: bool = True
) -> None:
    """Refuse (Invalid) terms nobody could keep or mean, at the field to mend.

    ``calendar`` is the compiled one of ``draft.calendar_id``. ``across_priorities``:
    a response for every priority is compared with the resolution of one, too.
    """
    if not draft.targets:
        raise Invalid("targets", "no_targets")
    seen: set[tuple[TargetKind, int | None]] = set()
    for target in draft.targets:
        if (target.kind, target.priority) in seen:
            raise Invalid(target.field, "target_twice")
        seen.add((target.kind, target.priority))
        _check_target(target)
    _check_levels(draft)
    days = draft.reopen_days
    if days is not None and not 0 <= days <= LONGEST_REOPEN_DAYS:
        raise Invalid("reopen_days", "reopen_days_out_of_range")
    if len(draft.note) > LONGEST_NOTE:
        raise Invalid("note", "too_long")
    if draft.valid_until is not None and draft.valid_until <= draft.valid_from:
        raise Invalid("valid_until", "ends_before_it_starts")
    check_open(calendar, draft.valid_from, draft.valid_until)
    _check_order(draft, calendar, across_priorities)


def check_open(
    calendar: ServiceCalendar, valid_from: datetime, valid_until: datetime | None
) -> None:
    """Refuse (Invalid) a calendar that is closed the whole validity long."""
    try:
        opens = calendar.next_open(valid_from)
    except Invalid as refused:
        if refused.code not in ("beyond_calendar", "out_of_years"):
            raise
        raise Invalid("calendar", "closed_all_along", name=calendar.spec.name) from None
    if valid_until is not None and opens >= valid_until:
        raise Invalid("calendar", "closed_all_along", name=calendar.spec.name)


def usual_seconds(target: TargetDraft, calendar: ServiceCalendar) -> int:
    """Return what a target comes to on usual days of its calendar, in seconds.

    A working day is as long as the mean of the week's days that have hours.
    """
    if target.rule is None:
        return target.seconds or 0
    spec = calendar.spec
    weeks = [spec.weekly, *(week.weekly for week in spec.later)]
    hours = [day for weekly in weeks if weekly for day in weekly.values()]
    lengths = [sum(end - start for start, end in day) for day in hours]
    mean = sum(lengths) // len(lengths) if lengths else DAY_S
    return max(target.rule.days, 1) * mean


def _check_target(target: TargetDraft) -> None:
    place = target.field
    if target.measure is Measure.WORKING_DAYS:
        rule = target.rule
        if rule is None:
            raise Invalid(place, "empty")
        least = 0 if rule.ends is DayEnd.END_OF_DAY else 1
        if rule.days < least:
            raise Invalid(place, "target_zero")
        if rule.days > LONGEST_DAYS:
            raise Invalid(place, "target_too_long", years=3)
        for second in (rule.cutoff_s, rule.restart_s):
            if second is not None and not 0 <= second < DAY_S:
                raise Invalid(place, "bad_time", value=second)
        if rule.restart_s is not None and rule.cutoff_s is None:
            raise Invalid(place, "restart_without_cutoff")
        return
    if target.seconds is None or target.rule is not None:
        raise Invalid(place, "empty")
    if target.seconds <= 0:
        raise Invalid(place, "target_zero")
    if target.seconds > LONGEST_S:
        raise Invalid(place, "target_too_long", years=3)


def _check_levels(draft: TermsDraft) -> None:
    shares = [draft.warn_share]
    shares += [one.share for one in draft.warnings if one.share is not None]
    if any(not 0 < share <= 1 for share in shares):
        raise Invalid("warnings", "not_a_share")
    for one in draft.warnings:
        if one.share is None and one.left_s is None:
            raise Invalid("warnings", "empty")
        if one.left_s is not None and not 0 < one.left_s <= LONGEST_S:
            raise Invalid("warnings", "not_a_length")


def _check_order(
    draft: TermsDraft, calendar: ServiceCalendar, across_priorities: bool
) -> None:
    """Refuse a first act promised later than the whole, of any priority."""
    by_key = {(one.kind, one.priority): one for one in draft.targets}
    priorities = {one.priority for one in draft.targets}
    for priority in sorted(priorities, key=lambda one: (one is not None, one or 0)):
        pair = []
        for kind in (TargetKind.RESPONSE, TargetKind.RESOLUTION):
            found = by_key.get((kind, priority))
            if found is None and across_priorities:
                found = by_key.get((kind, None))
            if found is not None:
                pair.append(found)
        if len(pair) < 2:
            continue
        first, whole = (_length(one, draft, calendar) for one in pair)
        if first > whole:
            raise Invalid(pair[0].field, "response_after_resolution")


def _length(
    target: TargetDraft, draft: TermsDraft, calendar: ServiceCalendar
) -> timedelta:
    """Return how long a target lasts by the wall clock, from the first opening."""
    start = calendar.next_open(draft.valid_from)
    try:
        if target.measure is Measure.AROUND_THE_CLOCK:
            return timedelta(seconds=target.seconds or 0)
        if target.rule is not None:
            amount = amount_of(target.rule, calendar, to_microseconds(start))
            return calendar.due(start, amount.open_time) - start
        return calendar.due(start, timedelta(seconds=target.seconds or 0)) - start
    except Invalid:
        # The calendar closes for good before: then nothing can be compared.
        return timedelta(seconds=usual_seconds(target, calendar))
