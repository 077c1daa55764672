"""What was typed and not yet sent, each draft in a small file of its own."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

from ui.common.kept_drafts import A_WEEK_MS
from ui.common.kept_files import read_kept, short_name, write_whole

log = logging.getLogger(__name__)

MOST_DRAFTS = 50


@dataclass
class Draft:
    """A request being written; ``key`` becomes the request's, so none is made twice.

    ``files`` are what is kept of the files attached, as ``StagedFile.plain`` says it;
    ``customers`` the list of a request for several.
    """

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    service_id: int | None = None
    words: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    is_urgent: bool = False
    urgency_reason: str = ""
    service: str = ""
    customers: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    saved_at: datetime | None = None

    def is_empty(self) -> bool:
        """Tell whether nothing was typed that anybody would miss."""
        typed = any(value not in (None, "", []) for value in self.answers.values())
        return not (
            typed or self.urgency_reason.strip() or self.customers.strip() or self.files
        )

    def plain(self, now: datetime) -> dict[str, Any]:
        """Return it as its file keeps it."""
        return {
            "key": str(self.key),
            "service_id": self.service_id,
            "service": self.service,
            "words": self.words,
            "answers": self.answers,
            "is_urgent": self.is_urgent,
            "urgency_reason": self.urgency_reason,
            "customers": self.customers,
            "files": self.files,
            "saved_at": now.isoformat(),
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Draft | None:
        """Read a draft; raises what a spoiled one raises, None for one without zone."""
        saved_at = datetime.fromisoformat(kept["saved_at"])
        if saved_at.tzinfo is None:
            return None
        return cls(
            key=uuid.UUID(kept["key"]),
            service_id=_whole(kept["service_id"]),
            words=str(kept["words"]),
            answers=dict(kept["answers"]),
            is_urgent=bool(kept["is_urgent"]),
            urgency_reason=str(kept["urgency_reason"]),
            # Drafts of the version before had none of these.
            service=str(kept.get("service", "")),
            customers=str(kept.get("customers", "")),
            files=[dict(one) for one in kept.get("files", [])],
            saved_at=saved_at,
        )


class DraftFolder:
    """The drafts of a workspace and person; each written whole or not at all.

    The one being written is in this program's hands, by a lock that ends with it.
    """

    def __init__(self, folder: Path, workspace: str, person_id: int) -> None:
        """Keep them in ``folder``; ``workspace`` is whatever tells it apart."""
        self.folder = folder
        self._prefix = short_name(workspace, person_id)
        self._in_hand: tuple[uuid.UUID, QLockFile] | None = None

    # ------------------------------------------------------------ in hand

    def hold(self, key: uuid.UUID) -> bool:
        """Take a draft in hand, and no other; False where another program has it."""
        if self._in_hand is not None and self._in_hand[0] == key:
            return True
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
        lock = self._lock_of(key)
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return False
        self.let_go()
        self._in_hand = (key, lock)
        return True

    def let_go(self) -> None:
        """Leave the draft in hand to whoever looks next."""
        if self._in_hand is not None:
            self._in_hand[1].unlock()
            self._in_hand = None

    def free(self) -> list[Draft]:
        """Return those no other program has in hand, the newest first."""
        return [one for one in self.all() if self._is_free(one.key)]

    def _is_free(self, key: uuid.UUID) -> bool:
        if self._in_hand is not None and self._in_hand[0] == key:
            return True
        lock = self._lock_of(key)
        if not Path(lock.fileName()).exists():
            return True
        is_free = lock.tryLock(0)
        lock.unlock()
        return is_free

    def _lock_of(self, key: uuid.UUID) -> QLockFile:
        lock = QLockFile(str(self.path_of(key).with_suffix(".lock")))
        lock.setStaleLockTime(A_WEEK_MS)
        return lock

    # ------------------------------------------------------------ files

    def path_of(self, key: uuid.UUID) -> Path:
        """Return where a draft is kept."""
        return self.folder / f"{self._prefix}-{key.hex}.json"

    def all(self) -> list[Draft]:
        """Return the drafts that can be read and say something, the newest first."""
        found: dict[uuid.UUID, Draft] = {}
        try:
            paths = sorted(self.folder.glob(f"{self._prefix}*.json"))
        except OSError:
            return []
        for path in paths:
            draft = read_kept(path, Draft.of)
            if draft is not None and not draft.is_empty():
                found[draft.key] = draft
        ordered = sorted(found.values(), key=_saved, reverse=True)
        return ordered[:MOST_DRAFTS]

    def save(self, draft: Draft, now: datetime) -> bool:
        """Write a draft; False when the disk refuses, and the old one stays."""
        try:
            write_whole(self.path_of(draft.key), draft.plain(now))
        except OSError:
            log.warning("the draft could not be saved", exc_info=True)
            return False
        draft.saved_at = now
        self._remove_old(draft.key)
        return True

    def remove(self, key: uuid.UUID) -> None:
        """Forget a draft."""
        try:
            self.path_of(key).unlink(missing_ok=True)
        except OSError:
            log.warning("the draft could not be removed", exc_info=True)
        self._remove_old(key)

    def _remove_old(self, key: uuid.UUID) -> None:
        """Take away the one file the version before kept, once it is another's."""
        old = self.folder / f"{self._prefix}.json"
        try:
            kept = read_kept(old, Draft.of)
            if kept is not None and kept.key == key:
                old.unlink()
        except OSError:
            log.warning("the draft could not be removed", exc_info=True)


def _saved(draft: Draft) -> datetime:
    assert draft.saved_at is not None
    return draft.saved_at


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
