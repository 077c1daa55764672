"""How a rule says what it proposes: named, with its weight added up from its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.agenda import (
    Candidate,
    ItemKind,
    LeaderRole,
    Outcome,
    RuleCode,
    WeightPart,
)
from desktop.domain.candidates.weighing import weight_of


def proposed(
    rule: RuleCode,
    kind: ItemKind,
    *,
    parts: Sequence[WeightPart],
    outcome: Outcome,
    leader_role: LeaderRole,
    minutes: int,
    subject: str = "",
    counts: Mapping[str, int] | None = None,
    request_ids: Sequence[int] = (),
    label: str = "",
    is_standing: bool = False,
    after: str | None = None,
    leader_id: int | None = None,
    source_id: int | None = None,
) -> Candidate:
    """Return a candidate; each request counts once, in the order given."""
    return Candidate(
        rule=rule,
        kind=kind,
        subject=subject,
        weight=weight_of(parts),
        counts=tuple((counts or {}).items()),
        request_ids=tuple(dict.fromkeys(request_ids)),
        outcome=outcome,
        leader_role=leader_role,
        minutes=minutes,
        label=label,
        is_standing=is_standing,
        parts=tuple(one for one in parts if one.figure or one.points),
        after=after,
        leader_id=leader_id,
        source_id=source_id,
    )
