"""A table with sections that fold, rows that stay where they are, and copying."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSignalBlocker,
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
    QMenu,
    QTableView,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.delegates import CellDelegate
from ui.common.painting import text_width
from ui.common.table_model import TableModel

SECTION_HEIGHT = 36
ENOUGH = 240
"""How wide the stretched column is before others give way to it."""


class Remembers(Protocol):
    """Keeps JSON values by name; the preferences do."""

    def value(self, name: str, default: Any = None) -> Any:
        """Return what was kept."""

    def set_value(self, name: str, value: Any) -> None:
        """Keep a value."""


class TableView(QTableView):
    """Shows a TableModel: 48 px rows, 32 compact; selection and scroll kept by key."""

    current_changed = Signal(object)
    opened = Signal(object)
    selection_changed = Signal()
    columns_chosen = Signal()

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
        self.setProperty("wide", margin >= 24)
        self.setAccessibleName(name)
        self._rows = model
        self._current: Hashable | None = None
        self._chosen: set[Hashable] = set()
        self._restoring = False
        self._hidden: set[int] = set()
        self._widths: dict[int, int] = {}
        self.cells = CellDelegate(self)
        self.cells.margin = margin
        self.setItemDelegate(self.cells)
        self.setModel(model)
        self._set_manners()
        self._set_header()
        self.set_compact(False)
        model.modelAboutToBeReset.connect(self._note_place)
        model.replaced.connect(self._restore_place)
        model.rowsInserted.connect(lambda *_args: self._span_sections())
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

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
            words = _(column.words) if column.words else ""
            room = text_width(words, "small") + 24
            header.resizeSection(number, max(column.width, room))
            self._hide(number, column.is_hidden)
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    # ------------------------------------------------------------ rows and sections

    def set_compact(self, compact: bool) -> None:
        """Show one line a row instead of two."""
        self.cells.compact = compact
        self.verticalHeader().setDefaultSectionSize(32 if compact else 48)
        self._span_sections()

    def _span_sections(self) -> None:
        self.clearSpans()
        header = self.verticalHeader()
        width = self._rows.columnCount()
        for row in self._rows.section_rows():
            if width > 1:
                self.setSpan(row, 0, 1, width)
            header.resizeSection(row, SECTION_HEIGHT + (12 if row else 0))

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
        """Step over headings, but stop at folded ones: they can be opened there."""
        found = super().moveCursor(action, modifiers)
        actions = QAbstractItemView.CursorAction
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
        """Forget the marked row when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
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
        menu = QMenu(self)
        self.add_columns_to(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def add_columns_to(self, menu: QMenu) -> None:
        """Offer the columns in a menu; those shown are ticked."""
        for number, column in enumerate(self._rows.columns):
            if number == 0 or not column.words:
                continue
            action = menu.addAction(_(column.words).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number not in self._hidden)
            action.toggled.connect(
                lambda shown, number=number: self._choose_column(number, shown)
            )

    def _choose_column(self, number: int, shown: bool) -> None:
        """Show or hide a column; one chosen now gives way to no other."""
        self._hide(number, not shown)
        self._give_way(but=number)
        self.columns_chosen.emit()

    def _hide(self, number: int, hidden: bool) -> None:
        (self._hidden.add if hidden else self._hidden.discard)(number)
        self.horizontalHeader().setSectionHidden(number, hidden)

    def _give_way(self, but: int = -1) -> None:
        """Leave columns out, the last first, until the stretched one has its room."""
        header, columns = self.horizontalHeader(), self._rows.columns
        wanted = [n for n in range(len(columns)) if n not in self._hidden]
        stretched = [number for number in wanted if columns[number].stretch]
        if not stretched or self.viewport().width() <= 0:
            return
        room = self.viewport().width() - ENOUGH * len(stretched)
        room -= sum(
            self._width_of(number) for number in wanted if not columns[number].stretch
        )
        for number in wanted:
            if not columns[number].gives_way:
                continue
            is_gone = room < 0 and number != but
            if is_gone:
                self._widths[number] = self._width_of(number)
                room += self._widths[number]
            header.setSectionHidden(number, is_gone)

    def _width_of(self, number: int) -> int:
        """Return how wide a column is, or would be if it were shown."""
        header = self.horizontalHeader()
        shown = header.sectionSize(number)
        return shown or self._widths.get(number, self._rows.columns[number].width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        self._give_way()

    def columns_now(self) -> list[tuple[str, int]]:
        """Return the ids of the columns chosen, in order, with their widths."""
        header = self.horizontalHeader()
        chosen = [n for n in range(len(self._rows.columns)) if n not in self._hidden]
        chosen.sort(key=header.visualIndex)
        return [(self._rows.columns[n].id, self._width_of(n)) for n in chosen]

    def show_columns(self, places: Sequence[tuple[str, int]]) -> None:
        """Show these columns in this order; a width of 0 leaves it as it is."""
        header = self.horizontalHeader()
        ids = [column.id for column in self._rows.columns]
        known = [(ids.index(name), width) for name, width in places if name in ids]
        if not known:
            return
        shown = {number for number, _width in known}
        for number in range(1, len(ids)):
            self._hide(number, number not in shown)
        for place, (number, width) in enumerate(known):
            header.moveSection(header.visualIndex(number), place)
            if width >= 48 and not self._rows.columns[number].stretch:
                header.resizeSection(number, width)
        self._give_way()

    def show_sort(self, column_id: str, descending: bool) -> None:
        """Mark the column rows are sorted by, without sorting."""
        ids = [column.id for column in self._rows.columns]
        orders = Qt.SortOrder
        header = self.horizontalHeader()
        with QSignalBlocker(header):
            header.setSortIndicator(
                ids.index(column_id) if column_id in ids else -1,
                orders.DescendingOrder if descending else orders.AscendingOrder,
            )
        header.viewport().update()

    def save_state(self, preferences: Remembers, name: str) -> None:
        """Keep columns, sort and folded sections under a name."""
        header = self.horizontalHeader()
        columns = [
            [
                column.id,
                header.visualIndex(number),
                self._width_of(number),
                number in self._hidden,
            ]
            for number, column in enumerate(self._rows.columns)
        ]
        order = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        preferences.set_value(
            name,
            {
                "columns": columns,
                "sort": [header.sortIndicatorSection(), order],
                "folded": self._rows.folded(),
            },
        )

    def restore_state(self, preferences: Remembers, name: str) -> None:
        """Take back what was kept; what does not fit these columns is left out."""
        kept = preferences.value(name)
        if not isinstance(kept, dict):
            return
        header = self.horizontalHeader()
        ids = [column.id for column in self._rows.columns]
        known = [part for part in kept.get("columns", []) if part[0] in ids]
        for name_of, place, width, is_hidden in sorted(known, key=lambda part: part[1]):
            number = ids.index(name_of)
            header.moveSection(header.visualIndex(number), min(place, len(ids) - 1))
            if not self._rows.columns[number].stretch and width >= 48:
                header.resizeSection(number, width)
            self._hide(number, bool(is_hidden) and number > 0)
        self._give_way()
        section, descending = kept.get("sort", [-1, False])
        order = Qt.SortOrder
        header.setSortIndicator(
            section if section < len(ids) else -1,
            order.DescendingOrder if descending else order.AscendingOrder,
        )
        for section_id in kept.get("folded", []):
            self._rows.set_folded(section_id, True)
