"""What belongs to an open workspace is known before anybody opens it as a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Invalid, Refusal
from desktop.exchange.closures_ics import read_closures
from desktop.exchange.csv_rows import CsvRows
from desktop.exchange.list_files import write_csv, write_xlsx
from desktop.exchange.problems import BadFile
from desktop.exchange.tables import read_text
from desktop.store.sqlite_files import connect_file, is_in_use, opened, stoppable
from desktop.use_cases.attachments import read_file
from tests.another_program import is_held
from ui.common.attachments.copies import write_copy
from ui.common.sheets import save_pdf


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Path]:
    """Give a workspace's file that this process has open."""
    path = tmp_path / "house.counterpart"
    with opened(path, "rwc") as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE one (id INTEGER)")
    connection = connect_file(path)
    connection.execute("INSERT INTO one VALUES (1)")
    yield path
    connection.close()


@pytest.mark.parametrize("part", ["", "-wal", "-shm"])
@pytest.mark.parametrize("way", ["itself", "hard link", "symbolic link"])
def test_every_part_of_it_is_refused_under_every_name_and_stays_locked(
    workspace: Path, tmp_path: Path, part: str, way: str
) -> None:
    path = workspace.with_name(workspace.name + part)
    if way != "itself":
        link = tmp_path / "elsewhere" / "plan.pdf"
        link.parent.mkdir()
        (os.link if way == "hard link" else os.symlink)(path, link)
        path = link
    with pytest.raises(Invalid) as refused:
        read_file(path, path.name, "file", 1_000_000)
    assert refused.value.code == "file_is_open_workspace"
    assert is_held(workspace)


def test_no_import_looks_into_it_either(workspace: Path, tmp_path: Path) -> None:
    link = tmp_path / "holidays.ics"
    os.link(workspace, link)
    spec = CalendarSpec(zone="UTC", weekly={}, name="Any")
    for look in (
        lambda: read_text(link),
        lambda: read_closures(link, spec, years=(2026,)),
        lambda: list(CsvRows(link, ["a"], print)),
    ):
        with pytest.raises(BadFile) as refused:
            look()
        assert [one.code for one in refused.value.problems] == ["open_workspace"]
    assert is_held(workspace)


def test_nothing_is_written_over_it(workspace: Path) -> None:
    before = workspace.stat().st_ino
    for write in (
        lambda: save_pdf(b"%PDF-1.7", workspace),
        lambda: write_copy(b"plan", workspace),
        lambda: write_csv(workspace, ["a"], [["b"]], UTC),
        lambda: write_xlsx(workspace, ["a"], [["b"]], UTC),
    ):
        with pytest.raises(Refusal) as refused:
            write()
        assert refused.value.code == "place_is_open_workspace"
    assert workspace.stat().st_ino == before
    assert is_held(workspace)


def test_a_workspace_that_nobody_has_open_is_a_file_like_any_other(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kept.counterpart"
    with opened(path, "rwc") as made:
        made.execute("CREATE TABLE one (id INTEGER)")
    assert not is_in_use(path)
    assert read_file(path, path.name, "file", 1_000_000).startswith(b"SQLite format 3")


def test_a_name_that_no_system_has_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "../../x.pdf::$DATA\0"
    with pytest.raises(FileNotFoundError):
        is_in_use(path)
    with pytest.raises(BadFile) as refused:
        read_text(path)
    assert [one.code for one in refused.value.problems] == ["not_found"]
    with pytest.raises(Invalid) as gone:
        read_file(path, "x.pdf", "file", 1_000_000)
    assert gone.value.code == "file_is_gone"


def test_a_long_statement_is_stopped_by_what_looks_meanwhile(tmp_path: Path) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise Refusal("upgrade_stopped")

    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    with opened(tmp_path / "a.counterpart", "rwc") as connection:
        with (
            pytest.raises(Refusal, match="upgrade_stopped"),
            stoppable(connection, look),
        ):
            connection.execute(endless + "SELECT count(*) FROM n").fetchone()
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert len(looks) == 3
