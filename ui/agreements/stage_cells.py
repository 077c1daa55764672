"""A table cell for a stage: its icon, its word, and a smaller line below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.domain.agreements import VersionStage
from desktop.i18n import gettext as _
from ui.agreements.words import STAGES
from ui.common.cells import Cell, TextCell
from ui.common.delegates import CellDelegate
from ui.common.painting import draw_icon, draw_two_lines
from ui.common.table_view import TableView
from ui.style import tokens


@dataclass(frozen=True, slots=True)
class StageCell(TextCell):
    """A stage's word with its icon; `second` stands below."""

    icon: str = ""
    second: str = ""

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return f"{self.words}, {self.second}" if self.second else self.words


def stage_cell(stage: VersionStage, second: str = "") -> StageCell:
    """Return the cell of a stage."""
    words, icon, kind = STAGES[stage]
    return StageCell(_(words), kind=kind, icon=icon, second=second)


class StageDelegate(CellDelegate):
    """Paints stages; every other cell as everywhere."""

    def _draw(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        if not isinstance(cell, StageCell):
            super()._draw(painter, box, cell)
            return
        two = bool(cell.second) and not self.compact
        middle = box.center().y() - (8 if two else 0)
        ink = tokens().ink(cell.kind)
        draw_icon(painter, box.left(), middle - 8, cell.icon, ink)
        words = box.adjusted(24, 0, 0, 0)
        draw_two_lines(painter, words, cell.words, cell.second, compact=self.compact)


def use_stages(table: TableView) -> None:
    """Let a table paint stages."""
    delegate = StageDelegate(table)
    delegate.margin = table.cells.margin
    delegate.compact = table.cells.compact
    table.cells = delegate
    table.setItemDelegate(delegate)
