"""Paints table cells through the shared painters, one delegate per kind of cell."""

from __future__ import annotations

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
SORT_ROLE = CELL_ROLE + 2

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected


class CellDelegate(QStyledItemDelegate):
    """Paints whatever cell the model gives: ground, edge, then the kind's painter."""

    PADDING: ClassVar[int] = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compact = False
        self.hovered_row = -1
        self.edge_column = 0
        self.margin = self.PADDING

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one cell."""
        # Past Qt's own question, which wraps and unwraps the answer for every cell.
        ask = getattr(index.model(), "cell", None)
        cell = ask(index.row(), index.column()) if ask else index.data(CELL_ROLE)
        box = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        if isinstance(cell, SectionCell):
            self._section(painter, box, cell, state)
            return
        self._ground(painter, box, index, state)
        first = index.column() == self.edge_column
        left = self.margin if first else self.PADDING
        inner = box.adjusted(left, 0, -self.PADDING, 0)
        if cell is not None:
            self._draw(painter, inner, cell)

    def _ground(
        self, painter: QPainter, box: QRectF, index: Index, state: QStyle.StateFlag
    ) -> None:
        colours = tokens()
        if state & _SELECTED:
            painter.fillRect(box, colours.soft)
            if index.column() == self.edge_column:
                active = state & QStyle.StateFlag.State_Active
                edge = colours.accent if active else colours.edge
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), edge)
        elif index.row() == self.hovered_row:
            painter.fillRect(box, colours.raised)

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
