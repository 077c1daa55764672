"""Keep the search index in line: all the words a request is found by, and what it is.

`reindex` is called wherever words of a request change; the unit of work does so for
every entry of the journal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, text
from sqlalchemy.orm import Session

from desktop.domain.requests import Audience
from desktop.domain.text import fold_for_search, latinised, other_spellings
from desktop.entities.attachments import Attachment
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestLeg
from desktop.entities.units import Unit
from desktop.store.search import (
    EVERY,
    LONGEST_WORD,
    MARK,
    add_words,
    all_words_of,
    index_words,
    indexed_words,
    marked,
)

BATCH: Final = 500
FIELDS: Final = ("customer", "topic", "site", "channel")
"""Columns whose words can be asked for by their field."""

FILE: Final = "file"


@dataclass
class RequestWords:
    """Everything a request is found by, before it is folded.

    ``columns`` has the request's own columns by name; ``notes`` are internal words with
    the units that may read them; ``files`` are attachments' names. Whose names may
    change (units, people, services) are no words of it: they are asked for by id.
    """

    columns: Mapping[str, Any]
    words: Sequence[str] = ()
    notes: Sequence[tuple[str, frozenset[int]]] = ()
    files: Sequence[str] = ()
    answers: Sequence[str] = field(default_factory=list)


def ready_words(found: RequestWords) -> str:
    """Return a request's words as the index keeps them."""
    columns = found.columns
    parts: list[str] = _head(columns)
    plain = [
        columns.get("contact"),
        columns.get("body"),
        columns.get("told_text"),
        columns.get("told_how"),
        columns.get("told_price"),
        *_answers(columns.get("form")),
        *found.words,
    ]
    for value in plain:
        parts += _spelled(str(value)) if value else ()
    for name in FIELDS:
        value = columns.get(name)
        parts += _of_field(name, str(value)) if value else ()
    for name in found.files:
        parts += _of_field(FILE, name)
    for note, units in found.notes:
        for spelled in _spelled(note):
            words = spelled.split()
            parts += [
                " ".join(marked(f"n{unit}", word) for word in words)
                for unit in sorted(units)
            ]
    return _BETWEEN.join(part for part in parts if part)


_BETWEEN: Final = f" {MARK} "
SPELLINGS: Final = 3
"""A text is indexed folded, as it is also written, and in Latin letters."""


def _head(columns: Mapping[str, Any]) -> list[str]:
    """Return the first parts of an entry: what it is, and what it is called."""
    parts = [" ".join(kinds_of(columns))]
    for name in ("reference", "subject"):
        value = columns.get(name)
        parts += _spelled(str(value)) if value else ()
    return parts


def kinds_of(columns: Mapping[str, Any]) -> list[str]:
    """Return the marked words that say what a request is and whose."""
    kinds = [EVERY]
    unit = columns.get("unit_id")
    if columns.get("is_open", True):
        kinds.append(marked("o", ""))
        if unit is not None:
            kinds.append(marked("q", unit))
    kinds += [marked("x", name) for name in _COUNTED if columns.get(name)]
    for mark, name in _KINDS:
        value = columns.get(name)
        if value is not None:
            kinds.append(marked(mark, value))
    return kinds


_COUNTED: Final = ("reopens", "returns")
_KINDS: Final = (
    ("p", "priority"),
    ("t", "state"),
    ("u", "unit_id"),
    ("f", "front_unit_id"),
    ("s", "service_id"),
    ("a", "assignee_id"),
    ("r", "requester_id"),
)


_KIND_COLUMNS: Final = ("is_open", *_COUNTED, *(name for _mark, name in _KINDS))


def _answers(form: Any) -> Iterator[str]:
    """Give the words of a form's answers, those of several choices too."""
    for value in form.values() if isinstance(form, Mapping) else ():
        if isinstance(value, Mapping):
            yield from (str(one) for one in value.values())
        elif isinstance(value, (list, tuple)):
            yield from (str(one) for one in value)
        elif not isinstance(value, bool):
            yield str(value)


