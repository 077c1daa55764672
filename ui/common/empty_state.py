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
            layout.addWidget(label, 0, middle)
        self.button: Button | None = None
        if action and act is not None:
            self.button = Button(action, key=key)
            self.button.clicked.connect(lambda: act())
            layout.addSpacing(8)
            layout.addWidget(self.button, 0, middle)
        layout.addStretch(3)
        self.set_words(title, words)

    def set_words(self, title: str, words: str = "", *, offers: bool = True) -> None:
        """Change what is said, and whether the action would help here."""
        self._title.setText(title)
        self._words.setText(words)
        for label in (self._title, self._words):
            # What it was given before would be the least it asks for now.
            label.setMinimumSize(0, 0)
            width = _balanced(label)
            label.setFixedWidth(width)
            # A wrapped label asks for one line less than it needs.
            label.setMinimumHeight(max(0, label.heightForWidth(width)))
        if self.button is not None:
            self.button.setVisible(offers)


def _balanced(label: PlainLabel) -> int:
    """Return the smallest width, px, that needs no more lines than the widest.

    So no last word stands alone in a line of its own.
    """
    height = label.heightForWidth(WIDTH)
    # A word wider than its line is cut, and asks for no line more.
    enough, too_narrow = WIDTH, min(label.minimumSizeHint().width(), WIDTH) - 1
    while enough - too_narrow > 1:
        middle = (enough + too_narrow) // 2
        if label.heightForWidth(middle) <= height:
            enough = middle
        else:
            too_narrow = middle
    return enough
