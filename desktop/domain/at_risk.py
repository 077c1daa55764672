"""Every promise that is broken and owed, or falls due next: the full at-risk list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.domain.cases import CaseReading
from desktop.domain.evidence import PairEvidence
from desktop.domain.findings import falling_due, worst_first
from desktop.domain.tallies import seconds

RiskState = Literal["broken", "warned", "running"]


@dataclass(frozen=True, slots=True)
class AtRiskRow:
    """One open promise: broken ones are late by ``over_s``, the others have it left."""

    reference: str
    kind: str
    state: RiskState
    due_at: datetime | None
    over_s: int
    holder: str | None
    silent_s: int


def at_risk(evidence: PairEvidence) -> tuple[AtRiskRow, ...]:
    """Return all of them: broken and still open, worst first; then by due time."""
    broken = [one for one in evidence.now.open if one.broken_at is not None]
    rows = [
        _row(one, "broken", one.broken_at, seconds(one.late))
        for one in worst_first(broken)
    ]
    for one, due_at in falling_due(evidence.now, None):
        assert one.work is not None
        promise = one.work.promise
        is_warned = one.used >= one.work.target * promise.warn_share
        state: RiskState = "warned" if is_warned else "running"
        rows.append(_row(one, state, due_at, seconds(one.work.target - one.used)))
    return tuple(rows)


def _row(
    one: CaseReading, state: RiskState, due_at: datetime | None, over_s: int
) -> AtRiskRow:
    return AtRiskRow(
        reference=one.case.reference,
        kind=one.case.kind,
        state=state,
        due_at=due_at,
        over_s=over_s,
        holder=one.pair.name_of(one.history.assignee),
        silent_s=seconds(one.silent),
    )
