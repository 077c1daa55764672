"""Any list of requests: one way from a view to a page, the next page, and counts.

A page is found in two steps inside one statement: first the ids of its rows in their
order, by as few columns as that takes, then everything a row shows. Pages follow each
other by where the last one ended, never by counting rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.entities.requests import Request
from desktop.queries.list_conditions import conditions_of, form_of, parameters_of
from desktop.queries.list_groups import GROUP_FIELD
from desktop.queries.list_groups import group_of as group_of
from desktop.queries.list_narrowing import (
    Moment,
    Narrowing,
    Reader,
    narrowing_of,
)
from desktop.queries.list_orders import (
    OFTEN_WITHOUT,
    WITHOUT,
    group_value,
    section_place,
    sort_value,
)
from desktop.queries.list_pages import Cursor as Cursor
from desktop.queries.list_pages import ListCounts as ListCounts
from desktop.queries.list_pages import ListPage as ListPage
from desktop.queries.request_rows import QueueRow, row_of, row_select
from desktop.queries.sections import QueueSection
from desktop.store.search import asked_ids, indexed_id

PAGE: Final = 100
ROWS_AT_ONCE: Final = 1_000
"""How many rows are read at once by what goes through all of them."""

MOST_COUNTED: Final = 10_000
"""Beyond so many a list of everything only says that there are more."""

MOST_SORTED: Final = 20_000
"""How many of what fits some words are sorted otherwise than newest first."""

_REQUEST = Request.__table__.c
_FIRST_OF_ALL: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LAST_OF_ALL: Final = datetime(9000, 1, 1, tzinfo=UTC)


_Statement = tuple[Select[*tuple[Any, ...]], dict[str, Any]]


def list_page(
    session: Session,
    view: ListView,
    *,
    reader: Reader,
    moment: Moment,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> ListPage:
    """Return up to ``limit`` rows after a cursor, in the view's order.

    Rows without a value to sort by come last, whichever way the others are sorted.
    Two statements at most, and those that look names up.
    """
    found = narrowing_of(session, view, reader, moment)
    rows = _rows(session, view, found, moment, after, limit + 1)
    page = tuple(row_of(row) for row in rows[:limit])
    cursor = None
    if len(rows) > limit:
        last = rows[limit - 1]
        cursor = Cursor(last[-2], last[-1], last[0])
    return ListPage(page, cursor, found.misread, found.unknown)


def _rows(
    session: Session,
    view: ListView,
    found: Narrowing,
    moment: Moment,
    after: Cursor | None,
    limit: int,
) -> list[Any]:
    rows: list[Any] = []
    connection = session.connection()
    dialect = session.get_bind().dialect.name
    for statement, known in _statements(dialect, view, found, moment, after):
        if len(rows) >= limit:
            break
        known["most"] = limit - len(rows)
        rows += connection.execute(statement, known).all()
    return rows


def _statements(
    dialect: str,
    view: ListView,
    found: Narrowing,
    moment: Moment,
    after: Cursor | None,
) -> Iterator[_Statement]:
    """Give what is asked one after the other until there are enough rows."""
    known = parameters_of(dialect, found, moment)
    known[WITHOUT] = _FIRST_OF_ALL if view.is_descending else _LAST_OF_ALL
    if after is not None:
        known |= {
            "after_group": after.group,
            "after_value": after.value,
            "after_id": after.id,
        }
    for part in _parts(view):
        if after is not None and _is_past(after, part):
            continue
        # What has no value begins anew where what has one has ended.
        resumes = after is not None and (part is _Part.ALL or _is_in(after, part))
        form = form_of(dialect, found)
        shape = _Shape(form, view.sort, view.is_descending, view.group, part, resumes)
        yield _page_statement(dialect, shape), known


def page_statements(
    session: Session, view: ListView, *, reader: Reader, moment: Moment
) -> tuple[_Statement, ...]:
    """Return what a first page asks, each with its parameters but ``most``.

    The second is asked only where the first gave too few.
    """
    found = narrowing_of(session, view, reader, moment)
    dialect = session.get_bind().dialect.name
    return tuple(_statements(dialect, view, found, moment, None))


class _Part(Enum):
    """Which rows of a list: all, those with a value to sort by, those without one."""

    ALL = auto()
    VALUED = auto()
    REST = auto()


def _parts(view: ListView) -> tuple[_Part, ...]:
    """Return the parts a list is read in, so that an index gives their order."""
    if view.sort in OFTEN_WITHOUT and view.group is GroupBy.NONE:
        return (_Part.VALUED, _Part.REST)
    return (_Part.ALL,)


def _is_past(after: Cursor, part: _Part) -> bool:
    return part is _Part.VALUED and after.value is None


def _is_in(after: Cursor, part: _Part) -> bool:
    return (part is _Part.REST) == (after.value is None)


# ---------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class _Shape:
    """What makes one statement differ from another."""

    found: Narrowing
    sort: SortBy
    is_descending: bool
    group: GroupBy
    part: _Part
    resumes: bool


@lru_cache(maxsize=512)
def _page_statement(dialect: str, shape: _Shape) -> Select[*tuple[Any, ...]]:
    """Select a page; made once for equal questions, so it is compiled once."""
    turned, identity = shape.is_descending, _identity(dialect, shape)
    value = sort_value(shape.sort, is_whole=shape.part is _Part.ALL)
    grouped = group_value(shape.group, is_open=shape.found.is_open)
    wanted = _wanted(dialect, shape, grouped, value)
    keys: list[tuple[ColumnElement[Any], str, bool]] = []
    if shape.group is not GroupBy.NONE:
        keys.append((grouped, "after_group", False))
    if shape.part is not _Part.REST and shape.sort is not SortBy.REFERENCE:
        keys.append((value, "after_value", turned))
    keys.append((identity, "after_id", turned))
    if shape.resumes:
        wanted = wanted.where(_beyond(keys))
    # By the columns selected, so that nothing is looked up twice.
    columns = {"after_group": "group_value", "after_value": "sort_value"}
    order = []
    for key, name, is_turned in keys:
        by = literal_column(columns[name]) if name in columns else key
        order.append(by.desc() if is_turned else by)
    most = bindparam("most", type_=Integer)
    page = wanted.order_by(*order).limit(most).subquery("page")
    places = {"after_group": page.c.group_value, "after_value": page.c.sort_value}
    again = [(places.get(name, page.c.id), is_turned) for _key, name, is_turned in keys]
    return (
        row_select(page)
        .add_columns(page.c.group_value, page.c.sort_value)
        .order_by(*(key.desc() if is_turned else key for key, is_turned in again))
    )


def _wanted(
    dialect: str,
    shape: _Shape,
    grouped: ColumnElement[Any],
    value: ColumnElement[Any],
) -> Select[*tuple[Any, ...]]:
    """Select ids with what they are ordered by, of the rows that fit."""
    columns = (
        _REQUEST.id.label("id"),
        grouped.label("group_value"),
        value.label("sort_value"),
    )
    wanted = _narrowed(dialect, shape.found, columns, _is_newest(shape))
    if shape.part is _Part.VALUED:
        wanted = wanted.where(value.is_not(None))
    elif shape.part is _Part.REST:
        wanted = wanted.where(value.is_(None))
    return wanted


def _is_newest(shape: _Shape) -> bool:
    """Tell whether rows come in the order they were raised, or the other way."""
    return shape.sort is SortBy.REFERENCE and shape.group is GroupBy.NONE


def _identity(dialect: str, shape: _Shape) -> ColumnElement[int]:
    """Return the id pages are ordered by last: the index's where it gives the order."""
    if shape.found.asks_index and _is_newest(shape):
        return indexed_id(dialect)
    if shape.found.reader.news_since is not None:
        # News are of the last days: the sum keeps SQLite from going through all there
        # is, newest first, where little or nothing is unread.
        return _REQUEST.id + 0
    return _REQUEST.id


