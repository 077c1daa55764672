"""Find requests by their words, the same way on both databases.

The text is folded (case, marks) before it comes here and cut into words here, so that
neither database's own idea of a word matters: FTS5 and tsvector get the same words,
and what a person types can never be read as query syntax.

Beside plain words the index holds marked ones, which no typed text can contain: a
field's words (`customer§novak`), internal notes for the units that may read them
(`n5§word`), and what a request is (`q§5`: open, with unit 5). The last let a very
common word in one queue be found without looking at all the others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Select,
    TableClause,
    TextClause,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 64
MOST_WORDS_KEPT = 20_000
MOST_WORDS_ASKED = 12
SHORTEST_PREFIX = 2
LONGEST_PREFIX: Final = 4
"""Of words begun the index keeps the rows by so many letters."""

MOST_BEGUN: Final = 24
"""So many words that begin alike are asked for one by one."""

SERVER: Final = "postgresql"
MARK: Final = "§"
"""Stands in no word, and alone between two texts that no phrase may span."""

EVERY: Final = f"e{MARK}"
"""The marked word every request has, to leave those with some word out of."""


_FILE_TABLE = table("request_search", column("rowid", Integer), column("text"))
_SERVER_TABLE = table(
    "request_search", column("request_id", BigInteger), column("text"), column("words")
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Folded words to be found: each begun or whole; a phrase's whole and adjacent.

    ``others`` are words of which one may stand for a plain word (or a phrase) instead,
    by it: marked ones (people, services of that name), or several together (a
    reference). ``begun`` are the words that begin so, where `spelled_out` found them.
    """

    text: str
    is_phrase: bool = False
    is_not: bool = False
    field: str = ""
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    begun: tuple[tuple[str, tuple[str, ...]], ...] = ()


def words_of(folded: str) -> list[str]:
    """Cut a folded text into its different words, in order; long words are cut off."""
    return list(dict.fromkeys(all_words_of(folded)))


def all_words_of(folded: str) -> list[str]:
    """Cut a folded text into its words, in order; long words are cut off."""
    return [word[:LONGEST_WORD] for word in WORD.findall(folded)]


def marked(mark: str, word: object) -> str:
    """Return a marked word: a field's, or what a request is."""
    return f"{mark}{MARK}{word}"


def index_words(session: Session, ready: Iterable[tuple[int, str]]) -> None:
    """Make requests found by words made ready: divided by one blank, marked ones too.

    What is more than 20,000 words is left out at the end.
    """
    connection = session.connection()
    rows = [
        {"id": request_id, "text": " ".join(words.split(" ")[:MOST_WORDS_KEPT])}
        for request_id, words in ready
    ]
    if rows:
        connection.execute(_upsert(connection), rows)


def add_words(
    session: Session, request_id: int, kinds: str, parts: Sequence[str]
) -> None:
    """Give an entry other kinds (its first part), and more parts at its end."""
    connection = session.connection()
    is_server = _is_server(connection.dialect)
    more = "".join(f" {MARK} {part}" for part in parts)
    connection.execute(
        _SERVER_ADD if is_server else _FILE_ADD,
        {"id": request_id, "kinds": kinds, "more": more},
    )


_SERVER_ADD = text(
    "UPDATE request_search SET text = :kinds || substr(text, strpos(text, ' § ')) "
    "|| :more WHERE request_id = :id"
)
_FILE_ADD = text(
    "UPDATE request_search SET text = :kinds || substr(text, instr(text, ' § ')) "
    "|| :more WHERE rowid = :id"
)


def _upsert(connection: Connection) -> TextClause:
    return _SERVER_UPSERT if _is_server(connection.dialect) else _FILE_UPSERT


_SERVER_UPSERT = text(
    "INSERT INTO request_search (request_id, text) VALUES (:id, :text) "
    "ON CONFLICT (request_id) DO UPDATE SET text = excluded.text"
)
_FILE_UPSERT = text(
    "INSERT OR REPLACE INTO request_search (rowid, text) VALUES (:id, :text)"
)


def _is_server(dialect: Dialect) -> bool:
    return dialect.name == SERVER


def indexed_words(session: Session, first: int, last: int) -> dict[int, str]:
    """Return what requests of these ids are found by, as `index_words` wrote it."""
    source = _source(session.get_bind().dialect)
    identity = source.c[0]
    rows = session.execute(
        select(identity, source.c.text).where(identity.between(first, last))
    )
    return {row[0]: row[1] for row in rows}


