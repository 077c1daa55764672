"""Refusals in words: what is wrong, where, and what to do."""

from __future__ import annotations

from desktop.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Transition,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

WORDS: dict[str, str] = {
    "stale": N_("Somebody saved this first. Look at it again, then repeat your step."),
    "missing": N_("Something needed is missing."),
    "empty": N_("This must not be empty."),
    "too_long": N_("This is too long. Shorten it."),
    "not_a_date": N_("This is not a date. Write one like 2026-05-16."),
    "not_a_number": N_("This is not a number."),
    "not_a_choice": N_("This is not one of the choices."),
    "not_a_workspace": N_(
        "This file is not a Counterpart workspace. It was not touched."
    ),
    "newer": N_(
        "This workspace was made by a newer version. Update the program to open it."
    ),
}
"""Words by code; features add theirs with `add_words`."""


def add_words(words: dict[str, str]) -> None:
    """Teach the words of a feature's refusal codes (marked source strings)."""
    WORDS.update(words)


def refusal_words(refusal: Refusal) -> str:
    """Return one or two sentences for a refusal; details fill the placeholders."""
    words = WORDS.get(refusal.code)
    if words is not None:
        try:
            return _(words).format(**refusal.details)
        except (KeyError, IndexError):
            return _(words)
    return _by_kind(refusal)


def _by_kind(refusal: Refusal) -> str:
    match refusal:
        case NotFound():
            return _("This is not here any more. Somebody may have moved it.")
        case Conflict():
            return _(
                "Somebody saved this first. Look at it again, then repeat your step."
            )
        case Transition():
            return _("This step is not possible as things stand now. Look at it again.")
        case Forbidden():
            return _("Your role does not allow this. Ask the unit that holds it.")
        case Invalid():
            return _("This cannot be accepted as it is. Check what you wrote.")
    return _("This was not possible ({code}). Nothing was changed.").format(
        code=refusal.code
    )
