"""Notices what others changed and says it in the words of one's own changes."""

from __future__ import annotations

import logging
import threading
from time import monotonic

from ui.operations import Operations

log = logging.getLogger(__name__)

POLL_S = 0.7
OWED_S = 30.0
"""So late everything is read again after one's own writes, in case another's hid
behind them."""


class Watcher:
    """Asks the desk's version off the GUI thread; a new one emits `changed`."""

    def __init__(self, operations: Operations, seconds: float = POLL_S) -> None:
        self._operations = operations
        self._seconds = seconds
        self._owed_at: float | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _watch(self) -> None:
        known: int | None = None
        while not self._stop.wait(self._seconds if known is not None else 0):
            try:
                version = self._operations.desk.data_version()
            except Exception:  # the next beat asks again
                log.warning("the workspace did not answer", exc_info=True)
                version = known if known is not None else 0
            if known is not None and self._is_others(known, version):
                self._operations.courier.bring(self._tell)
            known = version

    def _is_others(self, known: int, version: int) -> bool:
        """Tell whether others changed something; what this window did was told."""
        desk = self._operations.desk
        if version != known:
            if not desk.has_moved_itself(known, version):
                self._owed_at = None
                return True
            if self._owed_at is None:
                self._owed_at = monotonic() + OWED_S
        if self._owed_at is None or monotonic() < self._owed_at:
            return False
        self._owed_at = None
        return True

    def _tell(self) -> None:
        from desktop.desk import ChangeSet

        self._operations.changed.emit(ChangeSet(everything=True), None)