def _source(dialect: Dialect) -> TableClause:
    return _SERVER_TABLE if _is_server(dialect) else _FILE_TABLE


def asked_ids(
    dialect: str,
    asked: Sequence[Asked],
    kinds: Sequence[str] = (),
    reader_unit_id: int | None = None,
) -> Select[Any]:
    """Select the ids of the requests that have all that is asked.

    ``kinds`` are marked words every one of them has to have. Internal notes count only
    for a reader of a unit that may read them. What asks for nothing finds nothing.
    A file's words are the parameter ``asked``, which `asked_words` gives for others.
    """
    parts = [_part(one, reader_unit_id) for one in asked]
    wanted = [part for part in parts if part is not None and not part.is_not]
    unwanted = [part for part in parts if part is not None and part.is_not]
    source = _SERVER_TABLE if dialect == SERVER else _FILE_TABLE
    found = select(indexed_id(dialect)).select_from(source)
    if not wanted and not kinds:
        if not unwanted:
            return found.where(literal_column("1 = 0"))
        kinds = (EVERY,)
    if dialect == SERVER:
        return found.where(_server_condition(wanted, unwanted, kinds))
    return found.where(_file_condition(wanted, unwanted, kinds))


def asked_words(
    asked: Sequence[Asked], kinds: Sequence[str], reader_unit_id: int | None
) -> str:
    """Return what a file's index is asked for, in its own language; at least a word."""
    parts = [_part(one, reader_unit_id) for one in asked]
    known = [part for part in parts if part is not None]
    wanted = [part for part in known if not part.is_not]
    unwanted = [part for part in known if part.is_not]
    return _file_words(wanted, unwanted, kinds if wanted or kinds else (EVERY,))


def spelled_out(
    session: Session, asked: Sequence[Asked], reader_unit_id: int | None
) -> tuple[Asked, ...]:
    """Return what is asked with the words the index has for those begun. One statement.

    A file's index gathers every row of a long word begun before it gives the first one
    (customer, of a million: 180 ms); rows of whole words it gives one after the other.
    """
    if session.get_bind().dialect.name == SERVER:
        return tuple(asked)
    starts = {one: tuple(_starts(one, reader_unit_id)) for one in asked}
    every = list(dict.fromkeys(start for some in starts.values() for start in some))
    if not every:
        return tuple(asked)
    found: dict[str, list[str]] = {start: [] for start in every}
    known = {"starts": json.dumps(every), "most": MOST_BEGUN}
    for start, word, place in session.connection().execute(_WORDS_BEGUN, known):
        if place >= MOST_BEGUN:
            del found[start]
        elif word and word.startswith(start) and MARK not in word[len(start) :]:
            found[start].append(word)
    return tuple(
        replace(
            one,
            begun=tuple(
                (start, tuple(found[start]) or (start,))
                for start in starts[one]
                if start in found
            ),
        )
        for one in asked
    )


def _starts(asked: Asked, reader_unit_id: int | None) -> Iterator[str]:
    """Give the words begun that the index keeps no rows for."""
    if asked.is_phrase:
        return
    for word in words_of(asked.text)[:MOST_WORDS_ASKED]:
        for mark in _marks_of(asked, reader_unit_id):
            if len(word) >= SHORTEST_PREFIX and len(mark + word) > LONGEST_PREFIX:
                yield mark + word


# From one word to the next over all its places; marked words at once, by the mark's
# next letter.
_WORDS_BEGUN: Final = text("""
WITH RECURSIVE begun (start, word, place) AS (
    SELECT value, (SELECT term FROM temp.indexed_word WHERE term >= value LIMIT 1), 0
    FROM json_each(:starts)
    UNION ALL
    SELECT start, (
        SELECT term FROM temp.indexed_word
        WHERE term >= CASE instr(substr(word, length(start) + 1), '§')
            WHEN 0 THEN word || char(0)
            ELSE substr(word, 1, length(start)
                + instr(substr(word, length(start) + 1), '§') - 1) || '¨'
        END LIMIT 1
    ), place + 1
    FROM begun WHERE substr(word, 1, length(start)) = start AND place < :most
)
SELECT start, word, place FROM begun
""")


def indexed_id(dialect: str) -> ColumnElement[int]:
    """Return the column of `asked_ids`, to order and to join by."""
    source = _SERVER_TABLE if dialect == SERVER else _FILE_TABLE
    identity: ColumnElement[int] = source.c[0]
    return identity


