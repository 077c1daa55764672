"""Whether a file may be written where somebody wants it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.store.sqlite_files import is_in_use


def refuse_open_workspace(path: Path) -> None:
    """Refuse to write over what belongs to an open workspace.

    Raises Refusal ``place_is_open_workspace`` with ``path``; OSError where the place
    cannot be looked at.
    """
    if path.exists() and is_in_use(path):
        raise Refusal("place_is_open_workspace", path=str(path))
