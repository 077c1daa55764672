"""Pages come behind what is shown: the core first, then windows in the GUI thread."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.importing import import_windows

ROOT = Path(__file__).resolve().parent.parent.parent

SCRIPT = """
import json, sys
from ui.importing import import_core
before = set(sys.modules)
names = list(import_core(["ui.queue.queue_page"]))
core = sorted(set(sys.modules) - before)
made = [name for name in core if name.startswith("ui.") and name in names]
missed = []
for name in names:
    before = set(sys.modules)
    __import__(name)
    missed += [one for one in set(sys.modules) - before - {name}
               if one.startswith("desktop.")]
print(json.dumps([names, core, made, missed]))
"""


def test_the_core_is_imported_before_the_first_window_and_no_window_with_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names, core, made, missed = json.loads(done.stdout)
    assert names[-1] == "ui.queue.queue_page"
    assert names.index("ui.common.table_view") < names.index("ui.queue.queue_page")
    assert "desktop.queries.queue" in core
    assert "desktop.queries.desk_sections" in core  # asked for in a method
    assert made == []
    assert missed == []


def test_what_follows_is_done_once_all_are_imported(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    names = deque(["ui.about", "ui.leaving", "ui.common.busy"])
    import_windows(names, owner, lambda: told.append(len(names)))
    qtbot.waitUntil(lambda: told == [0])
