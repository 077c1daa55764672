"""Open databases and know what only a dialect knows; nothing above asks which it is.

SQLite is reached through pysqlite3 where it brings 3.51.3 or later: versions 3.7.0 to
3.51.2 can corrupt a file when two connections write and checkpoint at once (the
"WAL-reset" bug). Where only an older SQLite is there, one connection of the process
does all writing and checkpointing, so that the race cannot happen; writers then wait
for each other, readers have connections of their own that never checkpoint.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from desktop.store.sqlite_files import SQLITE as SQLITE
from desktop.store.sqlite_files import connect_file as connect_file
from desktop.store.sqlite_files import opened as opened

SAFE_SQLITE = (3, 51, 3)
WRITING_KB = 32_768
READING_KB = 8_192
"""Pages kept by a connection. What it read is forgotten whenever another one commits,
and the system has it still; of a large write more in hand means less written twice."""

CARRIED_OVER_PAGES = 4_000
"""Pages (of 4 KB) in the write-ahead log before it is carried over into the file.

A step writes some thirty, mostly the same ones: four times SQLite's own thousand, and
each is carried over a quarter as often. The log stays within 16 MB.
"""

PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    f"PRAGMA cache_size=-{WRITING_KB}",
    "PRAGMA journal_size_limit=67108864",
    f"PRAGMA wal_autocheckpoint={CARRIED_OVER_PAGES}",
)
POSTGRES_OPTIONS = (
    "-c timezone=UTC -c lock_timeout=3000 "
    "-c idle_in_transaction_session_timeout=30000 -c jit=off"
)
POSTGRES_CONNECT = {
    "connect_timeout": 3,
    "tcp_user_timeout": 6000,
    "keepalives_idle": 10,
    "application_name": "counterpart",
}

INDEXED_WORDS = (
    "CREATE VIRTUAL TABLE temp.indexed_word "
    "USING fts5vocab('main', 'request_search', 'instance')"
)
"""Lets a connection look up which words the search index has; it keeps nothing."""

READING = "counterpart_reading"
READERS = "counterpart_readers"
PULSE = "counterpart_pulse"


def is_safe_for_many_writers(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite is free of the WAL-reset bug."""
    return version >= SAFE_SQLITE


def sqlite_url(path: Path) -> str:
    """Give the address of a workspace file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def sqlite_path(url: str | URL) -> Path | None:
    """Give the file behind an address, or None when it is a server."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def make_engine(url: str | URL) -> Engine:
    """Open the workspace at an address: a SQLite file or a PostgreSQL database.

    A missing file is not made (see `migrating.create_workspace`).
    Refuses other databases with ValueError.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database:
        return _sqlite_engine(parsed, Path(parsed.database))
    if backend == "postgresql":
        return _postgresql_engine(parsed.set(drivername="postgresql+psycopg"))
    raise ValueError(f"not a workspace address: {parsed.drivername}")


def _sqlite_engine(url: URL, path: Path) -> Engine:
    pulse = _FilePulse(path)
    if is_safe_for_many_writers(SQLITE.sqlite_version_info):
        engine = _file_engine(url, path, pulse)
    else:
        engine = _file_engine(url, path, pulse, pool_size=1, max_overflow=0)
        readers = _file_engine(url, path, pulse)
        event.listen(readers, "connect", _never_checkpoint)
        event.listen(engine, "engine_disposed", lambda _: readers.dispose())
        engine.update_execution_options(**{READERS: readers})
    event.listen(engine, "engine_disposed", lambda _: pulse.close())
    return engine


def _file_engine(url: URL, path: Path, pulse: "_FilePulse", **options: Any) -> Engine:
    engine = create_engine(
        url,
        module=SQLITE,
        creator=lambda: connect_file(path),
        hide_parameters=True,
        execution_options={PULSE: pulse},
        # The connection used last has the pages in hand; in turns, all would read them.
        pool_use_lifo=True,
        **options,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _never_checkpoint(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    for statement in (*PRAGMAS, INDEXED_WORDS):
        connection.execute(statement)


def _begin_sqlite(connection: Connection) -> None:
    """Begin for real: writes lock at once, since a later upgrade fails unwaited."""
    reading = bool(connection.get_execution_options().get(READING))
    if connection.info.get(READING, False) is not reading:
        switch, room = ("ON", READING_KB) if reading else ("OFF", WRITING_KB)
        connection.exec_driver_sql(f"PRAGMA query_only={switch}")
        connection.exec_driver_sql(f"PRAGMA cache_size=-{room}")
        connection.info[READING] = reading
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={**POSTGRES_CONNECT, "options": POSTGRES_OPTIONS},
        execution_options={PULSE: _ServerPulse()},
    )


def reading(engine: Engine) -> Engine:
    """Give the same engine for reads: one snapshot, no write lock, writes refused."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    readers: Engine = engine.get_execution_options().get(READERS, engine)
    return readers.execution_options(**{READING: True})


def writing(engine: Engine) -> Engine:
    """Give the same engine for writes: the write lock is taken at the beginning."""
    return engine.execution_options(**{READING: False})


@dataclass
class _FilePulse:
    """Watch a file's data version on a connection that itself never writes."""

    path: Path

    def __post_init__(self) -> None:
        self._connection: Any = None
        self._lock = threading.Lock()

    def __call__(self, _engine: Engine) -> int:
        with self._lock:
            if self._connection is None:
                self._connection = connect_file(self.path)
                self._connection.execute("PRAGMA query_only=ON")
            row = self._connection.execute("PRAGMA data_version").fetchone()
            return int(row[0])

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


class _ServerPulse:
    """Watch a server's snapshot: it differs after every commit of anybody."""

    def __call__(self, engine: Engine) -> int:
        with engine.connect() as connection:
            found = connection.execute(
                text("SELECT hashtextextended(pg_current_snapshot()::text, 0)")
            )
            return int(found.scalar_one())


def data_version(engine: Engine) -> int:
    """Give a number that differs once anybody has committed; it tells nothing else.

    It may differ although nothing of ours changed, and it is cheap (tens of
    microseconds in a file): ask it every beat and read again only when it differs.
    """
    pulse: Callable[[Engine], int] = engine.get_execution_options()[PULSE]
    return pulse(engine)


def database_now(session: Session, clock: Callable[[], datetime]) -> datetime:
    """Give the database's own time where it has one, else the given clock's.

    A server's time is everybody's; one computer's clock may be wrong.
    """
    if session.get_bind().dialect.name == "postgresql":
        at: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return at.astimezone(UTC)
    return clock()


def insert_ignoring_duplicates(
    session: Session,
    table: Table,
    rows: Sequence[Mapping[str, object]],
    unique: Sequence[str] = ("key",),
) -> int:
    """Insert rows, leaving out those whose unique columns are already there.

    Returns how many were written. Every row needs the same columns.
    """
    if not rows:
        return 0
    insert: Any = (
        postgresql.insert
        if session.get_bind().dialect.name == "postgresql"
        else sqlite.insert
    )
    connection = session.connection()
    size = max(1, 30_000 // max(1, len(rows[0])))
    written = 0
    for start in range(0, len(rows), size):
        batch = [dict(row) for row in rows[start : start + size]]
        statement = insert(table).values(batch)
        statement = statement.on_conflict_do_nothing(index_elements=list(unique))
        done = connection.execute(
            statement, execution_options={"preserve_rowcount": True}
        )
        written += max(0, done.rowcount)
    return written
