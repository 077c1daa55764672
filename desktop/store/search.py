"""Find requests by their words, the same way on both databases.

The text is folded (case, marks) before it comes here and cut into words here, so that
neither database's own idea of a word matters: FTS5 and tsvector get the same words,
and what a person types can never be read as query syntax.
"""

import re
from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    column,
    literal_column,
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

SQLITE_SEARCH = """
CREATE VIRTUAL TABLE request_search USING fts5
    (text, tokenize='ascii', prefix='2 3 4')
"""
POSTGRESQL_SEARCH = """
CREATE TABLE request_search (
    request_id bigint PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
    text text NOT NULL,
    words tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED
)
"""
POSTGRESQL_SEARCH_INDEX = (
    "CREATE INDEX ix_request_search_words ON request_search USING gin (words)"
)

_SQLITE_TABLE = table("request_search", column("rowid"), column("text"))
_POSTGRESQL_TABLE = table("request_search", column("request_id"), column("words"))


def words_of(folded: str) -> list[str]:
    """Cut a folded text into its different words, in order; long words are cut off."""
    words = (word[:LONGEST_WORD] for word in WORD.findall(folded))
    return list(dict.fromkeys(words))


def index_text(session: Session, request_id: int, folded: str) -> None:
    """Make a request found by these words, and by no others."""
    index_texts(session, [(request_id, folded)])


def index_texts(session: Session, texts: Iterable[tuple[int, str]]) -> None:
    """Make many requests found by their words: pairs of request id and folded text."""
    connection = session.connection()
    rows = [
        {"id": request_id, "text": " ".join(words_of(folded)[:MOST_WORDS_KEPT])}
        for request_id, folded in texts
    ]
    if rows:
        connection.execute(text(_upsert(connection)), rows)


def _upsert(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        return (
            "INSERT INTO request_search (request_id, text) VALUES (:id, :text) "
            "ON CONFLICT (request_id) DO UPDATE SET text = excluded.text"
        )
    return "INSERT OR REPLACE INTO request_search (rowid, text) VALUES (:id, :text)"


def matching_ids(dialect: Dialect, folded: str) -> Select[tuple[int]]:
    """Select the ids of the requests that have every word, begun or whole.

    Words of one letter match whole words only. Without any word nothing matches.
    """
    words = words_of(folded)[:MOST_WORDS_ASKED]
    if dialect.name == "postgresql":
        source, identity = _POSTGRESQL_TABLE, _POSTGRESQL_TABLE.c.request_id
        condition = "words @@ CAST(:asked AS tsquery)"
        asked = " & ".join(
            f"'{word}':*" if len(word) >= SHORTEST_PREFIX else f"'{word}'"
            for word in words
        )
    else:
        source, identity = _SQLITE_TABLE, _SQLITE_TABLE.c.rowid
        condition = "request_search MATCH :asked"
        asked = " AND ".join(
            f'"{word}"*' if len(word) >= SHORTEST_PREFIX else f'"{word}"'
            for word in words
        )
    found = select(identity).select_from(source)
    if not words:
        return found.where(literal_column("1 = 0"))
    return found.where(text(condition).bindparams(asked=asked))


def search_clause(
    dialect: Dialect, folded: str, request_id: ColumnElement[int]
) -> ColumnElement[bool]:
    """Give the condition that a request has every word of a folded search text."""
    return request_id.in_(matching_ids(dialect, folded))
