"""Trials kept by name, and a trial as plain data and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import Measure, Target, TargetKind
from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule
from desktop.entities.trials import Trial as Row
from desktop.entities.units import Person
from desktop.queries.replays import Trial


@dataclass(frozen=True, slots=True)
class TriedSubject:
    """What was tried over which days: an agreement, or a new one between units.

    ``period`` is the name of one, or empty with ``first`` and ``last`` (ISO dates).
    """

    agreement_id: int | None = None
    front_unit_id: int | None = None
    back_unit_id: int | None = None
    service_id: int | None = None
    period: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class KeptTrial:
    """A trial kept: what was tried, and the variants side by side."""

    trial_id: int
    name: str
    by: str
    at: datetime
    lock: int
    subject: TriedSubject
    variants: tuple[Trial, ...] = field(default=())


def kept_trials(session: Session) -> tuple[KeptTrial, ...]:
    """Return the trials kept, the newest first; unreadable ones without variants."""
    rows = session.execute(
        select(Row, Person.name)
        .join(Person, Person.id == Row.person_id, isouter=True)
        .order_by(Row.at.desc(), Row.id.desc())
    )
    return tuple(
        KeptTrial(
            row.id, row.name, by or "", row.at, row.version, *_content(row.content)
        )
        for row, by in rows
    )


def _content(data: Mapping[str, Any]) -> tuple[TriedSubject, tuple[Trial, ...]]:
    try:
        subject = TriedSubject(**data["subject"])
        return subject, tuple(trial_from(one) for one in data["variants"])
    except (Invalid, KeyError, TypeError, ValueError):
        # Written by a newer program, or by hand: its name is all that is left.
        return TriedSubject(), ()


def content_of(subject: TriedSubject, variants: tuple[Trial, ...]) -> dict[str, Any]:
    """Return what is kept of a trial, as plain data."""
    return {
        "subject": {name: getattr(subject, name) for name in subject.__slots__},
        "variants": [trial_data(one) for one in variants],
    }


def trial_data(trial: Trial) -> dict[str, Any]:
    """Return a trial as plain data."""
    calendar = trial.calendar
    return {
        "targets": [
            {"kind": kind.value, "priority": priority, **_target_data(target)}
            for (kind, priority), target in trial.targets.items()
        ],
        "calendar": None if calendar is None else calendar.to_data(),
        "calendar_id": trial.calendar_id,
        "holds": {
            kind.value: sorted(one.value for one in reasons)
            for kind, reasons in trial.holds.items()
        },
    }


def trial_from(data: Mapping[str, Any]) -> Trial:
    """Return the trial `trial_data` was made of. Raises what unreadable data raises."""
    calendar = data["calendar"]
    return Trial(
        targets={
            (TargetKind(one["kind"]), one["priority"]): _target(one)
            for one in data["targets"]
        },
        calendar=None if calendar is None else CalendarSpec.from_data(calendar),
        holds={
            TargetKind(kind): frozenset(map(PendingReason, reasons))
            for kind, reasons in data["holds"].items()
        },
        calendar_id=data["calendar_id"],
    )


def _target_data(target: Target | None) -> dict[str, Any]:
    if target is None:
        return {"seconds": None}
    found: dict[str, Any] = {
        "seconds": target.seconds,
        "measure": target.measure.value,
        "calendar": target.calendar,
    }
    rule = target.rule
    if rule is not None:
        found["rule"] = {
            "days": rule.days,
            "ends": rule.ends.value,
            "cutoff_s": rule.cutoff_s,
            "restart_s": rule.restart_s,
            "closed_day": rule.closed_day.value,
        }
    return found


def _target(data: Mapping[str, Any]) -> Target | None:
    if data["seconds"] is None:
        return None
    rule, told = None, data.get("rule")
    if told is not None:
        rule = DayRule(
            told["days"],
            DayEnd(told["ends"]),
            told["cutoff_s"],
            told["restart_s"],
            ClosedDay(told["closed_day"]),
        )
    return Target(data["seconds"], Measure(data["measure"]), rule, data["calendar"])
