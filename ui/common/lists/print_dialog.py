"""A list on paper before it is printed: its pages to look at, print, or save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.page_dialog import PageDialog
from ui.common.sheets import Pages
from ui.context import Context


class PrintDialog(PageDialog):
    """Shows what `make` gives, page by page; Esc closes it."""

    def __init__(
        self,
        context: Context,
        title: str,
        make: Callable[[], bytes],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            context,
            title,
            "lists.folder",
            window_title=_("Print the list"),
            parent=parent,
        )
        self.draw(lambda: Pages(make()))

    def wide(self) -> int:
        """Return room for a page on its side."""
        return 960
