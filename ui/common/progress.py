"""A thin bar that tells how far something has come."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.style import dress


class Progress(QProgressBar):
    """Goes to and fro until it is told how much there is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "progress")
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, 0)
