"""A menu in the program's own look."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from ui.style import dress


class Menu(QMenu):
    """Offers what can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "menu")
