"""Finding requests: by their reference first, then by any of their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.list_views import ListView, SortBy
from desktop.domain.requests import reference_of
from desktop.domain.text import clean_line, fold_for_search
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import list_page
from desktop.queries.request_rows import QueueRow, row_select, rows_of
from desktop.store.search import words_of

MOST_FOUND: Final = 50
LONGEST_QUESTION: Final = 200

_LONG_AGO: Final = datetime(1970, 1, 8, tzinfo=UTC)
# After every character a reference can go on with.
_AFTER_ALL: Final = "\U0010ffff"
_SAID: Final = re.compile(r"([^\W\d_]{0,8})[\s.-]?([0-9]{1,9})")


def find_requests(
    session: Session,
    words: str,
    limit: int = MOST_FOUND,
    *,
    reader: Reader | None = None,
    moment: Moment | None = None,
) -> tuple[QueueRow, ...]:
    """Return up to ``limit`` requests, newest first; references that begin so lead.

    Every word has to be found, begun or whole; field words narrow as in any list
    (words of time only with a ``moment``). Nothing typed finds nothing.
    """
    asked = clean_line(words[:LONGEST_QUESTION])
    if not words_of(fold_for_search(asked)):
        return ()
    first = _as_said(session, asked) | _by_reference(session, asked.upper(), limit)
    if asked != asked.upper():
        # What another system numbered may well have small letters.
        first = _by_reference(session, asked, limit) | first
    leading = requests_by_id(session, list(first))
    if len(leading) >= limit:
        return leading[:limit]
    found = list_page(
        session,
        ListView(words=asked, sort=SortBy.REFERENCE, is_descending=True),
        reader=reader or Reader(),
        moment=moment or Moment(_LONG_AGO, UTC),
        limit=limit,
    )
    rest = (row for row in found.rows if row.id not in first)
    return (*leading, *rest)[:limit]


@dataclass(frozen=True, slots=True)
class SearchNames:
    """The names a field word can ask for, in the order of the alphabet."""

    units: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def names_to_search(session: Session) -> SearchNames:
    """Return the names of units, services and people. Three statements."""

    def names(column: Any, is_active: Any) -> tuple[str, ...]:
        return tuple(session.scalars(select(column).where(is_active).order_by(column)))

    return SearchNames(
        names(Unit.name, Unit.is_active),
        names(Service.name, Service.is_active),
        names(Person.name, Person.is_active),
    )


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


def _as_said(session: Session, asked: str) -> dict[int, None]:
    """Return ids of what is called so without the noughts: "lr 132" is "LR-0132".

    A bare number is one of any unit.
    """
    match = _SAID.fullmatch(asked)
    if match is None:
        return {}
    prefix, number = match[1].upper(), int(match[2])
    prefixes = [prefix] if prefix else session.scalars(select(Unit.prefix).distinct())
    meant = [reference_of(one, number) for one in prefixes]
    found = session.scalars(select(Request.id).where(Request.reference.in_(meant)))
    return dict.fromkeys(sorted(found, reverse=True))


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
