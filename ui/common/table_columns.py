"""The columns of a table: which are shown, how wide, in which order, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView

from desktop.i18n import gettext as _
from ui.common.cells import LinesCell
from ui.common.painting import text_width
from ui.common.table_model import TableModel

ENOUGH = 220
"""How wide a stretched column is, if it wants as much, before others give way."""

LOOKED_AT = 20
"""A column grows by what so many rows have in it: those somebody sees at first."""

MOST_GROWN = 160
HEADING_ROOM = 24
PADDING = 10
"""What stays free behind a cell's words."""


class Remembers(Protocol):
    """Keeps JSON values by name; the preferences do."""

    def value(self, name: str, default: Any = None) -> Any:
        """Return what was kept."""

    def set_value(self, name: str, value: Any) -> None:
        """Keep a value."""


class TableColumns(QObject):
    """Keeps apart what somebody chose and what gave way to a narrow window."""

    chosen = Signal()

    def __init__(self, view: QTableView, model: TableModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._hidden: set[int] = set()
        self._widths: dict[int, int] = {}
        self._grown: dict[int, int] = {}
        self._is_fitting = False
        view.horizontalHeader().sectionResized.connect(self._note_width)

    def add_to(self, menu: QMenu) -> None:
        """Offer the columns in a menu; those shown are ticked."""
        for number, column in enumerate(self._model.columns):
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
        self.hide(number, not shown)
        self.give_way(but=number)
        self.chosen.emit()

    def hide(self, number: int, hidden: bool) -> None:
        """Hide or show a column, as somebody wants it."""
        (self._hidden.add if hidden else self._hidden.discard)(number)
        self._set_hidden(number, hidden)

    def _set_hidden(self, number: int, hidden: bool) -> None:
        """Hide or show a section; the width it comes back with is nobody's wish."""
        self._is_fitting = True
        self._view.horizontalHeader().setSectionHidden(number, hidden)
        self._is_fitting = False

    def _note_width(self, number: int, _before: int, width: int) -> None:
        """Remember how wide somebody, or the column itself, wants to be."""
        if width and not self._is_fitting:
            self._widths[number] = width

    def grow(self, name: str, rows: Sequence[Any], margin: int) -> None:
        """Widen a column of two lines to what the first rows have in it.

        Not beyond what is sensible, nor where somebody set how wide it is. ``margin``
        is how many pixels its words start in.
        """
        columns = self._model.columns
        number = [column.id for column in columns].index(name)
        was = self._width_of(number)
        if was not in (self.first_width(number), self._grown.get(number)):
            return
        cells = [columns[number].cell(row) for row in rows[:LOOKED_AT]]
        lines = [one for one in cells if isinstance(one, LinesCell)]
        wanted = [text_width(one.first) for one in lines]
        wanted += [text_width(one.second, "small") for one in lines]
        width = min(max(wanted, default=0) + margin + PADDING, MOST_GROWN)
        if width <= was:
            return
        self._widths[number] = self._grown[number] = width
        self._is_fitting = True
        self._view.horizontalHeader().resizeSection(number, width)
        self._is_fitting = False
        self.give_way()

    def give_way(self, but: int = -1) -> None:
        """Leave columns out, then narrow others, until the stretched have room."""
        columns = self._model.columns
        wanted = [n for n in range(len(columns)) if n not in self._hidden]
        stretched = [number for number in wanted if columns[number].stretch]
        if not stretched or self._view.viewport().width() <= 0:
            return
        others = [number for number in wanted if number not in stretched]
        room = self._view.viewport().width()
        room -= sum(min(ENOUGH, columns[number].width) for number in stretched)
        room -= sum(self._width_of(number) for number in others)
        shown = []
        for number in others:
            is_gone = columns[number].gives_way and room < 0 and number != but
            if is_gone:
                room += self._width_of(number)
            else:
                shown.append(number)
            if columns[number].gives_way:
                self._set_hidden(number, is_gone)
        self._narrow(shown, max(0, -room))

    def _narrow(self, shown: Sequence[int], lacking: int) -> None:
        """Take what is lacking from columns that can be narrower, each its share."""
        header = self._view.horizontalHeader()
        spare = {number: self._spare_of(number) for number in shown}
        whole = sum(spare.values())
        self._is_fitting = True
        for number in shown:
            less = spare[number] * min(lacking, whole) // whole if whole else 0
            header.resizeSection(number, self._width_of(number) - less)
        self._is_fitting = False

    def _spare_of(self, number: int) -> int:
        """Return how many pixels a column can do without."""
        least = self._model.columns[number].least
        return max(0, self._width_of(number) - least) if least else 0

    def first_width(self, number: int) -> int:
        """Return how wide a column is before anybody changes it: its name fits."""
        column = self._model.columns[number]
        words = _(column.words) if column.words else ""
        return max(column.width, text_width(words, "small") + HEADING_ROOM)

    def _width_of(self, number: int) -> int:
        """Return how wide a column would be if there were room."""
        header = self._view.horizontalHeader()
        shown = header.sectionSize(number) or self._model.columns[number].width
        return self._widths.setdefault(number, shown)

    def now(self) -> list[tuple[str, int]]:
        """Return the ids of the columns chosen, in order, with their widths."""
        header = self._view.horizontalHeader()
        chosen = [n for n in range(len(self._model.columns)) if n not in self._hidden]
        chosen.sort(key=header.visualIndex)
        return [(self._model.columns[n].id, self._width_of(n)) for n in chosen]

    def show(self, places: Sequence[tuple[str, int]]) -> None:
        """Show these columns in this order; a width of 0 leaves it as it is."""
        header = self._view.horizontalHeader()
        ids = [column.id for column in self._model.columns]
        known = [(ids.index(name), width) for name, width in places if name in ids]
        if not known:
            return
        shown = {number for number, _width in known}
        for number in range(1, len(ids)):
            self.hide(number, number not in shown)
        for place, (number, width) in enumerate(known):
            header.moveSection(header.visualIndex(number), place)
            if width >= 48 and not self._model.columns[number].stretch:
                header.resizeSection(number, width)
        self.give_way()

    def show_sort(self, column_id: str, descending: bool) -> None:
        """Mark the column rows are sorted by, without sorting."""
        ids = [column.id for column in self._model.columns]
        orders = Qt.SortOrder
        header = self._view.horizontalHeader()
        with QSignalBlocker(header):
            header.setSortIndicator(
                ids.index(column_id) if column_id in ids else -1,
                orders.DescendingOrder if descending else orders.AscendingOrder,
            )
        header.viewport().update()

    def save_state(self, preferences: Remembers, name: str) -> None:
        """Keep columns, sort and folded sections under a name."""
        header = self._view.horizontalHeader()
        columns = [
            [
                column.id,
                header.visualIndex(number),
                self._width_of(number),
                number in self._hidden,
            ]
            for number, column in enumerate(self._model.columns)
        ]
        order = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        preferences.set_value(
            name,
            {
                "columns": columns,
                "sort": [header.sortIndicatorSection(), order],
                "folded": self._model.folded(),
            },
        )

    def restore_state(self, preferences: Remembers, name: str) -> None:
        """Take back what was kept; what does not fit these columns is left out."""
        kept = preferences.value(name)
        if not isinstance(kept, dict):
            return
        header = self._view.horizontalHeader()
        ids = [column.id for column in self._model.columns]
        known = [part for part in kept.get("columns", []) if part[0] in ids]
        for name_of, place, width, is_hidden in sorted(known, key=lambda part: part[1]):
            number = ids.index(name_of)
            header.moveSection(header.visualIndex(number), min(place, len(ids) - 1))
            if not self._model.columns[number].stretch and width >= 48:
                header.resizeSection(number, width)
            self.hide(number, bool(is_hidden) and number > 0)
        self.give_way()
        section, descending = kept.get("sort", [-1, False])
        order = Qt.SortOrder
        header.setSortIndicator(
            section if section < len(ids) else -1,
            order.DescendingOrder if descending else order.AscendingOrder,
        )
        for section_id in kept.get("folded", []):
            self._model.set_folded(section_id, True)