def _spelled(value: str) -> list[str]:
    """Return a text as index words, and after it how some are also written.

    That is "dj" for "đ", and Latin letters for Cyrillic and Georgian ones.
    """
    folded = all_words_of(fold_for_search(value))
    if value.isascii():
        return [" ".join(folded)]
    others = all_words_of(other_spellings(value))
    latin = [word for one in folded if (word := latinised(one)) != one]
    return [" ".join(words) for words in (folded, others, latin) if words]


def _of_field(name: str, value: str) -> list[str]:
    """Return a text as plain words and as words of its field."""
    spelled = _spelled(value)
    return [
        *spelled,
        *(
            " ".join(marked(name, word[:LONGEST_WORD]) for word in one.split())
            for one in spelled
        ),
    ]


def reindex(session: Session, request_id: int) -> None:
    """Make a request found by its present words: its own, the journal's, its files'."""
    session.flush()
    reindex_between(session, request_id, request_id)


def index_new(
    session: Session, request_id: int, columns: Mapping[str, Any], said: str
) -> None:
    """Make a request just raised found, by its columns and what was said with it."""
    words = RequestWords(columns, [said] if said else [])
    index_words(session, [(request_id, ready_words(words))])


def index_step(session: Session, request: Request, said: str) -> None:
    """Make a request found by what it is now and by words just said to both sides.

    A step is taken very often, and this is all it changes: nothing is gathered.
    """
    columns = {name: getattr(request, name) for name in _KIND_COLUMNS}
    more = [part for part in _spelled(said) if part] if said else []
    add_words(session, request.id, " ".join(kinds_of(columns)), more)


def reindex_between(session: Session, first: int, last: int) -> int:
    """Index anew the requests with these ids; returns how many. Four statements."""
    ready = [
        (one, ready_words(found)) for one, found in words_between(session, first, last)
    ]
    index_words(session, ready)
    return len(ready)


def reindex_all(session: Session, told: Callable[[float], None] | None = None) -> int:
    """Index every request anew, some at a time; returns how many.

    ``told`` is called with the share done after some, and may raise to stop.
    """
    done = 0
    spans = list(_spans(session))
    for number, (first, last) in enumerate(spans, 1):
        done += reindex_between(session, first, last)
        if told is not None:
            told(number / len(spans))
    merge_parts(session, told)
    return done


MERGED_PAGES: Final = 2_000
"""Pages of the index written at once while its parts become one: a tenth of a second.
"""


