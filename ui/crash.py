"""When the program itself is wrong: log it with context, say so once, stay open."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.workers import Courier

if TYPE_CHECKING:
    from ui.crash_dialog import CrashDialog

log = logging.getLogger("counterpart")

_LOG_BYTES = 1_000_000


def start_log(path: Path) -> None:
    """Write the program's log to a file that keeps at most three megabytes."""
    from logging.handlers import RotatingFileHandler

    path.parent.mkdir(parents=True, exist_ok=True)
    kept = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=2, delay=True)
    kept.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    )
    logging.getLogger().addHandler(kept)


class CrashReporter(QObject):
    """Takes exceptions from every thread; one dialog at a time, all in the log."""

    def __init__(
        self,
        window: Callable[[], QWidget | None],
        log_path: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._log_path = log_path
        self._courier = Courier(self)
        self.dialog: CrashDialog | None = None

    def install(self) -> None:
        """Take what nobody else catches, in this thread and in others."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._courier.bring(
            lambda: self.report(args.exc_value or RuntimeError("thread"), "thread")
        )

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace), "window")
        # The interpreter keeps the trace, and with it a painter that never ended its
        # painting: the next one would bring the process down.
        traceback.clear_frames(trace)

    def report(self, error: BaseException, context: str) -> None:
        """Log an exception with its context and show the dialog if none is open."""
        log.error("%s failed", context, exc_info=error)
        if self.dialog is not None:
            return
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        text = f"{context}\n{''.join(lines)}"
        from ui.crash_dialog import CrashDialog

        self.dialog = CrashDialog(text, self._log_path, self._window())
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None
