"""Drafts of a page that survive a crash: a file for each, in one window's hands."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QLockFile, QObject, Signal

from ui.common.kept_files import KeptAt, Soon, read_kept, short_name, write_whole

if TYPE_CHECKING:
    from ui.context import Context

log = logging.getLogger(__name__)

Content = dict[str, Any]
What = TypeVar("What")
A_WEEK_MS = 7 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Found(Generic[What]):
    """A draft left behind: what it says, and when it was last kept."""

    key: uuid.UUID
    kept_at: datetime
    what: What


class KeptDrafts(QObject):
    """What is written on a page and not saved, of one workspace and person.

    A draft is in the hands of one window, and only that one writes its file. What a
    window that is gone left behind is taken up by the first that looks. ``told`` is
    whether the disk took what was written.
    """

    told = Signal(bool)

    def __init__(self, at: Context | KeptAt, name: str, parent: QObject) -> None:
        """Keep the drafts of ``name``, whatever tells one page from another."""
        super().__init__(parent)
        where = at if isinstance(at, KeptAt) else KeptAt.of(at)
        self._now, self._folder = where.now, where.folder
        self._prefix = f"{name}-{short_name(*where.whose)}"
        self._hand = uuid.uuid4().hex
        lock = self._lock = self._lock_of(self._hand)
        # Only what outlives this object may be named here.
        self.destroyed.connect(lambda: lock.unlock())
        self._written: dict[uuid.UUID, Callable[[], Content]] = {}
        self._spoiled: set[Path] = set()
        self._soon = Soon(self.save, self)
        if not isinstance(at, KeptAt):
            at.operations.leaving.connect(self.save)
            at.operations.closing.connect(self.let_go)

    def _lock_of(self, hand: str) -> QLockFile:
        lock = QLockFile(str(self._folder / f"{self._prefix}-{hand}.lock"))
        # A window of this computer that is gone is known at once. One of a computer
        # by another name cannot be asked: a week is enough.
        lock.setStaleLockTime(A_WEEK_MS)
        return lock

    def _path(self, key: uuid.UUID) -> Path:
        return self._folder / f"{self._prefix}-{self._hand}-{key.hex}.json"

    # ------------------------------------------------------------ writing

    def keep(self, key: uuid.UUID, content: Callable[[], Content]) -> None:
        """Note that a draft changed; ``content`` is asked once it is written."""
        self._written[key] = content
        self._soon.touch()

    def drop(self, key: uuid.UUID) -> None:
        """Forget a draft that is saved or thrown away, at once."""
        self._written.pop(key, None)
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError:
            log.warning("a draft could not be removed", exc_info=True)

    def save(self) -> None:
        """Write now what changed; what the disk refuses is tried at the next key."""
        self._soon.settle()
        if not self._written:
            return
        saved_at = self._now().isoformat()
        try:
            self._hold()
            for key in tuple(self._written):
                plain = {"saved_at": saved_at, "draft": self._written[key]()}
                write_whole(self._path(key), plain)
                del self._written[key]
        except OSError:
            log.warning("a draft could not be kept", exc_info=True)
        self.told.emit(not self._written)

    def let_go(self) -> None:
        """Write what changed, and leave it to the next window that looks."""
        self.save()
        self._lock.unlock()

    def _hold(self) -> None:
        """Say that this window is there. Raises OSError where nothing is written."""
        if self._lock.isLocked():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            raise OSError(f"no lock in {self._folder}")

    # ------------------------------------------------------------ coming back

    def take_up(self, of: Callable[[Content], What]) -> list[Found[What]]:
        """Return what windows that are gone left behind, the newest first.

        From now on these are this window's. What ``of`` cannot read is logged once and
        left where it is.
        """
        found: list[Found[What]] = []
        try:
            for hand, paths in self._left().items():
                lock = self._lock_of(hand)
                if not lock.tryLock(0):
                    continue
                try:
                    for path in paths:
                        found += self._take(path, of)
                finally:
                    lock.unlock()
        except OSError:
            log.warning("drafts could not be looked for", exc_info=True)
        return sorted(found, key=lambda one: one.kept_at, reverse=True)

    def _left(self) -> dict[str, list[Path]]:
        """Return what other windows wrote, by whose hand."""
        hands: dict[str, list[Path]] = {}
        for path in sorted(self._folder.glob(f"{self._prefix}-*")):
            hand, _, _ = path.stem[len(self._prefix) + 1 :].partition("-")
            if hand != self._hand:
                hands.setdefault(hand, [])
                if path.suffix == ".json" and path not in self._spoiled:
                    hands[hand].append(path)
        return hands

    def _take(self, path: Path, of: Callable[[Content], What]) -> list[Found[What]]:
        def read(kept: Mapping[str, Any]) -> Found[What]:
            kept_at = datetime.fromisoformat(kept["saved_at"])
            if kept_at.tzinfo is None:
                raise ValueError("no time zone")
            key = uuid.UUID(path.stem.rpartition("-")[2])
            return Found(key, kept_at, of(kept["draft"]))

        one = read_kept(path, read)
        if one is None:
            self._spoiled.add(path)
            return []
        self._hold()
        path.rename(self._path(one.key))
        return [one]
