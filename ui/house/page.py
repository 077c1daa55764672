"""The settings page, registered; its widget is imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.context import Context, PageSpec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _make(context: Context) -> QWidget:
    from ui.house.settings_page import SettingsPage

    return SettingsPage(context)


PAGES = [PageSpec("settings", "settings", N_("Settings"), _make, at_foot=True)]
