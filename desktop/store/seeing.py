"""How far somebody has read a request: one number a person and request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from desktop.entities.seeing import ReadMark

READING_SINCE = "reading_since"
"""The setting that says since when somebody's reading is kept count of."""

QUIET_HOURS = "quiet_hours"
"""The setting that says when somebody's computer is to keep quiet."""


def _upsert(dialect: Any, greatest: Any = None) -> Any:
    made = dialect.insert(ReadMark)
    entries = made.excluded.entries
    if greatest is not None:
        entries = greatest(ReadMark.entries, entries)
    return made.on_conflict_do_update(
        index_elements=["person_id", "request_id"], set_={"entries": entries}
    )


_UPSERT = {
    "sqlite": _upsert(sqlite, func.max),
    "postgresql": _upsert(postgresql, func.greatest),
}
_PUT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


def keep_mark(session: Session, person_id: int, request_id: int, entries: int) -> None:
    """Write down that somebody has read a request up to its entry ``entries``."""
    connection = session.connection()
    connection.execute(
        _UPSERT[connection.dialect.name],
        {"person_id": person_id, "request_id": request_id, "entries": entries},
    )


def put_marks(session: Session, person_id: int, marks: Mapping[int, int]) -> None:
    """Write down how far somebody has read requests, further or less far than before.

    Two programs of one person may do so at once.
    """
    connection = session.connection()
    rows = [
        {"person_id": person_id, "request_id": one, "entries": entries}
        for one, entries in marks.items()
    ]
    if rows:
        connection.execute(_PUT[connection.dialect.name], rows)
