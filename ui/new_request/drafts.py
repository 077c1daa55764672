"""What was typed and not yet sent, kept in a small file of this person's alone."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_OWN_ONLY = 0o600


@dataclass
class Draft:
    """A request being written; ``key`` becomes the request's, so none is made twice."""

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    service_id: int | None = None
    words: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    is_urgent: bool = False
    urgency_reason: str = ""
    saved_at: datetime | None = None

    def is_empty(self) -> bool:
        """Tell whether nothing was typed that anybody would miss."""
        typed = any(value not in (None, "", []) for value in self.answers.values())
        return not typed and not self.urgency_reason.strip()


class DraftFile:
    """One draft per workspace and person; written whole or not at all."""

    def __init__(self, folder: Path, workspace: str, person_id: int) -> None:
        """Keep the draft in ``folder``; ``workspace`` is whatever tells it apart."""
        name = hashlib.sha256(f"{workspace}\n{person_id}".encode()).hexdigest()[:24]
        self.path = folder / f"{name}.json"

    def load(self) -> Draft | None:
        """Return the draft kept, None when there is none that can be read."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            saved_at = datetime.fromisoformat(kept["saved_at"])
            if saved_at.tzinfo is None:
                return None
            return Draft(
                key=uuid.UUID(kept["key"]),
                service_id=_whole(kept["service_id"]),
                words=str(kept["words"]),
                answers=dict(kept["answers"]),
                is_urgent=bool(kept["is_urgent"]),
                urgency_reason=str(kept["urgency_reason"]),
                saved_at=saved_at,
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("the draft %s cannot be read", self.path.name, exc_info=True)
            return None

    def save(self, draft: Draft, now: datetime) -> bool:
        """Write the draft; False when the disk refuses, and the old one stays."""
        kept = {
            "key": str(draft.key),
            "service_id": draft.service_id,
            "words": draft.words,
            "answers": draft.answers,
            "is_urgent": draft.is_urgent,
            "urgency_reason": draft.urgency_reason,
            "saved_at": now.isoformat(),
        }
        beside = self.path.with_suffix(f".{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWN_ONLY)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump(kept, file, ensure_ascii=True)
            os.replace(beside, self.path)
        except OSError:
            log.warning("the draft could not be saved", exc_info=True)
            return False
        draft.saved_at = now
        return True

    def remove(self) -> None:
        """Forget the draft."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            log.warning("the draft could not be removed", exc_info=True)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
