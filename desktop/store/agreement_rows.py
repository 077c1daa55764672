"""An agreement's version between its tables and what people write down."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TargetDraft, TermsDraft
from desktop.domain.agreements import TargetKind, WarningLevel
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule
from desktop.entities.agreements import (
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
    AgreementWarning,
)


def rule_of(target: AgreementTarget) -> DayRule | None:
    """Return how a target counts working days; None where it counts time."""
    if target.days is None:
        return None
    return DayRule(
        days=target.days,
        ends=target.ends or DayEnd.SAME_TIME,
        cutoff_s=target.cutoff_s,
        restart_s=target.restart_s,
        closed_day=target.closed_day or ClosedDay.OPENING,
    )


def draft_of(target: AgreementTarget) -> TargetDraft:
    """Return a target as people write it."""
    rule = rule_of(target)
    seconds = target.target_s if rule is None else None
    return TargetDraft(target.kind, target.priority, target.measure, seconds, rule)


def drafts_of(
    session: Session, versions: list[AgreementVersion]
) -> dict[int, TermsDraft]:
    """Return the terms of versions as people write them, by version id."""
    ids = [one.id for one in versions]
    targets: dict[int, list[TargetDraft]] = defaultdict(list)
    for target in session.scalars(
        select(AgreementTarget)
        .where(AgreementTarget.version_id.in_(ids))
        .order_by(AgreementTarget.id)
    ):
        targets[target.version_id].append(draft_of(target))
    holds: dict[int, dict[TargetKind, set[PendingReason]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for hold in session.scalars(
        select(AgreementHold).where(AgreementHold.version_id.in_(ids))
    ):
        holds[hold.version_id][hold.kind].add(hold.reason)
    warnings: dict[int, list[WarningLevel]] = defaultdict(list)
    for level in session.scalars(
        select(AgreementWarning)
        .where(AgreementWarning.version_id.in_(ids))
        .order_by(AgreementWarning.id)
    ):
        warnings[level.version_id].append(WarningLevel(level.share, level.left_s))
    return {
        one.id: TermsDraft(
            calendar_id=one.calendar_id,
            targets=tuple(targets[one.id]),
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            holds={kind: frozenset(found) for kind, found in holds[one.id].items()},
            starts=one.starts,
            warn_share=one.warn_share,
            warnings=tuple(warnings[one.id]),
            at_reopen=one.at_reopen,
            at_priority=one.at_priority,
            at_unit=one.at_unit,
            note=one.note,
        )
        for one in versions
    }
