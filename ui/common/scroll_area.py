"""Scrolls what is higher than its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from ui.style import dress


class ScrollArea(QScrollArea):
    """Stands without a frame on whatever is below it; scrolls up and down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        # The bars alone: a sheet for the area would be one for all it holds.
        upright, level = (
            QScrollBar(one)
            for one in (Qt.Orientation.Vertical, Qt.Orientation.Horizontal)
        )
        dress(upright, "bars")
        dress(level, "bars")
        self.setVerticalScrollBar(upright)
        self.setHorizontalScrollBar(level)

    def scroll_sideways(self) -> None:
        """Scroll to the sides as well, where what it holds cannot be narrower."""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def setWidget(self, widget: QWidget) -> None:
        """Hold a widget, which has no ground of its own either."""
        super().setWidget(widget)
        widget.setAutoFillBackground(False)
