"""The pages of requests, as the window registers them."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "requests", "search", N_("Requests"), "ui.request.requests_page:RequestsPage"
    ),
    PageSpec(
        "request",
        "file-text",
        N_("Request"),
        "ui.request.request_page:RequestPage",
        in_rail=False,
    ),
]
