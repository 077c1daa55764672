"""Keeps what is being typed in a small file, so that a crash loses nothing of it."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from ui.context import Context

log = logging.getLogger(__name__)

AFTER_LAST_KEY_MS = 1000
AT_LEAST_EVERY_MS = 3000
_OWN_ONLY = 0o600
ON_REQUESTS = "requests"
"""Words being written on requests, wherever."""
MOST_KEPT = 200
"""Beyond so many texts the oldest goes: nobody came back to it."""


class KeptWords(QObject):
    """Texts by name, of one workspace and person; saved a second after the last key.

    ``name`` tells one place from another ("minutes 12"), and has a file of its own.
    ``changed`` tells the key of what was kept or forgotten.
    """

    changed = Signal(str)

    def __init__(self, context: Context, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.path = _place(context, name)
        self._texts: dict[str, str] = _read(self.path)
        self._is_dirty = False
        self._after_key = self._timer(AFTER_LAST_KEY_MS)
        self._at_least = self._timer(AT_LEAST_EVERY_MS)

    @classmethod
    def of(cls, context: Context, name: str) -> KeptWords:
        """Return the one several places of a window share, made when first asked."""
        path, shared = _place(context, name), context.operations.findChildren(cls)
        known = next((one for one in shared if one.path == path), None)
        return known or cls(context, name, context.operations)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(self.save)
        return timer

    def kept(self, key: str) -> str:
        """Return what was typed under a key and not sent."""
        return self._texts.get(key, "")

    def keys(self) -> list[str]:
        """Return the keys something is kept under."""
        return list(self._texts)

    def keep(self, key: str, text: str) -> None:
        """Keep what is typed now; nothing, once it is empty."""
        if not text.strip():
            self.drop(key)
            return
        if self._texts.get(key) == text:
            return
        self._texts[key] = text
        if len(self._texts) > MOST_KEPT:
            del self._texts[next(iter(self._texts))]
        self._is_dirty = True
        self.changed.emit(key)
        self._after_key.start()
        if not self._at_least.isActive():
            self._at_least.start()

    def drop(self, key: str) -> None:
        """Forget what was sent or thrown away, at once."""
        if self._texts.pop(key, None) is not None:
            self._is_dirty = True
            self.save()
            self.changed.emit(key)

    def save(self) -> None:
        """Write now what changed, whole or not at all."""
        if not self._is_dirty:
            return
        self._is_dirty = False
        self._after_key.stop()
        self._at_least.stop()
        try:
            if not self._texts:
                self.path.unlink(missing_ok=True)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(f".{os.getpid()}.part")
            opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWN_ONLY)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump(self._texts, file, ensure_ascii=True)
            os.replace(beside, self.path)
        except OSError:
            log.warning("what was typed could not be kept", exc_info=True)


def _place(context: Context, name: str) -> Path:
    workspace = context.operations.desk.store.engine.url
    told = f"{workspace}\n{context.me.person_id}\n{name}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:24]
    return context.preferences.folder / "drafts" / f"words-{digest}.json"


def _read(path: Path) -> dict[str, str]:
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): str(text) for key, text in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError):
        log.warning("what was typed cannot be read: %s", path.name, exc_info=True)
        return {}
