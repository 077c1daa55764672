"""What the window's first list is remembered by, in a file beside the preferences.

No row is kept, only how rows are asked for and where they stand on the page.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import desktop
from desktop.i18n import current_language

FILE = "first-list.json"
_ASKING = ("queries", "entities", "store")
"""The folders of the core that make statements: another program asks otherwise."""

Box = tuple[int, int, int, int]
Entries = Sequence[tuple[str, str, str]]


class FirstPage(NamedTuple):
    """Where the list stands on its page (`table`, `title` in a page of `size`).

    ``columns`` are a saved view's, empty for the page's own; ``sort`` the column
    marked and whether it is turned. ``rail`` and ``foot``: id, icon, words.
    """

    id: str
    words: str
    is_grouped: bool
    columns: Sequence[tuple[str, int]]
    sort: tuple[str, bool]
    table: Box
    title: Box
    size: tuple[int, int]
    rail: Entries
    foot: Entries
    can_raise: bool


class Remembered(NamedTuple):
    """Whose first list it is, in which workspace, on which page, and how it is asked.

    ``asked`` is a `desktop.queries.first_rows.FirstList` as JSON gives it.
    """

    workspace: str
    house: str
    person_id: int
    person: str
    unit: str
    page: FirstPage
    asked: Mapping[str, Any]

    def is_for(self, workspace: str, wished: str, last: object) -> bool:
        """Tell whether it is of who will sit down: the one wished, else the last."""
        if self.workspace != workspace:
            return False
        if not wished:
            return last == self.person_id
        return wished.casefold() in (str(self.person_id), self.person.casefold())


def recall(folder: Path) -> Remembered | None:
    """Return what was remembered by this very program; None when there is nothing."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data.pop("stamp") != _stamp():
            return None
        page = FirstPage(**data.pop("page"))
        return Remembered(page=page, **data)
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return None


def keep(folder: Path, what: Remembered) -> None:
    """Remember it, instead of what was remembered before."""
    data = {**what._asdict(), "page": what.page._asdict(), "stamp": _stamp()}
    fresh = folder / f"{FILE}.{os.getpid()}"
    fresh.write_text(json.dumps(data), encoding="utf-8")
    fresh.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Remember nothing."""
    with suppress(FileNotFoundError):
        (folder / FILE).unlink()


def _stamp() -> str:
    """Return what differs once the program's statements or language may differ."""
    core = Path(desktop.__file__).parent
    newest = 0
    for name in _ASKING:
        with os.scandir(core / name) as files:
            times = [one.stat().st_mtime_ns for one in files if one.is_file()]
        newest = max(newest, *times)
    return f"{core} {newest} {current_language()}"
