"""The new request as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "new_request",
        "plus",
        N_("New request"),
        "ui.new_request.page:NewRequestPage",
        roles=frozenset({"clerk"}),
        in_rail=False,
    )
]
