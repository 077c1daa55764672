"""Asks a page's rows again when something it shows changed, once per beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.operations import Operations

BEAT_MS = 60


class Refresher(QObject):
    """Belongs to a page: several changes in one beat cause one re-read.

    While the page is hidden it only remembers that it is stale, until it is shown.
    """

    def __init__(
        self,
        page: QWidget,
        operations: Operations,
        tables: Sequence[str],
        reread: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._tables = tuple(tables)
        self._reread = reread
        self._is_stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # The first time nothing is shown yet that more changes could be added to.
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._refresh)
        operations.changed.connect(self._hear)
        page.installEventFilter(self)

    def want(self) -> None:
        """Re-read at the next beat, as if something had changed."""
        self._is_stale = True
        if self._page.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _hear(self, changes: Any, _initiator: object) -> None:
        if changes.touches(*self._tables):
            self.want()

    def _refresh(self) -> None:
        if self._is_stale and self._page.isVisible():
            self._is_stale = False
            self._timer.setInterval(BEAT_MS)
            self._reread()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the page is shown, at once: what it has is old."""
        if event.type() == QEvent.Type.Show and self._is_stale:
            self._timer.start(0)
        return super().eventFilter(watched, event)
