"""A list of lines put in order: dragged, or moved with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.common.lines import HEIGHT, Index, Lines, LinesModel

MIME = "application/x-counterpart-line"


class OrderedModel(LinesModel):
    """Lines that can be dropped between each other; a drop is told, not done here."""

    dropped = Signal(int, int)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be dragged, and dropped between lines only."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid():
            return usual | Qt.ItemFlag.ItemIsDragEnabled
        return Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines are moved, not copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one kind of thing that is dragged here."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the line's place."""
        data = QMimeData()
        data.setData(MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: Index,
    ) -> bool:
        """Tell where a line was dropped; whoever listens moves it."""
        if not data.hasFormat(MIME):
            return False
        start = int(bytes(data.data(MIME).data()))
        to = row if row >= 0 else len(self.lines)
        to -= to > start
        if to != start and start < len(self.lines):
            self.dropped.emit(start, to)
        return False


class OrderedLines(Lines):
    """Tells ``moved(from, to)``; Alt+Up and Alt+Down move the chosen line."""

    moved = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, margin=12, parent=parent)
        model = OrderedModel(self)
        self.use_model(model)
        model.dropped.connect(self.moved)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.fit(0)

    def fit(self, most: int) -> None:
        """Be as high as the lines are, up to so many; further ones scroll."""
        shown = max(1, min(len(self.lines()), most))
        self.setFixedHeight(shown * HEIGHT + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen line with Alt and an arrow."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentIndex().row()
        if at >= 0 and 0 <= at + step < len(self.lines()):
            self.moved.emit(at, at + step)
