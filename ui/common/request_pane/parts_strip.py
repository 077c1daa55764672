"""The legs of a request and its parts to scale: one lane each, side by side below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from ui.common.painting import RIGHT, draw_frame, draw_text, text_width
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.budgets import BudgetPart, BudgetView

_BAR = 12
_STEP = 20
_LINE = 18
_GAP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One stay: its lane, where it begins and ends (0..1), and its token."""

    lane: int
    start: float
    end: float
    ink: str


class PartsStrip(QWidget):
    """A lane for the whole and for each of its parts, with the told instant.

    The line below the bars is the critical path: what decided when all was done.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lanes: list[str] = []
        self.bars: list[Bar] = []
        self.path: list[Bar] = []
        self._told: float | None = None
        self._words = ("", "", "")

    def set_view(
        self, view: BudgetView, spoken: str, now: datetime, zone: tzinfo
    ) -> None:
        """Lay the stays out from the beginning to the end, or to what was told."""
        start = view.raised_at
        until = view.ended_at or now
        end = max(until, view.told_due_at or until)
        whole = max(1.0, (end - start).total_seconds())

        def place(at: datetime) -> float:
            return min(1.0, max(0.0, (at - start).total_seconds() / whole))

        names = {part.request_id: part.reference for part in view.parts}
        order = {one: number for number, one in enumerate(names)}
        self.lanes = list(names.values()) if view.has_parts else [""]
        self.bars = [
            Bar(
                order[part.request_id],
                place(first),
                place(last),
                _ink(part, number == view.broken_by),
            )
            for number, part in enumerate(view.parts)
            for first, last in part.spans
        ]
        self.path = [
            Bar(
                order[view.parts[step.part].request_id],
                place(step.start),
                place(step.end),
                "text",
            )
            for step in view.critical
            if view.has_parts
        ]
        self._told = place(view.told_due_at) if view.told_due_at else None
        self._words = _end_words(view, now, zone, is_to_end=end == until)
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def _lanes_height(self) -> int:
        return _BAR + (len(self.lanes) - 1) * _STEP + (4 if self.path else 0)

    def _left(self) -> float:
        names = [text_width(name, "small") for name in self.lanes if name]
        return min(max(names) + _GAP, self.width() / 3) if names else 0.0

    def sizeHint(self) -> QSize:
        """Return room for the lanes and the words below them."""
        return QSize(240, self._lanes_height() + 4 + _LINE)

    def minimumSizeHint(self) -> QSize:
        """Return the same height at any width."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes, the path, the told instant, and what stands at the ends."""
        painter = QPainter(self)
        colours = tokens()
        left = self._left()
        width = self.width() - left
        for lane, name in enumerate(self.lanes):
            top = lane * _STEP
            label = QRectF(0, top - 3, left - 4, _LINE)
            draw_text(painter, label, name, colours.text2, size="small")
            track = QRectF(left, top + 2, width, _BAR - 4)
            draw_frame(painter, track, ground=colours.track)
        for bar in self.bars:
            long = max(2.0, (bar.end - bar.start) * width - 1)
            box = QRectF(left + bar.start * width, bar.lane * _STEP, long, _BAR)
            draw_frame(painter, box, ground=getattr(colours, bar.ink), radius=2)
        self._paint_path(painter, left, width)
        self._paint_words(painter, left, width)

    def _paint_path(self, painter: QPainter, left: float, width: float) -> None:
        """Paint a line below what decided, and down or up to where it went on."""
        painter.setPen(QPen(tokens().text, 2))
        last: Bar | None = None
        for bar in self.path:
            y = bar.lane * _STEP + _BAR + 2
            x = left + bar.start * width
            if last is not None and last.lane != bar.lane:
                painter.drawLine(QLineF(x, last.lane * _STEP + _BAR + 2, x, y))
            painter.drawLine(QLineF(x, y, left + bar.end * width - 1, y))
            last = bar

    def _paint_words(self, painter: QPainter, left: float, width: float) -> None:
        colours = tokens()
        begun, told, last_words = self._words
        bottom = self._lanes_height()
        line = QRectF(left, bottom + 4, width, _LINE)
        draw_text(painter, line, begun, colours.text2, size="small")
        if self._told is not None:
            x = left + min(width - 2, self._told * width)
            painter.fillRect(QRectF(x, 0, 2, bottom + 4), colours.text)
            room = text_width(told, "small")
            least = left + text_width(begun, "small") + 8
            place = max(least, min(self.width() - room, x - room / 2))
            box = QRectF(place, line.top(), room + 2, _LINE)
            draw_text(painter, box, told, colours.text, size="small")
            if place + room + text_width(last_words, "small") + 12 > self.width():
                last_words = ""
        draw_text(painter, line, last_words, colours.text2, size="small", align=RIGHT)

    def setLayoutDirection(self, direction: Qt.LayoutDirection) -> None:
        """Keep left to right: time is a scale."""
        super().setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _end_words(
    view: BudgetView, now: datetime, zone: tzinfo, *, is_to_end: bool
) -> tuple[str, str, str]:
    """Return what stands at the beginning, at what was told, and at the end."""
    told = ""
    if view.told_due_at is not None:
        when = formats.short_instant(view.told_due_at, now, zone)
        told = _("told {when}").format(when=when)
    last = _("now") if view.ended_at is None else _("done")
    begun = formats.short_instant(view.raised_at, now, zone)
    return begun, told, last if is_to_end else ""


def _ink(part: BudgetPart, is_named: bool) -> str:
    if is_named:
        return "brokenbar"
    return "accent" if part.side.value == "back" else "edge"
