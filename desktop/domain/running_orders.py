"""The running order: what a first draft takes, and when each item begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.agenda import (
    Candidate,
    ItemKind,
    LeaderRole,
    Outcome,
    RuleCode,
    RunningItem,
    SourceCode,
    TimeBox,
    fit,
)
from desktop.domain.candidates import on_paper

TOPICS_DRAFTED: Final = 3
ASKED_FOR: Final[frozenset[RuleCode]] = frozenset(
    {"standing", "raised", "parked", "action_stuck"}
)
"""Topics somebody is waiting for: a draft has them all."""
SOURCES: Final[Mapping[ItemKind, SourceCode]] = {
    "minutes": "standing",
    "actions": "overdue",
    "thanks": "log",
    "scorecard": "log",
    "broken": "broken",
    "near": "due",
    "ball": "open",
    "agreement": "replay",
    "obstacles": "open",
    "changes": "log",
    "exceptions": "log",
    "standards": "log",
    "improvements": "log",
    "other_business": "standing",
}
_COUNTED: Final[Mapping[ItemKind, tuple[str, str | None]]] = {
    "actions": ("overdue", "total"),
    "broken": ("broken", None),
    "near": ("due", None),
    "ball": ("open", None),
    "obstacles": ("open", None),
}
_OF_RULES: Final[Mapping[RuleCode, SourceCode]] = {
    "standing": "standing",
    "action_stuck": "overdue",
    "raised": "member",
    "parked": "member",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a coordinator left it; ``found`` is the candidate behind it, if any.

    ``weight`` decides what is left out when the session is too short.
    """

    kind: ItemKind
    minutes: int
    outcome: Outcome
    leader_role: LeaderRole
    title: str | None = None
    leader: str | None = None
    note: str | None = None
    weight: float = 0.0
    found: Candidate | None = None
    subject: str = ""
    section: str = ""
    chair_note: str | None = None
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, candidate: Candidate) -> Entry:
        """Return the entry a candidate makes before anybody edits it."""
        return cls(
            candidate.kind,
            candidate.minutes,
            candidate.outcome,
            candidate.leader_role,
            weight=candidate.weight,
            found=candidate,
            subject=candidate.subject,
        )


def draft(found: Iterable[Candidate], minutes: int) -> list[Candidate]:
    """Choose what a first draft holds, in the order of paper.

    Every section and what was asked for, and as long as ``minutes`` last the
    weightiest topics: at most three, one of a rule. The others stay candidates.
    """
    offered = list(found)
    taken = [one for one in offered if one.kind != "topic" or one.rule in ASKED_FOR]
    left = minutes - sum(one.minutes for one in taken)
    topics = [
        one for one in offered if one.kind == "topic" and one.rule not in ASKED_FOR
    ]
    rules: set[RuleCode] = set()
    for one in sorted(topics, key=lambda each: -each.weight):
        if (
            len(rules) < TOPICS_DRAFTED
            and one.rule not in rules
            and one.minutes <= left
        ):
            taken.append(one)
            rules.add(one.rule)
            left -= one.minutes
    return on_paper(taken)


def running_order(
    entries: Sequence[Entry], starts_at: datetime, minutes: int
) -> tuple[RunningItem, ...]:
    """Number the entries and give each its clock time; some may not be reached."""
    boxes = [
        TimeBox(
            one.minutes,
            fixed=one.found is not None and one.found.is_standing,
            weight=one.weight,
        )
        for one in entries
    ]
    offsets = fit(boxes, minutes).offsets
    return tuple(
        _item(number, entry, offset, starts_at)
        for number, (entry, offset) in enumerate(
            zip(entries, offsets, strict=True), start=1
        )
    )


def _item(
    number: int, entry: Entry, offset: int | None, starts_at: datetime
) -> RunningItem:
    found = entry.found
    counts = dict(found.counts) if found else {}
    counted, total = _COUNTED.get(entry.kind, (None, None))
    source: SourceCode = SOURCES.get(entry.kind, "log" if found else "coordinator")
    if found is not None:
        source = _OF_RULES.get(found.rule, source)
    return RunningItem(
        number=number,
        kind=entry.kind,
        minutes=entry.minutes,
        starts_at=None if offset is None else starts_at + timedelta(minutes=offset),
        outcome=entry.outcome,
        leader_role=entry.leader_role,
        source=source,
        title=entry.title,
        leader=entry.leader,
        count=counts.get(counted, 0) if counted else None,
        total=counts.get(total, 0) if total else None,
        note=entry.note,
        chair_note=entry.chair_note,
        section=entry.section,
        files=entry.files,
        rule=found.rule if found else None,
        counts=found.counts if found else (),
        label=found.label if found else "",
        subject=entry.subject,
    )
