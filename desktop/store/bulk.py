"""Write very many rows at once: column by column, past the statement maker."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.types import JSON

Processor = Callable[[Any], Any]


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
    given = [column.name for column in table.columns if column.name in rows[0]]
    compiled = insert(table).inline().compile(dialect=dialect, column_keys=given)
    names = list(compiled.positiontup or compiled.params)
    readied = [_ready(table, name, rows, dialect) for name in names]
    values: list[Any] = list(zip(*readied, strict=True))
    if not compiled.positional:
        values = [dict(zip(names, one, strict=True)) for one in values]
    connection.exec_driver_sql(str(compiled), values)


def _ready(
    table: Table, name: str, rows: Sequence[Mapping[str, Any]], dialect: Any
) -> list[Any]:
    """Return a column's values as the driver takes them."""
    kind = table.columns[name].type
    given = [row[name] for row in rows]
    if isinstance(kind, JSON) and dialect.name == "sqlite":
        return [_encoded_flat(one) for one in given]
    process: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return given if process is None else [process(one) for one in given]


def _encoded_flat(value: Any) -> str | None:
    """Return JSON; what is small and flat comes again and again, so it is kept."""
    if value is None:
        return None
    try:
        # True and 1 are equal, and yet not written alike.
        kinds = tuple(map(type, value.values()))
        return _encoded(kinds, tuple(value.items()))
    except (AttributeError, TypeError):
        return json.dumps(value)


@lru_cache(maxsize=65_536)
def _encoded(_kinds: tuple[type, ...], items: tuple[tuple[str, Any], ...]) -> str:
    return json.dumps(dict(items))
