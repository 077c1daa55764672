"""Read-only copies of files for other programs, under names that tell the truth.

A copy lies in a fresh folder only this person can read and goes when the program ends.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import stat
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from desktop.domain.errors import Refusal
from desktop.domain.files import FileKind, clean_file_name, ending_of, name_on_disk
from desktop.exchange.places import refuse_open_workspace

_READ_ONLY: Final = 0o400
_CHUNK: Final = 1024**2


def honest_name(name: str, kind: FileKind) -> str:
    """Return a name whose ending is that of the bytes: "invoice.exe.pdf" for a PDF."""
    clean = clean_file_name(name).replace("\ufffd", "_")
    if ending_of(clean) not in kind.endings:
        clean = f"{clean}.{kind.endings[0]}"
    return name_on_disk(clean, 120)


def copy_to_open(content: bytes, name: str, kind: FileKind) -> Path:
    """Write a copy another program may read; refuses a kind that is never opened."""
    if not kind.opens:
        raise Refusal("file_never_opened", name=name)
    folder = Path(_folder(os.getpid())) / secrets.token_hex(8)
    path = folder / honest_name(name, kind)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        folder.mkdir(mode=0o700)
        with os.fdopen(os.open(path, flags, _READ_ONLY), "wb") as file:
            file.write(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("file_not_kept", name=name, reason=reason) from error
    return path


@lru_cache(maxsize=1)
def _folder(_process: int) -> str:
    folder = tempfile.mkdtemp(prefix="counterpart-")
    atexit.register(_remove, folder)
    return folder


def _remove(folder: str) -> None:
    with suppress(OSError):
        for path in Path(folder).rglob("*"):
            # Windows removes nothing that may not be written.
            path.chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


def write_copy(
    content: bytes, path: Path, told: Callable[[int, int], None] | None = None
) -> Path:
    """Write a file where a person wants it: whole, or not there.

    Raises Refusal ``file_not_written`` with ``path`` and ``reason``, and refuses to
    write over an open workspace; ``told`` as in `read_file`.
    """
    beside = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        try:
            refuse_open_workspace(path)
            with beside.open("xb") as file:
                for start in range(0, max(len(content), 1), _CHUNK):
                    file.write(content[start : start + _CHUNK])
                    if told is not None:
                        told(min(start + _CHUNK, len(content)), len(content))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal("file_not_written", path=str(path), reason=reason) from error
    return path
