"""Words for a projector: labels that grow with the window and with Ctrl and plus."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.text import on_screen, with_breaks
from ui.style import font, theme, tokens

LEAST, MOST = 0.7, 2.4
STEP = 0.1
WIDE = 1280


class Scale(QObject):
    """How much larger than usual everything is written."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chosen = 1.0
        self._width = WIDE

    @property
    def factor(self) -> float:
        """Return what sizes are multiplied with."""
        return self.chosen * min(1.6, max(0.85, self._width / WIDE))

    def fit(self, width: int) -> None:
        """Follow the window's width."""
        if width != self._width:
            self._width = width
            self.changed.emit()

    def zoom(self, steps: int) -> None:
        """Write larger or smaller; 0 is as usual."""
        wanted = 1.0 if not steps else self.chosen + steps * STEP
        self.chosen = min(MOST, max(LEAST, wanted))
        self.changed.emit()

    def pixels(self, times: float) -> int:
        """Return a size so many times that of body text."""
        return max(9, round(theme().body_pixels * times * self.factor))


class BigLabel(QLabel):
    """Plain text of a size that follows the scale, wrapped, in a token's ink."""

    def __init__(
        self,
        scale: Scale,
        times: float,
        words: str = "",
        *,
        ink: str = "text",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scale, self._times, self._ink, self._bold = scale, times, ink, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(words)
        scale.changed.connect(self.dress)
        theme().changed.connect(self.dress)
        self.dress()

    def setText(self, words: str) -> None:
        """Show words; markup in them stays visible as typed."""
        super().setText(with_breaks(on_screen(words)))
        self.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        """Return a width that a long word can be broken to."""
        wanted = super().minimumSizeHint()
        if not self.wordWrap():
            return wanted
        return QSize(min(wanted.width(), self._scale.pixels(8)), wanted.height())

    def set_ink(self, ink: str) -> None:
        """Change the token the words are written in."""
        if ink != self._ink:
            self._ink = ink
            self.dress()

    def set_bold(self, bold: bool) -> None:
        """Write in bold, or not."""
        if bold != self._bold:
            self._bold = bold
            self.dress()

    def dress(self) -> None:
        """Take the size and colour in force."""
        palette = self.palette()
        palette.setColor(self.foregroundRole(), getattr(tokens(), self._ink))
        self.setPalette(palette)
        written = QFont(font("body", bold=self._bold))
        written.setPixelSize(self._scale.pixels(self._times))
        self.setFont(written)
