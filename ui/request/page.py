"""The page of one request, registered; its widget is imported when first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.context import Context, PageSpec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _make(context: Context) -> QWidget:
    from ui.request.request_page import RequestPage

    return RequestPage(context)


def _make_list(context: Context) -> QWidget:
    from ui.request.requests_page import RequestsPage

    return RequestsPage(context)


PAGES = [
    PageSpec("requests", "search", N_("Requests"), _make_list),
    PageSpec("request", "file-text", N_("Request"), _make, in_rail=False),
]
