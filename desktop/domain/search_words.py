"""What a person types to find requests, read as words, phrases and field words.

`unit:registry is:overdue -is:held "burst pipe" raised:>2026-11-01` becomes terms that
a list can be narrowed by. Reading never fails: what is not understood is named, and
searched for as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from desktop.domain.search_terms import CODES as CODES
from desktop.domain.search_terms import (
    DATED,
    NAMED,
    OTHER_CODES,
    OTHER_NAMES,
)
from desktop.domain.search_terms import WORDED as WORDED
from desktop.domain.search_terms import Coded as Coded
from desktop.domain.search_terms import Days as Days
from desktop.domain.search_terms import Field as Field
from desktop.domain.search_terms import Named as Named
from desktop.domain.search_terms import Older as Older
from desktop.domain.search_terms import Term as Term
from desktop.domain.search_terms import Words as Words
from desktop.domain.text import clean, fold_for_search

LONGEST: Final = 400
"""How much of a question is read; nobody types more, and a paste need not be."""

MOST_TERMS: Final = 24


@dataclass(frozen=True, slots=True)
class Misread:
    """What was not understood: ``why`` is field, value, or empty; ``meant`` a guess."""

    typed: str
    why: str
    field: str = ""
    meant: str = ""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What was typed: terms that all have to be true, and what was not understood."""

    terms: tuple[Term, ...] = ()
    misread: tuple[Misread, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a question the cursor is in, for completing it.

    ``field`` is None before a colon; ``typed`` is what stands there of name or value,
    and text from ``start`` to ``end`` is what a completion takes the place of.
    """

    start: int
    end: int
    field: Field | None
    typed: str


_NAME = re.compile(r"-?([^\W\d_]+):")
_WORD = re.compile(r"[^\W_]")
_AGE = re.compile(r"([<>]?)=?(\d{1,5})([hdwm]?)")
_AGE_UNITS: Final = {"h": 3_600, "d": 86_400, "w": 604_800, "m": 2_592_000}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VALUE = re.compile(r'(?:"[^"]*"?|[^\s"])+')


def read_search(text: str, today: date) -> SearchWords:
    """Return what a question asks for; words of time are counted from ``today``."""
    terms: list[Term] = []
    misread: list[Misread] = []
    for chunk in _chunks(clean(text)[:LONGEST]):
        if len(terms) >= MOST_TERMS:
            misread.append(Misread(chunk, "too_many"))
            break
        term = _term(chunk, today)
        if isinstance(term, Misread):
            misread.append(term)
            words = _unquoted(chunk.removeprefix("-").replace(":", " "))
            plain = Words(words, is_not=_is_not(chunk))
            term = plain if term.why != "empty" else None
        if term is not None and _asks_something(term):
            terms.append(term)
    return SearchWords(tuple(terms), tuple(misread))


def piece_at(text: str, cursor: int) -> Piece:
    """Return the part of a question in which the cursor stands."""
    for found in _VALUE.finditer(text):
        if found.start() <= cursor <= found.end():
            return _piece(found.group(), found.start(), found.end())
    return Piece(cursor, cursor, None, "")


def _piece(chunk: str, start: int, end: int) -> Piece:
    name = _NAME.match(chunk)
    if name is None:
        sign = 1 if chunk.startswith("-") else 0
        return Piece(start + sign, end, None, chunk[sign:])
    field = field_called(name.group(1))
    if field is None:
        return Piece(start, end, None, chunk)
    value = chunk[name.end() :]
    last = value.rfind(",") + 1
    return Piece(start + name.end() + last, end, field, _unquoted(value[last:]))


def field_called(name: str) -> Field | None:
    """Return the field of a name as typed, None where there is none."""
    folded = fold_for_search(name)
    try:
        return Field(folded)
    except ValueError:
        return OTHER_NAMES.get(folded)


def quoted(value: str) -> str:
    """Return a value as it has to be typed after a colon."""
    bare = value.replace('"', " ").strip()
    return f'"{bare}"' if re.search(r"[\s,]", bare) else bare


def _chunks(text: str) -> Iterator[str]:
    """Cut at blanks that stand outside quotation marks."""
    return (found.group() for found in _VALUE.finditer(text))


def _unquoted(value: str) -> str:
    return value.replace('"', " ").strip()


def _asks_something(term: Term) -> bool:
    if isinstance(term, Words):
        return _WORD.search(term.text) is not None
    return True


def _is_not(chunk: str) -> bool:
    return chunk.startswith("-") and len(chunk) > 1


def _term(chunk: str, today: date) -> Term | Misread | None:
    is_not = _is_not(chunk)
    name = _NAME.match(chunk)
    if name is None:
        body = chunk[1:] if is_not else chunk
        # Only what is wholly inside the marks is a phrase: 5" pipe is not.
        is_phrase = body.startswith('"') and body.find('"', 1) in (-1, len(body) - 1)
        return Words(fold_for_search(_unquoted(body)), is_phrase, is_not)
    field, value = field_called(name.group(1)), chunk[name.end() :]
    if field is None:
        if not _WORD.search(value) or value.startswith("//"):
            # "note: see", and addresses: a colon that was never meant as a field's.
            words = fold_for_search(_unquoted(chunk.removeprefix("-")))
            return Words(words, is_not=is_not)
        guess = get_close_matches(fold_for_search(name.group(1)), list(Field), 1, 0.6)
        meant = str(guess[0]) if guess else ""
        return Misread(chunk, "field", name.group(1), meant)
    values = [_unquoted(one) for one in _listed(value)]
    values = [one for one in values if _WORD.search(one)]
    if not values:
        return Misread(chunk, "empty", field.value)
    return _READERS[_kind(field)](chunk, field, values, is_not, today)


def _listed(value: str) -> list[str]:
    """Cut at commas that stand outside quotation marks."""
    return [found.group() for found in re.finditer(r'(?:"[^"]*"?|[^,"])+', value)]


def _kind(field: Field) -> str:
    if field in NAMED:
        return "named"
    if field in WORDED or field is Field.REF:
        return "worded"
    if field in DATED:
        return "dated"
    return "age" if field is Field.AGE else "coded"


def _coded(
    chunk: str, field: Field, values: list[str], is_not: bool, _today: date
) -> Term | Misread:
    codes = []
    for value in values:
        code = _code(field, value)
        if code is None:
            guess = get_close_matches(fold_for_search(value), CODES[field], 1, 0.6)
            return Misread(chunk, "value", field.value, guess[0] if guess else "")
        codes.append(code)
    return Coded(field, tuple(dict.fromkeys(codes)), is_not)


def _code(field: Field, value: str) -> str | None:
    folded = fold_for_search(value)
    folded = OTHER_CODES.get((field, folded), folded)
    if field is Field.PRIORITY:
        folded = folded.removeprefix("p")
    folded = folded.replace("-", "_") if field is Field.PENDING else folded
    return folded if folded in CODES.get(field, ()) else None


def _named(
    _chunk: str, field: Field, values: list[str], is_not: bool, _today: date
) -> Term:
    codes = [_code(field, value) for value in values]
    if all(code is not None for code in codes):
        return Coded(field, tuple(code for code in codes if code), is_not)
    ids = tuple(int(one[1:]) for one in values if re.fullmatch(r"#\d{1,9}", one))
    names = tuple(one for one in values if not re.fullmatch(r"#\d{1,9}", one))
    return Named(field, tuple(fold_for_search(one) for one in names), ids, is_not)


def _worded(
    _chunk: str, field: Field, values: list[str], is_not: bool, _today: date
) -> Term:
    words = " ".join(values)
    return Words(
        words if field is Field.REF else fold_for_search(words),
        is_phrase=len(words.split()) > 1,
        is_not=is_not,
        field=field,
    )


def _aged(
    chunk: str, _field: Field, values: list[str], is_not: bool, _today: date
) -> Term | Misread:
    found = _AGE.fullmatch(fold_for_search(values[0]))
    if found is None or len(values) > 1:
        return Misread(chunk, "value", Field.AGE.value)
    sign, count, unit = found.groups()
    seconds = int(count) * _AGE_UNITS[unit or "d"]
    return Older(seconds, is_younger=sign == "<", is_not=is_not)


def _dated(
    chunk: str, field: Field, values: list[str], is_not: bool, today: date
) -> Term | Misread:
    codes = [_code(field, value) for value in values]
    if field is Field.DUE and all(code is not None for code in codes):
        return Coded(field, tuple(code for code in codes if code), is_not)
    if len(values) == 1:
        if codes[0] == "none":
            return Coded(field, ("none",), is_not)
        span = _named_span(codes[0], today) or _span(values[0])
        if span is not None:
            return Days(field, *span, is_not)
    return Misread(chunk, "value", field.value)


Span = tuple[date | None, date | None]


def _named_span(code: str | None, today: date) -> Span | None:
    one = timedelta(days=1)
    match code:
        case "today":
            return today, _after(today)
        case "yesterday":
            return _moved(today, -one), today
        case "week":
            monday = _moved(today, -timedelta(days=today.weekday()))
            return monday, _moved(monday, timedelta(days=7))
        case "month":
            return today.replace(day=1), _next_month(today)
    return None


def _span(value: str) -> Span | None:
    """Return the days of 2026, 2026-11, 2026-11-05, >…, <…, or …..…"""
    if ".." in value:
        first, _dots, last = value.partition("..")
        start, end = _whole(first), _whole(last)
        if (first and start is None) or (last and end is None) or not (first or last):
            return None
        return start[0] if start else None, end[1] if end else None
    found = re.fullmatch(r"([<>]=?)?(.*)", value)
    assert found is not None
    sign, rest = found.groups()
    days = _whole(rest)
    if days is None:
        return None
    match sign:
        case ">":
            return days[1], None
        case ">=":
            return days[0], None
        case "<":
            return None, days[0]
        case "<=":
            return None, days[1]
    return days


def _whole(value: str) -> tuple[date, date] | None:
    """Return the first day of a year, month or day, and the one after its last."""
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, _after(first)
    if month:
        return first, _next_month(first)
    return first, date(min(year + 1, date.max.year), 1, 1)


def _after(day: date) -> date:
    return _moved(day, timedelta(days=1))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def _next_month(day: date) -> date:
    return _moved(day.replace(day=1), timedelta(days=32)).replace(day=1)


_READERS: Final[dict[str, Callable[..., Term | Misread]]] = {
    "coded": _coded,
    "named": _named,
    "worded": _worded,
    "dated": _dated,
    "age": _aged,
}
