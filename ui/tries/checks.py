"""What is wrong with the targets of a trial, said before it is replayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.agreement_drafts import (
    TargetDraft,
    TermsDraft,
    check_terms,
    usual_seconds,
)
from desktop.domain.agreements import Measure, PromiseKey, Target, TargetKind
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.domain.working_days import DayRule
from desktop.messages import refusal_words
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryChoice

_FATAL: Final = ("target_zero", "target_too_long")


@dataclass(frozen=True)
class TargetProblem:
    """Which target it is about, in words; a fatal one cannot be replayed."""

    key: PromiseKey
    words: str
    is_fatal: bool


def problem_of_targets(
    choice: TryChoice, trial: Trial, since: datetime
) -> TargetProblem | None:
    """Return what is wrong with the targets tried, None where nothing is."""
    calendar = ServiceCalendar(trial.calendar or choice.calendar)
    changed = [draft_of(key, one) for key, one in trial.targets.items() if one]
    for one in changed:
        found = _checked(choice, (one,), calendar, since)
        if found is not None and found[0].code in _FATAL:
            return TargetProblem((one.kind, one.priority), found[1], is_fatal=True)
    if not changed:
        return None
    every = tuple(draft_of(key, one) for key, one in targets_of(choice, trial).items())
    found = _checked(choice, every, calendar, since)
    if found is None or found[0].code != "response_after_resolution":
        return None
    _targets, kind, priority = found[0].field.split(".")
    key = (TargetKind(kind), None if priority == "any" else int(priority))
    # It can be replayed, but not be agreed on.
    return TargetProblem(key, found[1], is_fatal=False)


def _checked(
    choice: TryChoice,
    targets: tuple[TargetDraft, ...],
    calendar: ServiceCalendar,
    since: datetime,
) -> tuple[Invalid, str] | None:
    try:
        check_terms(TermsDraft(choice.calendar_id, targets, since), calendar)
    except Invalid as refused:
        return refused, refusal_words(refused)
    return None


def targets_of(choice: TryChoice, trial: Trial) -> dict[PromiseKey, Target]:
    """Return everything that would be promised: what is tried, else what is agreed."""
    terms = choice.terms
    named = {kind for kind, _priority in trial.targets}
    found: dict[PromiseKey, Target] = {}
    for key in terms.targets if terms is not None else ():
        agreed = terms.target(*key) if terms is not None else None
        if key[0] not in named and agreed is not None:
            found[key] = agreed
    found |= {key: one for key, one in trial.targets.items() if one is not None}
    return found


def draft_of(key: PromiseKey, target: Target) -> TargetDraft:
    """Return a target as people write it down."""
    kind, priority = key
    if target.measure is Measure.WORKING_DAYS:
        return TargetDraft(kind, priority, target.measure, None, target.rule)
    return TargetDraft(kind, priority, target.measure, target.seconds)


def day_length_s(spec: CalendarSpec) -> int:
    """Return how long a working day of a calendar usually is, in seconds."""
    day = TargetDraft(
        TargetKind.RESOLUTION, measure=Measure.WORKING_DAYS, rule=DayRule(1)
    )
    return max(1, usual_seconds(day, ServiceCalendar(spec)))
