"""A backup is whole, proven, and comes back as it went."""

import os
import random
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.domain.upgrading import Copying
from desktop.store.backup import backup, check_backup, restore
from desktop.store.engine import make_engine, opened, sqlite_url
from desktop.store.rotation import backup_path, backups_in, rotate
from desktop.store.workspace_file import FileKind, inspect

NOW = datetime(2016, 5, 16, 8, 0, tzinfo=UTC)
PEOPLE = 500


def name_of(number: int) -> str:
    return f"Ана Петровић {number}"


@pytest.fixture
def workspace(workspace_path: Path) -> Path:
    """A workspace with five hundred people in it."""
    with opened(workspace_path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO person (key, version, name, email, is_active, can_sign_in) "
            "VALUES (?, 1, ?, ?, 1, 1)",
            [
                (f"{number:032x}", name_of(number), f"{number:03}@example.org")
                for number in range(PEOPLE)
            ],
        )
        connection.execute("COMMIT")
    return workspace_path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "monday.backup"


def names(path: Path) -> list[str]:
    with opened(path) as connection:
        rows = connection.execute("SELECT name FROM person ORDER BY id").fetchall()
        return [name for (name,) in rows]


def test_a_backup_holds_everything_in_one_file(workspace: Path, target: Path) -> None:
    manifest = backup(workspace, target, now=NOW)
    assert list(target.parent.iterdir()) == [target]
    assert check_backup(target) == manifest
    assert manifest.made_at == NOW
    counts = {table.name: table.rows for table in manifest.tables}
    assert counts["person"] == PEOPLE
    assert counts["journal_entry"] == 0
    assert names(target) == names(workspace)


def test_checking_a_backup_leaves_it_untouched(workspace: Path, target: Path) -> None:
    backup(workspace, target, now=NOW)
    before = target.read_bytes()
    check_backup(target)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_how_a_backup_goes_on_is_told_step_by_step(
    workspace: Path, target: Path
) -> None:
    heard: list[tuple[Copying, float | None]] = []
    backup(workspace, target, now=NOW, told=lambda *what: heard.append(what))
    assert list(dict.fromkeys(doing for doing, _share in heard)) == list(Copying)
    for doing in (Copying.COPY, Copying.READ, Copying.COMPARE):
        shares = [share for what, share in heard if what is doing and share is not None]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
    assert (Copying.CHECK, None) in heard


@pytest.mark.parametrize("doing", list(Copying))
def test_a_backup_that_is_stopped_leaves_nothing_and_the_workspace_as_it_was(
    workspace: Path, target: Path, doing: Copying
) -> None:
    before = workspace.read_bytes()

    def stop(now_doing: Copying, _share: float | None) -> None:
        if now_doing is doing:
            raise Refusal("upgrade_stopped")

    with pytest.raises(Refusal, match="upgrade_stopped"):
        backup(workspace, target, now=NOW, told=stop)
    assert list(target.parent.iterdir()) == []
    assert workspace.read_bytes() == before
    assert backup(workspace, target, now=NOW).rows >= PEOPLE


def test_a_backup_holds_what_is_still_in_the_log(workspace: Path, target: Path) -> None:
    with opened(workspace) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE person SET name = 'Mira' WHERE id = 1")
        backup(sqlite_url(workspace), target, now=NOW)
    assert names(target)[0] == "Mira"


def test_a_backup_is_one_moment_while_others_write(
    workspace: Path, target: Path
) -> None:
    """Each write moves every name at once: a torn copy would show two numbers."""
    engine = make_engine(sqlite_url(workspace))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET name = 'at 0'")
    stopped = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            with engine.begin() as connection:
                connection.exec_driver_sql(f"UPDATE person SET name = 'at {number}'")

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for _ in range(10):
            backup(workspace, target, now=NOW, overwrite=True)
            assert len(set(names(target))) == 1
    finally:
        stopped.set()
        writer.join()
        engine.dispose()


def test_a_backup_replaces_another_only_when_asked(
    workspace: Path, target: Path
) -> None:
    backup(workspace, target, now=NOW)
    before = target.read_bytes()
    with pytest.raises(Refusal) as refused:
        backup(workspace, target, now=NOW + timedelta(days=1))
    assert refused.value.code == "backup_exists"
    assert target.read_bytes() == before
    backup(workspace, target, now=NOW + timedelta(days=1), overwrite=True)
    assert check_backup(target).made_at == NOW + timedelta(days=1)


def test_a_server_is_left_to_its_own_tools(target: Path) -> None:
    with pytest.raises(Refusal) as refused:
        backup("postgresql://server/desk", target, now=NOW)
    assert refused.value.code == "backup_of_a_server"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{7:03}@example.org", "person"),
        (name_of(7), "missing from index"),
    ],
)
def test_one_flipped_bit_is_found_in_rows_and_in_indexes(
    workspace: Path, target: Path, content: str, told: str
) -> None:
    """SQLite itself finds only the second: an index that differs from its table."""
    backup(workspace, target, now=NOW)
    pages = bytearray(target.read_bytes())
    pages[pages.rindex(content.encode()) + 2] ^= 1
    target.write_bytes(pages)
    with pytest.raises(Refusal) as refused:
        check_backup(target)
    assert refused.value.code == "backup_damaged"
    assert told in str(refused.value.details["problem"])


def test_a_missing_row_is_found(workspace: Path, target: Path) -> None:
    backup(workspace, target, now=NOW)
    with opened(target) as connection:
        connection.execute("DELETE FROM person WHERE id = 9")
    with pytest.raises(Refusal) as refused:
        restore(target, workspace, now=NOW)
    assert refused.value.details["problem"] == "person"
    assert len(names(workspace)) == PEOPLE


