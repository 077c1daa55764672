"""What a list gives: a page of rows, where the next one begins, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.domain.search_words import Field, Misread
from desktop.queries.list_rows import QueueRow


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: after this group, sort value and id."""

    group: Any
    value: Any
    id: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows in order, where the next ones begin, and what was not understood.

    ``unknown`` are names (of a unit, a service, a person) that nothing here has.
    """

    rows: tuple[QueueRow, ...]
    next_cursor: Cursor | None
    misread: tuple[Misread, ...] = ()
    unknown: tuple[tuple[Field, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many rows a list has; by group where it is grouped.

    ``is_more``: the total is only the most that are counted.
    """

    total: int
    is_more: bool = False
    groups: tuple[tuple[Any, int], ...] = ()
