"""Panes side by side, a line of one pixel between them; with a grip and a memory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.table_columns import Remembers
from ui.style import tokens

_GRIP = 7


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colours.surface)
        line = self.rect()
        ink = colours.accent if self.underMouse() else colours.line
        if self.orientation() == Qt.Orientation.Horizontal:
            line.setLeft(line.center().x())
            line.setWidth(1)
        else:
            line.setTop(line.center().y())
            line.setHeight(1)
        painter.fillRect(line, ink)


class Divided(QSplitter):
    """Two or more panes side by side; none can be pushed away altogether."""

    def __init__(
        self,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def fill(self, page: QWidget, first: QWidget, beside: QWidget) -> None:
        """Fill a page with two panes; the first takes what room the page gains."""
        self.addWidget(first)
        self.addWidget(beside)
        self.setStretchFactor(0, 1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self)

    def createHandle(self) -> QSplitterHandle:
        """Make the thin line."""
        handle = _Handle(self.orientation(), self)
        handle.setAccessibleName(_("Divider"))
        return handle


class Splitter(Divided):
    """Divided panes with a wide grip, which remember how wide they were made."""

    def __init__(
        self,
        preferences: Remembers,
        name: str,
        *,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self._preferences = preferences
        self._name = name
        self.setHandleWidth(_GRIP)
        self.splitterMoved.connect(lambda _at, _index: self._remember())

    def restore(self, sizes: list[int]) -> None:
        """Take the sizes kept, or these, once all panes are in."""
        kept = self._preferences.value(self._name)
        fits = (
            isinstance(kept, list)
            and len(kept) == self.count()
            and all(isinstance(size, int) and size > 0 for size in kept)
        )
        self.setSizes(kept if fits else sizes)

    def _remember(self) -> None:
        self._preferences.set_value(self._name, self.sizes())
