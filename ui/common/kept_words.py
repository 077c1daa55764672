"""Keeps what is being typed in a small file, so that a crash loses nothing of it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from ui.common.kept_files import (
    Soon,
    drafts_folder,
    read_kept,
    short_name,
    whose,
    write_whole,
)

if TYPE_CHECKING:
    from ui.context import Context

log = logging.getLogger(__name__)

ON_REQUESTS = "requests"
"""Words being written on requests, wherever."""
ON_OBSTACLES = "obstacles"
"""Words being written on obstacles, wherever."""
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
        self._texts: dict[str, str] = read_kept(self.path, _texts) or {}
        self._soon = Soon(self.save, self)

    @classmethod
    def of(cls, context: Context, name: str) -> KeptWords:
        """Return the one several places of a window share, made when first asked."""
        path, shared = _place(context, name), context.operations.findChildren(cls)
        known = next((one for one in shared if one.path == path), None)
        return known or cls(context, name, context.operations)

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
        self._soon.touch()
        self.changed.emit(key)

    def drop(self, key: str) -> None:
        """Forget what was sent or thrown away, at once."""
        if self._texts.pop(key, None) is not None:
            self._soon.touch()
            self.save()
            self.changed.emit(key)

    def hold(
        self, dialog: QDialog, key: str, *fields: QLineEdit | QPlainTextEdit
    ) -> None:
        """Bring back what was typed in a dialog and not sent, and keep what is typed.

        What stands in a field already stays. Accepting the dialog forgets it.
        """
        for at, field in enumerate(fields):
            self._hold(dialog, f"{key} {at}" if at else key, field)

    def _hold(
        self, dialog: QDialog, key: str, field: QLineEdit | QPlainTextEdit
    ) -> None:
        def typed() -> str:
            if isinstance(field, QLineEdit):
                return field.text()
            return field.toPlainText()

        kept = self.kept(key)
        if kept and not typed():
            if isinstance(field, QLineEdit):
                field.setText(kept)
            else:
                field.setPlainText(kept)
                field.moveCursor(QTextCursor.MoveOperation.End)
        field.textChanged.connect(lambda: self.keep(key, typed()))
        dialog.accepted.connect(lambda: self.drop(key))

    def save(self) -> None:
        """Write now what changed, whole or not at all."""
        if not self._soon.is_due:
            return
        self._soon.settle()
        try:
            if self._texts:
                write_whole(self.path, self._texts)
            else:
                self.path.unlink(missing_ok=True)
        except OSError:
            log.warning("what was typed could not be kept", exc_info=True)


def _place(context: Context, name: str) -> Path:
    return drafts_folder(context) / f"words-{short_name(*whose(context), name)}.json"


def _texts(kept: dict[str, str]) -> dict[str, str]:
    return {str(key): str(text) for key, text in kept.items()}
