"""Refusals between the two sides in words; why things come back papers tell too."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words
from desktop.reports.return_words import RETURN_REASONS, return_reason_words

__all__ = ["RETURN_REASONS", "return_reason_words"]

add_words(
    {
        "reopen_too_late": N_(
            "{reference} could be sent back until {until}. Send a new request that "
            "follows it instead."
        ),
        "still_open": N_("{reference} is still open. Write to the other side instead."),
        "service_not_offered": N_(
            "The service of {reference} is not offered any more. Raise another one."
        ),
    }
)
