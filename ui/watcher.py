"""Notices what others changed and says it in the words of one's own changes."""

from __future__ import annotations

import logging
import threading

from ui.operations import Operations

log = logging.getLogger(__name__)

POLL_S = 0.7


class Watcher:
    """Asks the desk's version off the GUI thread; a new one emits `changed`."""

    def __init__(self, operations: Operations, seconds: float = POLL_S) -> None:
        self._operations = operations
        self._seconds = seconds
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
            if known is not None and version != known:
                self._operations.courier.bring(self._tell)
            known = version

    def _tell(self) -> None:
        from desktop.desk import ChangeSet

        self._operations.changed.emit(ChangeSet(everything=True), None)
