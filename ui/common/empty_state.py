"""What an empty list says: what would appear here, and how to fill it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.common.buttons import Button
from ui.common.labels import IconLabel, PlainLabel

WIDTH = 400


class EmptyState(QWidget):
    """An icon, a title, a sentence and the action that fills the list."""

    def __init__(
        self,
        title: str,
        words: str = "",
        *,
        icon: str = "inbox",
        action: str = "",
        act: Callable[[], None] | None = None,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(IconLabel(icon, size=32, ink="text3"), 0, middle)
        self._title = PlainLabel(title, size="title", wraps=True)
        self._words = PlainLabel(words, ink="text2", wraps=True)
        for label in (self._title, self._words):
            label.setAlignment(middle)
            label.setFixedWidth(WIDTH)
            layout.addWidget(label, 0, middle)
        if action and act is not None:
            button = Button(action, key=key)
            button.clicked.connect(lambda: act())
            layout.addSpacing(8)
            layout.addWidget(button, 0, middle)
        layout.addStretch(3)
        self.set_words(title, words)

    def set_words(self, title: str, words: str = "") -> None:
        """Change what is said."""
        self._title.setText(title)
        self._words.setText(words)
        for label in (self._title, self._words):
            # A wrapped label asks for one line less than it needs.
            label.setMinimumHeight(max(0, label.heightForWidth(WIDTH)))
