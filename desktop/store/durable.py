"""Put finished files in their place so that neither a kill nor a power cut halves one.

A file is written under a name of its own beside its place, brought to the disk, and
only then gets its name, in one step.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".unfinished"
SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def unfinished_beside(path: Path) -> Iterator[Path]:
    """Give a hidden name beside a path; what is left under it afterwards is removed.

    What killed processes left beside the same path goes too.
    """
    _remove_left_behind(path)
    name = f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{UNFINISHED}"
    unfinished = path.with_name(name)
    try:
        yield unfinished
    finally:
        for suffix in ("", *SIDE_FILES):
            beside(unfinished, suffix).unlink(missing_ok=True)


def _remove_left_behind(path: Path) -> None:
    if os.name != "posix":
        return
    pattern = re.compile(
        rf"\.{re.escape(path.name)}\.(\d+)-[0-9a-f]{{8}}{re.escape(UNFINISHED)}"
        r"(-wal|-shm|-journal)?"
    )
    for left in path.parent.iterdir():
        match = pattern.fullmatch(left.name)
        if match and not _is_running(int(match[1])):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def beside(path: Path, suffix: str) -> Path:
    """Give the name of a file that belongs to another: its name and a suffix."""
    return path.with_name(path.name + suffix)


def place(unfinished: Path, path: Path, *, overwrite: bool = False) -> None:
    """Give a finished file its name in one step.

    Raises FileExistsError when something has that name and may not be overwritten.
    """
    flush_to_disk(unfinished)
    if overwrite:
        os.replace(unfinished, path)
    else:
        _place_new(unfinished, path)
    flush_to_disk(path.parent)


def _place_new(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError as error:
        # A file system without links (exFAT). Nobody else makes files of this name.
        if path.exists():
            raise FileExistsError(str(path)) from error
        os.replace(unfinished, path)


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
