"""What the windows remember between days: JSON values in an INI file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings


class Preferences(QObject):
    """Keeps JSON values by name; a value that cannot be read counts as none."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """Return the folder of this person's own files."""
        return Path(self._settings.fileName()).parent

    def value(self, name: str, default: Any = None) -> Any:
        """Return what was kept under a name."""
        kept = self._settings.value(name)
        if not isinstance(kept, str):
            return default
        try:
            return json.loads(kept)
        except ValueError:
            return default

    def set_value(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        self._settings.setValue(name, json.dumps(value, ensure_ascii=True))

    def forget(self, name: str) -> None:
        """Keep nothing under a name."""
        self._settings.remove(name)

    def save(self) -> None:
        """Write to the file now."""
        self._settings.sync()
