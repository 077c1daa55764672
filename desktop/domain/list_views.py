"""A list as data: what it shows, in which order, grouped by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from desktop.domain.search_words import (
    Coded,
    Days,
    Field,
    Named,
    Older,
    Term,
    Words,
)

LONGEST_WORDS: Final = 400
MOST_FILTERS: Final = 24


class SortBy(StrEnum):
    """What rows are ordered by; where two are alike, by their number."""

    DUE = "due"
    REFERENCE = "reference"
    SUBJECT = "subject"
    RAISED = "raised"
    RESOLVED = "resolved"
    FOLLOW_UP = "follow_up"
    CHANGED = "changed"
    PRIORITY = "priority"
    STATE = "state"
    HOLDER = "holder"
    FRONT = "front"
    SERVICE = "service"
    ASSIGNEE = "person"
    REQUESTER = "requester"
    CUSTOMER = "customer"


class GroupBy(StrEnum):
    """What stands under one heading."""

    NONE = ""
    DUE = "due"
    UNIT = "unit"
    FRONT = "front"
    SERVICE = "service"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    STATE = "state"
    BALL = "ball"


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column that is shown, and how wide (0: as the list has it)."""

    id: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class ListView:
    """What a list shows. ``filters`` were chosen, ``words`` are as typed.

    ``columns`` are those shown, from left to right; none means the list's own.
    """

    filters: tuple[Term, ...] = ()
    words: str = ""
    sort: SortBy = SortBy.DUE
    is_descending: bool = False
    group: GroupBy = GroupBy.NONE
    columns: tuple[ColumnPlace, ...] = ()

    def narrowed(self, *terms: Term) -> ListView:
        """Return the same list with more filters."""
        return replace(self, filters=(*self.filters, *terms))


def view_data(view: ListView) -> dict[str, Any]:
    """Return a view as JSON values."""
    return {
        "filters": [_term_data(term) for term in view.filters],
        "words": view.words,
        "sort": view.sort.value,
        "descending": view.is_descending,
        "group": view.group.value,
        "columns": [[one.id, one.width] for one in view.columns],
    }


def view_of(data: object) -> ListView:
    """Read a view back; what cannot be read is left out, so an old one still opens."""
    if not isinstance(data, Mapping):
        return ListView()
    terms = (_term_of(one) for one in _list(data.get("filters"))[:MOST_FILTERS])
    columns = (_column_of(one) for one in _list(data.get("columns")))
    words = data.get("words")
    return ListView(
        tuple(term for term in terms if term is not None),
        words[:LONGEST_WORDS] if isinstance(words, str) else "",
        _one_of(SortBy, data.get("sort"), SortBy.DUE),
        data.get("descending") is True,
        _one_of(GroupBy, data.get("group"), GroupBy.NONE),
        tuple(column for column in columns if column is not None),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _one_of(codes: Any, value: object, otherwise: Any) -> Any:
    try:
        return codes(value)
    except ValueError:
        return otherwise


def _column_of(data: object) -> ColumnPlace | None:
    match data:
        case [str(name), int(width)] if 0 <= width <= 4_000:
            return ColumnPlace(name, width)
    return None


def _term_data(term: Term) -> dict[str, Any]:
    match term:
        case Words(text, is_phrase, is_not, field):
            return _made("words", is_not, field, text=text, phrase=is_phrase)
        case Coded(field, codes, is_not):
            return _made("codes", is_not, field, codes=list(codes))
        case Named(field, names, ids, is_not):
            return _made("named", is_not, field, names=list(names), ids=list(ids))
        case Days(field, first, before, is_not):
            days = [one.isoformat() if one else None for one in (first, before)]
            return _made("days", is_not, field, days=days)
        case Older(seconds, is_younger, is_not):
            return _made("older", is_not, None, seconds=seconds, younger=is_younger)


def _made(kind: str, is_not: bool, field: Field | None, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": kind, **more}
    if field is not None:
        made["field"] = field.value
    if is_not:
        made["not"] = True
    return made


def _term_of(data: object) -> Term | None:
    if not isinstance(data, Mapping):
        return None
    try:
        read = _READERS[data["kind"]]
        field = Field(data["field"]) if data.get("field") else None
        return read(data, field, data.get("not") is True)
    except (KeyError, TypeError, ValueError):
        return None


def _read_words(data: Mapping[str, Any], field: Field | None, is_not: bool) -> Term:
    text = str(data["text"])[:LONGEST_WORDS]
    return Words(text, data.get("phrase") is True, is_not, field)


def _read_codes(data: Mapping[str, Any], _field: Field | None, is_not: bool) -> Term:
    return Coded(Field(data["field"]), tuple(str(one) for one in data["codes"]), is_not)


def _read_named(data: Mapping[str, Any], _field: Field | None, is_not: bool) -> Term:
    names = tuple(str(one) for one in data["names"])
    return Named(
        Field(data["field"]), names, tuple(int(one) for one in data["ids"]), is_not
    )


def _read_days(data: Mapping[str, Any], _field: Field | None, is_not: bool) -> Term:
    first, before = (date.fromisoformat(one) if one else None for one in data["days"])
    return Days(Field(data["field"]), first, before, is_not)


def _read_older(data: Mapping[str, Any], _field: Field | None, is_not: bool) -> Term:
    return Older(int(data["seconds"]), data.get("younger") is True, is_not)


_READERS: Final[dict[str, Callable[..., Term]]] = {
    "words": _read_words,
    "codes": _read_codes,
    "named": _read_named,
    "days": _read_days,
    "older": _read_older,
}
