"""How far somebody has read a request: one number a person and request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from desktop.entities.seeing import ReadMark

READING_SINCE = "reading_since"
"""The setting that says since when somebody's reading is kept count of."""

QUIET_HOURS = "quiet_hours"
"""The setting that says when somebody's computer is to keep quiet."""


def _upsert(dialect: Any, greatest: Any) -> Any:
    made = dialect.insert(ReadMark)
    return made.on_conflict_do_update(
        index_elements=["person_id", "request_id"],
        set_={"entries": greatest(ReadMark.entries, made.excluded.entries)},
    )


_UPSERT = {
    "sqlite": _upsert(sqlite, func.max),
    "postgresql": _upsert(postgresql, func.greatest),
}


def keep_mark(session: Session, person_id: int, request_id: int, entries: int) -> None:
    """Write down that somebody has read a request up to its entry ``entries``."""
    connection = session.connection()
    connection.execute(
        _UPSERT[connection.dialect.name],
        {"person_id": person_id, "request_id": request_id, "entries": entries},
    )
