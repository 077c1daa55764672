"""Why something came back, in words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.returns import ReturnReason
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

RETURN_REASONS: Mapping[ReturnReason, str] = {
    ReturnReason.MISSING_FACT: N_("A fact is missing"),
    ReturnReason.MISSING_DOCUMENT: N_("A document is missing"),
    ReturnReason.WRONG_SERVICE: N_("It was sent for the wrong service"),
    ReturnReason.UNCLEAR: N_("It is not clear what is wanted"),
    ReturnReason.OTHER: N_("Something else"),
}


def return_reason_words(reason: ReturnReason | str | None) -> str:
    """Return why something came back."""
    if not reason:
        return _("No reason named")
    return _(RETURN_REASONS[ReturnReason(reason)])
