"""A plain list of two-line rows: calendars, closures, sessions, actions."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.common.first_row import first_row_on_focus
from ui.common.painting import (
    RIGHT,
    draw_icon,
    draw_text,
    draw_two_lines,
    text_width,
    two_lines,
)
from ui.style import dress, tokens

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole) + 1
HEIGHT = 48


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it stands for, two lines, words at the right, an icon."""

    what: object
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
    """The rows as the list shows them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def reword(self, lines: Sequence[Line]) -> None:
        """Show other words of the same rows."""
        self.lines = lines
        self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
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


class _Delegate(QStyledItemDelegate):
    def __init__(self, margin: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._margin = margin

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
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
        self._draw_words(painter, inner, line)

    @staticmethod
    def _draw_words(painter: QPainter, inner: QRectF, line: Line) -> None:
        if not line.right:
            draw_two_lines(painter, inner, line.first, line.second, bold=line.is_bold)
            return
        colours = tokens()
        ink = colours.ink(line.kind) if line.kind else colours.text2
        room = min(text_width(line.right, "small") + 12, inner.width() / 2)
        left = inner.adjusted(0, 0, -room, 0)
        needed = text_width(line.first, bold=line.is_bold)
        if line.second and needed > left.width():
            # What it is called comes first: the words at the right step down.
            upper, lower = two_lines(inner)
            left.setTop(lower.top())
            left.setHeight(lower.height())
            draw_text(painter, upper, line.first, colours.text, bold=line.is_bold)
            draw_text(painter, left, line.second, colours.text2, size="small")
            draw_text(painter, lower, line.right, ink, size="small", align=RIGHT)
            return
        draw_text(painter, inner, line.right, ink, size="small", align=RIGHT)
        draw_two_lines(painter, left, line.first, line.second, bold=line.is_bold)


class Lines(QListView):
    """The list; `chosen(what)` when a row is picked, `acted` and `removed` by keys."""

    chosen = Signal(object)
    acted = Signal(object)
    removed = Signal(object)

    def __init__(
        self, name: str, *, margin: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "rows")
        self._rows = LinesModel(self)
        self._is_quiet = False
        self.setItemDelegate(_Delegate(margin, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        first_row_on_focus(self)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.use_model(self._rows)
        self.doubleClicked.connect(lambda index: self.acted.emit(index.data(ROW).what))

    def use_model(self, rows: LinesModel) -> None:
        """Show the rows of another model; before there are any."""
        self._rows = rows
        self.setModel(rows)
        self.selectionModel().currentChanged.connect(self._tell)

    def lines(self) -> Sequence[Line]:
        """Return the rows."""
        return self._rows.lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows; what was chosen stays chosen without being told again."""
        if tuple(lines) == tuple(self._rows.lines):
            return
        if [one.what for one in lines] == [one.what for one in self._rows.lines]:
            self._rows.reword(lines)
            return
        kept = self.what()
        at = self.verticalScrollBar().value()
        self._is_quiet = True
        self._rows.set_lines(lines)
        if kept is not None:
            self.choose(kept)
        self.verticalScrollBar().setValue(at)
        self._is_quiet = False

    def choose(self, what: object) -> bool:
        """Choose a row without telling; False when there is none."""
        before, self._is_quiet = self._is_quiet, True
        at = next((n for n, one in enumerate(self.lines()) if one.what == what), None)
        if at is not None:
            self.setCurrentIndex(self._rows.index(at))
        self._is_quiet = before
        return at is not None

    def what(self) -> object:
        """Return what the chosen row stands for, None when none is."""
        line = self.currentIndex().data(ROW)
        return line.what if isinstance(line, Line) else None

    def chosen_id(self) -> int | None:
        """Return the id of what the chosen row stands for, where that has one."""
        what = self.what()
        return what if isinstance(what, int) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act by Return, remove by Delete."""
        what = self.what()
        if what is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit(what)
        elif what is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(what)
        else:
            super().keyPressEvent(event)

    def _tell(self, current: QModelIndex) -> None:
        line = current.data(ROW)
        if isinstance(line, Line) and not self._is_quiet:
            self.chosen.emit(line.what)
