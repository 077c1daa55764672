"""Keep the house's rules of escalation: who is told when a promise is in danger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid
from desktop.domain.escalation import STANDARD, KeptRule, problems_of
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.escalation import Escalation
from desktop.entities.units import Person, Role, Unit
from desktop.store.escalation_rows import columns_of, kept_rules
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody_of

MOST: Final = 200
MAY_EDIT: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})


def keep_rule(work: UnitOfWork, kept: KeptRule) -> tuple[KeptRule, ...]:
    """Add a rule, or change the one of its key; return the rules there were.

    The first change writes the default rules down beside it. Refuses with Invalid (what
    is wrong, by field), with Conflict when somebody else changed it first.
    """
    before = kept_rules(work.session)
    _refuse_wrong(work, kept)
    rules = list(before or STANDARD)
    known = [one.key for one in rules]
    if kept.key in known:
        found = rules[known.index(kept.key)]
        if found.version != kept.version:
            raise Conflict("changed_meanwhile", what="escalation")
        rules[known.index(kept.key)] = kept
    elif kept.version:
        raise Conflict("changed_meanwhile", what="escalation")
    else:
        rules.append(kept)
    _put(work, before, rules)
    return before


def remove_rule(work: UnitOfWork, kept: KeptRule) -> tuple[KeptRule, ...]:
    """Take a rule away; return the rules there were. Without any the default hold."""
    before = kept_rules(work.session)
    rules = list(before or STANDARD)
    found = next((one for one in rules if one.key == kept.key), None)
    if found is None or found.version != kept.version:
        raise Conflict("changed_meanwhile", what="escalation")
    _put(work, before, [one for one in rules if one is not found])
    return before


def put_back_rules(
    work: UnitOfWork, rules: Sequence[KeptRule], expected: Sequence[KeptRule]
) -> None:
    """Make the rules what they were, unless somebody changed them since.

    ``expected`` is what one knows to be there now. No rules at all brings back the
    default ones. Refuses with Conflict.
    """
    before = kept_rules(work.session)
    if {(one.key, one.version) for one in before} != {
        (one.key, one.version) for one in expected
    }:
        raise Conflict("changed_meanwhile", what="escalation")
    _put(work, before, rules)


def _refuse_wrong(work: UnitOfWork, kept: KeptRule) -> None:
    for field, code in problems_of(kept.rule):
        raise Invalid(field, code)
    if kept.rule.unit is not None:
        work.get(Unit, kept.rule.unit)
    if kept.rule.person is not None:
        person = work.get(Person, kept.rule.person)
        if not (person.is_active and person.can_sign_in):
            raise Invalid("person", "escalation_person_gone", name=person.name)


def _put(
    work: UnitOfWork, before: Sequence[KeptRule], rules: Sequence[KeptRule]
) -> None:
    """Make the table hold ``rules`` in this order, and write down what changed."""
    somebody_of(work, MAY_EDIT, "escalation_of_coordinators")
    if len(rules) > MOST:
        raise Invalid("rules", "escalation_too_many", most=MOST)
    session = work.session
    rows = {row.key: row for row in session.scalars(select(Escalation))}
    kept = {one.key for one in rules}
    for key, row in rows.items():
        if key not in kept:
            session.delete(row)
    for position, one in enumerate(rules, 1):
        columns: dict[str, Any] = {
            **columns_of(one.rule),
            "is_active": one.is_active,
            "position": position,
        }
        row_or_none = rows.get(one.key)
        if row_or_none is None:
            session.add(Escalation(key=one.key, **columns))
        else:
            for name, value in columns.items():
                if getattr(row_or_none, name) != value:
                    setattr(row_or_none, name, value)
    session.flush()
    work.record_rules(
        RuleEntry.ESCALATION_CHANGED,
        details={"before": _told(before), "after": _told(rules)},
    )
    # What stands now is looked through again by the new rules.
    work.rules_changed()


def _told(rules: Sequence[KeptRule]) -> list[dict[str, Any]]:
    return [
        {"key": str(one.key), **_codes(one), "is_active": one.is_active}
        for one in rules
    ]


def _codes(one: KeptRule) -> dict[str, Any]:
    return {name: value for name, value in columns_of(one.rule).items() if value}
