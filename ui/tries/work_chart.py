"""What the promise asks of the unit: work arriving, and requests in hand by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from ui.common.painting import CENTRE, LEFT, RIGHT, draw_frame, draw_text, text_width
from ui.style import tokens

_TOP, _BOTTOM = 24.0, 22.0
_LEFT = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A weekday: its words, the work arriving and the hours there are, in seconds."""

    words: str
    work_s: float
    open_s: float


class WorkBars(QWidget):
    """Bars from nothing; what is over the hours there are stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(260, 220)

    def set_bars(self, bars: Sequence[Bar], accessible: str) -> None:
        """Show other weekdays."""
        self._bars = bars
        self.setAccessibleName(accessible)
        self.update()

    def bars(self) -> Sequence[Bar]:
        """Return what is shown."""
        return self._bars

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, their figures and the line of the hours there are."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        most = max(max(one.work_s, one.open_s) for one in self._bars) or 1.0
        room = self.height() - _TOP - _BOTTOM
        base = self.height() - _BOTTOM
        each = self.width() / len(self._bars)
        width = min(72.0, each - 12)
        for place, bar in enumerate(self._bars):
            left = place * each + (each - width) / 2
            height = room * bar.work_s / most
            limit = room * bar.open_s / most
            inside = min(height, limit)
            box = QRectF(left, base - inside, width, inside)
            painter.fillRect(box, colours.track)
            is_over = bar.work_s > bar.open_s
            if is_over:
                over = QRectF(left, base - height, width, height - inside)
                painter.fillRect(over, colours.riskbar)
            line = QRectF(place * each + 2, base - limit - 1, each - 4, 2)
            painter.fillRect(line, colours.text)
            self._draw_figures(
                painter, bar, QRectF(place * each, base - height, each, height), limit
            )
            foot = QRectF(place * each, base + 5, each, 16)
            fits = text_width(bar.words, "small") <= each - 2
            words = bar.words if fits else bar.words[:3]
            draw_text(painter, foot, words, colours.text2, size="small", align=CENTRE)
        painter.fillRect(QRectF(0, base, self.width(), 1), colours.edge)

    def _draw_figures(
        self, painter: QPainter, bar: Bar, box: QRectF, limit: float
    ) -> None:
        """Write the work in its bar (over a low one), the hours at the line."""
        colours = tokens()
        is_over = bar.work_s > bar.open_s
        base = box.bottom()
        inside = box.height() >= 22 and not is_over
        top = box.top() + 4 if inside else max(0.0, box.top() - 18)
        work = QRectF(box.left(), top, box.width(), 16)
        ink = colours.risk if is_over else colours.text
        words = formats.working_time(bar.work_s)
        draw_text(painter, work, words, ink, size="small", align=CENTRE, bold=is_over)
        hours = QRectF(box.left(), base - limit - 18, box.width(), 16)
        if is_over:
            hours.moveTop(base - limit + 3)
        # No line to write at where nothing is open, nor room where both would meet.
        if bar.open_s and (limit >= 20 if is_over else not hours.intersects(work)):
            words = formats.working_time(bar.open_s)
            draw_text(painter, hours, words, colours.text, size="small", align=CENTRE)


@dataclass(frozen=True, slots=True)
class LineData:
    """Counts by day, the level a target allows, and words under the first and last."""

    counts: Sequence[int] = ()
    limit: float | None = None
    limit_words: str = ""
    first_words: str = ""
    last_words: str = ""
    accessible: str = ""


class HandLine(QWidget):
    """Requests in hand at the end of each day, from nothing up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = LineData()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(380, 180)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(260, 180)

    def set_data(self, data: LineData) -> None:
        """Show other figures."""
        self._data = data
        self.setAccessibleName(data.accessible)
        self.update()

    def data(self) -> LineData:
        """Return what is shown."""
        return self._data

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the level the target allows, and their figures."""
        data = self._data
        if len(data.counts) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        most = max(max(data.counts), data.limit or 0, 1)
        base, room = self.height() - _BOTTOM, self.height() - _TOP - _BOTTOM
        across = self.width() - _LEFT - 8
        step = across / (len(data.counts) - 1)

        def y_of(count: float) -> float:
            return base - room * count / most

        for level in (0, max(data.counts)):
            self._draw_level(painter, level, y_of(level), across)
        points = [
            QPointF(_LEFT + place * step, y_of(count))
            for place, count in enumerate(data.counts)
        ]
        painter.setPen(QPen(colours.accent, 1.5))
        painter.drawPolyline(QPolygonF(points))
        if data.limit is not None:
            self._draw_limit(painter, y_of(data.limit), across)
        foot = QRectF(_LEFT, base + 5, across, 16)
        ink = colours.text2
        draw_text(painter, foot, data.first_words, ink, size="small", align=LEFT)
        draw_text(painter, foot, data.last_words, ink, size="small", align=RIGHT)

    def _draw_level(
        self, painter: QPainter, level: int, y: float, across: float
    ) -> None:
        painter.fillRect(QRectF(_LEFT, y, across, 1), tokens().line)
        box = QRectF(0, y - 8, _LEFT - 6, 16)
        words, ink = formats.count(level), tokens().text2
        draw_text(painter, box, words, ink, size="small", align=RIGHT)

    def _draw_limit(self, painter: QPainter, y: float, across: float) -> None:
        colours, words = tokens(), self._data.limit_words
        painter.setPen(QPen(colours.text, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(_LEFT, y), QPointF(_LEFT + across, y))
        width = text_width(words, "small") + 10.0
        box = QRectF(_LEFT + across - width, max(0.0, y - 18), width, 16)
        draw_frame(painter, box, ground=colours.surface, radius=2)
        draw_text(painter, box, words, colours.text, size="small", align=RIGHT)
