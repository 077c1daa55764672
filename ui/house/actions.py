"""What the house feature adds to the palette, for those whose role allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context

IMPORT = "house.import"
MAY_IMPORT = frozenset({"coordinator", "administrator"})
"""The roles that bring another system's history in."""


def add_house_actions(
    context: Context, window: QWidget, is_attached: Callable[[], bool]
) -> None:
    """Register the import, or take it back from somebody who may not do it."""
    actions = context.actions
    if not MAY_IMPORT & context.me.roles:
        actions.remove(IMPORT)
        return

    def open_import() -> None:
        from ui.house.import_dialog import ImportDialog

        ImportDialog(context, window).open()

    words = N_("Import a history…")
    actions.add(
        Action(IMPORT, words, open_import, icon="file-import", when=is_attached),
        window,
    )
