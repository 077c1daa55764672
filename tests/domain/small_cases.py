"""Requests told in a few words, for the rules of evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.agreements import AgreementTerms, ClockStart, TargetKind
from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.evidence import PairEvidence, pair_evidence
from desktop.domain.history import HistoryEvent
from desktop.domain.pairs import Case, Pair, Period
from desktop.domain.requests import PendingReason

COUNTER, PHONE, REGISTRY, PERMITS = 1, 2, 11, 12
ANA, DUSAN, JELENA = 101, 102, 103
HOUR = 3600
HOLDING = frozenset(
    {
        PendingReason.CUSTOMER,
        PendingReason.FRONT_OFFICE,
        PendingReason.THIRD_PARTY,
        PendingReason.APPROVAL,
    }
)
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
"""The period is the two weeks from here; the session is on 16 November."""

PERIOD = Period(
    before_start=MONDAY - timedelta(days=14),
    start=MONDAY,
    end=MONDAY + timedelta(days=14),
    as_at=MONDAY + timedelta(days=14, hours=8),
    next_at=MONDAY + timedelta(days=28, hours=10),
)


def at(day: int, hour: float = 8) -> datetime:
    """Return an instant, ``day`` days after the Monday the period begins on."""
    return MONDAY + timedelta(days=day, hours=hour)


def hours(*closures: Closure) -> ServiceCalendar:
    """Build Monday to Friday, 08 to 16, in UTC."""
    return ServiceCalendar(
        CalendarSpec(
            name="Office hours",
            zone="UTC",
            weekly=dict.fromkeys(range(5), ((8 * HOUR, 16 * HOUR),)),
            closures=closures,
        )
    )


def agreed(
    *,
    target: int = 16,
    answer: int | None = 4,
    starts: ClockStart = ClockStart.FRONT_HANDOVER,
) -> AgreementTerms:
    """Build what the registry promises every front unit."""
    targets: dict[tuple[TargetKind, int | None], int] = {
        (TargetKind.RESOLUTION, None): target * HOUR
    }
    if answer is not None:
        targets[TargetKind.ANSWER, None] = answer * HOUR
    return AgreementTerms(
        version_id=1,
        agreement_id=1,
        number=1,
        name="Counters with the registry",
        front_unit=None,
        back_unit=REGISTRY,
        service=None,
        calendar=1,
        targets=targets,
        holds={TargetKind.RESOLUTION: HOLDING},
        warn_share=0.75,
        starts=starts,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )


def pair(
    *terms: AgreementTerms, front: int = COUNTER, closures: tuple[Closure, ...] = ()
) -> Pair:
    """Build a front unit and the registry; without terms nothing is promised."""
    calendar = hours(*closures)
    return Pair(
        front=front,
        back=REGISTRY,
        front_name={COUNTER: "Central counter", PHONE: "Phone line"}[front],
        back_name="Land registry",
        terms=terms,
        calendars={1: calendar},
        calendar=calendar,
        calendar_name="Office hours",
        people={ANA: "Ana", DUSAN: "Dušan", JELENA: "Jelena"},
    )


def raised(
    number: int,
    when: datetime,
    *then: tuple[datetime, dict[str, Any]],
    front: int = COUNTER,
    to: int = REGISTRY,
    kind: str = "Title extract",
    priority: int = 3,
) -> Case:
    """Tell a request a front unit raises straight to a back unit, and what followed."""
    first = {
        "state": "new",
        "unit": to,
        "from_unit": front,
        "assignee": None,
        "pending": None,
        "priority": priority,
    }
    events = [HistoryEvent(1, when, "raised", first, front)]
    for seq, (moment, changes) in enumerate(then, 2):
        events.append(HistoryEvent(seq, moment, "updated", changes, to))
    return Case(number, f"R-{number}", kind, "Window 3", front, None, events)


def taken(when: datetime, by: int = ANA) -> tuple[datetime, dict[str, Any]]:
    """Tell that somebody took it."""
    return when, {"state": "active", "assignee": by}


def asked(
    when: datetime, reason: str = "front_office"
) -> tuple[datetime, dict[str, Any]]:
    """Tell that it waits for somebody."""
    return when, {"state": "pending", "pending": reason}


def resumed(when: datetime) -> tuple[datetime, dict[str, Any]]:
    """Tell that it goes on."""
    return when, {"state": "active", "pending": None}


def handed(when: datetime, to: int) -> tuple[datetime, dict[str, Any]]:
    """Tell that another unit has it."""
    return when, {"unit": to, "assignee": None}


def done(when: datetime, state: str = "resolved") -> tuple[datetime, dict[str, Any]]:
    """Tell that it ended."""
    return when, {"state": state, "pending": None}


def told(*cases: Case, between: Pair | None = None) -> PairEvidence:
    """Make the evidence of the counter and the registry."""
    return pair_evidence(cases, between or pair(agreed()), PERIOD)
