"""Who holds the ball, in as many lines as the words need."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.common.labels import PlainLabel
from ui.common.painting import draw_ball


class _Ball(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.ball = "none"
        self.setFixedSize(14, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_ball(QPainter(self), QRectF(0, 3, 14, 14), self.ball)


class HolderLabel(QWidget):
    """The ball and words that wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._ball = _Ball()
        self._words = PlainLabel(ink="text2", wraps=True)
        layout.addWidget(self._ball, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)

    def set_holder(self, ball: str, words: str) -> None:
        """Show another holder."""
        self._ball.ball = ball
        self._ball.update()
        self._words.setText(words)
        self.setAccessibleName(words)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()
