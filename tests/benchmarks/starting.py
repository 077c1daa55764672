"""From the process's start to the first list, beside an empty Qt window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from desktop.store.engine import sqlite_path
from tests.benchmarks.measuring import Goal, Row, judged
from tests.benchmarks.workspaces import Place
from ui.remembered import FILE

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9
HEAVY = ("sqlalchemy", "reportlab", "numpy", "psycopg", "alembic", "openpyxl")
PATIENCE_S = 60

# One object watches for the first paint of the window, the same for both.
WATCH = """
import json, resource, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
told = {}
def used():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime
class Watch(QObject):
    def __init__(self, window, then):
        super().__init__()
        self.window, self.then = window, then
        window.installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and "painted" not in told:
            QTimer.singleShot(0, self.painted)
            told["painted"] = None
        return False
    def painted(self):
        told["painted"] = time.monotonic()
        told["painted used"] = used()
        self.then()
"""
EMPTY = (
    """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
"""
    + WATCH
)
EMPTY += """
def end():
    print(json.dumps(told), flush=True)
    app.quit()
watch = Watch(window, end)
window.show()
app.exec()
"""
# What no program on SQLAlchemy can beat: nothing of ours, only what it stands on.
ONLY_IMPORTS = EMPTY.replace(
    "def end():",
    """
def end():
    import sqlalchemy.orm
    import sqlalchemy.dialects.sqlite
    told["filled"] = time.monotonic()
    told["filled used"] = used()""",
)
# As main.py does: garbage is left to the window's own collector.
OURS = (
    """
import gc
gc.disable()
import sys
from pathlib import Path
from ui.app import Collector, arguments, make_app, open_window
app = make_app([])
Collector(app)
options = arguments().parse_args(sys.argv[2:])
import ui.app
"""
    + WATCH
)
OURS += """
from PySide6.QtWidgets import QAbstractItemView
class Shown(ui.app.MainWindow):
    def __init__(self, preferences):
        super().__init__(preferences)
        self.watch = Watch(self, self.fill)
        self.beat = QTimer(self)
        self.beat.setInterval(3)
        self.beat.timeout.connect(self.look)
    def fill(self):
        self.beat.start()
    def look(self):
        views = self.findChildren(QAbstractItemView)
        full = [one for one in views if one.isVisible() and one.model()
                and one.model().rowCount() > 20]
        if full:
            self.beat.stop()
            full[0].viewport().grab()
            told["filled"] = time.monotonic()
            told["filled used"] = used()
            told["modules"] = sorted({name.split(".")[0] for name in list(sys.modules)})
            told["memory"] = memory()
            print(json.dumps(told), flush=True)
            self.close()
            app.quit()
def memory():
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next(int(one.split()[1]) / 1024 for one in lines if "VmRSS" in one)
ui.app.MainWindow = Shown
program = open_window(app, options, Path(sys.argv[1]))
app.exec()
program.close()
"""


def run(place: Place, size: int) -> Iterator[Row]:
    """Measure the window's start on a workspace file with that many requests.

    In turns with an empty window. The first start of all has nothing to remember; it
    is told by itself.
    """
    if place.floor.is_server:
        return
    person = place.house.people[place.house.backs[0]][0]
    path = sqlite_path(place.url)
    empty: list[dict[str, Any]] = []
    bare: list[dict[str, Any]] = []
    ours: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        options = [folder, "--workspace", str(path), "--person", str(person)]
        # The first runs only compile what an installed program has compiled already.
        for _ in range(RUNS + 2):
            empty.append(_timed(EMPTY, [], folder))
            bare.append(_timed(ONLY_IMPORTS, [], folder))
            ours.append(_timed(OURS, options, folder))
        (Path(folder) / FILE).unlink(missing_ok=True)
        first = _timed(OURS, options, folder)
    empty, bare, ours = empty[2:], bare[2:], ours[2:]
    yield _compared("empty window painted", empty, "painted", empty, None)
    yield _compared("empty window, SQLAlchemy imported", bare, "filled", empty)
    yield _compared("shell painted", ours, "painted", empty, Goal(ratio=1.6))
    name = f"first list filled at {size:,}"
    yield _compared(name, ours, "filled", empty, Goal(ratio=3.3))
    yield _compared("processor until the list", ours, "filled used", empty)
    yield _compared("the list with nothing remembered", [first], "filled", empty)
    yield _memory(ours)
    loaded = [one for one in HEAVY if one in ours[-1]["modules"]]
    row: Row = {"name": "heavy modules at the first list", "value": len(loaded)}
    row |= {"unit": "", "goal": "none", "met": not loaded}
    yield row


def _compared(
    name: str,
    runs: list[dict[str, Any]],
    what: str,
    floors: list[dict[str, Any]],
    goal: Goal | None = None,
) -> Row:
    """Compare medians; processor time with the empty window's processor time."""
    value = median(one[what] for one in runs)
    painted = "painted used" if what.endswith("used") else "painted"
    floor = median(one[painted] for one in floors)
    row: Row = {"name": name, "value": round(value * 1000), "unit": "ms"}
    row |= {"floor": round(floor * 1000), "ratio": round(value / floor, 2)}
    return judged(row, goal)


def _memory(runs: list[dict[str, Any]]) -> Row:
    row: Row = {"name": "memory with the first list", "unit": "MB"}
    if runs[-1]["memory"] is None:
        return {**row, "value": 0, "unit": "unknown here"}
    value = round(median(one["memory"] for one in runs))
    return {**row, "value": value, "goal": "<= 180", "met": value <= 180}


def _timed(script: str, arguments: list[str], folder: str) -> dict[str, Any]:
    """Run a script; return what it told, its instants in seconds from the start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPYCACHEPREFIX"] = folder
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        words = (error.stderr or b"").decode()
        raise RuntimeError(f"no list after {PATIENCE_S} s:\n{words}") from error
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"the window did not start:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for name in ("painted", "filled"):
        if name in told:
            told[name] -= began
    return told
