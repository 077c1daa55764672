"""A table with sections that fold, rows that stay where they are, and copying."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.delegates import CellDelegate
from ui.common.menu import Menu
from ui.common.table_columns import Remembers, TableColumns
from ui.common.table_model import TableModel
from ui.style import dress

SECTION_HEIGHT = 36
AHEAD = 2
"""So many screens before the last row the next rows are asked for."""


class TableView(QTableView):
    """Shows a TableModel: 48 px rows, 32 compact; selection and scroll kept by key."""

    current_changed = Signal(object)
    opened = Signal(object)
    selection_changed = Signal()

    def __init__(
        self,
        model: TableModel[Any],
        *,
        name: str,
        margin: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        """Show a model; the first column starts `margin` (8 or 24) pixels in."""
        super().__init__(parent)
        dress(self, "rows")
        self.setProperty("wide", margin >= 24)
        self.setAccessibleName(name)
        self._rows = model
        self._current: Hashable | None = None
        self._chosen: set[Hashable] = set()
        self._restoring = False
        self.columns = TableColumns(self, model)
        self.cells = CellDelegate(self)
        self.cells.margin = margin
        self.cells.cell_of = model.cell
        self.setItemDelegate(self.cells)
        self.setModel(model)
        self._set_manners()
        self._set_header()
        self.set_compact(False)
        model.modelAboutToBeReset.connect(self._note_place)
        model.replaced.connect(self._restore_place)
        model.rowsInserted.connect(self._span_inserted)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)

    def _set_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(28)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._rows.sort)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.setAccessibleName(_("Columns"))
        for number, column in enumerate(self._rows.columns):
            header.resizeSection(number, self.columns.first_width(number))
            self.columns.hide(number, column.is_hidden)
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _look_ahead(self, value: int) -> None:
        """Have the next rows read before whoever scrolls comes to the last."""
        bar, none = self.verticalScrollBar(), QModelIndex()
        is_near = value > bar.maximum() - AHEAD * bar.pageStep()
        if value and is_near and self._rows.canFetchMore(none):
            self._rows.fetchMore(none)

    # ------------------------------------------------------------ rows and sections

    def set_compact(self, compact: bool) -> None:
        """Show one line a row instead of two."""
        self.cells.compact = compact
        self.verticalHeader().setDefaultSectionSize(32 if compact else 48)
        self._span_sections()

    def _span_sections(self) -> None:
        self.clearSpans()
        for place in self._rows.section_rows():
            self._span(place)

    def _span_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        for place in range(first, last + 1):
            if self._rows.section_at(place) is not None:
                self._span(place)

    def _span(self, place: int) -> None:
        """Give a heading the whole width, and its height."""
        width = self._rows.columnCount()
        if width > 1:
            self.setSpan(place, 0, 1, width)
        height = SECTION_HEIGHT + (12 if place else 0)
        self.verticalHeader().resizeSection(place, height)

    @property
    def rows_model(self) -> TableModel[Any]:
        """Return the model it shows."""
        return self._rows

    def current_row(self) -> Any:
        """Return the row the keyboard is on, None on a heading."""
        return self._rows.entry(self.currentIndex().row())

    def selected_rows(self) -> list[Any]:
        """Return the selected rows from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows(0))
        found = (self._rows.entry(place) for place in places)
        return [row for row in found if row is not None]

    def choose(self, key: Hashable) -> bool:
        """Select the row of a key and show it; False when it is not there."""
        place = self._rows.place_of(key)
        if place < 0:
            return False
        self.choose_place(place)
        self.scrollTo(self._rows.index(place, 0))
        return True

    def choose_place(self, place: int) -> None:
        """Select the row at a place, and only that: whatever keys are down just now."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._rows.index(place, 0), flags.ClearAndSelect | flags.Rows
        )

    def choose_first(self) -> None:
        """Select the first row there is."""
        for place in range(self._rows.rowCount()):
            if self._rows.entry(place) is not None:
                self.choose_place(place)
                return

    # ------------------------------------------------------------ staying in place

    def _note_place(self) -> None:
        self._current = self._rows.key_at(self.currentIndex().row())
        self._chosen = {
            key
            for index in self.selectionModel().selectedRows(0)
            if (key := self._rows.key_at(index.row())) is not None
        }
        self._scroll = self.verticalScrollBar().value()
        self._restoring = True

    def _restore_place(self) -> None:
        self._span_sections()
        model = self.selectionModel()
        last = max(0, self._rows.columnCount() - 1)
        wanted = QItemSelection()
        for key in self._chosen:
            place = self._rows.place_of(key)
            if place >= 0:
                wanted.select(self._rows.index(place, 0), self._rows.index(place, last))
        flags = QItemSelectionModel.SelectionFlag
        model.select(wanted, flags.ClearAndSelect | flags.Rows)
        place = -1 if self._current is None else self._rows.place_of(self._current)
        if place >= 0:
            model.setCurrentIndex(self._rows.index(place, 0), flags.NoUpdate)
        self.verticalScrollBar().setValue(self._scroll)
        self._restoring = False
        if place < 0 and self._current is not None:
            self._current = None
            self.current_changed.emit(None)

    def take_place_of(self, other: TableView) -> None:
        """Choose and show what another table of such rows has chosen and shows."""
        other._note_place()
        other._restoring = False
        self._current, self._chosen = other._current, other._chosen
        self._scroll = other._scroll
        self._restoring = True
        self._restore_place()
        self._tell_current(self.currentIndex())
        self._tell_selection()

    def _tell_current(self, index: QModelIndex) -> None:
        if not self._restoring:
            self.current_changed.emit(self._rows.entry(index.row()))

    def _tell_selection(self) -> None:
        if not self._restoring:
            self.selection_changed.emit()

    # ------------------------------------------------------------ keys and pointer

    def _open(self, place: int) -> None:
        row = self._rows.entry(place)
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold with the arrows, open with Return, copy; letters go to the page."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_current(key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            place = self.currentIndex().row()
            section = self._rows.section_at(place)
            if section is not None:
                self.fold(section.id, not self._rows.is_folded(section.id))
            else:
                self._open(place)
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Step over headings, but stop at folded ones: they can be opened there.

        Home and End are for rows: nobody moves along the columns of one.
        """
        actions = QAbstractItemView.CursorAction
        if action in (actions.MoveHome, actions.MoveEnd):
            place = 0 if action == actions.MoveHome else self._rows.rowCount() - 1
            found = self._rows.index(place, max(0, self.currentIndex().column()))
        else:
            found = super().moveCursor(action, modifiers)
        up = (actions.MoveUp, actions.MovePrevious, actions.MovePageUp)
        step = -1 if action in up else 1
        place = found.row()
        while (section := self._rows.section_at(place)) is not None:
            if self._rows.is_folded(section.id):
                return found
            place += step
            found = self._rows.index(place, max(0, found.column()))
        return found if found.isValid() else self.currentIndex()

    def fold(self, section_id: str, folded: bool) -> None:
        """Fold or unfold a section and put the keyboard on its heading."""
        self._rows.set_folded(section_id, folded)
        for place in self._rows.section_rows():
            section = self._rows.section_at(place)
            if section is not None and section.id == section_id:
                target = place if folded else place + 1
                flags = QItemSelectionModel.SelectionFlag
                flag = flags.NoUpdate if folded else flags.ClearAndSelect | flags.Rows
                self.selectionModel().setCurrentIndex(self._rows.index(target, 0), flag)

    def _fold_current(self, folded: bool) -> None:
        place = self.currentIndex().row()
        while place >= 0:
            section = self._rows.section_at(place)
            if section is not None:
                if self._rows.is_folded(section.id) != folded:
                    self.fold(section.id, folded)
                return
            place -= 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold when a heading is clicked."""
        place = self.rowAt(int(event.position().y()))
        section = self._rows.section_at(place)
        if section is not None:
            self._rows.set_folded(section.id, not self._rows.is_folded(section.id))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the pointer."""
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Begin a frame; forget the marked row when the pointer leaves."""
        kind = event.type()
        if kind == QEvent.Type.Paint:
            self.cells.begin_frame()
        elif kind == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, place: int) -> None:
        if place != self.cells.hovered_row:
            self.cells.hovered_row = place
            self.viewport().update()

    # ------------------------------------------------------------ copying, columns

    def shown_columns(self) -> list[int]:
        """Return the visible columns in the order they stand."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in order if not header.isSectionHidden(column)]

    def rows_as_text(self) -> str:
        """Return the selected rows as tab-separated lines under their headings."""
        columns = [self._rows.columns[number] for number in self.shown_columns()]
        lines = [
            "\t".join(_(column.words) if column.words else "" for column in columns)
        ]
        for row in self.selected_rows():
            words = [
                column.copied(row) if column.copied else column.cell(row).plain()
                for column in columns
            ]
            lines.append("\t".join(" ".join(word.split()) for word in words))
        return "\n".join(lines)

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard."""
        if self.selected_rows():
            QGuiApplication.clipboard().setText(self.rows_as_text())

    def _choose_columns(self, at: QPoint) -> None:
        menu = Menu(self)
        self.columns.add_to(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        self.columns.give_way()

    def save_state(self, preferences: Remembers, name: str) -> None:
        """Keep columns, sort and folded sections under a name."""
        self.columns.save_state(preferences, name)

    def restore_state(self, preferences: Remembers, name: str) -> None:
        """Take back what was kept; what does not fit these columns is left out."""
        self.columns.restore_state(preferences, name)
