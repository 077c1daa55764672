"""Offers words below a field while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView

from ui.style import dress


class Completer(QCompleter):
    """Completes from a model or from words, in a list of the program's own look."""

    def __init__(
        self, offered: QAbstractItemModel | Sequence[str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._list = QListView()
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dress(self._list, "rows")
        self.setPopup(self._list)
        if isinstance(offered, QAbstractItemModel):
            self.setModel(offered)
        else:
            self.setModel(QStringListModel(list(offered), self))
