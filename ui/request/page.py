"""The pages of requests, as the window registers them."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec
from ui.request.request_page import RequestPage
from ui.request.requests_page import RequestsPage

PAGES = [
    PageSpec("requests", "search", N_("Requests"), RequestsPage),
    PageSpec("request", "file-text", N_("Request"), RequestPage, in_rail=False),
]
