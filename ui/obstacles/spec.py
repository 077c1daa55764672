"""Obstacles and improvements as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "obstacles",
        "barrier-block",
        N_("Obstacles"),
        "ui.obstacles.page:ObstaclesPage",
    )
]
