"""Open SQLite files by their driver alone; the engines and the first look use it."""

import importlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

BUSY_TIMEOUT_S = 5.0


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


def connect_file(path: Path, mode: str = "rw") -> Any:
    """Open a SQLite file with its driver, transactions off.

    mode: "rw" never makes a missing file; "rwc" does; "ro" never writes, and with
    "&immutable=1" takes it that nobody else does.
    """
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
