"""A service's form as data: its fields, their rules, and what is wrong with answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, TypeAlias

from desktop.domain.text import BODY_CAP, TITLE_CAP

MOST_DIGITS: Final = 18
"""How many digits an answered number may have before or after its point."""

MOST_FILES: Final = 20
"""How many files may answer one question."""

_RELATIVE: Final = re.compile(r"today(?:([+-])(\d{1,5}))?")


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
    FILE = "file"


DECIDING: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO})
"""The kinds whose answer can decide whether another field is shown."""

CHOOSING: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
COUNTED: Final = frozenset({FieldKind.NUMBER, FieldKind.AMOUNT})
WRITTEN: Final = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})

Limit: TypeAlias = date | Decimal | int


@dataclass(frozen=True, slots=True)
class ShownIf:
    """A field is shown when the answer to another is one of ``answers``."""

    field: str
    answers: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an answer must keep to; what its kind does not know is left at its default.

    ``earliest`` and ``latest`` are a date (``2026-05-16``), or a day counted from the
    one it is asked on (``today``, ``today+14``, ``today-1``).
    """

    shown_if: ShownIf | None = None
    earliest: str = ""
    latest: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = None
    currency: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any] | None) -> Rules:
        """Read rules as they are stored; what cannot be read is no rule."""
        data = settings or {}
        longest = data.get("longest")
        return cls(
            _shown_if(data.get("shown_if")),
            _day_rule(data.get("earliest")),
            _day_rule(data.get("latest")),
            number_of(data.get("least")),
            number_of(data.get("most")),
            longest if isinstance(longest, int) and longest > 0 else None,
            str(data.get("currency") or ""),
        )

    def settings(self) -> dict[str, Any]:
        """Return the rules as they are stored, only those there are."""
        told: dict[str, Any] = {}
        if self.shown_if is not None:
            when = self.shown_if
            told["shown_if"] = {"field": when.field, "is": list(when.answers)}
        for name in ("earliest", "latest", "currency"):
            if getattr(self, name):
                told[name] = getattr(self, name)
        for name in ("least", "most"):
            if getattr(self, name) is not None:
                told[name] = str(getattr(self, name))
        if self.longest is not None:
            told["longest"] = self.longest
        return told


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One question of a form."""

    code: str
    label: str
    kind: FieldKind
    is_needed: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Why an answer is not accepted: ``missing``, ``too_early`` and its ``limit``."""

    field: str
    code: str
    limit: Limit | None = None


def shown_fields(
    fields: Sequence[FieldSpec], answers: Mapping[str, Any]
) -> tuple[FieldSpec, ...]:
    """Return the fields to be asked, given what was answered to those before them.

    An answer to a field that is not shown itself decides nothing.
    """
    found: list[FieldSpec] = []
    seen: dict[str, Any] = {}
    for spec in fields:
        rule = spec.rules.shown_if
        is_shown = rule is None or rule.field not in seen
        if rule is not None and not is_shown:
            is_shown = _decides(seen[rule.field], rule.answers)
        if is_shown:
            found.append(spec)
        seen[spec.code] = answers.get(spec.code) if is_shown else None
    return tuple(found)


