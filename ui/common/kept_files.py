"""Small files of what is typed and not yet saved: written soon, and whole or not."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from ui.context import Context

log = logging.getLogger(__name__)

AFTER_LAST_KEY_MS = 1000
AT_LEAST_EVERY_MS = 3000
DRAFTS = "drafts"
_OWN_ONLY = 0o600
What = TypeVar("What")


@dataclass(frozen=True)
class KeptAt:
    """Where somebody keeps what is not saved, what tells them apart, and their time."""

    folder: Path
    whose: tuple[object, ...]
    now: Callable[[], datetime]

    @classmethod
    def of(cls, context: Context) -> KeptAt:
        """Return that of a person at the desk."""
        return cls(drafts_folder(context), whose(context), context.ticker.now)


def drafts_folder(context: Context) -> Path:
    """Return where this person's computer keeps what is not saved yet."""
    return context.preferences.folder / DRAFTS


def whose(context: Context) -> tuple[object, int]:
    """Return what tells one's own from others': the workspace, and the person."""
    return context.operations.desk.store.engine.url, context.me.person_id


def short_name(*parts: object) -> str:
    """Return a name for a file that tells these parts from all others."""
    told = "\n".join(str(part) for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def write_whole(path: Path, content: Any) -> None:
    """Write JSON for nobody else's eyes, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWN_ONLY)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=True)
    os.replace(beside, path)


def read_kept(path: Path, of: Callable[[Any], What]) -> What | None:
    """Read what was kept; None where there is nothing, and what is spoiled is logged.

    A spoiled file stays where it is, so that somebody may look at it.
    """
    try:
        return of(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (
        *(OSError, ValueError, LookupError, TypeError, AttributeError),
        *(ArithmeticError, RecursionError),
    ):
        log.warning("what was kept in %s cannot be read", path.name, exc_info=True)
        return None


class Soon(QObject):
    """Calls ``save`` a second after the last ``touch``, and every three at least."""

    def __init__(self, save: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._save = save
        self.is_due = False
        self.after_key = self._timer(AFTER_LAST_KEY_MS)
        self.at_least = self._timer(AT_LEAST_EVERY_MS)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval_ms)
        timer.timeout.connect(self._save)
        return timer

    def touch(self) -> None:
        """Note that something was typed."""
        self.is_due = True
        self.after_key.start()
        if not self.at_least.isActive():
            self.at_least.start()

    def settle(self) -> None:
        """Forget that something changed: it is saved, or it was the program."""
        self.is_due = False
        self.after_key.stop()
        self.at_least.stop()
