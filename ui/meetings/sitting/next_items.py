"""The items of the session beside the one under discussion: done, parked, to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.queries.sitting import SittingBoard, SittingItem
from ui.common.painting import RIGHT, draw_frame, draw_icon, draw_text
from ui.meetings.sitting.big import BigLabel, Scale
from ui.meetings.sitting.words import FATES, title_of
from ui.style import tokens


class NextItems(QWidget):
    """A row each; the one under discussion stands out, a click goes to another."""

    chosen = Signal(int)

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._rows: list[_Row] = []
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(BigLabel(scale, 1.0, _("Agenda"), ink="text2", bold=True))
        layout.addWidget(self.area, 1)
        scale.changed.connect(self._resize)

    def show_board(self, board: SittingBoard) -> None:
        """Show the items; rows are kept, so that nothing jumps."""
        while len(self._rows) < len(board.items):
            row = _Row(self._scale)
            row.clicked.connect(self.chosen)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        while len(self._rows) > len(board.items):
            self._rows.pop().deleteLater()
        current: QWidget | None = None
        for row, item in zip(self._rows, board.items, strict=True):
            is_current = item.id == board.item_id
            row.show_item(item, title_of(board, item), is_current=is_current)
            current = row if is_current else current
        self._resize()
        if current is not None:
            self.area.ensureWidgetVisible(current)

    def _resize(self) -> None:
        for row in self._rows:
            row.setFixedHeight(self._scale.pixels(2.3))


class _Row(QWidget):
    """Number, title, minutes; an icon says how it stands."""

    clicked = Signal(int)

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._item: SittingItem | None = None
        self._title = ""
        self._is_current = False

    def show_item(self, item: SittingItem, title: str, *, is_current: bool) -> None:
        self._item, self._title, self._is_current = item, title, is_current
        state = _("under discussion") if is_current else _(FATES[item.item.fate][2])
        self.setAccessibleName(f"{item.item.number} {title}, {state}")
        self.setToolTip("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._item is None:
            return
        painter, colours = QPainter(self), tokens()
        box = QRectF(self.rect())
        if self._is_current:
            draw_frame(painter, box, ground=colours.soft)
        icon, ink, _words = FATES[self._item.item.fate]
        if self._is_current:
            icon, ink = "arrow-right", "accent"
        middle = box.center().y()
        draw_icon(painter, 8, middle - 8, icon, getattr(colours, ink))
        minutes = _("{minutes} min").format(
            minutes=formats.count(self._item.item.minutes)
        )
        dealt_with = self._item.item.fate in ("done", "parked")
        ink_of_words = colours.text2 if dealt_with else colours.text
        right = QRectF(box.right() - 72, box.top(), 64, box.height())
        draw_text(painter, right, minutes, colours.text2, size="small", align=RIGHT)
        words = QRectF(36, box.top(), right.left() - 44, box.height())
        shown = f"{self._item.item.number}  {self._title}"
        draw_text(painter, words, shown, ink_of_words, bold=self._is_current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._item is not None:
            self.clicked.emit(self._item.id)
