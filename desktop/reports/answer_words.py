"""Answers of a form as people write them, the same on screen and on paper."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

from desktop import formats
from desktop.domain.forms import FieldKind, number_of
from desktop.i18n import gettext as _


def answer_words(answer: Any, kind: FieldKind | None = None, currency: str = "") -> str:
    """Return an answer of a form as people write it."""
    if kind is FieldKind.DATE:
        with contextlib.suppress(TypeError, ValueError):
            return formats.day(date.fromisoformat(answer), year=True)
    if kind is FieldKind.AMOUNT:
        amount = number_of(answer)
        if amount is not None:
            return f"{formats.amount(amount)} {currency}".rstrip()
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, list):
        return ", ".join(str(one) for one in answer)
    return str(answer)