def merge_parts(session: Session, told: Callable[[float], None] | None = None) -> None:
    """Make the index one part again, after very much was written.

    FTS5 keeps what each statement writes as a part of its own, and has whoever saves
    next merge them: after a million requests a step took half as long again, for tens
    of thousands of steps. Takes twelve seconds then; part of the transaction.
    PostgreSQL's index has no parts.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return
    # Less than nothing marks all there is to be merged, more goes on with it:
    # https://www.sqlite.org/fts5.html#the_merge_command
    pages = -MERGED_PAGES
    while True:
        before = connection.scalar(_TOTAL_CHANGES)
        connection.execute(_MERGE, {"pages": pages})
        if connection.scalar(_TOTAL_CHANGES) - before < MERGE_CHANGES:
            return
        pages = MERGED_PAGES
        if told is not None:
            told(1.0)


MERGE_CHANGES: Final = 2
"""A merging that changes fewer rows than these had nothing to do."""

_TOTAL_CHANGES: Final = text("SELECT total_changes()")
_MERGE: Final = text(
    "INSERT INTO request_search (request_search, rank) VALUES ('merge', :pages)"
)


def stale_between(session: Session, first: int, last: int) -> list[int]:
    """Return the ids, of these, whose index entry is not what it should be."""
    stored = indexed_words(session, first, last)
    return [
        one
        for one, found in words_between(session, first, last)
        if not _is_same(stored.get(one), found)
    ]


def _is_same(stored: str | None, found: RequestWords) -> bool:
    """Tell whether an entry finds a request as it should: its parts, in any order.

    One written before services were asked for by id has the name its service had then,
    in up to three spellings behind what it is called.
    """
    wanted = ready_words(found)
    if stored is None or stored == wanted:
        return stored is not None
    had, have = stored.split(_BETWEEN), wanted.split(_BETWEEN)
    more = len(had) - len(have)
    if 0 < more <= SPELLINGS:
        at = sum(bool(part) for part in _head(found.columns))
        del had[at : at + more]
    return Counter(had) == Counter(have)


def _spans(session: Session) -> Iterator[tuple[int, int]]:
    last = session.scalar(select(func.max(Request.id))) or 0
    for first in range(1, last + 1, BATCH):
        yield first, min(last, first + BATCH - 1)


def words_between(
    session: Session, first: int, last: int
) -> list[tuple[int, RequestWords]]:
    """Gather what the requests with these ids are found by."""
    span = {"first": first, "last": last}
    connection = session.connection()
    said = _by_request(connection.execute(_SAID, span))
    files = _by_request(connection.execute(_FILES, span))
    legs: dict[int, list[Row[Any]]] = {}
    told = (*said.values(), *files.values())
    if any(row.audience is not Audience.BOTH for rows in told for row in rows):
        legs = _by_request(connection.execute(_LEGS, span))
    found = []
    for row in connection.execute(_REQUESTS, span):
        entries = said.get(row.id, ())
        named = files.get(row.id, ())
        found.append(
            (
                row.id,
                RequestWords(
                    dict(row._mapping),
                    [one.text for one in entries if one.audience is Audience.BOTH],
                    _notes((*entries, *named), legs.get(row.id, ())),
                    [one.text for one in named if one.audience is Audience.BOTH],
                ),
            )
        )
    return found


def _by_request(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.request_id].append(row)
    return found


def _notes(
    entries: Iterable[Row[Any]], legs: Sequence[Row[Any]]
) -> list[tuple[str, frozenset[int]]]:
    """Return internal words with their readers: who wrote them, and units of the same
    side that have had the request."""
    found = []
    for one in entries:
        if one.audience is Audience.BOTH:
            continue
        readers = {leg.unit_id for leg in legs if leg.side == one.side}
        readers = {unit for unit in (*readers, one.unit_id) if unit is not None}
        found.append((one.text, frozenset(readers)))
    return found


_SPAN: Final[tuple[Any, Any]] = (bindparam("first"), bindparam("last"))
_REQUESTS: Final = select(
    *(
        Request.__table__.c[name]
        for name in (
            *("id", "reference", "subject", "contact", "body", "form"),
            *("told_text", "told_how", "told_price", *FIELDS, "is_open"),
            *_COUNTED,
            *(name for _mark, name in _KINDS),
        )
    ),
).where(Request.id.between(*_SPAN))
_SAID: Final = (
    select(
        JournalEntry.request_id,
        JournalEntry.text,
        JournalEntry.audience,
        JournalEntry.unit_id,
        Unit.side,
    )
    .outerjoin(Unit, Unit.id == JournalEntry.unit_id)
    .where(JournalEntry.request_id.between(*_SPAN), JournalEntry.text != "")
    .order_by(JournalEntry.request_id, JournalEntry.seq)
)
_FILES: Final = (
    select(
        Attachment.request_id,
        Attachment.name.label("text"),
        Attachment.audience,
        Attachment.unit_id,
        Unit.side,
    )
    .outerjoin(Unit, Unit.id == Attachment.unit_id)
    .where(Attachment.request_id.between(*_SPAN), Attachment.removed_at.is_(None))
    .order_by(Attachment.id)
)
_LEGS: Final = (
    select(RequestLeg.request_id, RequestLeg.unit_id, Unit.side)
    .outerjoin(Unit, Unit.id == RequestLeg.unit_id)
    .where(RequestLeg.request_id.between(*_SPAN))
)
