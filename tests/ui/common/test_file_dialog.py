"""A dialog for files leaves the locks of an open workspace alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileSystemModel

from desktop.store.sqlite_files import connect_file, opened
from tests.another_program import is_held
from ui.common.file_dialog import FileDialog


def test_a_listed_workspace_stays_locked(tmp_path: Path, qtbot) -> None:
    """Qt looks into files whose ending says nothing, and closing one unlocks it."""
    path = tmp_path / "house.counterpart"
    with opened(path, "rwc") as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE one (id INTEGER)")
    workspace = connect_file(path)
    workspace.execute("INSERT INTO one VALUES (1)")
    dialog = FileDialog(None, "Open a workspace", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.open()
    model = dialog.findChild(QFileSystemModel)
    here = model.index(str(tmp_path))

    def kinds() -> dict[str, str]:
        rows = [model.index(row, 0, here) for row in range(model.rowCount(here))]
        return {model.fileName(row): model.type(row) for row in rows}

    def are_known() -> bool:
        return kinds().get(path.name) == "COUNTERPART"

    qtbot.waitUntil(are_known)
    assert model.rowCount(QModelIndex()) > 0
    assert kinds()["house.counterpart-shm"] == "COUNTERPART-SHM"
    assert is_held(path)
    workspace.close()
    assert not is_held(path)
