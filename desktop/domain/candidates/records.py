"""Rules over what is on record beside the figures: actions, obstacles, changes, words.

Each takes its records and gives a candidate, several or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from desktop.domain.agenda import Candidate, LeaderRole, Outcome, WeightPart
from desktop.domain.agenda_sections import CARRIED_TOO_OFTEN, OpenActions
from desktop.domain.agenda_topics import (
    ChangesAhead,
    ExceptionRow,
    ImprovementRow,
    RaisedRow,
    SenderReturns,
    StandardRow,
    StuckAction,
)
from desktop.domain.candidates.proposing import proposed
from desktop.domain.candidates.weighing import usual
from desktop.domain.obstacles import ObstacleLine
from desktop.domain.scorecards import Ratings
from desktop.domain.text import shortened

REASON_FROM: Final = 3
STUCK_SHOWN: Final = 5
EXCEPTION_FROM: Final = 3
GRANTED_MOSTLY: Final = 0.5
LABEL_CAP: Final = 200


@dataclass(frozen=True, slots=True)
class FoundException:
    """An exception asked for, with the requests it was asked on."""

    row: ExceptionRow
    request_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A raised, parked or standing item as a candidate needs it.

    ``after`` is the kind a standing item follows on paper; None: where its kind does.
    """

    id: int
    row: RaisedRow
    minutes: int
    outcome: Outcome
    leader_id: int | None = None
    request_ids: tuple[int, ...] = ()
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """What is known beside the evidence of the two units."""

    actions: OpenActions = field(default_factory=OpenActions)
    stuck: Sequence[StuckAction] = ()
    changes: ChangesAhead = field(default_factory=ChangesAhead)
    obstacles: Sequence[ObstacleLine] = ()
    exceptions: Sequence[FoundException] = ()
    returns: SenderReturns = field(default_factory=SenderReturns)
    returned: dict[str, tuple[int, ...]] = field(default_factory=dict)
    standards: Sequence[StandardRow] = ()
    improvements: Sequence[ImprovementRow] = ()
    raised: Sequence[FoundItem] = ()
    standing: Sequence[FoundItem] = ()
    ratings: Ratings = field(default_factory=Ratings)


def last_minutes() -> Candidate:
    """Propose to approve or amend the last minutes: always."""
    return proposed(
        "minutes",
        "minutes",
        parts=[usual(1000.0)],
        outcome="decide",
        leader_role="chair",
        minutes=2,
        is_standing=True,
    )


def other_business() -> Candidate:
    """Propose other business, reading back, and the next session: always."""
    return proposed(
        "other_business",
        "other_business",
        parts=[usual(999.0)],
        outcome="inform",
        leader_role="chair",
        minutes=3,
        is_standing=True,
    )


def standing(items: Iterable[FoundItem]) -> Iterator[Candidate]:
    """Propose what every session of the series has, where it says it stands."""
    for one in items:
        yield proposed(
            "standing",
            "topic",
            subject=one.row.subject,
            parts=[usual(998.0)],
            outcome=one.outcome,
            leader_role="chair",
            minutes=one.minutes,
            label=one.row.title,
            is_standing=True,
            after=one.after,
            leader_id=one.leader_id,
            source_id=one.id,
        )


def open_actions(actions: OpenActions) -> Candidate | None:
    """Propose the open actions; those carried three times weigh most."""
    if not actions.total:
        return None
    often = sum(row.carried >= CARRIED_TOO_OFTEN for row in actions.rows)
    return proposed(
        "actions",
        "actions",
        counts={
            "total": actions.total,
            "overdue": actions.overdue,
            "carried_often": often,
        },
        parts=[
            usual(5.0),
            WeightPart("open", actions.total, float(actions.total)),
            WeightPart("overdue", actions.overdue, 3.0 * actions.overdue),
            WeightPart("again", often, 5.0 * often),
        ],
        outcome="inform",
        leader_role="minute_taker",
        minutes=min(2 + actions.total, 10),
    )


def stuck_actions(stuck: Sequence[StuckAction]) -> Iterator[Candidate]:
    """Propose to decide each action carried three times: do, drop or escalate it."""
    ranked = sorted(stuck, key=lambda one: (-one.carried, one.id))
    for one in ranked[:STUCK_SHOWN]:
        yield proposed(
            "action_stuck",
            "topic",
            subject=f"action:{one.id}",
            counts={"carried": one.carried},
            parts=[
                usual(6.0),
                WeightPart("again", one.carried, 2.0 * one.carried),
            ],
            request_ids=[one.request_id] if one.request_id else [],
            outcome="decide",
            leader_role="chair",
            minutes=3,
            label=f"{one.label} {shortened(one.text, LABEL_CAP - 20)}",
            source_id=one.id,
        )


def return_reasons(
    returns: SenderReturns, returned: dict[str, tuple[int, ...]]
) -> Iterator[Candidate]:
    """Propose each reason that sent three or more back; "other" is no pattern."""
    for row in returns.reasons:
        if row.code in ("", "other") or row.count < REASON_FROM:
            continue
        yield proposed(
            "return_reason",
            "topic",
            subject=f"return:{row.code}",
            counts={"returned": row.count, "of": returns.total},
            parts=[usual(3.0), WeightPart("open", row.count, 0.6 * row.count)],
            request_ids=returned.get(row.code, ()),
            outcome="decide",
            leader_role="front_lead",
            minutes=3,
            label=row.code,
        )


