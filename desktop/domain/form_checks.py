"""A form a house wrote: what is wrong with its questions, and the codes they get."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.forms import (
    CHOOSING,
    COUNTED,
    DECIDING,
    WRITTEN,
    FieldKind,
    FieldSpec,
    Rules,
    day_of,
    longest_of,
)
from desktop.domain.text import TITLE_CAP, clean_line, fold_for_search

MOST_FIELDS: Final = 60
MOST_CHOICES: Final = 200
HINT_CAP: Final = 400
CODE_CAP: Final = 40
CURRENCY_CAP: Final = 8

_NO_WORD: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong with a form: at which question (from 0), in which part of it."""

    position: int
    part: str
    code: str


def code_for(label: str, taken: Collection[str]) -> str:
    """Return a code for a new question, like no other one taken."""
    plain = _NO_WORD.sub("_", fold_for_search(label)).strip("_")[: CODE_CAP - 6]
    code = plain = plain or "question"
    number = 1
    while code in taken:
        number += 1
        code = f"{plain}_{number}"
    return code


def tidied(spec: FieldSpec) -> FieldSpec:
    """Return a question without what its kind does not know, and without blanks."""
    rules, kind = spec.rules, spec.kind
    kept = Rules(
        shown_if=rules.shown_if,
        earliest=rules.earliest if kind is FieldKind.DATE else "",
        latest=rules.latest if kind is FieldKind.DATE else "",
        least=rules.least if kind in COUNTED else None,
        most=rules.most if kind in COUNTED else None,
        longest=rules.longest if kind in WRITTEN else None,
        currency=clean_line(rules.currency) if kind is FieldKind.AMOUNT else "",
    )
    return replace(
        spec,
        label=clean_line(spec.label),
        hint=clean_line(spec.hint),
        choices=tuple(clean_line(one) for one in spec.choices)
        if kind in CHOOSING
        else (),
        rules=kept,
    )


def form_problems(fields: Sequence[FieldSpec]) -> tuple[FormProblem, ...]:
    """Return what is wrong with a form's questions, which are tidied, in order."""
    found: list[FormProblem] = []
    labels: set[str] = set()
    before: dict[str, FieldSpec] = {}
    if len(fields) > MOST_FIELDS:
        found.append(FormProblem(MOST_FIELDS, "label", "too_many_fields"))
    for position, spec in enumerate(fields):
        parts = [
            ("label", _label(spec, labels)),
            ("label", _code(spec, before)),
            ("hint", "too_long" if len(spec.hint) > HINT_CAP else ""),
            ("choices", _choices(spec)),
            ("shown_if", _shown_if(spec, before)),
            ("latest", _days(spec.rules)),
            ("most", _numbers(spec.rules)),
            ("longest", _longest(spec)),
            ("currency", "too_long" if len(spec.rules.currency) > CURRENCY_CAP else ""),
        ]
        found += [FormProblem(position, part, code) for part, code in parts if code]
        labels.add(fold_for_search(spec.label))
        before[spec.code] = spec
    return tuple(found)


def _label(spec: FieldSpec, labels: Collection[str]) -> str:
    if not spec.label:
        return "missing"
    if len(spec.label) > TITLE_CAP:
        return "too_long"
    return "label_twice" if fold_for_search(spec.label) in labels else ""


def _code(spec: FieldSpec, before: Collection[str]) -> str:
    # A code that begins with an underscore is one of the fields every request has.
    is_fit = 0 < len(spec.code) <= CODE_CAP and not spec.code.startswith("_")
    return "" if is_fit and spec.code not in before else "bad_code"


def _choices(spec: FieldSpec) -> str:
    if spec.kind not in CHOOSING:
        return ""
    if not any(spec.choices):
        return "no_choices"
    if not all(spec.choices):
        return "empty_choice"
    if len(set(spec.choices)) < len(spec.choices):
        return "choice_twice"
    if len(spec.choices) > MOST_CHOICES:
        return "too_many_choices"
    is_long = any(len(one) > TITLE_CAP for one in spec.choices)
    return "too_long" if is_long else ""


def _shown_if(spec: FieldSpec, before: dict[str, FieldSpec]) -> str:
    rule = spec.rules.shown_if
    if rule is None:
        return ""
    deciding = before.get(rule.field)
    if deciding is None:
        return "not_before"
    if deciding.kind not in DECIDING:
        return "decides_nothing"
    if not rule.answers:
        return "missing"
    offered: set[str | bool] = (
        {True, False} if deciding.kind is FieldKind.YES_NO else set(deciding.choices)
    )
    return "" if set(rule.answers) <= offered else "not_a_choice"


def _days(rules: Rules) -> str:
    are_counted = [one.startswith("today") for one in (rules.earliest, rules.latest)]
    if not rules.earliest or not rules.latest or len(set(are_counted)) > 1:
        return ""
    some_day = day_of("2026-01-01", None)
    earliest, latest = day_of(rules.earliest, some_day), day_of(rules.latest, some_day)
    is_wrong = earliest is not None and latest is not None and latest < earliest
    return "ends_before_it_starts" if is_wrong else ""


def _numbers(rules: Rules) -> str:
    if rules.least is None or rules.most is None:
        return ""
    return "most_under_least" if rules.most < rules.least else ""


def _longest(spec: FieldSpec) -> str:
    longest = spec.rules.longest
    if longest is None:
        return ""
    return "" if 0 < longest <= longest_of(FieldSpec("", "", spec.kind)) else "too_long"
