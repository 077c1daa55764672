"""Where a promise begins to hold: the share kept by target, now and in the trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from ui.common.painting import CENTRE, LEFT, RIGHT, draw_text, text_width
from ui.style import tokens

_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 16.0, 16.0, 24.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the curve that is named: `ring` now, `dot` trial, `diamond` advice."""

    shape: str
    at: float
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class CurveData:
    """Points (target in seconds, share 0..1) in order, and the marks on them."""

    points: Sequence[tuple[float, float]] = ()
    marks: Sequence[Mark] = ()
    line_at: float = 0.9
    line_words: str = ""
    accessible: str = ""


class CurveChart(QWidget):
    """A line of points; its scale does not begin at nothing, so it has no bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = CurveData()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which the labels can be told apart."""
        return QSize(260, 220)

    def data(self) -> CurveData:
        """Return what is shown."""
        return self._data

    def set_data(self, data: CurveData) -> None:
        """Show other figures."""
        self._data = data
        self.setAccessibleName(data.accessible)
        self.update()

    def _least(self) -> float:
        lowest = min(
            [share for _, share in self._data.points]
            + [one.share for one in self._data.marks]
            + [self._data.line_at]
        )
        return min(0.8, max(0.0, int(lowest * 5) / 5))

    def _span(self) -> tuple[float, float]:
        first, last = self._data.points[0][0], self._data.points[-1][0]
        return first, max(last, first + 60)

    def _place(self, at: float, share: float) -> QPointF:
        first, last = self._span()
        least = self._least()
        across = self.width() - _LEFT - _RIGHT
        down = self.height() - _TOP - _BOTTOM
        part = min(1.0, max(0.0, (at - first) / (last - first)))
        rise = (share - least) / (1 - least)
        return QPointF(_LEFT + part * across, _TOP + (1 - rise) * down)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, line, curve, marks and their words."""
        data = self._data
        if len(data.points) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_grid(painter)
        colours = tokens()
        painter.setPen(QPen(colours.accent, 2))
        curve = [self._place(at, share) for at, share in data.points]
        painter.drawPolyline(QPolygonF(curve))
        level = self._place(self._span()[0], data.line_at).y()
        taken = [QRectF(_LEFT, level - 1, self.width() - _LEFT, 2)]
        for mark in data.marks:
            taken.append(
                QRectF(self._place(mark.at, mark.share), QSize(1, 1).toSizeF())
            )
        for mark in data.marks:
            self._draw_mark(painter, mark, taken)

    def _draw_grid(self, painter: QPainter) -> None:
        colours, least = tokens(), self._least()
        steps = round((1 - least) / 0.1)
        every = 0.1 if steps <= 4 else 0.2
        share = least
        while share <= 1.0001:
            y = self._place(self._span()[0], share).y()
            painter.fillRect(
                QRectF(_LEFT, y, self.width() - _LEFT - _RIGHT, 1), colours.line
            )
            box = QRectF(0, y - 8, _LEFT - 8, 16)
            words = formats.share(share)
            draw_text(painter, box, words, colours.text2, size="small", align=RIGHT)
            share += every
        y = self._place(self._span()[0], self._data.line_at).y()
        painter.setPen(QPen(colours.text2, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
        box = QRectF(_LEFT + 4, y - 17, 120, 16)
        draw_text(painter, box, self._data.line_words, colours.text2, size="small")
        first, last = self._span()
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            at = first + part * (last - first)
            x = self._place(at, least).x()
            words = formats.working_time(round(at / 3600) * 3600 if at > 7200 else at)
            width = text_width(words, "small") + 2.0
            left = min(max(0.0, x - width / 2), self.width() - width)
            box = QRectF(left, self.height() - 18, width, 16)
            draw_text(painter, box, words, colours.text2, size="small", align=CENTRE)

    def _draw_mark(self, painter: QPainter, mark: Mark, taken: list[QRectF]) -> None:
        colours = tokens()
        at = self._place(mark.at, mark.share)
        ink: QColor = colours.text
        if mark.shape == "ring":
            painter.setPen(QPen(colours.text, 1.5))
            painter.setBrush(colours.surface)
            painter.drawEllipse(at, 5, 5)
        elif mark.shape == "dot":
            ink = colours.accent
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(at, 5, 5)
        else:
            ink = colours.ok
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.okbar)
            points = [(0, -6), (6, 0), (0, 6), (-6, 0)]
            corners = [QPointF(at.x() + x, at.y() + y) for x, y in points]
            painter.drawPolygon(QPolygonF(corners))
        width = text_width(mark.words, "small") + 4.0
        for left, top in (
            (at.x() + 10, at.y() + 6),
            (at.x() - width - 10, at.y() - 22),
            (at.x() + 10, at.y() + 24),
            (at.x() - width - 10, at.y() - 40),
            (at.x() + 10, at.y() + 42),
        ):
            left = min(max(_LEFT, left), self.width() - width)
            box = QRectF(left, top, width, 16)
            fits = 0 <= top <= self.height() - _BOTTOM - 12
            if fits and not any(box.intersects(one) for one in taken):
                taken.append(box)
                draw_text(painter, box, mark.words, ink, size="small", align=LEFT)
                return
