"""Saves what is being typed: a second after the last key, and every three at least."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop import formats
from desktop.i18n import gettext as _
from ui.clocks import Clocks
from ui.new_request.drafts import Draft, DraftFile
from ui.ticker import Ticker

AFTER_LAST_KEY_MS = 1000
AT_LEAST_EVERY_MS = 3000


class DraftKeeper(QObject):
    """Holds the draft in hand; ``gather`` brings it up to date before it is saved."""

    told = Signal(str, str)

    def __init__(
        self,
        file: DraftFile,
        ticker: Ticker,
        clocks: Clocks,
        gather: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self._file = file
        self._ticker = ticker
        self._clocks = clocks
        self._gather = gather
        self._is_dirty = False
        self._after_key = self._timer(AFTER_LAST_KEY_MS)
        self._at_least = self._timer(AT_LEAST_EVERY_MS)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval_ms)
        timer.timeout.connect(self.save)
        return timer

    def touch(self) -> None:
        """Note that something was typed."""
        self._is_dirty = True
        self._after_key.start()
        if not self._at_least.isActive():
            self._at_least.start()

    def settle(self) -> None:
        """Forget that something changed: it was the program, not a person."""
        self._is_dirty = False
        self._after_key.stop()
        self._at_least.stop()

    def save(self) -> None:
        """Save now if something changed."""
        if not self._is_dirty:
            return
        self.settle()
        self._gather()
        if self.draft.is_empty():
            self._file.remove()
            self.told.emit("", "")
            return
        now = self._ticker.now()
        if self._file.save(self.draft, now):
            self.told.emit(_("Draft saved {time}").format(time=self._time()), "")
        else:
            self.told.emit(_("The draft cannot be saved"), "risk")

    def restore(self) -> bool:
        """Take up the draft that was kept; tell whether there was one."""
        kept = self._file.load()
        if kept is None or kept.is_empty():
            return False
        self.draft = kept
        self.told.emit(_("Draft from {time}").format(time=self._time()), "")
        return True

    def forget(self) -> None:
        """Remove the draft, sent or discarded, and begin another."""
        self.settle()
        self._file.remove()
        self.draft = Draft()
        self.told.emit("", "")

    def _time(self) -> str:
        assert self.draft.saved_at is not None
        return formats.short_instant(
            self.draft.saved_at, self._ticker.now(), self._clocks.zone
        )
