"""The settings page, registered; its widget is imported when it is first shown."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "settings",
        "settings",
        N_("Settings"),
        "ui.house.settings_page:SettingsPage",
        at_foot=True,
    )
]
