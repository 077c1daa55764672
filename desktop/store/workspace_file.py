"""Say what a file is before it is opened as a workspace, without touching it.

SQLite takes an empty file for a new database, an older program would write into a
newer file, and a share or a synced folder loses pages: so the header is read as bytes,
and nothing is opened for writing until all is well.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import Refusal
from desktop.store.places import Place, place_of
from desktop.store.sqlite_files import SQLITE, file_address, first_bytes, stoppable

APPLICATION_ID: Final = int.from_bytes(b"CPRT", "big")
"""Stands in the header of every workspace file."""

SCHEMA: Final = 8
"""The schema this program writes; the number of the newest revision."""

MAGIC: Final = b"SQLite format 3\x00"
HEADER_BYTES: Final = 100


class Look(StrEnum):
    """How much of a file SQLite reads: its tables' names, its pages, or all of it.

    ``AT_OURS`` finds out whether our tables are there. Only the last one compares
    the indexes with their tables.
    """

    AT_CONTENTS = "SELECT name FROM sqlite_schema LIMIT 0"
    AT_OURS = "SELECT id FROM journal_entry LIMIT 0"
    AT_PAGES = "PRAGMA quick_check(20)"
    AT_EVERYTHING = "PRAGMA integrity_check(20)"


class FileKind(StrEnum):
    """What a file (or the lack of one) turned out to be."""

    CURRENT = "current"
    OLDER = "older"
    MISSING = "missing"
    EMPTY = "empty"
    DIRECTORY = "directory"
    UNREADABLE = "unreadable"
    NOT_A_DATABASE = "not_a_database"
    TRUNCATED = "truncated"
    FOREIGN = "foreign"
    NEWER = "newer"
    CORRUPT = "corrupt"
    READ_ONLY = "read_only"
    NETWORK = "network"
    SYNCED = "synced"


USABLE: Final = frozenset({FileKind.CURRENT, FileKind.OLDER})


@dataclass(frozen=True)
class WorkspaceFile:
    """What was found: `schema` is 0 where there is none, `detail` names the finding."""

    path: Path
    kind: FileKind
    size: int = 0
    schema: int = 0
    detail: str = ""

    @property
    def is_usable(self) -> bool:
        """Tell whether it may be opened (after an upgrade, when it is older)."""
        return self.kind in USABLE


class WorkspaceRefused(Refusal):
    """A file that cannot be a workspace here; the code is `workspace_<kind>`."""

    def __init__(self, found: WorkspaceFile) -> None:
        super().__init__(
            f"workspace_{found.kind}",
            path=str(found.path),
            detail=found.detail,
            schema=found.schema,
        )
        self.found = found


def inspect(
    path: Path,
    *,
    thorough: bool = False,
    find_place: Callable[[Path], Place] = place_of,
) -> WorkspaceFile:
    """Say what a file is, by its place and its first 100 bytes; it stays untouched.

    thorough: read every page too (about 1 s for each GB) and name damage as CORRUPT.
    Never raises for what it finds.
    """
    where = _inspect_place(path, find_place)
    if where is not None:
        return where
    try:
        size = path.stat().st_size
        header = first_bytes(path, HEADER_BYTES)
    except OSError as error:
        return WorkspaceFile(path, FileKind.UNREADABLE, detail=error.strerror or "")
    found = _inspect_header(path, size, header)
    if not found.is_usable:
        return found
    # What an older program made need not have the tables of this one.
    is_current = found.kind is FileKind.CURRENT
    problems = problems_of(path, Look.AT_OURS if is_current else Look.AT_CONTENTS)
    if thorough and not problems:
        problems = problems_of(path, Look.AT_PAGES)
    if problems:
        return WorkspaceFile(path, FileKind.CORRUPT, size, found.schema, problems[0])
    if not _is_writable(path):
        return WorkspaceFile(path, FileKind.READ_ONLY, size, found.schema)
    return found


def require_usable(
    path: Path, *, find_place: Callable[[Path], Place] = place_of
) -> WorkspaceFile:
    """Give what the file is when it may be opened; otherwise refuse, naming why."""
    found = inspect(path, find_place=find_place)
    if not found.is_usable:
        raise WorkspaceRefused(found)
    return found


def require_place_for_new(
    path: Path, *, find_place: Callable[[Path], Place] = place_of
) -> None:
    """Refuse to make a workspace where something is already, or where none may live."""
    found = inspect(path, find_place=find_place)
    if found.kind is not FileKind.MISSING:
        raise WorkspaceRefused(found)


def _inspect_place(
    path: Path, find_place: Callable[[Path], Place]
) -> WorkspaceFile | None:
    place = find_place(path)
    if place.is_network:
        return WorkspaceFile(path, FileKind.NETWORK, detail=place.name)
    if place.is_synced:
        return WorkspaceFile(path, FileKind.SYNCED, detail=place.name)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return WorkspaceFile(path, FileKind.MISSING)
    except OSError as error:
        return WorkspaceFile(path, FileKind.UNREADABLE, detail=error.strerror or "")
    if stat.S_ISDIR(mode):
        return WorkspaceFile(path, FileKind.DIRECTORY)
    if not stat.S_ISREG(mode):
        return WorkspaceFile(path, FileKind.NOT_A_DATABASE)
    return None


def _inspect_header(path: Path, size: int, header: bytes) -> WorkspaceFile:
    if size == 0:
        return WorkspaceFile(path, FileKind.EMPTY)
    if not header.startswith(MAGIC):
        return WorkspaceFile(path, FileKind.NOT_A_DATABASE, size)
    if len(header) < HEADER_BYTES:
        return WorkspaceFile(path, FileKind.TRUNCATED, size)
    application = int.from_bytes(header[68:72], "big")
    schema = int.from_bytes(header[60:64], "big")
    if application != APPLICATION_ID:
        return WorkspaceFile(path, FileKind.FOREIGN, size, detail=f"{application:#x}")
    missing = _missing_bytes(path, size, header)
    if missing > 0:
        return WorkspaceFile(
            path, FileKind.TRUNCATED, size, schema, f"{missing} bytes missing"
        )
    if schema > SCHEMA:
        return WorkspaceFile(path, FileKind.NEWER, size, schema)
    kind = FileKind.CURRENT if schema == SCHEMA else FileKind.OLDER
    return WorkspaceFile(path, kind, size, schema)


def _missing_bytes(path: Path, size: int, header: bytes) -> int:
    """Count what the header promises beyond the end of the file.

    Where a write-ahead log stands beside it, that log may hold the rest (a crash in
    the middle of a checkpoint): then nothing is missing yet.
    """
    if has_pending_log(path):
        return 0
    page = int.from_bytes(header[16:18], "big")
    page_size = 65_536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    return pages * page_size - size


def has_pending_log(path: Path) -> bool:
    """Tell whether a write-ahead log with something in it stands beside the file."""
    log = path.with_name(path.name + "-wal")
    try:
        return log.stat().st_size > 0
    except OSError:
        return False


def _is_writable(path: Path) -> bool:
    """Tell whether the file and its folder take writes; SQLite needs both.

    The bits are asked too, because an administrator's account may write anyway and
    a file without any is meant to stay as it is.
    """
    for place, needed in ((path, os.W_OK), (path.parent, os.W_OK | os.X_OK)):
        if not os.access(place, needed):
            return False
        if not place.stat().st_mode & 0o222:
            return False
    return True


def problems_of(
    path: Path, look: Look, meanwhile: Callable[[], None] = lambda: None
) -> list[str]:
    """Let SQLite read a file and list the damage it meets, at most 20 findings.

    ``meanwhile`` is called now and then, and stops the look by raising.
    A file without a pending log is read as one that nobody changes, so that no file
    appears beside it.
    """
    mode = "ro" if has_pending_log(path) else "ro&immutable=1"
    try:
        connection: Any = SQLITE.connect(
            file_address(path, mode), uri=True, isolation_level=None
        )
        try:
            with stoppable(connection, meanwhile):
                rows = connection.execute(look.value).fetchall()
        finally:
            connection.close()
    except SQLITE.DatabaseError as error:
        return [str(error)]
    return [row[0] for row in rows if row[0] != "ok"]
