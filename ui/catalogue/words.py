"""Words of the catalogue: kinds of questions, and what is wrong where."""

from __future__ import annotations

import re

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.forms import DECIDING, FieldKind, FieldSpec
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words

KINDS = {
    FieldKind.TEXT: N_("One line of text"),
    FieldKind.LONG_TEXT: N_("Several lines of text"),
    FieldKind.CHOICE: N_("One of several choices"),
    FieldKind.CHOICES: N_("Any of several choices"),
    FieldKind.DATE: N_("A date"),
    FieldKind.NUMBER: N_("A number"),
    FieldKind.AMOUNT: N_("An amount of money"),
    FieldKind.YES_NO: N_("Yes or no"),
    FieldKind.PERSON: N_("A person"),
    FieldKind.FILE: N_("Files"),
}

_PLACE = re.compile(r"(fields|checks)\[(\d+)\](?:\.(\w+))?")
MISSING = {
    "label": N_("Write the question."),
    "shown_if": N_("Choose at least one answer."),
}


def kind_words(kind: FieldKind) -> str:
    """Return what a kind of question is called."""
    return _(KINDS[kind])


def place_of(refusal: Refusal) -> tuple[str, int, str]:
    """Return what a refusal is about: a part, the line in it, and what of that."""
    if not isinstance(refusal, Invalid):
        return "", 0, ""
    found = _PLACE.fullmatch(refusal.field)
    if found is None:
        return refusal.field, 0, ""
    return found[1], int(found[2]), found[3] or ""


def problem_of(refusal: Refusal) -> str:
    """Say what is wrong."""
    if refusal.code == "missing":
        part = place_of(refusal)[2]
        return _(MISSING.get(part, N_("This is needed.")))
    return refusal_words(refusal)


def question_note(spec: FieldSpec, fields: tuple[FieldSpec, ...]) -> str:
    """Return the second line of a question: its kind, needed, shown when."""
    parts = [kind_words(spec.kind)]
    if spec.is_needed:
        parts.append(_("needed"))
    rule = spec.rules.shown_if
    if rule is not None:
        label = next((one.label for one in fields if one.code == rule.field), "?")
        answers = ", ".join(answer_name(one) for one in rule.answers)
        told = _("if {question}: {answers}").format(question=label, answers=answers)
        parts.append(told)
    return in_line(*parts, wide=True)


def answer_name(answer: str | bool) -> str:
    """Return an answer that decides, as it is read."""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    return answer


def answers_of(spec: FieldSpec) -> tuple[str | bool, ...]:
    """Return the answers a question can be given, where they decide."""
    if spec.kind is FieldKind.YES_NO:
        return True, False
    return spec.choices if spec.kind in DECIDING else ()
