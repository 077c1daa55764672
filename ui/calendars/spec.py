"""The calendars as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "calendars",
        "calendar",
        N_("Calendars"),
        "ui.calendars.page:CalendarsPage",
        roles=frozenset({"coordinator", "administrator"}),
    )
]
