"""Open SQLite files by their driver alone; the engines and the first look use it."""

import errno
import importlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

BUSY_TIMEOUT_S = 5.0
STEPS_BETWEEN_LOOKS = 1_000_000
"""Of SQLite's own machine: some ten milliseconds."""


def _best_sqlite() -> Any:
    """Choose the newest SQLite module there is (no stubs exist, hence Any)."""
    try:
        candidate: Any = importlib.import_module("pysqlite3")
    except ImportError:
        return sqlite3
    if candidate.sqlite_version_info > sqlite3.sqlite_version_info:
        return candidate
    return sqlite3


SQLITE: Any = _best_sqlite()
"""The DB-API module every SQLite file of the program is opened with."""


def file_address(path: Path, mode: str) -> str:
    """Give SQLite's own address of a file; see `connect_file` for the modes.

    The name's bytes are told as they are, since no encoding need fit them, and an
    absolute path comes after an empty host, for one that begins with two slashes.
    """
    host = "//" if str(path).startswith("/") else ""
    return f"file:{host}{quote(os.fsencode(path))}?mode={mode}"


_kept_open: dict[tuple[int, int], tuple[int, Path]] = {}
_one_at_a_time = threading.Lock()
_opened_here: set[Path] = set()
_PARTS = ("", "-wal", "-shm", "-journal")


def first_bytes(path: Path, count: int) -> bytes:
    """Read the beginning of a file; who has it open as a database keeps its locks.

    POSIX forgets all that a process has locked of a file once it closes one descriptor
    of it. So where the file is open, by whomever, what is read here is not closed
    before that has ended. Raises OSError.
    """
    if os.name == "nt":
        with path.open("rb") as file:
            return file.read(count)
    with _one_at_a_time:
        for key, (descriptor, known) in list(_kept_open.items()):
            if not _is_open_somewhere(known):
                os.close(descriptor)
                del _kept_open[key]
        real = path.resolve()
        found = real.stat()
        kept = _kept_open.get((found.st_dev, found.st_ino))
        if kept is not None:
            return os.pread(kept[0], count, 0)
        descriptor = os.open(real, os.O_RDONLY)
        read = os.pread(descriptor, count, 0)
        if _is_open_somewhere(real):
            _kept_open[found.st_dev, found.st_ino] = (descriptor, real)
        else:
            os.close(descriptor)
        return read


def _is_open_somewhere(path: Path) -> bool:
    """Tell whether a file is open as a database: what all share stands beside it."""
    return path.with_name(f"{path.name}-shm").exists()


def is_in_use(path: Path) -> bool:
    """Tell whether a file belongs to a database that is open, under whatever name.

    Whoever opens and closes such a file takes the locks of this process away (see
    `first_bytes`); so this is asked first, and looks into nothing. Raises OSError.
    """
    if "\0" in str(path):
        # No system has such a name; Python says so by a ValueError.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    real = path.resolve()
    found = path.stat()
    plain = next(
        real.with_name(real.name.removesuffix(part))
        for part in (*_PARTS[1:], "")
        if real.name.endswith(part)
    )
    if _is_open_somewhere(plain):
        return True
    with _one_at_a_time:
        known = [one for one in _opened_here if _is_open_somewhere(one)]
    return any(_is_same(found, one, part) for one in known for part in _PARTS)


def _is_same(found: os.stat_result, database: Path, part: str) -> bool:
    try:
        other = database.with_name(f"{database.name}{part}").stat()
    except OSError:
        return False
    return (other.st_dev, other.st_ino) == (found.st_dev, found.st_ino)


def connect_file(path: Path, mode: str = "rw") -> Any:
    """Open a SQLite file with its driver, transactions off.

    mode: "rw" never makes a missing file; "rwc" does; "ro" never writes, and with
    "&immutable=1" takes it that nobody else does.
    """
    with _one_at_a_time:
        _opened_here.add(path.absolute())
    return SQLITE.connect(
        file_address(path, mode),
        uri=True,
        isolation_level=None,
        timeout=BUSY_TIMEOUT_S,
        check_same_thread=False,
    )


@contextmanager
def opened(path: Path, mode: str = "rw") -> Iterator[Any]:
    """Open a SQLite file for the length of a block and close it for certain."""
    connection = connect_file(path, mode)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def stoppable(connection: Any, look: Callable[[], None]) -> Iterator[None]:
    """Call ``look`` while statements run; what it raises stops them and is raised."""
    stopped: list[Exception] = []

    def go_on() -> int:
        try:
            look()
        except Exception as error:  # noqa: BLE001 - SQLite would swallow it
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(go_on, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except SQLITE.OperationalError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
