"""Escalation rules between their table and the domain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import (
    DEFAULT_RULES,
    EscalationRule,
    KeptRule,
    Recipient,
    Silencer,
)
from desktop.entities.escalation import Escalation


def kept_rules(session: Session) -> tuple[KeptRule, ...]:
    """Return the rules the house wrote down, in its order; none by the default."""
    rows = session.scalars(
        select(Escalation).order_by(Escalation.position, Escalation.id)
    )
    return tuple(
        KeptRule(rule_of(row), row.key, row.version, row.is_active) for row in rows
    )


def rules_in_force(session: Session) -> tuple[EscalationRule, ...]:
    """Return the rules a sweep goes by: the house's own, else the default ones."""
    kept = kept_rules(session)
    if not kept:
        return DEFAULT_RULES
    return tuple(one.rule for one in kept if one.is_active)


def rule_of(row: Escalation) -> EscalationRule:
    """Return a row as the domain knows rules."""
    return EscalationRule(
        notice=row.notice,
        kinds=frozenset(TargetKind(kind) for kind in row.kinds),
        tells=tuple(Recipient(one) for one in row.tells),
        again=row.again,
        again_for=_span(row.again_for_s),
        again_every=_span(row.again_every_s),
        hours=row.hours,
        silenced_by=frozenset(Silencer(one) for one in row.silenced_by),
        unit=row.unit_id,
        person=row.person_id,
    )


def columns_of(rule: EscalationRule) -> Mapping[str, Any]:
    """Return the columns of a rule; lists in one order, so that they compare."""
    return {
        "notice": rule.notice,
        "unit_id": rule.unit,
        "kinds": [kind.value for kind in TargetKind if kind in rule.kinds],
        "tells": [one.value for one in Recipient if one in rule.tells],
        "person_id": rule.person if Recipient.PERSON in rule.tells else None,
        "hours": rule.hours,
        "again": rule.again,
        "again_every_s": _seconds(rule.again_every),
        "again_for_s": _seconds(rule.again_for),
        "silenced_by": [one.value for one in Silencer if one in rule.silenced_by],
    }


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
