"""What the disk or the server does to us is named, and nothing is lost by it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.store.engine import make_engine, opened, sqlite_url, writing
from desktop.store.faults import fault_of
from tests.postgres import Server

FILL = "INSERT INTO reference_counter (prefix, last) VALUES (:prefix, 0)"


def code_of(act: Callable[[], object]) -> str | None:
    with pytest.raises(DBAPIError) as raised:
        act()
    fault = fault_of(raised.value)
    return fault.code if fault else None


def write(engine: Engine, prefix: str = "R") -> None:
    with writing(engine).begin() as connection:
        connection.execute(text(FILL), {"prefix": prefix})


def test_a_locked_file_is_busy(workspace_path: Path) -> None:
    engine = make_engine(sqlite_url(workspace_path))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    with opened(workspace_path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert code_of(lambda: write(engine)) == "workspace_busy"
    write(engine)
    engine.dispose()


def test_a_full_disk_loses_nothing_and_goes_on_with_space(workspace_path: Path) -> None:
    engine = make_engine(sqlite_url(workspace_path))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
    written: list[str] = []

    def fill() -> None:
        for number in range(10_000):
            write(engine, f"{number:08}")
            written.append(f"{number:08}")

    assert code_of(fill) == "workspace_disk_full"
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT prefix FROM reference_counter"))
        assert sorted(rows.scalars()) == written
        connection.rollback()
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    write(engine, "space")
    engine.dispose()


def test_a_trashed_page_is_corrupt(workspace_path: Path) -> None:
    with opened(workspace_path) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'reference_counter'"
        ).fetchone()[0]
    with workspace_path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))
    engine = make_engine(sqlite_url(workspace_path))
    assert code_of(lambda: write(engine)) == "workspace_corrupt"
    engine.dispose()


def test_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    engine = make_engine(sqlite_url(tmp_path / "absent"))
    assert code_of(engine.connect) == "workspace_not_readable"


def test_a_server_that_ends_a_connection_is_gone(postgresql_workspace: str) -> None:
    engine = make_engine(postgresql_workspace)
    kill = "SELECT pg_terminate_backend(pg_backend_pid())"
    with engine.connect() as connection:
        assert code_of(lambda: connection.execute(text(kill))) == "server_gone"
        connection.invalidate()
    write(engine)
    engine.dispose()


def test_a_server_that_is_not_there_is_not_reached(tmp_path: Path) -> None:
    engine = make_engine(f"postgresql:///desk?host={tmp_path}")
    assert code_of(engine.connect) == "server_not_reached"


def test_why_a_server_was_not_reached_is_told(postgres_server: Server) -> None:
    engine = make_engine(postgres_server.url("no_such_desk"))
    with pytest.raises(DBAPIError) as raised:
        engine.connect()
    fault = fault_of(raised.value)
    assert fault is not None
    assert fault.code == "server_not_reached"
    assert "no_such_desk" in str(fault.details["reason"])


def test_a_lock_held_by_a_colleague_ends_in_seconds(postgresql_workspace: str) -> None:
    engine = make_engine(postgresql_workspace)
    write(engine)

    def change() -> None:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = 50"))
            connection.execute(text("UPDATE reference_counter SET last = 2"))

    with engine.connect() as colleague:
        assert colleague.execute(text("SHOW lock_timeout")).scalar_one() == "3s"
        colleague.execute(text("UPDATE reference_counter SET last = 1"))
        assert code_of(change) == "workspace_busy"
    engine.dispose()


def test_a_broken_rule_is_no_fault(workspace_url: str) -> None:
    engine = make_engine(workspace_url)
    write(engine)
    assert code_of(lambda: write(engine)) is None
    engine.dispose()
