"""A service as a coordinator writes it: its words, its form, its checklist."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.domain.form_checks import form_problems
from desktop.domain.forms import FieldSpec
from desktop.domain.text import BODY_CAP, TITLE_CAP

HOW_CAP: Final = 200
PRICE_CAP: Final = 80
CHECK_CAP: Final = 400
MOST_SYNONYMS: Final = 60
MOST_CHECKS: Final = 60


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A line of a service's checklist; ``is_needed`` before it can be resolved."""

    text: str
    is_needed: bool = False
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """Everything a service is, as it would be saved.

    ``told_when``, ``told_how`` and ``told_price`` are what a customer is told of it.
    """

    name: str = ""
    unit_id: int | None = None
    description: str = ""
    synonyms: tuple[str, ...] = ()
    is_active: bool = True
    told_when: str = ""
    told_how: str = ""
    told_price: str = ""
    fields: tuple[FieldSpec, ...] = ()
    checks: tuple[CheckSpec, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        plain = {name: getattr(self, name) for name in PLAIN}
        return plain | {
            "synonyms": list(self.synonyms),
            "fields": [_field_data(one) for one in self.fields],
            "checks": [
                {"text": one.text, "needed": one.is_needed} for one in self.checks
            ],
        }


PLAIN: Final = (
    *("name", "unit_id", "description", "is_active"),
    *("told_when", "told_how", "told_price"),
)


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """What is wrong with a service: ``place`` is ``name``, or ``fields[2].choices``."""

    place: str
    code: str


def draft_problems(draft: ServiceDraft) -> tuple[DraftProblem, ...]:
    """Return what is wrong with a service whose words are cleaned."""
    caps = (
        ("name", TITLE_CAP),
        ("description", BODY_CAP),
        ("told_when", HOW_CAP),
        ("told_how", HOW_CAP),
        ("told_price", PRICE_CAP),
    )
    found = [
        DraftProblem(name, "too_long")
        for name, cap in caps
        if len(getattr(draft, name)) > cap
    ]
    if not draft.name:
        found.append(DraftProblem("name", "missing"))
    if draft.unit_id is None:
        found.append(DraftProblem("unit_id", "missing"))
    if len(draft.synonyms) > MOST_SYNONYMS:
        found.append(DraftProblem("synonyms", "too_many_words"))
    if any(len(one) > TITLE_CAP for one in draft.synonyms):
        found.append(DraftProblem("synonyms", "too_long"))
    found += [
        DraftProblem(f"fields[{one.position}].{one.part}", one.code)
        for one in form_problems(draft.fields)
    ]
    for number, check in enumerate(draft.checks):
        if not check.text:
            found.append(DraftProblem(f"checks[{number}]", "missing"))
        if len(check.text) > CHECK_CAP:
            found.append(DraftProblem(f"checks[{number}]", "too_long"))
    if len(draft.checks) > MOST_CHECKS:
        found.append(DraftProblem(f"checks[{MOST_CHECKS}]", "too_many_lines"))
    return tuple(found)


def changes_between(before: ServiceDraft, after: ServiceDraft) -> dict[str, Any]:
    """Return what differs, by part: how it was, and how it is."""
    old, new = before.to_data(), after.to_data()
    return {
        part: {"before": old[part], "after": new[part]}
        for part in new
        if old[part] != new[part]
    }


def _field_data(spec: FieldSpec) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": spec.code,
        "label": spec.label,
        "kind": spec.kind.value,
        "needed": spec.is_needed,
        "hint": spec.hint,
        "choices": list(spec.choices),
        "rules": spec.rules.settings(),
    }
    return {name: value for name, value in data.items() if value}
