"""From the process's start to the first painted window, beside an empty Qt window."""

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

from desktop.store.engine import sqlite_path
from tests.benchmarks.measuring import Goal, Row, judged
from tests.benchmarks.workspaces import Place

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
HEAVY = ("sqlalchemy", "reportlab", "numpy", "psycopg", "alembic", "openpyxl", "babel")
PATIENCE_S = 60

# One object watches for the first paint of the window, the same for both.
WATCH = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
told = {}
class Watch(QObject):
    def __init__(self, window, then):
        super().__init__()
        self.window, self.then = window, then
        window.installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and "painted" not in told:
            QTimer.singleShot(0, self.painted)
            told["painted"] = None
            told["modules"] = sorted({name.split(".")[0] for name in sys.modules})
        return False
    def painted(self):
        told["painted"] = time.monotonic()
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
    told["filled"] = time.monotonic()""",
)
OURS = (
    """
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
    """Measure the window's start on a workspace file with that many requests."""
    if place.floor.is_server:
        return
    person = place.house.people[place.house.backs[0]][0]
    path = sqlite_path(place.url)
    empty: list[dict[str, float]] = []
    bare: list[dict[str, float]] = []
    ours: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        options = [folder, "--workspace", str(path), "--person", str(person)]
        # The first run only compiles what an installed program has compiled already.
        for _ in range(RUNS + 1):
            empty.append(_timed(EMPTY, [], folder))
            bare.append(_timed(ONLY_IMPORTS, [], folder))
            ours.append(_timed(OURS, options, folder))
    floor = median(one["painted"] for one in empty[1:])
    painted = median(one["painted"] for one in ours[1:])
    filled = median(one["filled"] for one in ours[1:])
    yield _compared("empty window painted", floor, floor, None)
    imported = median(one["filled"] for one in bare[1:])
    yield _compared("empty window, SQLAlchemy imported", imported, floor, None)
    yield _compared("shell painted", painted, floor, Goal(ratio=1.6))
    yield _compared(f"first list filled at {size:,}", filled, floor, Goal(ratio=3.3))
    yield _memory(ours[-1])
    loaded = [name for name in HEAVY if name in ours[-1]["modules"]]  # type: ignore[operator]  # the one list told
    row: Row = {"name": "heavy modules at first paint", "value": len(loaded)}
    row |= {"unit": "", "goal": "none", "met": not loaded}
    yield row


def _compared(name: str, value: float, floor: float, goal: Goal | None) -> Row:
    row: Row = {"name": name, "value": round(value * 1000), "unit": "ms"}
    row |= {"floor": round(floor * 1000), "ratio": round(value / floor, 2)}
    return judged(row, goal)


def _memory(told: dict[str, float]) -> Row:
    row: Row = {"name": "memory with the first list", "unit": "MB"}
    if told["memory"] is None:
        return {**row, "value": 0, "unit": "unknown here"}
    value = round(told["memory"])
    return {**row, "value": value, "goal": "<= 180", "met": value <= 180}


def _timed(script: str, arguments: list[str], folder: str) -> dict[str, float]:
    """Run a script; return what it told, its instants in seconds from the start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPYCACHEPREFIX"] = folder
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"the window did not start:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    for name in ("painted", "filled"):
        if name in told:
            told[name] -= began
    return told
