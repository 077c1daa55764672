"""A dialog for files leaves the locks of an open workspace alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileSystemModel

from desktop.store.sqlite_files import connect_file, opened
from ui.common.file_dialog import FileDialog

ANOTHER_PROGRAM = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=0)
try:
    print(file.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
except sqlite3.OperationalError as error:
    print(error)
"""
"""Leaves the shared log, which nobody can while another one has the file open."""


def taken_by_another(path: Path) -> str:
    """Return what another program hears that wants the file to itself."""
    asked = [sys.executable, "-c", ANOTHER_PROGRAM, str(path)]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip()


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
    assert taken_by_another(path) == "database is locked"
    workspace.close()
    assert taken_by_another(path) == "delete"