def _narrowed(
    dialect: str, found: Narrowing, columns: Any, is_newest: bool = False
) -> Select[*tuple[Any, ...]]:
    """Select columns of the requests that fit; the search index is asked first."""
    conditions = conditions_of(found)
    if not found.asks_index:
        return select(*columns).select_from(Request.__table__).where(*conditions)
    asked = asked_ids(dialect, found.asked, found.kinds(), found.reader.unit_id)
    identity = indexed_id(dialect)
    if is_newest:
        # In the index's own order, so that a very common word ends with the page; the
        # sum keeps SQLite from asking the index once for every request instead.
        return (
            asked.with_only_columns(identity.label("id"), *columns[1:])
            .join(Request.__table__, _REQUEST.id == identity + 0)
            .where(*conditions)
        )
    chosen = select(*columns).select_from(Request.__table__)
    newest = asked.order_by(identity.desc()).limit(MOST_SORTED)
    if found.is_open:
        # By the index of what is open, in its order: what fits is only looked up there,
        # and no row but those of the page is read.
        return chosen.where((_REQUEST.id + 0).in_(newest), *conditions)
    return chosen.where(_REQUEST.id.in_(newest), *conditions)


def _beyond(keys: list[tuple[ColumnElement[Any], str, bool]]) -> ColumnElement[bool]:
    """Return that a row comes after the cursor, where an index can be entered."""
    condition: ColumnElement[bool] | None = None
    for key, name, is_turned in reversed(keys):
        known: ColumnElement[Any] = bindparam(name, type_=key.type)
        beyond = key < known if is_turned else key > known
        if condition is None:
            condition = beyond
            continue
        at_least = key <= known if is_turned else key >= known
        condition = and_(at_least, or_(beyond, condition))
    assert condition is not None
    return condition


