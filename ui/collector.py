"""Collects Python's garbage in the GUI thread only: Qt objects must die there."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_BEAT_MS = 5_000


class Collector(QObject):
    """Takes over from the automatic collection, which could run in any thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @staticmethod
    def _collect() -> None:
        young, middle, _old = gc.get_count()
        limits = gc.get_threshold()
        if young > limits[0]:
            gc.collect(1 if middle > limits[1] else 0)
        if gc.get_count()[2] > limits[2]:
            gc.collect()
