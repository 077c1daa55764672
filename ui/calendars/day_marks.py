"""How each kind of day looks: a mark of its own beside its colour, and the legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import gettext as _
from ui.calendars.days import KINDS, DayState
from ui.calendars.words import KIND_WORDS
from ui.common.flow_layout import FlowLayout
from ui.common.painting import CENTRE, draw_frame, draw_text, text_width
from ui.style import tokens


def draw_day(
    painter: QPainter, box: QRectF, state: DayState, *, is_chosen: bool = False
) -> None:
    """Draw a day's number on its mark; a chosen one stands on soft."""
    draw_mark(painter, box, state.kind, is_chosen=is_chosen)
    draw_text(
        painter, box, str(state.day.day), _ink(state.kind), size="small", align=CENTRE
    )


def _ink(kind: str) -> QColor:
    colours = tokens()
    inks = {
        "off": colours.text2,
        "closed": colours.held,
        "holiday": colours.risk,
        "good": colours.text2,
    }
    return inks.get(kind, colours.text)


def draw_mark(
    painter: QPainter, box: QRectF, kind: str, *, is_chosen: bool = False
) -> None:
    """Draw what tells a kind of day without colour.

    A ring for closed, a flag for a holiday, a bar beneath for a part, a dot for
    hours of its own, a line across for good, a ground for days off; nothing for open.
    """
    colours = tokens()
    inner = box.adjusted(1, 1, -1, -1)
    if is_chosen:
        draw_frame(painter, inner, ground=colours.soft, edge=colours.accent, radius=4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind == "off" and not is_chosen:
        painter.fillRect(box, colours.canvas)
    elif kind == "closed":
        ground = None if is_chosen else colours.heldbg
        ring = inner.adjusted(1, 1, -1, -1)
        draw_frame(painter, ring, ground=ground, edge=colours.heldbar, radius=8)
    elif kind == "holiday":
        _draw_holiday(painter, inner, is_chosen=is_chosen)
    elif kind == "part":
        bar = QRectF(inner.center().x() - 6, inner.bottom() - 3, 12, 3)
        painter.fillRect(bar, colours.heldbar)
    elif kind == "own":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        dot = inner.topRight() + QPointF(-2, 2.5)
        painter.drawEllipse(dot, 2.2, 2.2)
    elif kind == "good":
        painter.setPen(QPen(colours.edge, 1.2))
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    painter.restore()


def _draw_holiday(painter: QPainter, box: QRectF, *, is_chosen: bool) -> None:
    colours = tokens()
    if not is_chosen:
        draw_frame(painter, box, ground=colours.riskbg, radius=3)
    corner = box.topRight()
    flag = QPolygonF(
        [corner, corner + QPointF(-7, 0), corner + QPointF(0, 7)],
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.riskbar)
    painter.drawPolygon(flag)


class _Key(QWidget):
    """One mark with its words."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._words = _(KIND_WORDS[kind])
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(30 + text_width(self._words, "small"), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = QRectF(0, 1, 22, 22)
        draw_mark(painter, mark, self._kind)
        draw_text(painter, mark, "8", _ink(self._kind), size="small", align=CENTRE)
        words = QRectF(self.rect()).adjusted(27, 0, 0, 0)
        draw_text(painter, words, self._words, tokens().text2, size="small")


class Legend(QWidget):
    """The marks with their words, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = FlowLayout(self)
        for kind in KINDS[1:]:  # an open day is just its number
            layout.addWidget(_Key(kind))
