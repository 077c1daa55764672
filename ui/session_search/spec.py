"""The search over past sessions as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "session_search",
        "search",
        N_("Past sessions"),
        "ui.session_search.page:SessionSearchPage",
        in_rail=False,
    )
]
