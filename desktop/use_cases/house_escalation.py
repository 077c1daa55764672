"""The rules of escalation of a house, put into the workspace as its whole list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.domain.house import HouseEscalation
from desktop.entities.escalation import Escalation
from desktop.store.escalation_rows import columns_of, kept_rules


def apply_escalation(
    session: Session,
    wanted: Sequence[HouseEscalation],
    *,
    units: Mapping[str, int],
    people: Mapping[str, int],
) -> str | None:
    """Make the rules what a house says; return "created", "changed" or neither.

    A house that says nothing of them leaves them as they are.
    """
    if not wanted:
        return None
    rules = [
        (
            replace(
                one.rule,
                unit=units[one.unit] if one.unit else None,
                person=people[one.person] if one.person else None,
            ),
            one.is_active,
        )
        for one in wanted
    ]
    kept = kept_rules(session)
    if [(columns_of(one.rule), one.is_active) for one in kept] == [
        (columns_of(rule), is_active) for rule, is_active in rules
    ]:
        return None
    session.execute(delete(Escalation))
    session.add_all(
        Escalation(position=position, is_active=is_active, **columns_of(rule))
        for position, (rule, is_active) in enumerate(rules, 1)
    )
    session.flush()
    return "changed" if kept else "created"
