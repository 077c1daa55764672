"""Collects Python's garbage in the GUI thread only: Qt objects must die there."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

BEAT_MS = 1_000
LIMIT = 700
"""Fewer new objects than this are not worth looking through."""

MANY = 20_000
"""More would take longer to look through than a frame may: they are put aside."""

PATIENCE = 10
"""For so many beats much that is new is left alone: a thread may be reading."""

SURVIVED = 3
"""After so many collections of what is new, what outlived them is looked through."""

OLD = 8
"""After so many of those, all that is not put aside is."""

REST = 60
"""So many beats lie between two collections of everything."""

UNUSED_S = 30.0
"""A window nobody has touched for so long is not used just now."""


class Collector(QObject):
    """Takes over from the automatic collection, which could run in any thread.

    A little at a time, for the window waits: everything there is would take a third of
    a second, so that is done only while nobody uses the window. Till then what is put
    aside is freed as everything in Python is, unless it refers to itself.
    """

    def __init__(
        self, parent: QObject | None = None, is_used: Callable[[], bool] | None = None
    ) -> None:
        """Begin at once; ``is_used`` tells whether somebody works in the window."""
        super().__init__(parent)
        gc.disable()
        self._is_used = is_used or Hands(self).are_at_it
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
            if self._waited < PATIENCE:
                return
            gc.freeze()
        elif survived >= SURVIVED and old >= OLD:
            _collect_old()
        elif survived >= SURVIVED:
            gc.collect(1)
        elif young > LIMIT:
            gc.collect(0)
        self._waited = 0


def _collect_old() -> None:
    """Look through what is old, and put aside what is much and has stood that.

    The program itself, first of all, is put aside unseen.
    """
    old = len(gc.get_objects(1)) + len(gc.get_objects(2))
    if old <= 2 * MANY:
        gc.collect()
    if old > MANY:
        gc.freeze()


class Hands(QObject):
    """Tells whether somebody's hands are at the window: keys, pointer, wheel."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = monotonic()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def are_at_it(self) -> bool:
        """Tell whether the program is in front and was touched a moment ago."""
        is_active = Qt.ApplicationState.ApplicationActive
        return (
            QGuiApplication.applicationState() == is_active
            and monotonic() - self._last < UNUSED_S
        )

    def _watch(self, window: QWindow | None) -> None:
        """Listen to the window that has the keyboard; to each only once."""
        self._last = monotonic()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when somebody does something."""
        if event.type() in _TOUCHES:
            self._last = monotonic()
        return False


_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)
