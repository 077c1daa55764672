"""How long things like this took: a small histogram with the promise in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.common.painting import CENTRE, draw_text, text_width
from ui.style import tokens

_TOP = 22.0
_BOTTOM = 22.0


@dataclass(frozen=True, slots=True)
class HistogramData:
    """What the chart shows; places are along the axis in units of one bar.

    `counts` are the bars from the left; `filled_to` ends the filled part exactly,
    inside a bar too; `promise_at` is where the promise stands; `ticks` are words
    under the axis at their places.
    """

    counts: Sequence[int]
    filled_to: float
    filled_words: str
    promise_at: float | None = None
    promise_words: str = ""
    ticks: Sequence[tuple[float, str]] = ()
    accessible: str = ""


class Histogram(QWidget):
    """Bars from zero, filled up to "8 of 10", a line where the promise is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = HistogramData((), 0.0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_data(self, data: HistogramData) -> None:
        """Show other figures."""
        self._data = data
        self.setAccessibleName(data.accessible)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(320, 140)

    def _place(self, at: float) -> float:
        """Return the x of a place on the axis; what lies beyond stands at the edge."""
        count = max(1, len(self._data.counts))
        return min(1.0, max(0.0, at / count)) * (self.width() - 2) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, lines and words."""
        data = self._data
        if not data.counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_bars(painter, data)
        base = self.height() - _BOTTOM
        colours = tokens()
        painter.fillRect(QRectF(0, base, self.width(), 1), colours.edge)
        both = data.promise_at is not None and self._words_meet(data)
        if data.filled_words:
            self._draw_line(
                painter, data.filled_to, data.filled_words, colours.accent, dashed=True
            )
        if data.promise_at is not None:
            self._draw_line(
                painter,
                data.promise_at,
                data.promise_words,
                colours.text,
                beside=both,
            )
        self._draw_ticks(painter, data)

    def _draw_bars(self, painter: QPainter, data: HistogramData) -> None:
        colours = tokens()
        base = self.height() - _BOTTOM
        room = base - _TOP - 4
        most = max(max(data.counts), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        edge = self._place(data.filled_to)
        for number, count in enumerate(data.counts):
            if not count:
                continue
            left, right = self._place(number) + 1, self._place(number + 1) - 1
            height = max(2.0, room * count / most)
            box = QRectF(left, base - height, right - left, height)
            for clip, colour in (
                (QRectF(0, 0, edge, base), colours.accent),
                (QRectF(edge, 0, self.width() - edge, base), colours.track),
            ):
                painter.setClipRect(clip)
                painter.setBrush(colour)
                painter.drawRoundedRect(box, 2, 2)
        painter.setClipping(False)

    def _words_meet(self, data: HistogramData) -> bool:
        apart = abs(self._place(data.filled_to) - self._place(data.promise_at or 0))
        words = text_width(data.filled_words, "small")
        return apart < (words + text_width(data.promise_words, "small")) / 2 + 8

    def _draw_line(
        self,
        painter: QPainter,
        at: float,
        words: str,
        colour: QColor,
        *,
        dashed: bool = False,
        beside: bool = False,
    ) -> None:
        x = self._place(at)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.5, style))
        bottom = self.height() - _BOTTOM + 5
        painter.drawLine(QPointF(x, _TOP - 4), QPointF(x, bottom))
        width = text_width(words, "small") + 2.0
        left = x - width / 2
        if beside:
            after = at >= self._data.filled_to
            first = text_width(self._data.filled_words, "small") / 2 + 10
            middle = self._place(self._data.filled_to)
            left = middle + first if after else middle - first - width
        left = min(max(0.0, left), self.width() - width)
        box = QRectF(left, 0, width, 16)
        draw_text(painter, box, words, colour, size="small", align=CENTRE)

    def _draw_ticks(self, painter: QPainter, data: HistogramData) -> None:
        free_from = 0.0
        for at, words in data.ticks:
            width = text_width(words, "small") + 2.0
            left = min(max(0.0, self._place(at) - width / 2), self.width() - width)
            if left < free_from:
                continue
            box = QRectF(left, self.height() - 17, width, 16)
            draw_text(painter, box, words, tokens().text2, size="small", align=CENTRE)
            free_from = left + width + 8
