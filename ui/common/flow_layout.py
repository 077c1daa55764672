"""Lays widgets out like words: from left to right, going on in the next line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem
from shiboken6 import isValid


class FlowLayout(QLayout):
    """A layout whose height grows as its width shrinks.

    Qt makes the items, and PySide knows them by their place in memory: one may be taken
    for another that stood there before, and be told gone with it. Then it is made anew.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._widgets: list[QWidget | None] = []
        self._taken: QLayoutItem | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)
        self._widgets.append(item.widget())

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None outside."""
        if not 0 <= index < len(self._items):
            return None
        widget = self._widgets[index]
        if not isValid(self._items[index]) and widget is not None and isValid(widget):
            self._items[index] = QWidgetItem(widget)
        return self._items[index]

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        # Who takes it has it from here on, but not before it is returned.
        self._taken = self.itemAt(index)
        if self._taken is not None:
            del self._items[index], self._widgets[index]
        return self._taken

    def _whole(self) -> Iterator[QLayoutItem]:
        for index in range(len(self._items)):
            item = self.itemAt(index)
            if item is not None and isValid(item):
                yield item

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        """Return the smallest size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._whole():
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._whole():
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            # What can be cut is cut where not even a line of its own is enough.
            least = item.minimumSize().width()
            size.setWidth(min(size.width(), max(least, rect.width())))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if not only_measure:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()
