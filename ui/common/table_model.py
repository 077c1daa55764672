"""Rows in sections as a Qt model: folded, sorted, and replaced without a jump."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import gettext as _
from ui.common.cells import Cell, Column, RowKey, Section, SectionCell
from ui.common.delegates import CELL_ROLE, ROW_ROLE

Row = TypeVar("Row")
MOST_CELLS = 20_000
"""How many cells are kept made: many screens full, and no more of a long list."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADING = Qt.ItemFlag.ItemIsEnabled
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TableModel(QAbstractTableModel, Generic[Row]):
    """Shows sections of rows through columns that are data.

    `key` gives a row's lasting identity. Cells are made when first painted and kept
    until the rows change or `beat` says that time went on.
    """

    replaced = Signal()
    more_wanted = Signal()
    sort_wanted = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: RowKey,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._key = key
        self._sections: list[Section[Row]] = []
        self._entries: list[Section[Row] | Row] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._folded: dict[str, bool] = {}
        self._sort: tuple[int, bool] | None = None
        self._has_more = False
        self.sorts_itself = True

    # ------------------------------------------------------------ rows in

    def set_rows(self, rows: Sequence[Row], *, has_more: bool = False) -> None:
        """Show rows without sections."""
        self.set_sections([Section("", "", rows)], has_more=has_more)

    def set_sections(
        self, sections: Sequence[Section[Row]], *, has_more: bool = False
    ) -> None:
        """Show other rows; when only their contents changed, nothing moves."""
        before = self._shape()
        self._sections = list(sections)
        self._has_more = has_more
        fresh = self._flattened()
        self._cells.clear()
        if [self._identity(entry) for entry in fresh] == before:
            self._entries = fresh
            self._repaint()
            return
        self.beginResetModel()
        self._entries = fresh
        self.endResetModel()
        self.replaced.emit()

    def append_sections(
        self, sections: Sequence[Section[Row]], *, has_more: bool
    ) -> None:
        """Add the next page below, without touching what is shown.

        The first one given, where it is the last one shown, has its rows and more. Rows
        stand as given: whoever reads by pages sorts there, too.
        """
        self._has_more = has_more
        fresh: list[Section[Row] | Row] = []
        for section in sections:
            known = 0
            if self._sections and self._sections[-1].id == section.id:
                known = self._take_heading(section)
            elif section.title:
                fresh.append(section)
            self._sections.append(section)
            if not self._is_folded(section):
                fresh += section.rows[known:]
        if fresh:
            count = len(self._entries)
            self.beginInsertRows(_ROOT, count, count + len(fresh) - 1)
            self._entries += fresh
            self.endInsertRows()

    def _take_heading(self, section: Section[Row]) -> int:
        """Put a section in the place of the last one; return how many rows that had."""
        last = self._sections.pop()
        known = len(last.rows)
        if last.title:
            shown = 0 if self._is_folded(last) else known
            place = len(self._entries) - shown - 1
            self._entries[place] = section
            for column in range(len(self.columns)):
                self._cells.pop((place, column), None)
            index = self.index(place, 0)
            self.dataChanged.emit(index, index)
        return known

    def beat(self) -> None:
        """Let cells that speak of time be made anew."""
        self._cells.clear()
        self._repaint()

    def _repaint(self) -> None:
        if self._entries:
            last = self.index(len(self._entries) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _flattened(self) -> list[Section[Row] | Row]:
        entries: list[Section[Row] | Row] = []
        for section in self._sections:
            if section.title:
                entries.append(section)
            if not self._is_folded(section):
                entries += self._sorted(section.rows)
        return entries

    def _sorted(self, rows: Sequence[Row]) -> Sequence[Row]:
        if self._sort is None:
            return rows
        column, descending = self._sort
        sort = self.columns[column].sort
        if sort is None:
            return rows
        known = [row for row in rows if sort(row) is not None]
        rest = [row for row in rows if sort(row) is None]
        return sorted(known, key=sort, reverse=descending) + rest

    def _is_folded(self, section: Section[Row]) -> bool:
        return self._folded.get(section.id, section.is_folded) and bool(section.title)

    def _shape(self) -> list[Hashable]:
        return [self._identity(entry) for entry in self._entries]

    def _identity(self, entry: Section[Row] | Row) -> Hashable:
        if isinstance(entry, Section):
            return ("section", entry.id, self._is_folded(entry))
        return self._key(entry)

    # ------------------------------------------------------------ asking

    def entry(self, row: int) -> Row | None:
        """Return the row at a place, None for a section or outside."""
        if not 0 <= row < len(self._entries):
            return None
        found = self._entries[row]
        return None if isinstance(found, Section) else found

    def section_at(self, row: int) -> Section[Row] | None:
        """Return the section whose heading stands at a place."""
        if not 0 <= row < len(self._entries):
            return None
        found = self._entries[row]
        return found if isinstance(found, Section) else None

    def section_rows(self) -> list[int]:
        """Return the places of all headings."""
        return [
            at for at, entry in enumerate(self._entries) if isinstance(entry, Section)
        ]

    def place_of(self, key: Hashable) -> int:
        """Return where the row of a key stands, -1 when it is not shown."""
        for at, entry in enumerate(self._entries):
            if not isinstance(entry, Section) and self._key(entry) == key:
                return at
        return -1

    def key_at(self, row: int) -> Hashable | None:
        """Return the key of the row at a place, None for a section."""
        found = self.entry(row)
        return None if found is None else self._key(found)

    def is_folded(self, section_id: str) -> bool:
        """Tell whether a section is folded."""
        return any(
            section.id == section_id and self._is_folded(section)
            for section in self._sections
        )

    def folded(self) -> list[str]:
        """Return the ids of the sections folded by hand."""
        return sorted(name for name, is_folded in self._folded.items() if is_folded)

    def set_folded(self, section_id: str, folded: bool) -> None:
        """Fold or unfold a section."""
        if self._folded.get(section_id) == folded:
            return
        self._folded[section_id] = folded
        self.beginResetModel()
        self._entries = self._flattened()
        self._cells.clear()
        self.endResetModel()
        self.replaced.emit()

    # ------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many places there are, headings included."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what a cell holds; made once and kept."""
        known = self._cells.get((row, column))
        if known is not None:
            return known
        if len(self._cells) >= MOST_CELLS:
            self._cells.clear()
        entry = self._entries[row]
        if isinstance(entry, Section):
            count = len(entry.rows) if entry.count is None else entry.count
            made: Cell = SectionCell(
                entry.title, count, entry.note, entry.kind, self._is_folded(entry)
            )
        else:
            made = self.columns[column].cell(entry)
        self._cells[row, column] = made
        return made

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a cell, its plain words, or its row."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == CELL_ROLE:
            return self.cell(row, column)
        if role == ROW_ROLE:
            return self.entry(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(row, column)
            return cell.plain() if cell is not None else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        """Return the words over a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.words) if column.words else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if column.at_right
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side.value) | int(Qt.AlignmentFlag.AlignVCenter.value)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be selected; headings only be reached."""
        row = index.row()
        is_heading = row >= 0 and isinstance(self._entries[row], Section)
        return _HEADING if is_heading else _ROW

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort inside each section; a column without a key gives the given order.

        One that does not sort itself tells `sort_wanted` the column's id, or nothing.
        """
        descending = order == Qt.SortOrder.DescendingOrder
        if not self.sorts_itself:
            known = 0 <= column < len(self.columns)
            self.sort_wanted.emit(self.columns[column].id if known else "", descending)
            return
        wanted = (column, descending) if 0 <= column < len(self.columns) else None
        if wanted == self._sort:
            return
        self._sort = wanted
        self.beginResetModel()
        self._entries = self._flattened()
        self._cells.clear()
        self.endResetModel()
        self.replaced.emit()

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there is another page to ask for."""
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask the page around the table for more rows, once per page."""
        self._has_more = False
        self.more_wanted.emit()
