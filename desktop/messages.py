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
    "no_such_unit": N_("There is no unit “{name}” here. Known: {known}."),
    "no_such_request": N_("There is no request {reference} here."),
    "no_such_clock": N_("Nobody promised to resolve {reference}, or not this unit."),
    "no_fitting_preset": N_(
        "No preset fits the columns of these files. Name a mapping and a house "
        "(known: {known})."
    ),
    "workspace_missing": N_("There is no file here."),
    "workspace_empty": N_("This file is empty. It was left as it is."),
    "workspace_directory": N_("This is a folder. Choose a file in it."),
    "workspace_unreadable": N_(
        "This file cannot be read. Ask whoever looks after this computer for the right."
    ),
    "workspace_not_a_database": N_(
        "This file is not a Counterpart workspace. It was left as it is."
    ),
    "workspace_truncated": N_(
        "A part of this file is missing. It was left as it is. Restore the last backup."
    ),
    "workspace_foreign": N_(
        "This database belongs to another program. It was left as it is."
    ),
    "workspace_newer": N_(
        "A newer version of Counterpart made this workspace. Update the program."
    ),
    "workspace_corrupt": N_(
        "This file is damaged. It was left as it is. Restore the last backup."
    ),
    "workspace_read_only": N_(
        "This file may only be read. Choose another, or ask for the right to write it."
    ),
    "workspace_network": N_(
        "This file lies on a network drive, where it could be damaged. Put it on a "
        "disk of this computer."
    ),
    "workspace_synced": N_(
        "This folder is copied to other computers while in use, which could damage the "
        "file. Put it elsewhere."
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
