"""Workspaces are made and upgraded whole, and their tables are the mapped ones."""

import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.store import migrations
from desktop.store.engine import (
    connect_file,
    make_engine,
    opened,
    sqlite_path,
    sqlite_url,
    writing,
)
from desktop.store.migrating import create_workspace, prepare, schema_of, upgrade
from desktop.store.workspace_file import (
    SCHEMA,
    FileKind,
    Look,
    WorkspaceRefused,
    inspect,
    problems_of,
)
from tests.postgres import Server
from tests.store.freezing import FROZEN, metadata

NOW = datetime(2016, 5, 16, 8, 0, tzinfo=UTC)
VERSIONS = Path(str(migrations.__file__)).parent


def is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    return not (kind == "table" and str(name).startswith("request_search"))


def test_the_tables_are_those_of_the_mapped_classes(workspace_url: str) -> None:
    engine = make_engine(workspace_url)
    with engine.connect() as connection:
        options: dict[str, Any] = {"include_object": is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata()) == []
    engine.dispose()


@pytest.mark.parametrize("name", sorted(FROZEN))
def test_a_frozen_revision_never_changes(name: str) -> None:
    """What workspaces were made with is never made otherwise; add a revision."""
    kept = (VERSIONS / "versions" / name).read_bytes()
    assert sha256(kept).hexdigest() == FROZEN[name]


def test_the_newest_revision_is_the_schema_of_this_program() -> None:
    assert ScriptDirectory(str(VERSIONS)).get_heads() == [f"{SCHEMA:04}"]


def test_a_new_workspace_is_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "workspace.counterpart"
    create_workspace(path)
    assert inspect(path, thorough=True).kind is FileKind.CURRENT
    assert list(path.parent.iterdir()) == [path]


def test_a_new_workspace_never_replaces_anything(workspace_path: Path) -> None:
    before = workspace_path.read_bytes()
    with pytest.raises(WorkspaceRefused):
        create_workspace(workspace_path)
    assert workspace_path.read_bytes() == before


def add_an_entry(engine: Engine) -> None:
    values = {"at": NOW, "recorded_at": NOW, "kind": "raised", "audience": "both"}
    with writing(engine).begin() as connection:
        table = metadata().tables["journal_entry"]
        connection.execute(table.insert().values(**values))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET text = 'something else'",
        "DELETE FROM journal_entry",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
        "TRUNCATE journal_entry",
    ],
)
def test_the_journal_takes_only_new_entries(workspace_url: str, change: str) -> None:
    engine = make_engine(workspace_url)
    add_an_entry(engine)
    with pytest.raises(DBAPIError), writing(engine).begin() as connection:
        connection.execute(text(change))
    with engine.connect() as connection:
        entries = connection.execute(text("SELECT text FROM journal_entry")).all()
    engine.dispose()
    assert entries == [("",)]


def test_the_journal_says_why_it_refuses(workspace_url: str) -> None:
    engine = make_engine(workspace_url)
    add_an_entry(engine)
    with (
        pytest.raises(DBAPIError, match="append-only"),
        writing(engine).begin() as connection,
    ):
        connection.execute(text("DELETE FROM journal_entry"))
    engine.dispose()


def test_upgrading_twice_changes_nothing(workspace_url: str) -> None:
    engine = make_engine(workspace_url)
    add_an_entry(engine)
    upgrade(engine)
    with engine.connect() as connection:
        assert schema_of(connection) == SCHEMA
        count = text("SELECT count(*) FROM journal_entry")
        assert connection.execute(count).scalar_one() == 1
    engine.dispose()


def test_a_server_that_is_newer_is_refused(postgresql_workspace: str) -> None:
    engine = make_engine(postgresql_workspace)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WorkspaceRefused) as refused:
        prepare(postgresql_workspace, NOW)
    assert refused.value.code == "workspace_newer"


def test_an_empty_database_on_a_server_becomes_a_workspace(
    postgres_server: Server,
) -> None:
    with postgres_server.database() as url:
        address = url.render_as_string(hide_password=False)
        assert prepare(address, NOW) == address
        engine = make_engine(url)
        with engine.connect() as connection:
            assert schema_of(connection) == SCHEMA
        engine.dispose()


def make_older(path: Path) -> None:
    """Take a workspace back to before its first revision, with a row of old."""
    path.unlink()
    with opened(path, "rwc") as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO note (text) VALUES ('from before')")
        connection.execute(f"PRAGMA application_id={0x43505254}")


def test_an_older_file_is_upgraded_after_a_backup(workspace_path: Path) -> None:
    make_older(workspace_path)
    url = prepare(workspace_path, NOW)
    assert sqlite_path(url) == workspace_path
    assert inspect(workspace_path, thorough=True).kind is FileKind.CURRENT
    kept = workspace_path.with_name("workspace.schema-0.20160516T080000Z.counterpart")
    for path in (workspace_path, kept):
        with opened(path) as connection:
            notes = connection.execute("SELECT text FROM note").fetchall()
            assert notes == [("from before",)]
    assert inspect(kept).kind is FileKind.OLDER


def test_a_current_file_is_opened_without_a_backup(workspace_path: Path) -> None:
    prepare(workspace_path, NOW)
    assert list(workspace_path.parent.iterdir()) == [workspace_path]


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceRefused) as refused:
        prepare(str(tmp_path / "absent.counterpart"), NOW)
    assert refused.value.code == "workspace_missing"
    assert list(tmp_path.iterdir()) == []


