"""A seeded monkey at the demo: `python -m tests.end_to_end.playing --minutes 10`."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QObject, QSize, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMainWindow
from shiboken6 import isValid

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo import make_demo
from desktop.workspaces import check
from tests.end_to_end.monkey import Findings, Monkey, note, wait
from tests.heartbeat import PAUSE_MS, Heartbeat
from ui.collector import Collector
from ui.crash import CrashReporter
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT
from ui.style import apply_theme

OPENS_S = 60
PEOPLE = ("Sanja Lukić", "Ana Petrović", "Vesna Horvat")
"""A clerk, an agent, and whoever keeps the house."""


class Ears(QObject):
    """Takes the place of what would open a file or a page on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def hear(self, url: QUrl) -> None:
        """Note what was asked for, and open nothing."""
        self.asked.append(url.toString())


class Log(list[str]):
    """What was done, also written to a file at once: it outlives a crash."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("w", encoding="utf-8", buffering=1)

    def append(self, words: str) -> None:
        """Note one more thing."""
        super().append(words)
        self._file.write(f"{words}\n")


@contextmanager
def watched(findings: Findings) -> Iterator[None]:
    """Note every error nobody caught, and open nothing outside the program."""
    hook, thread_hook = sys.excepthook, threading.excepthook
    report = CrashReporter.report

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR:
                findings.errors.append(self.format(record))

    handler = Handler()
    logging.getLogger().addHandler(handler)
    ears = Ears()
    for scheme in ("file", "http", "https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, ears, "hear")
    sys.excepthook = lambda kind, error, trace: note(findings, error, "window")
    threading.excepthook = lambda args: note(
        findings, args.exc_value or RuntimeError("thread"), "thread"
    )
    CrashReporter.report = lambda self, error, context: note(findings, error, context)
    try:
        yield
    finally:
        CrashReporter.report = report
        sys.excepthook, threading.excepthook = hook, thread_hook
        logging.getLogger().removeHandler(handler)
        for scheme in ("file", "http", "https", "mailto"):
            QDesktopServices.unsetUrlHandler(scheme)


def play(
    house: Path,
    folder: Path,
    at: datetime,
    people: tuple[str, ...],
    findings: Findings,
    *,
    seed: int,
    steps: int = 1_000_000,
    minutes: float | None = None,
) -> Findings:
    """Let the monkey sit in for several people in turn; return what it found."""
    begun = monotonic()
    whole = minutes * 60 if minutes is not None else None
    with watched(findings):
        for number, person in enumerate(people):
            own = folder / str(number)
            own.mkdir()
            studio = Studio({"demo": house}, own, at, QSize(1280, 800))
            studio.open(house, person)
            _wait_until_seated(studio)
            beat = Heartbeat(findings.pauses.append)
            monkey = Monkey(studio, house, seed + number, findings)
            until = None
            if whole is not None:
                until = begun + whole * (number + 1) / len(people)
            monkey.run(steps // len(people), until)
            beat.stop()
            _leave(studio)
            at = studio.at
    return findings


def _wait_until_seated(studio: Studio) -> None:
    """Wait until the person's first page is imported."""
    until = monotonic() + OPENS_S
    assert studio.program is not None
    while studio.program.context is None:
        assert monotonic() < until, "the window did not open"
        wait(20)


def _leave(studio: Studio) -> None:
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    for widget in QApplication.topLevelWidgets():
        is_other = isValid(widget) and not isinstance(widget, QMainWindow)
        if is_other and widget.isVisible():
            widget.close()
    studio.settle()
    studio.close()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def main() -> int:
    """Play on the demo for some minutes: `python -m tests.end_to_end.playing`."""
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.playing")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="write down everything that was done")
    options = parser.parse_args()
    faulthandler.enable()
    app = QApplication([])
    # As in the program: elsewhere Python frees Qt's objects in any thread, and crashes.
    Collector(app)
    apply_theme(app, "light")
    findings = Findings()
    if options.log:
        # A line at a time: what was done last is known even after a crash.
        findings.log = Log(options.log)
    with tempfile.TemporaryDirectory(prefix="counterpart-monkey-") as name:
        folder = Path(name)
        # "Try the demo" makes its own: not the user's, nor another monkey's.
        for place in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[place] = str(folder / place)
        house = make_demo(folder / "demo.counterpart", AT)
        found = play(
            *(house, folder, AT, PEOPLE, findings),
            seed=options.seed,
            minutes=options.minutes,
        )
        desk = open_desk(Config(str(house)))
        checked = desk.read(check)
        desk.close()
    slow = [round(one.ms) for one in found.pauses if one.ms > PAUSE_MS]
    print(f"{found.done.total()} acts, seed {options.seed}: {dict(found.done)}")
    print(f"pages {dict(found.pages)}")
    print(f"on top {dict(found.windows.most_common())}")
    print(f"pauses over {PAUSE_MS} ms: {len(slow)}, the longest {max(slow, default=0)}")
    differences = checked.found.difference_count
    print(f"verify: {checked.found.checked} requests, {differences} differences")
    for one in (*checked.found.differences, *found.errors):
        print(one)
    print(f"{len(found.errors)} errors")
    return 1 if found.errors or not checked.is_sound else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