# ---------------------------------------------------------------- counts


def list_counts(
    session: Session, view: ListView, *, reader: Reader, moment: Moment
) -> ListCounts:
    """Count a list, by group where it is grouped (as ``group_of`` names them).

    One statement, and those that look names up. Without groups no more than 10,000
    are counted; the groups of everything there ever was are not.
    """
    found = narrowing_of(session, view, reader, moment)
    dialect = session.get_bind().dialect.name
    known = parameters_of(dialect, found, moment)
    found = form_of(dialect, found)
    connection = session.connection()
    if view.group is GroupBy.NONE or not (found.is_open or found.asks_index):
        total: int = connection.execute(
            _total_statement(dialect, found), known
        ).scalar_one()
        return ListCounts(min(total, MOST_COUNTED), total > MOST_COUNTED)
    rows = connection.execute(_groups_statement(dialect, found, view.group), known)
    sections = tuple(QueueSection)
    groups = tuple(
        (sections[row[0]] if view.group is GroupBy.DUE else row[0], int(row[1]))
        for row in rows
    )
    return ListCounts(sum(count for _one, count in groups), False, groups)


def list_total(
    session: Session, view: ListView, *, reader: Reader, moment: Moment
) -> int:
    """Count all rows of a list, however many: for what goes through all of them."""
    found = narrowing_of(session, view, reader, moment)
    dialect = session.get_bind().dialect.name
    some = _narrowed(dialect, found, (_REQUEST.id.label("id"),), True)
    wanted = select(func.count()).select_from(some.subquery("fitting"))
    known = parameters_of(dialect, found, moment)
    return int(session.connection().execute(wanted, known).scalar_one())


def all_rows(
    session: Session,
    view: ListView,
    *,
    reader: Reader,
    moment: Moment,
    most: int | None = None,
) -> Iterator[QueueRow]:
    """Give every row of a list in its order, a page at a time; at most ``most``."""
    after: Cursor | None = None
    left = most
    while left is None or left > 0:
        limit = ROWS_AT_ONCE if left is None else min(ROWS_AT_ONCE, left)
        page = list_page(
            session, view, reader=reader, moment=moment, after=after, limit=limit
        )
        yield from page.rows
        if page.next_cursor is None:
            return
        after = page.next_cursor
        left = None if left is None else left - len(page.rows)


@lru_cache(maxsize=256)
def _total_statement(dialect: str, found: Narrowing) -> Select[Any]:
    some = _narrowed(dialect, found, (_REQUEST.id.label("id"),), is_newest=True)
    some = some.limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(some.subquery("some"))


@lru_cache(maxsize=256)
def _groups_statement(
    dialect: str, found: Narrowing, group: GroupBy
) -> Select[tuple[Any, int]]:
    name = GROUP_FIELD.get(group)
    grouped = section_place(found.is_open) if name is None else _REQUEST[name]
    wanted = _narrowed(
        dialect, found, (_REQUEST.id.label("id"), grouped.label("grouped")), True
    ).subquery("fitting")
    return select(wanted.c.grouped, func.count()).group_by(wanted.c.grouped)