@pytest.mark.parametrize("length", [0, 50, 4096, 20_000])
def test_a_cut_backup_is_refused(workspace: Path, target: Path, length: int) -> None:
    backup(workspace, target, now=NOW)
    os.truncate(target, length)
    with pytest.raises(Refusal):
        restore(target, workspace, now=NOW)
    assert len(names(workspace)) == PEOPLE


def test_a_plain_workspace_is_no_backup(workspace: Path) -> None:
    with pytest.raises(Refusal) as refused:
        check_backup(workspace)
    assert refused.value.code == "backup_without_manifest"


def test_a_restored_workspace_is_the_one_backed_up(
    workspace: Path, target: Path
) -> None:
    manifest = backup(workspace, target, now=NOW)
    with opened(workspace) as connection:
        connection.execute("DELETE FROM person")
    restored = restore(target, workspace, now=NOW)
    assert restored.manifest == manifest
    assert inspect(workspace, thorough=True).kind is FileKind.CURRENT
    assert names(workspace) == [name_of(number) for number in range(PEOPLE)]
    assert restored.replaced is not None
    assert names(restored.replaced) == []
    again = backup(workspace, target, now=NOW, overwrite=True)
    assert again.tables == manifest.tables


def test_a_workspace_that_is_gone_comes_back(workspace: Path, target: Path) -> None:
    backup(workspace, target, now=NOW)
    workspace.unlink()
    assert restore(target, workspace, now=NOW).replaced is None
    assert len(names(workspace)) == PEOPLE


def test_a_damaged_workspace_is_replaced_with_its_log(
    workspace: Path, target: Path
) -> None:
    backup(workspace, target, now=NOW)
    workspace.write_bytes(b"rubbish" * 1000)
    log = workspace.with_name(workspace.name + "-wal")
    log.write_bytes(b"old log" * 1000)
    restored = restore(target, workspace, now=NOW)
    assert len(names(workspace)) == PEOPLE
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == b"rubbish" * 1000
    assert not log.exists()


def test_an_open_workspace_is_not_replaced(workspace: Path, target: Path) -> None:
    backup(workspace, target, now=NOW)
    with opened(workspace) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(Refusal) as refused:
            restore(target, workspace, now=NOW)
    assert refused.value.code == "workspace_in_use"
    around = [path.name for path in workspace.parent.iterdir() if path.is_file()]
    assert around == [workspace.name]


WORKER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.store.backup import backup, restore
workspace, target, other = (Path(name) for name in sys.argv[1:])
os.write(1, b"x")
while True:
    backup(workspace, target, now=datetime(2016, 5, 16, tzinfo=UTC), overwrite=True)
    restore(target, other, now=datetime(2016, 5, 16, tzinfo=UTC))
"""


def test_a_kill_never_leaves_half_a_backup_or_half_a_workspace(
    workspace: Path, target: Path, tmp_path: Path
) -> None:
    chance = random.Random(9)
    target.parent.mkdir()
    other = tmp_path / "other" / "workspace.counterpart"
    backups = restores = 0
    for _ in range(20):
        command = [sys.executable, "-c", WORKER, workspace, target, other]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            worker.stdout.read(1)
            try:
                worker.wait(timeout=chance.uniform(0, 0.15))
            except subprocess.TimeoutExpired:
                os.kill(worker.pid, signal.SIGKILL)
        if target.exists():
            backups += 1
            assert dict(counts(target))["person"] == PEOPLE
        if other.exists():
            restores += 1
            assert inspect(other, thorough=True).kind is FileKind.CURRENT
            assert len(names(other)) == PEOPLE
        for path in (target, *tmp_path.glob("other/*")):
            path.unlink(missing_ok=True)
    assert backups > 1
    assert restores > 0


def counts(path: Path) -> list[tuple[str, int]]:
    return [(table.name, table.rows) for table in check_backup(path).tables]


def test_what_a_killed_process_left_is_cleared_by_the_next(
    workspace: Path, target: Path
) -> None:
    target.parent.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    left = target.with_name(f".{target.name}.{gone.pid}-0123abcd.unfinished")
    running = target.with_name(f".{target.name}.{os.getpid()}-0123abcd.unfinished")
    left.write_bytes(b"half")
    running.write_bytes(b"half")
    backup(workspace, target, now=NOW)
    assert sorted(target.parent.iterdir()) == sorted([running, target])


def test_seven_days_and_four_weeks_are_kept(tmp_path: Path) -> None:
    workspace = Path("office.counterpart")
    for days in range(60):
        for hour in (8, 17):
            made = NOW - timedelta(days=days) + timedelta(hours=hour - 8)
            backup_path(tmp_path, workspace, made).write_bytes(b"")
    (tmp_path / "office.before the move.backup").write_bytes(b"")
    (tmp_path / "demo.20160101T080000Z.backup").write_bytes(b"")
    removed = rotate(tmp_path, workspace)
    kept = [made for made, _ in backups_in(tmp_path, workspace)]
    day = timedelta(days=1)
    five = NOW + timedelta(hours=9)
    last_seven_days = [five - day * count for count in range(7)]
    earlier_sundays = [five - day * count for count in (8, 15)]
    assert kept == last_seven_days + earlier_sundays
    assert len(removed) == 120 - len(kept)
    assert len(list(tmp_path.iterdir())) == len(kept) + 2
    assert rotate(tmp_path, workspace) == []