def asked_answers(
    fields: Sequence[FieldSpec], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the answers that were given to fields that are shown."""
    shown = (spec.code for spec in shown_fields(fields, answers))
    return {code: answers[code] for code in shown if not is_empty(answers.get(code))}


def is_empty(answer: Any) -> bool:
    """Tell whether an answer is none."""
    return answer is None or answer == "" or answer == []


def problems_of(
    fields: Sequence[FieldSpec],
    answers: Mapping[str, Any],
    today: date | None = None,
) -> tuple[FieldProblem, ...]:
    """Return what is wrong with ``answers``, in the order of the form.

    What is asked of a field that is not shown is nobody's concern. Days counted from
    today are looked at only where ``today`` is given.
    """
    found = []
    for spec in shown_fields(fields, answers):
        answer = answers.get(spec.code)
        if is_empty(answer):
            if spec.is_needed:
                found.append(FieldProblem(spec.code, "missing"))
            continue
        problem = _problem(spec, answer, today)
        if problem is not None:
            found.append(problem)
    known = {spec.code for spec in fields}
    found += [FieldProblem(code, "unknown") for code in answers if code not in known]
    return tuple(found)


def _problem(spec: FieldSpec, answer: Any, today: date | None) -> FieldProblem | None:
    code, limit = _judged(spec, answer, today)
    return FieldProblem(spec.code, code, limit) if code else None


def _judged(
    spec: FieldSpec, answer: Any, today: date | None
) -> tuple[str, Limit | None]:
    match spec.kind:
        case FieldKind.DATE:
            return _day_judged(spec.rules, answer, today)
        case FieldKind.NUMBER | FieldKind.AMOUNT:
            return _number_judged(spec.rules, answer)
        case FieldKind.CHOICE:
            return ("" if answer in spec.choices else "not_a_choice"), None
        case FieldKind.CHOICES:
            fits = _is_texts(answer) and set(answer) <= set(spec.choices)
            return ("" if fits else "not_a_choice"), None
        case FieldKind.YES_NO:
            return ("" if isinstance(answer, bool) else "not_yes_or_no"), None
        case FieldKind.FILE:
            if not _is_texts(answer):
                return "not_a_file", None
            return ("too_many" if len(answer) > MOST_FILES else ""), MOST_FILES
        case _:
            return _text_judged(spec, answer)


def longest_of(spec: FieldSpec) -> int:
    """Return how many characters an answer in words may have."""
    most = BODY_CAP if spec.kind is FieldKind.LONG_TEXT else TITLE_CAP
    return min(spec.rules.longest or most, most)


def _text_judged(spec: FieldSpec, answer: Any) -> tuple[str, Limit | None]:
    if not isinstance(answer, str):
        return "not_a_text", None
    longest = longest_of(spec)
    return ("too_long", longest) if len(answer) > longest else ("", None)


def _day_judged(
    rules: Rules, answer: Any, today: date | None
) -> tuple[str, Limit | None]:
    try:
        day = date.fromisoformat(answer)
    except (TypeError, ValueError):
        return "not_a_date", None
    earliest, latest = day_of(rules.earliest, today), day_of(rules.latest, today)
    if earliest is not None and day < earliest:
        return "too_early", earliest
    if latest is not None and day > latest:
        return "too_late", latest
    return "", None


def _number_judged(rules: Rules, answer: Any) -> tuple[str, Limit | None]:
    number = number_of(answer)
    if number is None:
        return "not_a_number", None
    if rules.least is not None and number < rules.least:
        return "too_small", rules.least
    if rules.most is not None and number > rules.most:
        return "too_great", rules.most
    return "", None


def day_of(rule: str, today: date | None) -> date | None:
    """Return the day a rule means; None for no rule, or one that needs a ``today``."""
    counted = _RELATIVE.fullmatch(rule)
    try:
        if counted is None:
            return date.fromisoformat(rule)
        if today is None:
            return None
        days = int(f"{counted[1]}{counted[2]}") if counted[1] else 0
        return today + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def is_day_rule(rule: str) -> bool:
    """Tell whether a rule is a date, or a day counted from today."""
    return bool(_RELATIVE.fullmatch(rule)) or day_of(rule, None) is not None


def number_of(answer: Any) -> Decimal | None:
    """Return an answered number; None for what is none, or none anybody could show."""
    if answer is None or isinstance(answer, bool):
        return None
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return None
    # Written out, 1e999999999 would fill the memory of whoever shows it.
    fits = number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS
    return number if fits else None


def _is_texts(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(one, str) for one in answer)


def _decides(answer: Any, wanted: tuple[str | bool, ...]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    # `True == 1`, and neither is the word "True".
    return any(type(a) is type(b) and a == b for a in given for b in wanted)


def _shown_if(data: Any) -> ShownIf | None:
    match data:
        case {"field": str(field), "is": list(answers)}:
            kept = tuple(one for one in answers if isinstance(one, str | bool))
            return ShownIf(field, kept)
    return None


def _day_rule(data: Any) -> str:
    return data if isinstance(data, str) and is_day_rule(data) else ""
