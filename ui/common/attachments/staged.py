"""Copies of files that are not sent yet: they survive a crash beside their draft.

Nothing here knows Qt; copies are made off the GUI thread.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.files import (
    MOST_BYTES,
    FileKind,
    clean_file_name,
    kind_by_type,
    kind_of,
)
from desktop.use_cases.attachments import NewFile, read_file, too_large

_OWN_FILE: Final = 0o600
_OWN_FOLDER: Final = 0o700
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class StagedFile:
    """A file copied aside: its clean name, what it is, and where the copy lies."""

    key: uuid.UUID
    name: str
    path: Path
    size: int
    media_type: str
    field: str = ""

    @property
    def kind(self) -> FileKind:
        """Return what it is by its bytes."""
        return kind_by_type(self.media_type)

    def new_file(self) -> NewFile:
        """Return it as `attach` takes it; its bytes are read when it is kept."""
        return NewFile(self.name, self.path, self.field, self.key)

    def plain(self) -> dict[str, Any]:
        """Return what a draft keeps of it, as JSON takes it."""
        return {
            "key": self.key.hex,
            "name": self.name,
            "size": self.size,
            "media_type": self.media_type,
            "field": self.field,
        }


class StagingFolder:
    """A private folder of copies, each under its key and never under its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(
        self,
        source: Path | bytes,
        name: str,
        *,
        field: str = "",
        key: uuid.UUID | None = None,
        most: int = MOST_BYTES,
        told: Told | None = None,
    ) -> StagedFile:
        """Copy a file of at most ``most`` bytes aside.

        Refuses with Invalid what no request takes, with Refusal ``file_not_kept``
        where there is no room. ``told`` is called with (bytes done, bytes in all), and
        may raise to stop.
        """
        key = key or uuid.uuid4()
        name = clean_file_name(name)
        content = source
        if isinstance(content, Path):
            content = read_file(content, name, key.hex, most, told)
        if not content:
            raise Invalid(key.hex, "file_empty", name=name)
        if len(content) > most:
            raise too_large(key.hex, name, most)
        path = self._write(key, content, name)
        media_type = kind_of(content).media_type
        return StagedFile(key, name, path, len(content), media_type, field)

    def _write(self, key: uuid.UUID, content: bytes, name: str) -> Path:
        path = self.folder / key.hex
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            self.folder.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, flags, _OWN_FILE), "wb") as file:
                file.write(content)
        except OSError as error:
            if not isinstance(error, FileExistsError):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            reason = error.strerror or type(error).__name__
            raise Refusal("file_not_kept", name=name, reason=reason) from error
        return path

    def restored(self, kept: Iterable[Mapping[str, Any]]) -> list[StagedFile]:
        """Return the files a draft kept, without those whose copy is gone."""
        found = []
        for one in kept:
            with suppress(KeyError, ValueError, TypeError, OSError):
                key = uuid.UUID(str(one["key"]))
                path = self.folder / key.hex
                if path.stat().st_size != one["size"]:
                    continue
                name = clean_file_name(str(one["name"]))
                media_type, field = str(one["media_type"]), str(one["field"])
                size = int(one["size"])
                found.append(StagedFile(key, name, path, size, media_type, field))
        return found

    def forget(self, files: Iterable[StagedFile]) -> None:
        """Remove copies that are sent or no longer wanted."""
        for one in files:
            with suppress(OSError):
                one.path.unlink(missing_ok=True)

    def keep_only(
        self, keys: Collection[uuid.UUID], now: datetime, older: timedelta
    ) -> None:
        """Remove what no draft names and nobody has touched for so long."""
        limit = (now - older).timestamp()
        names = {key.hex for key in keys}
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in names and path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)
