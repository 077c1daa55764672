"""From what a list is narrowed to, to conditions both databases read the same way.

Terms are resolved first (names to ids, days to instants), so that what remains is
small and equal for equal questions: statements made of it are kept and used again.
Instants are parameters, so a kept statement serves any moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    select,
)
from sqlalchemy.orm import Session

from desktop.domain.list_views import ListView
from desktop.domain.requests import RequestState, number_of
from desktop.domain.search_words import (
    WORDED,
    Coded,
    Days,
    Field,
    Misread,
    Named,
    Term,
    Words,
    read_search,
)
from desktop.domain.text import fold_for_search, searchable
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.moments import Moment as Moment
from desktop.queries.seeing import news_since
from desktop.store.search import (
    SHORTEST_PREFIX,
    Asked,
    all_words_of,
    marked,
    spelled_out,
    words_of,
)

MOST_NAMESAKES: Final = 40
"""How many people a word may stand for; a word for more says nothing of anybody."""

SHORTEST_NAME: Final = 3
LATELY: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: "me" is them, and internal notes are their unit's.

    ``news_since`` is since when things are new to them; it is looked up.
    """

    person_id: int | None = None
    unit_id: int | None = None
    news_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to, resolved: equal for equal questions.

    ``unknown`` are names nothing has; ``misread`` is what was typed and not understood.
    Both are words for a person, not conditions.
    """

    terms: tuple[Term, ...] = ()
    asked: tuple[Asked, ...] = ()
    reader: Reader = Reader()
    is_lately: bool = False
    misread: tuple[Misread, ...] = field(default=(), compare=False)
    unknown: tuple[tuple[Field, str], ...] = field(default=(), compare=False)

    @property
    def asks_index(self) -> bool:
        """Tell whether the search index is asked: for words, or among all there is.

        What is open, or was resolved by a unit lately, has indexes of its own; the rest
        is too much to be gone through.
        """
        has_own = self.is_open or self.is_lately
        return bool(self.asked) or (not has_own and bool(self.kinds()))

    def kinds(self) -> tuple[str, ...]:
        """Return the index's marked words that say the same as some of the terms."""
        found = []
        for term in self.terms:
            if isinstance(term, Named) and len(term.ids) == 1 and not term.is_not:
                mark = _MARKS[term.field]
                if mark == "u" and self.is_open:
                    mark = "q"
                found.append(marked(mark, term.ids[0]))
            elif isinstance(term, Coded):
                found += _kind_of(term)
        if self.is_open and not any(one.startswith("q") for one in found):
            found.append(marked("o", ""))
        return tuple(found)

    @property
    def is_open(self) -> bool:
        """Tell whether only open requests are wanted."""
        return any(
            isinstance(term, Coded) and not term.is_not and _means_open(term)
            for term in self.terms
        )


_MARKS: Final = {
    Field.UNIT: "u",
    Field.FROM: "f",
    Field.SERVICE: "s",
    Field.ASSIGNEE: "a",
    Field.REQUESTER: "r",
}


def _kind_of(term: Coded) -> list[str]:
    """Return the marked word that says the same as a term, where there is one."""
    if term.is_not or len(term.codes) != 1:
        return []
    code = term.codes[0]
    if term.field in (Field.IS, Field.STATE) and code in _STATES:
        return [marked("t", code)]
    if term.field is Field.IS and code in _COUNTED:
        return [marked("x", _COUNTED[code])]
    is_priority = term.field is Field.PRIORITY and code.isdecimal()
    return [marked("p", code)] if is_priority else []


_COUNTED: Final = {"reopened": "reopens", "returned": "returns"}
_STATES: Final = frozenset(RequestState)
_OPEN_CODES: Final = frozenset({"open", "new", "active", "held", "overdue", "risk"})
_OPEN_STATES: Final = frozenset({"new", "active", "pending"})


def _means_open(term: Coded) -> bool:
    match term.field:
        case Field.IS:
            return set(term.codes) <= _OPEN_CODES
        case Field.STATE:
            return set(term.codes) <= _OPEN_STATES
        case Field.DUE | Field.PENDING:
            return True
    return False


# ---------------------------------------------------------------- resolving


def narrowing_of(
    session: Session, view: ListView, reader: Reader, moment: Moment
) -> Narrowing:
    """Resolve a view's filters and words; at most four short statements for names."""
    typed = read_search(view.words, moment.today)
    names = _Names(session)
    terms: list[Term] = []
    asked: list[Asked] = []
    for term in (*view.filters, *typed.terms):
        if isinstance(term, Words) and term.field is not Field.REF:
            one = _asked(term, names)
            if one is not None:
                asked.append(one)
        else:
            terms.append(_resolved(term, names, reader))
    unique = tuple(dict.fromkeys(terms))
    if any(isinstance(one, Coded) and "unread" in one.codes for one in unique):
        since = news_since(session, reader.person_id or 0, moment.now)
        reader = replace(reader, news_since=since)
    return Narrowing(
        unique,
        spelled_out(session, asked, reader.unit_id),
        reader,
        _is_lately(unique, moment.today - LATELY),
        typed.misread,
        tuple(names.unknown),
    )


