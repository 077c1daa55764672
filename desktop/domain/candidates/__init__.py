"""What the evidence proposes for an agenda: one small rule each, ranked by effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from desktop.domain.agenda import ALWAYS, Candidate, ItemKind
from desktop.domain.candidates.figures import (
    ball,
    broken,
    cause,
    near,
    patterns,
    reopened,
    returns,
    scorecard,
    thanks,
    to_and_fro,
)
from desktop.domain.candidates.records import (
    FoundException,
    FoundItem,
    Records,
    asked_again,
    changes_ahead,
    exceptions,
    improvements,
    last_minutes,
    obstacles,
    open_actions,
    other_business,
    raised,
    return_reasons,
    standards,
    standing,
    stuck_actions,
)
from desktop.domain.candidates.rotation import agreement, replay_of
from desktop.domain.candidates.weighing import Effect, weighed
from desktop.domain.evidence import PairEvidence

ORDER: Final[tuple[ItemKind, ...]] = (
    "minutes",
    "actions",
    "thanks",
    "scorecard",
    "broken",
    "near",
    "ball",
    "obstacles",
    "topic",
    "changes",
    "exceptions",
    "agreement",
    "standards",
    "improvements",
    "other_business",
)
"""The order on paper, whatever the rank."""


def candidates(
    evidence: PairEvidence,
    records: Records | None = None,
    *,
    number: int = 0,
    effect: Effect | None = None,
    silenced: Collection[str] = (),
) -> list[Candidate]:
    """Return everything worth an item, the weightiest first, standing ones included.

    ``number`` is that of the session; ``silenced`` rules are left out.
    """
    effect = effect or Effect.of(evidence)
    found = [
        weighed(one, effect)
        for one in _found(evidence, records or Records(), number)
        if one is not None and (one.rule in ALWAYS or one.rule not in silenced)
    ]
    return sorted(
        found, key=lambda one: (-one.weight, ORDER.index(one.kind), one.subject)
    )


def _found(
    evidence: PairEvidence, records: Records, number: int
) -> Iterable[Candidate | None]:
    yield last_minutes()
    yield from standing(records.standing)
    yield open_actions(records.actions)
    yield from stuck_actions(records.stuck)
    yield thanks(evidence)
    yield scorecard(evidence)
    yield broken(evidence)
    yield from patterns(evidence)
    yield cause(evidence)
    yield near(evidence)
    yield ball(evidence)
    yield to_and_fro(evidence)
    yield returns(evidence)
    yield from return_reasons(records.returns, records.returned)
    yield reopened(evidence)
    yield obstacles(records.obstacles)
    yield exceptions(records.exceptions)
    yield agreement(evidence, number)
    yield changes_ahead(records.changes)
    yield standards(records.standards)
    yield improvements(records.improvements)
    yield from raised(records.raised)
    yield other_business()


def rank(kind: str, after: str | None = None) -> float:
    """Return where an item of a kind stands on paper; just after ``after``, if given.

    An empty ``after`` is before everything.
    """
    if after is not None:
        return -1.0 if not after else rank(after) + 0.5
    known: tuple[str, ...] = ORDER
    return float(known.index(kind) if kind in known else known.index("topic"))


def looked_key(candidate: Candidate) -> str:
    """Return the name under which is kept what was known of a candidate."""
    return f"{candidate.kind}:{candidate.subject}"


def on_paper(found: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in the order of the printed agenda."""
    return sorted(found, key=lambda one: (rank(one.kind, one.after), -one.weight))


__all__ = [
    "ORDER",
    "Effect",
    "FoundException",
    "FoundItem",
    "Records",
    "agreement",
    "asked_again",
    "ball",
    "broken",
    "candidates",
    "cause",
    "changes_ahead",
    "exceptions",
    "improvements",
    "last_minutes",
    "looked_key",
    "near",
    "obstacles",
    "on_paper",
    "open_actions",
    "other_business",
    "patterns",
    "raised",
    "rank",
    "reopened",
    "replay_of",
    "return_reasons",
    "returns",
    "scorecard",
    "standards",
    "standing",
    "stuck_actions",
    "thanks",
    "to_and_fro",
    "weighed",
]