def obstacles(lines: Sequence[ObstacleLine]) -> Candidate | None:
    """Propose the obstacles without an answer: the more people, the longer, the more.

    What customers lose by them counts through the requests they were met on.
    """
    if not lines:
        return None
    overdue = sum(one.is_overdue for one in lines)
    voices = sum(one.voices for one in lines)
    return proposed(
        "obstacles",
        "obstacles",
        counts={
            "open": len(lines),
            "overdue": overdue,
            "voices": voices,
            "days": max(one.days_open for one in lines),
        },
        parts=[
            usual(7.0),
            WeightPart("open", len(lines), float(len(lines))),
            WeightPart("overdue", overdue, 2.0 * overdue),
            WeightPart("voices", voices, 0.5 * voices),
        ],
        request_ids=[key for one in lines for key in one.request_ids],
        outcome="decide",
        leader_role="back_lead",
        minutes=2 + min(2 * len(lines), 8),
    )


def exceptions(found: Sequence[FoundException]) -> Candidate | None:
    """Propose the rules exceptions are asked from again and again: change them?

    Approvals asked for three times and mostly granted, or the same words declining
    three requests.
    """
    asked = asked_again(found)
    if not asked:
        return None
    times = sum(one.row.asked for one in asked)
    return proposed(
        "exceptions",
        "exceptions",
        counts={
            "rules": len(asked),
            "asked": times,
            "granted": sum(one.row.granted for one in asked),
        },
        parts=[usual(5.0), WeightPart("open", times, 0.5 * times)],
        request_ids=[key for one in asked for key in one.request_ids],
        outcome="decide",
        leader_role="coordinator",
        minutes=2 + min(2 * len(asked), 6),
    )


def asked_again(found: Sequence[FoundException]) -> list[FoundException]:
    """Return the exceptions that make one ask whether the rule is right."""
    return [one for one in found if _is_again(one.row)]


def _is_again(row: ExceptionRow) -> bool:
    if row.asked < EXCEPTION_FROM:
        return False
    decided = row.granted + row.refused
    return row.code == "declined" or row.granted > GRANTED_MOSTLY * max(decided, 1)


def changes_ahead(changes: ChangesAhead) -> Candidate | None:
    """Propose what changes before the next session: closures move due times."""
    if not changes.rows:
        return None
    kinds = {
        code: sum(row.code == code for row in changes.rows)
        for code in ("closure", "agreement", "calendar", "service")
    }
    names = dict.fromkeys(row.name for row in changes.rows if row.name)
    return proposed(
        "changes",
        "changes",
        counts={
            "closures": kinds["closure"],
            "taken_s": sum(row.taken_s for row in changes.rows),
            "agreements": kinds["agreement"],
            "calendars": kinds["calendar"],
            "services": kinds["service"],
        },
        parts=[usual(9.0), WeightPart("open", changes.total, float(changes.total))],
        outcome="inform",
        leader_role="chair",
        minutes=2 + min(ceil(changes.total / 4), 4),
        label=shortened(", ".join(names), LABEL_CAP),
    )


def standards(rows: Sequence[StandardRow]) -> Candidate | None:
    """Propose the services whose form or checklist changed: everybody must be told."""
    if not rows:
        return None
    return proposed(
        "standards",
        "standards",
        counts={"services": len(rows)},
        parts=[usual(5.0), WeightPart("open", len(rows), float(len(rows)))],
        outcome="inform",
        leader_role="coordinator",
        minutes=1 + min(len(rows), 4),
        label=shortened(", ".join(row.service for row in rows), LABEL_CAP),
    )


def improvements(rows: Sequence[ImprovementRow]) -> Candidate | None:
    """Propose the improvements that are to be proven before the next session."""
    if not rows:
        return None
    return proposed(
        "improvements",
        "improvements",
        counts={"proofs": len(rows)},
        parts=[usual(5.0), WeightPart("open", len(rows), float(len(rows)))],
        outcome="inform",
        leader_role="coordinator",
        minutes=1 + min(2 * len(rows), 6),
        label=shortened(", ".join(row.title for row in rows), LABEL_CAP),
    )


def raised(items: Iterable[FoundItem]) -> Iterator[Candidate]:
    """Propose what members raised, and what a session before parked."""
    for one in items:
        is_parked = one.row.parked_in is not None
        leader: LeaderRole = "chair" if is_parked else "coordinator"
        yield proposed(
            "parked" if is_parked else "raised",
            "topic",
            subject=one.row.subject,
            counts={"session": one.row.parked_in} if one.row.parked_in else {},
            parts=[usual(12.0)],
            request_ids=one.request_ids,
            outcome=one.outcome,
            leader_role=leader,
            minutes=one.minutes,
            label=one.row.title,
            leader_id=one.leader_id,
            source_id=one.id,
        )
