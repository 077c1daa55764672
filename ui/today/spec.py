"""The day's page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "today",
        "sun",
        N_("Today"),
        "ui.today.page:TodayPage",
        roles=frozenset(
            {"agent", "coordinator", "manager", "executive", "administrator"}
        ),
    )
]
