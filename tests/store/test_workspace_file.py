"""Every bad file is named for what it is, and stays as it was."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store.engine import connect_file, opened
from desktop.store.places import Place
from desktop.store.workspace_file import (
    APPLICATION_ID,
    SCHEMA,
    FileKind,
    WorkspaceRefused,
    inspect,
    require_place_for_new,
    require_usable,
)
from tests.another_program import is_held

Spoil = Callable[[Path], None]


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_random(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


def make_a_letter(path: Path) -> None:
    path.write_text("Dear colleagues,")


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_in_the_header(path: Path) -> None:
    os.truncate(path, 60)


def make_somebody_elses(path: Path) -> None:
    path.unlink()
    with opened(path, "rwc") as connection:
        connection.execute("CREATE TABLE bookmark (id INTEGER PRIMARY KEY)")


def make_newer(path: Path) -> None:
    overwrite(path, 60, (SCHEMA + 1).to_bytes(4, "big"))


def make_older(path: Path) -> None:
    overwrite(path, 60, (SCHEMA - 1).to_bytes(4, "big"))


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    path.unlink()


def make_read_only(path: Path) -> None:
    path.chmod(0o444)


def trash_the_contents_page(path: Path) -> None:
    overwrite(path, 100, os.urandom(3900))


def make_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


BAD: list[tuple[Spoil, FileKind]] = [
    (remove, FileKind.MISSING),
    (make_empty, FileKind.EMPTY),
    (make_random, FileKind.NOT_A_DATABASE),
    (make_a_letter, FileKind.NOT_A_DATABASE),
    (make_a_pipe, FileKind.NOT_A_DATABASE),
    (cut_in_half, FileKind.TRUNCATED),
    (cut_in_the_header, FileKind.TRUNCATED),
    (make_somebody_elses, FileKind.FOREIGN),
    (make_newer, FileKind.NEWER),
    (make_a_folder, FileKind.DIRECTORY),
    (make_read_only, FileKind.READ_ONLY),
    (trash_the_contents_page, FileKind.CORRUPT),
]


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@pytest.mark.parametrize(("spoil", "kind"), BAD)
def test_a_bad_file_is_named_and_left_untouched(
    workspace_path: Path, spoil: Spoil, kind: FileKind
) -> None:
    spoil(workspace_path)
    before = contents(workspace_path)
    around = sorted(workspace_path.parent.iterdir())
    with pytest.raises(WorkspaceRefused) as refused:
        require_usable(workspace_path)
    assert refused.value.code == f"workspace_{kind}"
    assert refused.value.details["path"] == str(workspace_path)
    assert contents(workspace_path) == before
    assert sorted(workspace_path.parent.iterdir()) == around


def test_a_good_file_is_usable_and_left_untouched(workspace_path: Path) -> None:
    before = workspace_path.read_bytes()
    found = inspect(workspace_path, thorough=True)
    assert (found.kind, found.schema) == (FileKind.CURRENT, SCHEMA)
    assert workspace_path.read_bytes() == before
    assert list(workspace_path.parent.iterdir()) == [workspace_path]


def test_an_older_file_is_usable_after_an_upgrade(workspace_path: Path) -> None:
    make_older(workspace_path)
    assert require_usable(workspace_path).kind is FileKind.OLDER


def test_the_header_carries_our_own_sign(workspace_path: Path) -> None:
    assert workspace_path.read_bytes()[68:72] == b"CPRT"
    assert APPLICATION_ID == 0x43505254


def test_a_trashed_page_far_inside_is_named_by_a_thorough_look(
    workspace_path: Path,
) -> None:
    overwrite(workspace_path, 4096 * 5, os.urandom(4096))
    before = workspace_path.read_bytes()
    found = inspect(workspace_path, thorough=True)
    assert found.kind is FileKind.CORRUPT
    assert found.detail
    assert workspace_path.read_bytes() == before
    assert list(workspace_path.parent.iterdir()) == [workspace_path]


def test_a_folder_that_takes_no_files_makes_a_workspace_read_only(
    workspace_path: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    workspace_path.rename(locked / "w.counterpart")
    locked.chmod(0o555)
    try:
        assert inspect(locked / "w.counterpart").kind is FileKind.READ_ONLY
    finally:
        locked.chmod(0o755)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (Place(is_network=True, name="cifs"), FileKind.NETWORK),
        (Place(is_synced=True, name="/home/a/Dropbox"), FileKind.SYNCED),
    ],
)
def test_a_bad_place_is_refused_for_old_and_new_workspaces(
    workspace_path: Path, place: Place, kind: FileKind
) -> None:
    assert inspect(workspace_path, find_place=lambda _: place).kind is kind
    with pytest.raises(WorkspaceRefused) as refused:
        require_place_for_new(
            workspace_path.with_name("new"), find_place=lambda _: place
        )
    assert refused.value.code == f"workspace_{kind}"
    assert refused.value.details["detail"] == place.name


def test_a_crash_in_the_middle_of_a_checkpoint_is_no_truncation(
    workspace_path: Path,
) -> None:
    """The log beside the file still holds what the file lacks."""
    overwrite(workspace_path, 28, (10_000).to_bytes(4, "big"))
    assert inspect(workspace_path).kind is FileKind.TRUNCATED
    log = workspace_path.with_name(workspace_path.name + "-wal")
    log.write_bytes(b"\0" * 32)
    assert inspect(workspace_path).kind is not FileKind.TRUNCATED


def test_a_workspace_in_use_is_usable(workspace_path: Path) -> None:
    with opened(workspace_path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO reference_counter VALUES (1, 'R', 1)")
        assert inspect(workspace_path, thorough=True).kind is FileKind.CURRENT


def test_a_file_with_our_sign_and_other_tables_is_damaged_and_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "hollow.counterpart"
    with opened(path, "rwc") as connection:
        connection.execute("CREATE TABLE letters (text)")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA}")
    before = path.read_bytes()
    assert inspect(path).kind is FileKind.CORRUPT
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_looking_at_an_open_workspace_leaves_its_locks_alone(
    workspace_path: Path,
) -> None:
    """POSIX forgets them once a process closes the file, however it was opened."""
    workspace = connect_file(workspace_path)
    workspace.execute("SELECT count(*) FROM journal_entry").fetchone()
    for _time in range(3):
        assert inspect(workspace_path).kind is FileKind.CURRENT
    assert is_held(workspace_path)
    workspace.close()
    assert inspect(workspace_path).kind is FileKind.CURRENT
    assert not is_held(workspace_path)
