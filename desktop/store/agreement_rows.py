"""An agreement's version between its tables and what people write down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

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


Holds = dict[TargetKind, frozenset[PendingReason]]


def targets_of(
    session: Session, ids: Sequence[int] | None = None
) -> dict[int, list[AgreementTarget]]:
    """Read the targets of versions (None: all) by version."""
    wanted = select(AgreementTarget).order_by(AgreementTarget.id)
    if ids is not None:
        wanted = wanted.where(AgreementTarget.version_id.in_(ids))
    found: dict[int, list[AgreementTarget]] = defaultdict(list)
    for target in session.scalars(wanted):
        found[target.version_id].append(target)
    return found


def holds_of(session: Session, ids: Sequence[int] | None = None) -> dict[int, Holds]:
    """Read what holds which kind of clock of versions (None: all) by version."""
    wanted = select(AgreementHold)
    if ids is not None:
        wanted = wanted.where(AgreementHold.version_id.in_(ids))
    found: dict[int, dict[TargetKind, set[PendingReason]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for hold in session.scalars(wanted):
        found[hold.version_id][hold.kind].add(hold.reason)
    return {
        version: {kind: frozenset(reasons) for kind, reasons in kinds.items()}
        for version, kinds in found.items()
    }


def warnings_of(
    session: Session, ids: Sequence[int] | None = None
) -> dict[int, tuple[WarningLevel, ...]]:
    """Read the warning levels besides the share of versions (None: all)."""
    wanted = select(AgreementWarning).order_by(AgreementWarning.id)
    if ids is not None:
        wanted = wanted.where(AgreementWarning.version_id.in_(ids))
    found: dict[int, tuple[WarningLevel, ...]] = {}
    for one in session.scalars(wanted):
        level = WarningLevel(one.share, one.left_s)
        found[one.version_id] = (*found.get(one.version_id, ()), level)
    return found


def drafts_of(
    session: Session, versions: Sequence[AgreementVersion]
) -> dict[int, TermsDraft]:
    """Return the terms of versions as people write them, by version id."""
    ids = [one.id for one in versions]
    targets = targets_of(session, ids)
    holds = holds_of(session, ids)
    warnings = warnings_of(session, ids)
    return {
        one.id: TermsDraft(
            calendar_id=one.calendar_id,
            targets=tuple(map(draft_of, targets[one.id])),
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            holds=holds.get(one.id, {}),
            starts=one.starts,
            warn_share=one.warn_share,
            warnings=warnings.get(one.id, ()),
            at_reopen=one.at_reopen,
            at_priority=one.at_priority,
            at_unit=one.at_unit,
            reopen_days=one.reopen_days,
            note=one.note,
        )
        for one in versions
    }
