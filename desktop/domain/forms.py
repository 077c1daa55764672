"""A service's form as data: its fields, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

MOST_DIGITS: Final = 18
"""How many digits an answered number may have before or after its point."""


class FieldKind(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One question of a form."""

    code: str
    label: str
    kind: FieldKind
    is_needed: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Why an answer is not accepted: ``missing``, ``not_a_date``, …"""

    field: str
    code: str


def problems_of(
    fields: Sequence[FieldSpec], answers: Mapping[str, Any]
) -> tuple[FieldProblem, ...]:
    """Return what is wrong with ``answers``, in the order of the form."""
    found = []
    for spec in fields:
        answer = answers.get(spec.code)
        if answer in (None, "", []):
            if spec.is_needed:
                found.append(FieldProblem(spec.code, "missing"))
            continue
        code = _problem(spec, answer)
        if code:
            found.append(FieldProblem(spec.code, code))
    known = {spec.code for spec in fields}
    found += [FieldProblem(code, "unknown") for code in answers if code not in known]
    return tuple(found)


def _problem(spec: FieldSpec, answer: Any) -> str | None:
    match spec.kind:
        case FieldKind.DATE:
            return None if _is_date(answer) else "not_a_date"
        case FieldKind.NUMBER | FieldKind.AMOUNT:
            return None if _is_number(answer) else "not_a_number"
        case FieldKind.CHOICE:
            return None if answer in spec.choices else "not_a_choice"
        case FieldKind.CHOICES:
            fits = isinstance(answer, list) and set(answer) <= set(spec.choices)
            return None if fits else "not_a_choice"
        case FieldKind.YES_NO:
            return None if isinstance(answer, bool) else "not_yes_or_no"
        case _:
            return None if isinstance(answer, str) else "not_a_text"


def _is_date(answer: Any) -> bool:
    try:
        date.fromisoformat(answer)
    except (TypeError, ValueError):
        return False
    return True


def _is_number(answer: Any) -> bool:
    if isinstance(answer, bool):
        return False
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return False
    # Written out, 1e999999999 would fill the memory of whoever shows it.
    return number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS
