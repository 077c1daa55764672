"""Tell once that the window has been painted, so that what is heavy begins after it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

LONGEST_MS = 500
"""A window that starts minimised is not painted: then it is not waited for longer."""


class FirstPaint(QObject):
    """Emits ``seen`` once: after the first paint of a window, or after a while."""

    seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_told = False
        window.installEventFilter(self)
        QTimer.singleShot(LONGEST_MS, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The paint itself comes first; what waits for it, after.
            QTimer.singleShot(0, self._tell)
            self._window.removeEventFilter(self)
        return False

    def _tell(self) -> None:
        if not self._is_told:
            self._is_told = True
            self.seen.emit()
