"""One beat a minute for everything that speaks of time; it never asks the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

_MINUTE_MS = 60_000


class Ticker(QObject):
    """Knows what time it is, by the source given, and beats once a minute."""

    beat = Signal()

    def __init__(
        self, source: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._strike)

    def now(self) -> datetime:
        """Return the instant, aware, by the source of this window's time."""
        return self._source()

    def start(self) -> None:
        """Beat from now on, just after each full minute."""
        now = self.now()
        past = now.second * 1000 + now.microsecond // 1000
        self._timer.start(_MINUTE_MS - past + 20)

    def stop(self) -> None:
        """Stop beating."""
        self._timer.stop()

    def _strike(self) -> None:
        self.beat.emit()
        self.start()
