"""Lines of text laid out once and painted often: most of what a list paints."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

MOST_KEPT = 2_048
"""So many lines are kept laid out: some screens full, 3 MB."""

_LAST = "\uffff"
_FROM_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


class TextRun:
    """A line of text in a font; laid out when it is drawn for the second time.

    What is scrolled past is painted once, and laying it out would be for nothing.
    """

    __slots__ = ("_height", "_is_plain", "_laid", "_was_drawn", "_width", "_words")

    def __init__(self, words: str) -> None:
        self._words = words
        self._was_drawn = False
        self._laid: QStaticText | None = None
        self._width = self._height = 0.0
        # Laid out, a line has no side it begins at, and no signs that are not seen.
        self._is_plain = words.isprintable() and (
            words.isascii()
            or not any(
                one > _LAST or unicodedata.bidirectional(one) in _FROM_RIGHT
                for one in words
            )
        )

    def draw(
        self, painter: QPainter, rect: QRectF | QRect, flags: int, font: QFont
    ) -> None:
        """Draw it inside a box, by flags of Qt; the painter has the font already."""
        if self._laid is None and self._is_plain and self._was_drawn:
            self._lay_out(font)
        self._was_drawn = True
        laid = self._laid
        if laid is None or rect.height() < self._height or rect.width() < self._width:
            painter.drawText(rect, flags, self._words)
            return
        x = rect.x()
        if flags & _RIGHT:
            x += rect.width() - self._width
        elif flags & _MIDDLE:
            x += (rect.width() - self._width) / 2
        y = rect.y() + (rect.height() - self._height) / 2
        painter.drawStaticText(QPointF(x, y), laid)

    def _lay_out(self, font: QFont) -> None:
        laid = QStaticText(self._words)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.prepare(QTransform(), font)
        # Its own height is rounded, and would have it stand a pixel higher at times.
        self._height = QFontMetricsF(font).height()
        self._width = laid.size().width()
        if laid.size().height() > self._height + 1:
            # Letters of another face: where they stand is left to Qt.
            self._is_plain = False
            return
        self._laid = laid


_RIGHT = int(Qt.AlignmentFlag.AlignRight.value)
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter.value)


@lru_cache(maxsize=MOST_KEPT)
def text_run(words: str, pixels: int, bold: bool) -> TextRun:
    """Return a line of words as it is kept for a font of our face."""
    return TextRun(words)
