"""Keeps what is being typed in small files, so that a crash loses nothing of it."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from ui.common.kept_drafts import KeptDrafts
from ui.common.kept_files import KeptAt, read_kept, short_name

if TYPE_CHECKING:
    from ui.context import Context

log = logging.getLogger(__name__)

ON_REQUESTS = "requests"
"""Words being written on requests, wherever."""
ON_OBSTACLES = "obstacles"
"""Words being written on obstacles, wherever."""
MOST_KEPT = 200
"""Beyond so many texts the oldest goes: nobody came back to it."""


@dataclass
class _Text:
    """A text, and the draft that keeps it; ``kept_at`` of one that was left behind."""

    words: str
    draft: uuid.UUID
    kept_at: datetime | None = None


class KeptWords(QObject):
    """Texts by name, of one workspace and person; saved a second after the last key.

    ``name`` tells one place from another ("minutes 12"). What this program's windows
    write is theirs alone; what programs that are gone left behind comes up where it is
    asked for, after what is written here. ``changed`` tells the key of what was kept
    or forgotten.
    """

    changed = Signal(str)

    def __init__(self, at: Context | KeptAt, name: str, parent: QObject) -> None:
        super().__init__(parent)
        where = at if isinstance(at, KeptAt) else KeptAt.of(at)
        self.place, self._now = (name, *where.whose), where.now
        self._texts: dict[str, _Text] = {}
        self._left: dict[str, list[_Text]] = {}
        self._drafts = KeptDrafts(at, f"words-{short_name(name)}", self)
        self._take_up_earlier(where.folder / f"words-{_earlier_name(where, name)}.json")
        self.take_up()

    @classmethod
    def of(cls, context: Context, name: str) -> KeptWords:
        """Return the one several places of a window share, made when first asked."""
        place, shared = (name, *KeptAt.of(context).whose), context.operations
        for known in shared.findChildren(cls):
            if known.place == place:
                known.take_up()
                return known
        return cls(context, name, shared)

    # ------------------------------------------------------------ what is kept

    def kept(self, key: str) -> str:
        """Return what was typed under a key and not sent; it is this window's now."""
        if key not in self._texts and key in self._left:
            left = self._left[key]
            self._texts[key] = left.pop(0)
            if not left:
                del self._left[key]
        return self._texts[key].words if key in self._texts else ""

    def first(self, *keys: str) -> str:
        """Return the key something is kept under: this window's own first, else ""."""
        found = (
            one for known in (self._texts, self._left) for one in keys if one in known
        )
        return next(found, "")

    def kept_at(self, key: str) -> datetime | None:
        """Return when a text that a program left behind was kept last."""
        text = self._texts.get(key) or next(iter(self._left.get(key, ())), None)
        return text.kept_at if text is not None else None

    def left_behind(self) -> list[tuple[datetime, str]]:
        """Return what nobody writes any more, by key, the latest last."""
        times = [(self.kept_at(key), key) for key in (*self._texts, *self._left)]
        return sorted((at, key) for at, key in times if at is not None)

    def not_taken_up(self) -> list[tuple[datetime, str]]:
        """Return what programs that are gone left and nobody has seen since, by key."""
        found = (key for key in self._left if key not in self._texts)
        times = [(self.kept_at(key), key) for key in found]
        return sorted((at, key) for at, key in times if at is not None)

    def keys(self) -> list[str]:
        """Return the keys something is kept under."""
        return list(dict.fromkeys([*self._texts, *self._left]))

    def keep(self, key: str, text: str) -> None:
        """Keep what is typed now; nothing, once it is empty."""
        if not text.strip():
            self.drop(key)
            return
        known = self._texts.get(key)
        if known is not None and known.words == text:
            return
        kept = _Text(text, known.draft if known is not None else uuid.uuid4())
        self._texts[key] = kept
        if len(self._texts) > MOST_KEPT:
            self._drafts.drop(self._texts.pop(next(iter(self._texts))).draft)
        self._write(key, kept)
        self.changed.emit(key)

    def _write(self, key: str, kept: _Text) -> None:
        self._drafts.keep(kept.draft, lambda: {"key": key, "text": kept.words})

    def drop(self, key: str) -> None:
        """Forget what was sent or thrown away, at once."""
        known = self._texts.pop(key, None)
        if known is not None:
            self._drafts.drop(known.draft)
            self.changed.emit(key)

    def leave(self, key: str) -> None:
        """Say that nobody writes a text any more; it is left as it is."""
        if key in self._texts:
            self._texts[key].kept_at = self._now()

    def save(self) -> None:
        """Write now what changed, whole or not at all."""
        self._drafts.save()

    def let_go(self) -> None:
        """Write what changed, and leave all of it to the next one that looks."""
        self._drafts.let_go()

    # ------------------------------------------------------------ coming back

    def take_up(self) -> None:
        """Look for what programs that are gone left behind."""
        for found in self._drafts.take_up(_read):
            key, words = found.what
            mine = [self._texts[key]] if key in self._texts else []
            if any(one.words == words for one in (*mine, *self._left.get(key, ()))):
                self._drafts.drop(found.key)
                continue
            text = _Text(words, found.key, found.kept_at)
            self._left.setdefault(key, []).append(text)

    def _take_up_earlier(self, path: Path) -> None:
        """Take over the one file in which the version before kept all texts."""
        for key, words in (read_kept(path, _texts) or {}).items():
            text = _Text(words, uuid.uuid4())
            self._left.setdefault(key, []).append(text)
            self._write(key, text)
        if self._left:
            self.save()
            try:
                path.unlink()
            except OSError:
                log.warning("words kept earlier could not be removed", exc_info=True)

    # ------------------------------------------------------------ fields

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

        kept = "" if typed() else self.kept(key)
        if kept:
            if isinstance(field, QLineEdit):
                field.setText(kept)
            else:
                field.setPlainText(kept)
                field.moveCursor(QTextCursor.MoveOperation.End)
        field.textChanged.connect(lambda: self.keep(key, typed()))
        dialog.accepted.connect(lambda: self.drop(key))


def _earlier_name(where: KeptAt, name: str) -> str:
    return short_name(*where.whose, name)


def _texts(kept: dict[str, str]) -> dict[str, str]:
    return {str(key): str(text) for key, text in kept.items()}


def _read(kept: dict[str, Any]) -> tuple[str, str]:
    key, text = kept["key"], kept["text"]
    if not isinstance(key, str) or not isinstance(text, str):
        raise ValueError("no text")
    return key, text
