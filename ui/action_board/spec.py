"""The board of actions as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "actions",
        "checklist",
        N_("Actions"),
        "ui.action_board.page:ActionBoardPage",
    )
]
