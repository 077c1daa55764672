"""A list reached by the keyboard has a row to show it by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtWidgets import QAbstractItemView


def first_row_on_focus(view: QAbstractItemView) -> None:
    """Make a list's first row the current one when the keyboard comes and none is."""
    view.installEventFilter(_FirstRow(view))


class _FirstRow(QObject):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Whatever else comes may come while the list is being destroyed.
        if event.type() == QEvent.Type.FocusIn:
            self._choose()
        return False

    def _choose(self) -> None:
        model = self._view.model()
        if (
            model is not None
            and not self._view.currentIndex().isValid()
            and model.rowCount(QModelIndex()) > 0
        ):
            self._view.setCurrentIndex(model.index(0, 0))
