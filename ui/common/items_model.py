"""A list's items as a model: each one is given out whole, and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Item = TypeVar("Item")
Index = QModelIndex | QPersistentModelIndex
ITEM = int(Qt.ItemDataRole.UserRole) + 1
"""The role an item is given out whole by."""
_IN_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_ROOT = QModelIndex()


class ItemsModel(QAbstractListModel, Generic[Item]):
    """The items of a list whose delegate paints them; `words` says all of one."""

    def __init__(self, words: Callable[[Item], str], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.items: tuple[Item, ...] = ()

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = 0) -> object:
        """Return an item, or its words for who listens to them."""
        item = self.items[index.row()]
        if role == ITEM:
            return item
        return self._words(item) if role in _IN_WORDS else None
