"""The rail at the left: a list of pages with icon, word and a count that waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QWidget

from desktop.i18n import ngettext
from ui.common.painting import (
    CENTRE,
    draw_badge,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_text,
    text_width,
)
from ui.style import dress, tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

WIDTH = 96
_ITEM_HEIGHT = 64
_LEAST_HEIGHT = 54
"""Entries move closer where many are offered in a low window, before they scroll."""
_ENTRY = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class RailEntry:
    """One page: `words` as shown, `badge` how much waits there."""

    id: str
    icon: str
    words: str
    badge: int = 0


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[RailEntry] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = 0) -> object:
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole and entry.badge:
            waiting = ngettext("{count} waits", "{count} wait", entry.badge)
            return f"{entry.words}, {waiting.format(count=entry.badge)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.words
        return None


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.height = _ITEM_HEIGHT

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        # Slow to load, and nothing is painted before the first page is known.
        from PySide6.QtWidgets import QStyle

        entry: RailEntry = index.data(_ENTRY)
        colours = tokens()
        whole = QRectF(option.rect)
        box = whole.adjusted(8, 4, -8, -4)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen:
            draw_frame(painter, box, ground=colours.surface, radius=8)
            edge = QRectF(whole.left(), box.top() + 12, 3, box.height() - 24)
            draw_frame(painter, edge, ground=colours.accent, radius=1.5)
        elif over:
            draw_frame(painter, box, ground=colours.track, radius=8)
        icon = colours.accent if chosen else colours.text2
        middle = box.center().x()
        spare = 1 if self.height < _ITEM_HEIGHT else 6
        draw_icon(painter, middle - 12, box.top() + spare, entry.icon, icon, 24)
        below = box.top() + spare + 28
        words = QRectF(whole.left() + 2, below, whole.width() - 4, 18)
        ink = colours.text if chosen else colours.text2
        bold = chosen and text_width(entry.words, "small", bold=True) <= words.width()
        draw_text(
            painter, words, entry.words, ink, size="small", bold=bold, align=CENTRE
        )
        if entry.badge:
            draw_badge(painter, middle + 30, box.top() + 2, entry.badge)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box, radius=8)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, self.height)


class Rail(QListView):
    """The pages to choose from; arrow keys move, and the choice follows at once."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "rows")
        self.setObjectName("rail")
        self.setAccessibleName(name)
        self.setFixedWidth(WIDTH)
        self._delegate = _EntryDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._model = _Entries(self)
        self.setModel(self._model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.selectionModel().currentChanged.connect(self._tell)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Offer these pages."""
        self._model.beginResetModel()
        self._model.entries = list(entries)
        self._model.endResetModel()
        # An empty rail would take the keyboard and show nothing of it.
        reached = Qt.FocusPolicy.StrongFocus if entries else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(reached)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move entries closer in a low window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Asked for the first time, `viewport` has PySide make a hundred enums: a
        # twentieth of the time until the window is seen.
        share = self.contentsRect().height() // max(1, len(self._model.entries))
        height = max(_LEAST_HEIGHT, min(_ITEM_HEIGHT, share))
        if height != self._delegate.height:
            self._delegate.height = height
            self.scheduleDelayedItemsLayout()

    def entries(self) -> list[RailEntry]:
        """Return the pages offered."""
        return list(self._model.entries)

    def choose(self, page_id: str) -> None:
        """Mark a page as the one shown; no page is marked when it is not offered."""
        ids = [entry.id for entry in self._model.entries]
        model = self.selectionModel()
        model.blockSignals(True)
        if page_id in ids:
            index = self._model.index(ids.index(page_id))
            model.setCurrentIndex(index, model.SelectionFlag.ClearAndSelect)
        else:
            model.clear()
        model.blockSignals(False)
        self.viewport().update()

    def set_badge(self, page_id: str, count: int) -> None:
        """Show how much waits on a page."""
        for row, entry in enumerate(self._model.entries):
            if entry.id == page_id and entry.badge != count:
                self._model.entries[row] = replace(entry, badge=count)
                index = self._model.index(row)
                self._model.dataChanged.emit(index, index)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.entries[index.row()].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark where the keyboard is; coming by with Tab shows no other page."""
        with QSignalBlocker(self.selectionModel()):
            super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose what is marked with Return or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._tell(self.currentIndex())
        else:
            super().keyPressEvent(event)
