"""Remembers how a list's first page is asked, for `queries.first_rows` to ask it again.

The statements are those `queries.lists` makes; here they are only taken down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Select, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from desktop.domain.list_views import ListView
from desktop.domain.search_words import Coded
from desktop.entities.base import Code, UtcDateTime
from desktop.entities.units import Person, PersonRole, Unit
from desktop.entities.workspace import Workspace
from desktop.queries.first_rows import (
    CODES,
    FLAG,
    INSTANT,
    MOST,
    Asked,
    Fact,
    FirstList,
    microseconds,
)
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.list_orders import WITHOUT
from desktop.queries.lists import PAGE, page_statements
from desktop.queries.lookups import calendars

_PLAIN: Final = (int, float, str)


def first_list(
    session: Session, view: ListView, *, reader: Reader, moment: Moment
) -> FirstList | None:
    """Return how a list's first page is asked by somebody, in a file.

    It holds as long as the workspace, its rules and the person are as they are now.
    None for a server, and for a view whose statement depends on more than the moment.
    """
    dialect = session.get_bind().dialect
    if any(isinstance(one, Coded) and "unread" in one.codes for one in view.filters):
        return None
    workspace = session.execute(select(Workspace.zone)).first()
    if dialect.name != "sqlite" or workspace is None or reader.person_id is None:
        return None
    parts: list[Asked] = []
    columns: list[str] = []
    try:
        found = page_statements(session, view, reader=reader, moment=moment)
        for statement, known in found:
            parts.append(_asked(statement, dialect, {**known, MOST: PAGE}, moment))
            columns = [_kind(one.type) for one in statement.selected_columns]
    except NotPlainError:
        return None
    return FirstList(
        _facts(session, dialect, reader.person_id, moment),
        parts,
        columns,
        PAGE,
        workspace.zone,
        _calendars(session),
    )


class NotPlainError(Exception):
    """What a statement is asked with, or answers, cannot be told without SQLAlchemy."""


def _asked(
    statement: Select[Any], dialect: Dialect, known: Mapping[str, Any], moment: Moment
) -> Asked:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    asked = compiled.construct_expanded_state(dict(known))
    instants = moment.instants()
    values: list[Any] = []
    named: dict[str, str] = {}
    for place, name in enumerate(asked.positiontup or ()):
        if name in instants or name == MOST:
            named[str(place)] = name
            values.append(None)
        else:
            values.append(_plain(name, asked.parameters[name]))
    return Asked(asked.statement, values, named)


def _plain(name: str, value: Any) -> int | float | str:
    """Return a value as the driver takes it; only one instant is always the same."""
    if isinstance(value, datetime) and name == WITHOUT:
        return microseconds(value)
    if isinstance(value, _PLAIN):
        # A code is stored by its value.
        return str(value) if isinstance(value, str) else value
    raise NotPlainError


def _kind(stored: Any) -> str:
    if isinstance(stored, UtcDateTime):
        return INSTANT
    if isinstance(stored, Boolean):
        return FLAG
    if not isinstance(stored, Code):
        return ""
    if CODES.get(stored.codes.__name__) is not stored.codes:
        raise NotPlainError
    return stored.codes.__name__


def _facts(
    session: Session, dialect: Dialect, person_id: int, moment: Moment
) -> list[Fact]:
    """Take down what the workspace and somebody in it are."""
    person, role = Person.__table__.c, PersonRole.__table__.c
    house = Workspace.__table__.c
    wanted: tuple[Select[Any], ...] = (
        select(house["key"], house.name, house.zone, house.rules_stamp),
        select(person.name, person.unit_id, person.is_active, person.can_sign_in)
        .add_columns(Unit.__table__.c.name, Unit.__table__.c.side)
        .outerjoin_from(Person.__table__, Unit.__table__)
        .where(person.id == person_id),
        select(role.role).where(role.person_id == person_id).order_by(role.role),
    )
    connection = session.connection()
    facts = []
    for statement in wanted:
        asked = _asked(statement, dialect, {}, moment)
        rows = connection.exec_driver_sql(asked.sql, tuple(asked.values))
        facts.append(Fact(asked, [list(row) for row in rows]))
    return facts


def _calendars(session: Session) -> dict[str, list[Mapping[str, Any]]]:
    kept: dict[str, list[Mapping[str, Any]]] = {}
    for key, calendar in calendars(session).items():
        others = [one for one in calendar.earlier.values() if one is not calendar]
        kept[str(key)] = [one.spec.to_data() for one in (calendar, *others)]
    return kept