@dataclass(frozen=True, slots=True)
class _Part:
    """What is asked, cut up: by word its spellings, or the spellings of a phrase."""

    words: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    is_not: bool = False


def _part(asked: Asked, reader_unit_id: int | None) -> _Part | None:
    words = words_of(asked.text)[:MOST_WORDS_ASKED]
    if asked.is_phrase:
        words = all_words_of(asked.text)[:MOST_WORDS_ASKED]
    if not words:
        return None
    marks = _marks_of(asked, reader_unit_id)
    others, begun = dict(asked.others), dict(asked.begun)
    if asked.is_phrase and len(words) > 1:
        phrases = [tuple(mark + word for word in words) for mark in marks]
        phrases += [(one,) for one in others.get(asked.text, ())]
        return _Part((), tuple(phrases), asked.is_not)
    spelled = []
    for word in words:
        goes_on = len(word) >= SHORTEST_PREFIX and not asked.is_phrase
        alike = [*others.get(word, ())]
        for mark in marks:
            start = mark + word
            alike += begun.get(start, (f"{start}*" if goes_on else start,))
        spelled.append(tuple(alike))
    return _Part(tuple(spelled), (), asked.is_not)


def _marks_of(asked: Asked, reader_unit_id: int | None) -> list[str]:
    """Return what stands before the words asked for: nothing, or marks."""
    marks = [f"{asked.field}{MARK}" if asked.field else ""]
    if reader_unit_id is not None and not asked.field:
        marks.append(f"n{reader_unit_id}{MARK}")
    return marks


def _file_condition(
    wanted: Sequence[_Part], unwanted: Sequence[_Part], kinds: Sequence[str]
) -> ColumnElement[bool]:
    asked = _file_words(wanted, unwanted, kinds)
    return _as_condition(text("request_search MATCH :asked").bindparams(asked=asked))


def _file_words(
    wanted: Sequence[_Part], unwanted: Sequence[_Part], kinds: Sequence[str]
) -> str:
    terms = [_quoted(kind) for kind in kinds] + [_file_term(one) for one in wanted]
    asked = " AND ".join(terms)
    for one in unwanted:
        asked = f"({asked}) NOT {_file_term(one)}"
    return asked


def _file_term(part: _Part) -> str:
    if part.phrases:
        alike = [_quoted(" ".join(words)) for words in part.phrases]
        return f"({' OR '.join(alike)})"
    return " AND ".join(
        f"({' OR '.join(map(_quoted, alike))})" for alike in part.words
    ).join("()")


def _quoted(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _server_condition(
    wanted: Sequence[_Part], unwanted: Sequence[_Part], kinds: Sequence[str]
) -> ColumnElement[bool]:
    """Ask for the words by the index; that a phrase's stand together, of the text."""
    terms = [_lexeme(kind) for kind in kinds]
    terms += [_server_term(one) for one in wanted]
    terms += [f"!{_server_term(one)}" for one in unwanted if not one.phrases]
    asked = text("words @@ CAST(:asked AS tsquery)").bindparams(asked=" & ".join(terms))
    conditions = [_as_condition(asked)]
    padded: ColumnElement[str] = literal_column("' ' || text || ' '")
    for one in (*wanted, *unwanted):
        if one.phrases:
            found = _any_phrase(padded, one.phrases)
            conditions.append(~found if one.is_not else found)
    return and_(*conditions)


def _as_condition(words: TextClause) -> ColumnElement[bool]:
    """Return words of SQL as a condition, which they are and do not know."""
    return cast(ColumnElement[bool], words)


def _any_phrase(
    padded: ColumnElement[str], phrases: Sequence[tuple[str, ...]]
) -> ColumnElement[bool]:
    return or_(*(func.strpos(padded, f" {' '.join(words)} ") > 0 for words in phrases))


def _server_term(part: _Part) -> str:
    if part.phrases:
        alike = [" & ".join(map(_lexeme, words)) for words in part.phrases]
        return f"({' | '.join(f'({one})' for one in alike)})"
    every = (f"({' | '.join(map(_lexeme, alike))})" for alike in part.words)
    return f"({' & '.join(every)})"


def _lexeme(word: str) -> str:
    if " " in word:
        return f"({' & '.join(map(_lexeme, word.split()))})"
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"
