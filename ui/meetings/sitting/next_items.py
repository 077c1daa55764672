"""The items of the session beside the one under discussion: done, parked, to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.sitting import SittingBoard, SittingItem
from ui.common.labels import IconLabel
from ui.common.painting import draw_frame
from ui.common.scroll_area import ScrollArea
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
        self.area = ScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
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
        if current is not None:
            self.area.ensureWidgetVisible(current)


class _Row(QWidget):
    """Number, title, minutes; an icon says how it stands."""

    clicked = Signal(int)

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._item: SittingItem | None = None
        self._is_current = False
        self.icon = IconLabel("circle")
        self.title = BigLabel(scale, 1.0)
        self.minutes = BigLabel(scale, 0.85, ink="text2")
        self.minutes.setWordWrap(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self.icon)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.minutes)

    def show_item(self, item: SittingItem, title: str, *, is_current: bool) -> None:
        """Show an item, and whether it is under discussion."""
        self._item, self._is_current = item, is_current
        icon, ink, words = FATES[item.item.fate]
        if is_current:
            icon, ink, words = "arrow-right", "accent", N_("under discussion")
        self.icon.set_icon(icon, ink)
        self.title.setText(f"{item.item.number}  {title}")
        dealt_with = item.item.fate in ("done", "parked") and not is_current
        self.title.set_ink("text2" if dealt_with else "text")
        self.title.set_bold(is_current)
        self.minutes.setText(
            _("{minutes} min").format(minutes=formats.count(item.item.minutes))
        )
        self.setAccessibleName(f"{item.item.number} {title}, {_(words)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_current:
            draw_frame(QPainter(self), QRectF(self.rect()), ground=tokens().soft)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._item is not None:
            self.clicked.emit(self._item.id)
