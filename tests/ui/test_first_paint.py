"""The shell is painted before anything heavy is imported, and before the desk opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.first_paint import LONGEST_MS, FirstPaint

ROOT = Path(__file__).resolve().parent.parent.parent

SCRIPT = """
import json, sys
from pathlib import Path
from ui.app import arguments, make_app, open_window
app = make_app([])
options = arguments().parse_args(["--workspace", sys.argv[1], "--theme", "light"])
program = open_window(app, options, Path(sys.argv[2]))
program.window.grab()
print(json.dumps(sorted(sys.modules)))
program.close()
"""

HEAVY = {"reportlab", "numpy", "psycopg", "alembic", "openpyxl", "sqlalchemy", "babel"}


def test_nothing_heavy_is_imported_when_the_shell_is_painted(
    workspace_path: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(workspace_path), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "PySide6" in loaded
    assert not loaded & HEAVY


PAGES = """
import json, sys
from ui.pages import all_pages
for page in all_pages():
    page.load()
print(json.dumps(sorted(sys.modules)))
"""


def test_the_list_of_pages_brings_no_page() -> None:
    listed = PAGES.replace("page.load()", "assert page.words")
    done = subprocess.run(
        [sys.executable, "-c", listed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    assert "ui.queue.queue_page" not in loaded
    assert "ui.counter.page" not in loaded


def test_no_page_brings_what_only_paper_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "sqlalchemy" in loaded
    assert not loaded & {"reportlab", "pypdfium2", "numpy", "openpyxl", "psycopg"}


SEATED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QDeadlineTimer
from ui.app import arguments, make_app, open_window
app = make_app([])
given = ["--workspace", sys.argv[1], "--theme", "light", "--person", "jelena"]
program = open_window(app, arguments().parse_args(given), Path(sys.argv[2]))
def wait(is_so):
    patience = QDeadlineTimer(20_000)
    while not is_so() and not patience.hasExpired():
        app.processEvents()
wait(lambda: program.context is not None)
seated = sorted(sys.modules)
wait(lambda: "ui.tries.try_page" in sys.modules)
wait(lambda: not program.window.top.bell.isHidden())
print(json.dumps([seated, sorted(sys.modules)]))
program.close()
"""


def test_only_the_first_page_is_imported_before_its_list_and_the_others_after(
    workspace_path: Path, small_house: object, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEATED, str(workspace_path), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seated, later = (set(one) for one in json.loads(done.stdout))
    waiting = {"ui.queue.queue_page", "ui.tries.try_page", "ui.notices.feature"}
    assert "ui.counter.page" in seated
    assert not seated & waiting
    assert waiting <= later
    heavy = HEAVY - {"sqlalchemy", "babel"}
    assert not {name.split(".")[0] for name in later} & heavy


def test_what_waits_for_the_paint_is_told_once_and_not_before(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told: list[bool] = []
    FirstPaint(window).seen.connect(lambda: told.append(window.isVisible()))
    with qtbot.waitSignal(window.findChild(FirstPaint).seen, timeout=LONGEST_MS - 100):
        window.show()
    window.repaint()
    qtbot.wait(LONGEST_MS + 50)
    assert told == [True]
