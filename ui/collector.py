"""Collects Python's garbage in the GUI thread only: Qt objects must die there."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

BEAT_MS = 1_000
LIMIT = 700
"""Fewer new objects than this are not worth looking through."""

MANY = 20_000
"""More are in use just now, by a thread that reads; so many take 10 ms."""

PATIENCE = 10
"""For so many beats much that is new is left alone."""

SURVIVED = 3
"""After so many collections of what is new, what outlived them is looked through."""

OLD = 8
"""After so many of those, everything is that is not kept apart."""

REST = 60
"""So many beats lie between two collections of everything."""


class Collector(QObject):
    """Takes over from the automatic collection, which could run in any thread.

    A little at a time, for the window waits: everything there is would take a third of
    a second, so that is done only while nobody uses the window.
    """

    def __init__(
        self, parent: QObject | None = None, is_used: Callable[[], bool] | None = None
    ) -> None:
        """Begin at once; ``is_used`` tells whether somebody works in the window."""
        super().__init__(parent)
        gc.disable()
        self._is_used = is_used or _is_active
        self._is_settled = False
        self._waited = 0
        self._rested = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        """Collect what was made lately, or everything while nobody looks."""
        self._rested += 1
        if self._rested >= REST and not self._is_used():
            self._rested = 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            return
        young, survived, old = gc.get_count()
        if young > MANY:
            self._waited += 1
            if self._waited >= PATIENCE:
                self._waited = 0
                self._settle()
            return
        self._waited = 0
        if survived >= SURVIVED and old >= OLD:
            gc.collect()
        elif survived >= SURVIVED:
            gc.collect(1)
        elif young > LIMIT:
            gc.collect(0)

    def _settle(self) -> None:
        """Keep the program itself apart, once: pages kept so would never be freed."""
        if self._is_settled:
            gc.collect(0)
        else:
            self._is_settled = True
            gc.freeze()


def _is_active() -> bool:
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
