"""Write very many rows at once: column by column, past the statement maker."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, update
from sqlalchemy.types import JSON

Processor = Callable[[Any], Any]


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody look for garbage in cycles meanwhile: rows are freed without.

    With many rows in hand the looking takes a fifth of the time and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_many(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that all have the same columns, those with a default among them.

    About three times as quick as an ordinary statement with many parameters, whose
    values are looked up and renamed one by one.
    """
    if not rows:
        return
    dialect = connection.dialect
    given = tuple(column.name for column in table.columns if column.name in rows[0])
    statement, names, is_positional = _compiled(table, dialect, given)
    readied = [_ready(table, name, rows, dialect) for name in names]
    values: list[Any] = list(zip(*readied, strict=True))
    if not is_positional:
        values = [dict(zip(names, one, strict=True)) for one in values]
    connection.exec_driver_sql(statement, values)


def update_many(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Update rows by their id, given as ``of_id`` beside the columns; all the same."""
    if not rows:
        return
    columns = tuple(name for name in rows[0] if name != "of_id")
    statement, names, is_positional = _updating(table, connection.dialect, columns)
    kinds = {"of_id": "id"}
    readied = [
        _ready(table, name, rows, connection.dialect, kinds.get(name)) for name in names
    ]
    values: list[Any] = list(zip(*readied, strict=True))
    if not is_positional:
        values = [dict(zip(names, one, strict=True)) for one in values]
    connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _updating(
    table: Table, dialect: Dialect, columns: tuple[str, ...]
) -> tuple[str, list[str], bool]:
    """Return the statement, its parameters in order, and whether they are by place."""
    made = (
        update(table)
        .where(table.c.id == bindparam("of_id"))
        .values({name: bindparam(name) for name in columns})
        .compile(dialect=dialect)
    )
    return str(made), list(made.positiontup or made.params), made.positional


@lru_cache(maxsize=64)
def _compiled(
    table: Table, dialect: Dialect, given: tuple[str, ...]
) -> tuple[str, list[str], bool]:
    """Return the statement, its parameters in order, and whether they are by place."""
    made = insert(table).inline().compile(dialect=dialect, column_keys=given)
    return str(made), list(made.positiontup or made.params), made.positional


def _ready(
    table: Table,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    dialect: Dialect,
    column: str | None = None,
) -> list[Any]:
    """Return a column's values as the driver takes them; ``column`` if named else."""
    kind = table.columns[column or name].type
    given = [row[name] for row in rows]
    if isinstance(kind, JSON) and dialect.name == "sqlite":
        return [_encoded_flat(one) for one in given]
    process: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return given if process is None else [process(one) for one in given]


def _encoded_flat(value: Any) -> str | None:
    """Return JSON; what is small and flat comes again and again, so it is kept."""
    if not value:
        return None if value is None else json.dumps(value)
    try:
        # True and 1 are equal, and yet not written alike.
        kinds = tuple(map(type, value.values()))
        return _encoded(kinds, tuple(value.items()))
    except (AttributeError, TypeError):
        return json.dumps(value)


@lru_cache(maxsize=65_536)
def _encoded(_kinds: tuple[type, ...], items: tuple[tuple[str, Any], ...]) -> str:
    return json.dumps(dict(items))
