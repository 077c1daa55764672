"""Databases lent to one test after another, their rows put back in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection, sql
from sqlalchemy.engine import URL

from tests.postgres import Server

WORN_OUT = 50
"""What was deleted still lies in the files: so often a database is lent, no more."""

TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
COUNTERS = "SELECT sequencename, last_value FROM pg_sequences"
SHAPE = """
SELECT catalog, count(*), max(xmin::text::bigint) FROM (
    SELECT 'class' AS catalog, xmin FROM pg_class
    UNION ALL SELECT 'column', xmin FROM pg_attribute WHERE attnum > 0
    UNION ALL SELECT 'constraint', xmin FROM pg_constraint
    UNION ALL SELECT 'function', xmin FROM pg_proc
    UNION ALL SELECT 'statistic', xmin FROM pg_statistic
) AS known GROUP BY catalog
UNION ALL
SELECT 'trigger', count(*), sum(hashtext(tgname || tgenabled::text)) FROM pg_trigger
ORDER BY catalog
"""
"""Tells whether anything but rows was changed since a database was copied."""

GUARDS = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgenabled = 'A' AND NOT tgisinternal
"""
"""The journal's own guards let nobody delete from it."""

OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Kept:
    """All rows of a database and how far its sequences had counted."""

    rows: dict[str, bytes]
    counters: dict[str, int | None]

    @classmethod
    def of(cls, connection: Connection) -> Kept:
        """Take down what a database holds."""
        rows = {}
        for table in _tables(connection):
            statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)")
            copied = statement.format(sql.Identifier(table))
            with connection.cursor() as cursor, cursor.copy(copied) as copy:
                rows[table] = b"".join(copy)
        return cls(rows, dict(connection.execute(COUNTERS).fetchall()))

    def put(self, connection: Connection) -> None:
        """Have the database hold this and nothing else."""
        with connection.transaction():
            # Neither foreign keys nor triggers: what is put back was whole.
            connection.execute("SET LOCAL session_replication_role = replica")
            guards = connection.execute(GUARDS).fetchall()
            _guard(connection, "DISABLE", guards)
            emptied = [
                sql.SQL("DELETE FROM {}").format(sql.Identifier(one))
                for one in _tables(connection)
            ]
            connection.execute(sql.SQL(";").join(emptied))
            _guard(connection, "ENABLE ALWAYS", guards)
            for table, rows in self.rows.items():
                statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)")
                copied = statement.format(sql.Identifier(table))
                with connection.cursor() as cursor, cursor.copy(copied) as copy:
                    copy.write(rows)
            self._count_on(connection)

    def _count_on(self, connection: Connection) -> None:
        for name, value in connection.execute(COUNTERS).fetchall():
            kept = self.counters[name]
            if value != kept:
                connection.execute(
                    "SELECT setval(%s::regclass, %s, %s)",
                    (f'"{name}"', kept or 1, kept is not None),
                )


class Lender:
    """Lends databases that are copies of a template, and takes them back."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._spare: list[tuple[str, int]] = []
        with server.connected(template) as connection:
            self._empty = Kept.of(connection)
            self._shape = connection.execute(SHAPE).fetchall()

    @contextmanager
    def lent(self) -> Iterator[URL]:
        """Give a database for the length of a block, alike each time."""
        if not self._spare:
            self._spare.append((self._server.create_any(self._template), 0))
        name, times = self._spare.pop()
        try:
            yield self._server.url(name)
        finally:
            if times < WORN_OUT and self._is_put_back(name):
                self._spare.append((name, times + 1))
            else:
                self._server.drop(name)

    def _is_put_back(self, name: str) -> bool:
        """Have a database as it was, unless more than its rows was changed."""
        with self._server.connected(name) as connection:
            connection.execute(OTHERS)
            if connection.execute(SHAPE).fetchall() != self._shape:
                return False
            self._empty.put(connection)
        return True


def _guard(connection: Connection, how: str, guards: list[tuple[str, str]]) -> None:
    for table, trigger in guards:
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
        connection.execute(
            statement.format(
                sql.Identifier(table), sql.SQL(how), sql.Identifier(trigger)
            )
        )


def _tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES).fetchall()]
