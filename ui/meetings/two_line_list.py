"""A plain list of two-line rows: series, sessions, actions."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.common.painting import RIGHT, draw_icon, draw_text, draw_two_lines, text_width
from ui.style import tokens

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row: two lines, words at the right, an icon in a state's colour."""

    id: int
    first: str
    second: str = ""
    right: str = ""
    icon: str = ""
    kind: str = ""
    is_bold: bool = False

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.first, self.second, self.right) if part)


class LinesModel(QAbstractListModel):
    """Rows, replaced in place where they are the same ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows."""
        if [one.id for one in lines] == [one.id for one in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a row, its words, or what a screen reader says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.first
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{html.escape(line.spoken()[:1000])}</span>"
        return None


class LinesDelegate(QStyledItemDelegate):
    """Paints a row: soft ground and an edge when chosen."""

    HEIGHT: ClassVar[int] = 48

    def __init__(self, margin: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = margin

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        return QSize(120, self.HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one row."""
        line = index.data(ROW)
        box = QRectF(option.rect)
        colours = tokens()
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.soft)
            active = state & QStyle.StateFlag.State_Active
            edge = colours.accent if active else colours.edge
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), edge)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.raised)
        inner = box.adjusted(self._margin, 0, -8, 0)
        if line.icon:
            ink = colours.ink(line.kind)
            draw_icon(painter, inner.left(), inner.center().y() - 8, line.icon, ink)
            inner.setLeft(inner.left() + 24)
        if line.right:
            ink = colours.ink(line.kind) if line.kind else colours.text2
            draw_text(painter, inner, line.right, ink, size="small", align=RIGHT)
            room = text_width(line.right, "small") + 12
            inner.setRight(inner.right() - min(room, inner.width() / 2))
        draw_two_lines(painter, inner, line.first, line.second, bold=line.is_bold)


class LinesList(QListView):
    """The list; `chosen(id)` when a person or a key picks a row."""

    chosen = Signal(int)

    def __init__(
        self, name: str, margin: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = LinesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LinesDelegate(margin, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_quiet = False
        self.selectionModel().currentChanged.connect(self._tell)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows; what was chosen stays chosen without being told again."""
        kept = self.chosen_id()
        self._is_quiet = True
        self.rows.set_lines(lines)
        if kept is not None:
            self.choose(kept)
        self._is_quiet = False

    def choose(self, row_id: int) -> bool:
        """Choose a row without telling; False when there is none."""
        before, self._is_quiet = self._is_quiet, True
        at = next(
            (n for n, one in enumerate(self.rows.lines) if one.id == row_id), None
        )
        if at is not None:
            self.setCurrentIndex(self.rows.index(at))
        self._is_quiet = before
        return at is not None

    def chosen_id(self) -> int | None:
        """Return the id of the chosen row."""
        line = self.currentIndex().data(ROW)
        return line.id if isinstance(line, Line) else None

    def _tell(self, current: QModelIndex) -> None:
        line = current.data(ROW)
        if isinstance(line, Line) and not self._is_quiet:
            self.chosen.emit(line.id)