WORKER = """
import os, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
import alembic.command
from desktop.store.migrating import create_workspace, upgrade_file
made, older, upgraded = (Path(name) for name in sys.argv[1:])
os.write(1, b"x")
while True:
    create_workspace(made)
    made.unlink()
    upgrade_file(upgraded)
    for suffix in ("", "-wal", "-shm"):
        upgraded.with_name(upgraded.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(older, upgraded.with_name("next"))
    upgraded.with_name("next").rename(upgraded)
"""


def is_whole(path: Path) -> bool:
    """Tell whether a file is all old or all new after whatever a kill left."""
    with opened(path) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        }
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
    whole = {"note"} if schema == 0 else {"note", *metadata().tables}
    is_same = whole == {name for name in tables if not name.startswith("request_s")} - {
        "alembic_version"
    }
    return is_same and not problems_of(path, Look.AT_EVERYTHING)


def test_a_kill_while_migrating_leaves_old_or_new(tmp_path: Path) -> None:
    chance = random.Random(5)
    older, upgraded = tmp_path / "older", tmp_path / "upgraded"
    older.write_bytes(b"")
    make_older(older)
    made = tmp_path / "made.counterpart"
    for _ in range(25):
        shutil.copyfile(older, upgraded)
        command = [sys.executable, "-c", WORKER, made, older, upgraded]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            worker.stdout.read(1)
            try:
                worker.wait(timeout=chance.uniform(0, 0.15))
            except subprocess.TimeoutExpired:
                os.kill(worker.pid, signal.SIGKILL)
        assert worker.returncode == -signal.SIGKILL
        if upgraded.exists():
            assert is_whole(upgraded)
        if made.exists():
            assert inspect(made, thorough=True).kind is FileKind.CURRENT
            made.unlink()
        for left in tmp_path.glob("upgraded*"):
            left.unlink()


FIRST = VERSIONS / "versions"
OLD_VALUES: dict[str, dict[str, Any]] = {
    "sqlite": {"key": "a" * 32, "key2": "b" * 32, "at": 0},
    "postgresql": {"key": "a" * 32, "key2": "b" * 32, "at": NOW},
}
OF_OLD = """
INSERT INTO calendar (id, key, version, name, zone)
VALUES (1, :key, 7, 'Office', 'UTC')

INSERT INTO calendar_interval (id, calendar_id, weekday, from_s, to_s)
VALUES (1, 1, 0, 28800, 57600)

INSERT INTO unit (id, key, version, name, side, prefix, is_active)
VALUES (1, :key, 1, 'Counter', 'front', 'R', TRUE),
(2, :key2, 1, 'Registry', 'back', 'R', TRUE)

INSERT INTO agreement (id, key, version, name, back_unit_id)
VALUES (1, :key, 1, 'Ours', 2)

INSERT INTO agreement_version
(id, key, agreement_id, number, calendar_id, starts, warn_share, valid_from)
VALUES (1, :key, 1, 1, 1, 'receipt', 0.5, :at)

INSERT INTO agreement_target (id, version_id, kind, target_s)
VALUES (1, 1, 'resolution', 3600)

INSERT INTO request
(id, key, version, reference, subject, customer, contact, channel, site, topic, body,
form, told_text, state, is_open, ball, ball_since, raised_at, last_at, reopens,
handovers, returns, entries)
VALUES (1, :key, 1, 'R-1', 'Old', '', '', '', '', '', '', '{}', '', 'new', TRUE, 'back',
:at, :at, :at, 0, 0, 0, 0)

INSERT INTO clock
(id, request_id, position, kind, unit_id, for_unit_id, version_id, calendar_id,
target_s, warn_share, used_s, state, is_void, started_at)
VALUES (1, 1, 1, 'resolution', 2, 1, 1, 1, 3600, 0.5, 0, 'running', FALSE, :at)
"""


def at_first_revision(url: str) -> Engine:
    """Give a workspace as it was at the first revision, with a request in it."""
    engine = make_engine(url)
    with writing(engine).begin() as connection:
        name = connection.dialect.name
        source = (FIRST / f"0001_{name}.sql").read_text(encoding="utf-8")
        for statement in source.strip().split("\n\n"):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        if name == "sqlite":
            connection.exec_driver_sql("PRAGMA user_version=1")
        for insertion in OF_OLD.strip().split("\n\n"):
            connection.execute(text(insertion), OLD_VALUES[name])
    return engine


def keeps_all_of_old(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:

        def kept(columns: str, table: str) -> tuple[Any, ...]:
            return tuple(
                connection.execute(text(f"SELECT {columns} FROM {table}")).one()
            )

        assert schema_of(connection) == SCHEMA
        assert kept("calendar_version, target_s", "clock") == (7, 3600)
        rules = kept("status, at_reopen, at_priority, at_unit", "agreement_version")
        assert rules == ("agreed", "continue", "recompute", "continue")
        assert kept("version, starts", "agreement_version") == (1, "receipt")
        target = kept("measure, target_s, days", "agreement_target")
        assert target == ("working_time", 3600, None)
        options: dict[str, Any] = {"include_object": is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata()) == []
        if connection.dialect.name == "sqlite":
            assert kept("count(*)", "sqlite_stat1 WHERE tbl = 'request'") != (0,)
        if connection.dialect.name == "sqlite":
            assert kept("count(*)", "sqlite_stat1 WHERE tbl = 'request'") != (0,)
    engine.dispose()


def test_a_file_of_the_first_revision_keeps_all_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.counterpart"
    connect_file(path, "rwc").close()
    keeps_all_of_old(at_first_revision(sqlite_url(path)))


def test_a_server_of_the_first_revision_keeps_all_it_holds(
    postgres_server: Server,
) -> None:
    with postgres_server.database() as url:
        keeps_all_of_old(at_first_revision(url.render_as_string(hide_password=False)))
