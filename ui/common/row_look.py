"""Says when what a row is about is to be read: at once, or once the keys rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

REST_MS = 50
"""How long the keyboard rests on a row, coming from another, before it is read.

A key that is held repeats sooner than that: of the rows it runs through none is read.
"""


class RowLook(QTimer):
    """Calls once somebody looks at a row: running through many, at the last of them."""

    def __init__(self, parent: QObject, call: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.timeout.connect(call)
        self._since = QElapsedTimer()

    def soon(self, *, behind: bool = False) -> None:
        """Look at the row that is current now; ``behind`` lets others go first.

        Rows just read are painted before what one of them is about is asked.
        """
        runs = self._since.isValid() and self._since.elapsed() < REST_MS
        self._since.start()
        self.start(REST_MS if runs or behind else 0)