def _is_lately(terms: Iterable[Term], since: date) -> bool:
    """Tell whether it is only wanted what one unit resolved since a day."""
    is_of_unit = is_since = False
    for term in terms:
        match term:
            case Named(Field.UNIT, _names, (_one,), False):
                is_of_unit = True
            case Days(Field.RESOLVED, first, _before, False) if first is not None:
                is_since = is_since or first >= since
    return is_of_unit and is_since


class _Names:
    """Looks names up, each table once at most."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Field, list[tuple[int, str, str]]] = {}
        self.unknown: list[tuple[Field, str]] = []

    def all_of(self, what: Field) -> list[tuple[int, str, str]]:
        """Return units, services or people: id, folded name, and all its spellings."""
        table = _TABLES[what]
        if table not in self._known:
            columns = table.__table__.c
            rows = self._session.connection().execute(select(columns.id, columns.name))
            self._known[table] = [(row[0], *_folded(row[1])) for row in rows]
        return self._known[table]

    def ids_of(self, what: Field, name: str) -> list[int]:
        """Return whose name is this one, else whose name has all its words, begun."""
        rows = self.all_of(what)
        whole = [identity for identity, known, _spelt in rows if known == name]
        found = whole or [
            identity
            for identity, _known, spelt in rows
            if _has_words(spelt, name.split())
        ]
        if not found:
            self.unknown.append((what, name))
        return found


_TABLES: Final[dict[Field, Any]] = {
    Field.UNIT: Unit,
    Field.FROM: Unit,
    Field.SERVICE: Service,
    Field.ASSIGNEE: Person,
    Field.REQUESTER: Person,
}


@lru_cache(maxsize=16_384)
def _folded(name: str) -> tuple[str, str]:
    return fold_for_search(name), searchable(name)


def _has_words(name: str, wanted: Sequence[str]) -> bool:
    parts = words_of(name)
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _asked(term: Words, names: _Names) -> Asked | None:
    words = words_of(term.text)
    if not words:
        return None
    if term.field is not None and term.field in WORDED:
        return Asked(term.text, term.is_phrase, term.is_not, term.field.value)
    if term.is_phrase:
        # A phrase of one word is asked for as a word, without what stood around it.
        asked = all_words_of(term.text)
        key = asked[0] if len(asked) == 1 else term.text
        others = [(key, _services(names, term.text, is_whole=True))]
    else:
        others = [*_numbers(words), *_people(names, words)]
        others += [(word, _services(names, word)) for word in words]
    alike: dict[str, tuple[str, ...]] = {}
    for word, marks in others:
        if marks:
            alike[word] = (*alike.get(word, ()), *marks)
    return Asked(term.text, term.is_phrase, term.is_not, "", tuple(alike.items()))


def _services(names: _Names, words: str, *, is_whole: bool = False) -> tuple[str, ...]:
    """Return what requests of the services are marked by whose name has the words."""
    found = names.all_of(Field.SERVICE)
    if is_whole:
        wanted = f" {' '.join(all_words_of(words))} "
        ids = [
            one
            for one, _known, spelt in found
            if wanted in f" {' '.join(all_words_of(spelt))} "
        ]
    else:
        begins = len(words) >= SHORTEST_PREFIX
        ids = [
            one
            for one, _known, spelt in found
            if any(
                part == words or (begins and part.startswith(words))
                for part in all_words_of(spelt)
            )
        ]
    return tuple(marked("s", one) for one in ids)


def _people(
    names: _Names, words: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the words that are in people's names, with what marks theirs."""
    for word in words:
        if len(word) < SHORTEST_NAME or not word.isalpha():
            continue
        people = names.all_of(Field.ASSIGNEE)
        named = [one for one, _known, spelt in people if _has_words(spelt, [word])]
        if 0 < len(named) <= MOST_NAMESAKES:
            yield word, tuple(_of_people(named))


def _numbers(words: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give words that say a request's number without its noughts: "132", "lr132"."""
    for word in words:
        said = _NUMBER.fullmatch(word)
        if said is not None:
            number = number_of(int(said[2] or said[3]))
            yield word, (f"{said[1] or ''} {number}".strip(),)


# A bare number with all its figures is found as it is written.
_NUMBER: Final = re.compile(r"([^\W\d_]{1,8})([0-9]{1,9})|([0-9]{1,3})")


def _of_people(ids: Iterable[int]) -> list[str]:
    return [marked(mark, identity) for identity in ids for mark in ("a", "r")]


def _resolved(term: Term, names: _Names, reader: Reader) -> Term:
    """Return a term without names: by ids, also what is mine."""
    if isinstance(term, Named) and term.names:
        found = [one for name in term.names for one in names.ids_of(term.field, name)]
        return replace(term, names=(), ids=tuple(dict.fromkeys((*term.ids, *found))))
    if isinstance(term, Coded):
        mine = reader.person_id if reader.person_id is not None else 0
        if term.field is Field.IS and term.codes == ("mine",):
            return Named(Field.ASSIGNEE, (), (mine,), term.is_not)
        if term.field in (Field.ASSIGNEE, Field.REQUESTER) and term.codes == ("me",):
            return Named(term.field, (), (mine,), term.is_not)
    return term
