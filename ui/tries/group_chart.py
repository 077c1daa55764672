"""Who gains and who loses: a line each, ring for now, dot for the trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from ui.common.painting import CENTRE, RIGHT, draw_text, draw_two_lines, text_width
from ui.style import tokens

ROW_PX, HEAD_PX = 36.0, 22.0
_FIGURES_PX = 46.0


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line: shares 0..1, None where nothing has a verdict."""

    name: str
    n: int
    now: float | None
    then: float | None
    gained: int
    lost: int


class GroupChart(QWidget):
    """Rows of two points on one scale, with their figures beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[GroupRow] = ()
        self._then = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the rows."""
        return QSize(380, int(HEAD_PX + ROW_PX * len(self._rows)) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(300, self.sizeHint().height())

    def rows(self) -> Sequence[GroupRow]:
        """Return what is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[GroupRow], then: str) -> None:
        """Show other rows; `then` heads the trial's figures."""
        self._rows, self._then = rows, then
        told = [f"{row.name}: {_share(row.now)}, {_share(row.then)}" for row in rows]
        self.setAccessibleName("; ".join(told))
        self.updateGeometry()
        self.update()

    def _least(self) -> float:
        shares = [
            share for row in self._rows for share in (row.now, row.then)
            if share is not None
        ]  # fmt: skip
        return min(0.8, int(min(shares, default=0.0) * 5) / 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scale, rows and figures."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, least = tokens(), self._least()
        right = self.width() - 3 * _FIGURES_PX
        names = min(200.0, right * 0.5)
        left = names + 12
        across = max(40.0, right - left - 16)

        def x_of(share: float) -> float:
            return left + (share - least) / (1 - least) * across

        for part in (0.0, 0.5, 1.0):
            share = least + part * (1 - least)
            x = x_of(share)
            painter.fillRect(
                QRectF(x, HEAD_PX, 1, ROW_PX * len(self._rows)), colours.line
            )
            box = QRectF(x - 30, 0, 60, 16)
            words = formats.share(share)
            draw_text(painter, box, words, colours.text2, size="small", align=CENTRE)
        heads = (_("now"), self._then, _("kept ±"))
        for place, words in enumerate(heads):
            box = QRectF(right + place * _FIGURES_PX, 0, _FIGURES_PX, 16)
            draw_text(painter, box, words, colours.text2, size="small", align=RIGHT)
        for place, row in enumerate(self._rows):
            top = HEAD_PX + place * ROW_PX
            name = QRectF(0, top, names, ROW_PX)
            draw_two_lines(painter, name, *_named(row, names))
            self._draw_points(painter, row, top + ROW_PX / 2, x_of)
            self._draw_figures(painter, row, right, top)

    def _draw_points(
        self, painter: QPainter, row: GroupRow, y: float, x_of: object
    ) -> None:
        colours = tokens()
        assert callable(x_of)
        if row.now is not None and row.then is not None and row.now != row.then:
            ink = colours.brokenbar if row.then < row.now else colours.okbar
            painter.setPen(QPen(ink, 2))
            painter.drawLine(QPointF(x_of(row.now), y), QPointF(x_of(row.then), y))
        if row.now is not None:
            painter.setPen(QPen(colours.text, 1.5))
            painter.setBrush(colours.surface)
            painter.drawEllipse(QPointF(x_of(row.now), y), 5, 5)
        if row.then is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QPointF(x_of(row.then), y), 4, 4)

    def _draw_figures(
        self, painter: QPainter, row: GroupRow, right: float, top: float
    ) -> None:
        colours = tokens()
        more = row.gained - row.lost
        ink = colours.text2
        if more:
            ink = colours.ok if more > 0 else colours.broken
        sign = "+" if more > 0 else "\N{MINUS SIGN}" if more < 0 else ""
        figures = (
            (_share(row.now), colours.text2),
            (_share(row.then), colours.text),
            (f"{sign}{formats.count(abs(more))}", ink),
        )
        for place, (words, colour) in enumerate(figures):
            box = QRectF(right + place * _FIGURES_PX, top, _FIGURES_PX, ROW_PX)
            draw_text(painter, box, words, colour, align=RIGHT)


def _named(row: GroupRow, width: float) -> tuple[str, str]:
    """Return the two lines of a name: a long topic gives its last part first."""
    first, second = row.name or _("Not told"), f"n = {formats.count(row.n)}"
    above, parted, last = first.rpartition(" / ")
    if parted and text_width(first) > width:
        return last, f"{second}, {above}"
    return first, second


def _share(share: float | None) -> str:
    return "–" if share is None else formats.share(share)
