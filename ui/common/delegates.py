"""Paints table cells through the shared painters, one delegate per kind of cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.common.cells import (
    BallCell,
    Cell,
    ClockCell,
    LinesCell,
    PersonCell,
    SectionCell,
    TextCell,
)
from ui.common.painting import (
    LEFT,
    RIGHT,
    draw_ball,
    draw_clock,
    draw_person,
    draw_section,
    draw_text,
    draw_two_lines,
)
from ui.style import tokens

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = CELL_ROLE + 1

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value


class CellDelegate(QStyledItemDelegate):
    """Paints whatever cell the model gives: ground, edge, then the kind's painter."""

    PADDING: ClassVar[int] = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell_of: Callable[[int, int], Cell | None] | None = None
        """Where a table's cells come from; its owner then begins each frame."""
        self._row, self._state = -1, 0
        self.compact = False
        self.hovered_row = -1
        self.edge_column = 0
        self.margin = self.PADDING

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one cell."""
        # Past Qt's own question, which wraps and unwraps the answer for every cell.
        row, column = index.row(), index.column()
        ask = self.cell_of or getattr(index.model(), "cell", None)
        cell = ask(row, column) if ask else index.data(CELL_ROLE)
        box = QRectF(option.rect)
        if isinstance(cell, SectionCell):
            self._section(painter, box, cell, option.state)
            return
        if row != self._row or not self.cell_of:
            # A whole row is selected or not: the state is dear to ask for.
            self._row, self._state = row, option.state.value
        is_first = column == self.edge_column
        if self._state & _SELECTED:
            self._show_selected(painter, box, is_first=is_first)
        elif row == self.hovered_row:
            painter.fillRect(box, tokens().raised)
        left = self.margin if is_first else self.PADDING
        if cell is not None:
            self._draw(painter, box.adjusted(left, 0, -self.PADDING, 0), cell)

    def begin_frame(self) -> None:
        """Ask anew which rows are selected: something is painted again."""
        self._row = -1

    def _show_selected(self, painter: QPainter, box: QRectF, *, is_first: bool) -> None:
        colours = tokens()
        painter.fillRect(box, colours.soft)
        if is_first:
            edge = colours.accent if self._state & _ACTIVE else colours.edge
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), edge)

    def _section(
        self,
        painter: QPainter,
        box: QRectF,
        cell: SectionCell,
        state: QStyle.StateFlag,
    ) -> None:
        draw_section(
            painter,
            box.adjusted(self.margin, 0, -self.PADDING, 0),
            cell.title,
            count=cell.count,
            note=cell.note,
            folded=cell.is_folded,
            kind=cell.kind,
        )
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens().accent)
            painter.drawRect(box.adjusted(1, 1, -2, -3))

    def _draw(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        match cell:
            case ClockCell():
                draw_clock(painter, box, cell.clock, compact=self.compact)
            case LinesCell():
                draw_two_lines(
                    painter,
                    box,
                    cell.first,
                    cell.second,
                    bold=cell.bold,
                    compact=self.compact,
                )
            case BallCell():
                self._ball(painter, box, cell)
            case PersonCell():
                draw_person(
                    painter,
                    box,
                    cell.name,
                    cell.shown,
                    own=cell.own,
                    compact=self.compact,
                )
            case TextCell():
                self._text(painter, box, cell)

    def _ball(self, painter: QPainter, box: QRectF, cell: BallCell) -> None:
        two = bool(cell.second) and not self.compact
        middle = box.center().y() - (8 if two else 0)
        draw_ball(painter, QRectF(box.left(), middle - 7, 14, 14), cell.ball)
        words = box.adjusted(22, 0, 0, 0)
        draw_two_lines(painter, words, cell.first, cell.second, compact=self.compact)

    def _text(self, painter: QPainter, box: QRectF, cell: TextCell) -> None:
        colours = tokens()
        ink = colours.text2 if cell.quiet else colours.text
        if cell.kind:
            ink = colours.ink(cell.kind)
        align = RIGHT if cell.at_right else LEFT
        draw_text(painter, box, cell.words, ink, bold=cell.bold, align=align)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row height; widths belong to the columns."""
        return QSize(80, 32 if self.compact else 48)
