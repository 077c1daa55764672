"""Finding requests: by their reference first, then by any of their words."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.text import clean_line, fold_for_search
from desktop.entities.requests import Request
from desktop.queries.request_rows import QueueRow, row_select, rows_of
from desktop.store.search import matching_ids, words_of

MOST_FOUND: Final = 50
LONGEST_QUESTION: Final = 200

# After every character a reference can go on with.
_AFTER_ALL: Final = "\U0010ffff"


def find_requests(
    session: Session, words: str, limit: int = MOST_FOUND
) -> tuple[QueueRow, ...]:
    """Return up to ``limit`` requests, newest first; references that begin so lead.

    Every word has to be found, begun or whole. Nothing typed finds nothing. Four
    statements at most.
    """
    asked = clean_line(words[:LONGEST_QUESTION])
    folded = fold_for_search(asked)
    if not words_of(folded):
        return ()
    first = _by_reference(session, asked.upper(), limit)
    if asked != asked.upper():
        # What another system numbered may well have small letters.
        first = _by_reference(session, asked, limit) | first
    ids = [
        *first,
        *(one for one in _by_words(session, folded, limit) if one not in first),
    ]
    return requests_by_id(session, ids[:limit])


def latest_requests(session: Session, limit: int = MOST_FOUND) -> tuple[QueueRow, ...]:
    """Return the requests raised last: what a list shows before anything is asked."""
    newest = row_select().order_by(Request.raised_at.desc(), Request.id.desc())
    return tuple(rows_of(session, newest.limit(limit)))


def request_called(session: Session, reference: str) -> int | None:
    """Return the id of the request of exactly this reference, None without one."""
    return session.scalar(select(Request.id).where(Request.reference == reference))


def requests_by_id(session: Session, ids: list[int]) -> tuple[QueueRow, ...]:
    """Return list rows of these requests, in this order."""
    if not ids:
        return ()
    found = rows_of(session, row_select().where(Request.id.in_(ids)))
    by_id = {row.id: row for row in found}
    return tuple(by_id[one] for one in ids if one in by_id)


def _by_reference(session: Session, start: str, limit: int) -> dict[int, None]:
    """Return ids in order; a range of the unique index, so quick at any size."""
    rows = session.execute(
        select(Request.id, Request.reference)
        .where(Request.reference >= start, Request.reference < start + _AFTER_ALL)
        .order_by(Request.reference.desc())
        .limit(limit)
    )
    # A database that compares by a language's rules may give more than was asked.
    found = [row for row in rows if row.reference.startswith(start)]
    found.sort(key=lambda row: (row.reference != start, -row.id))
    return dict.fromkeys(row.id for row in found)


def _by_words(session: Session, folded: str, limit: int) -> list[int]:
    found = matching_ids(session.get_bind().dialect, folded)
    newest = found.order_by(found.selected_columns[0].desc()).limit(limit)
    return list(session.scalars(newest))
