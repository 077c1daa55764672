"""Somebody who clicks and types anything anywhere, from a seed, and what came of it."""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from PySide6.QtCore import (
    QAbstractListModel,
    QEventLoop,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo import make_demo
from desktop.workspaces import check
from ui.crash import CrashReporter
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT
from ui.style import apply_theme

LETTERS = "abcdefghijklmnopqrstuvwxyz/?@"
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Space),
    *(Qt.Key.Key_Delete, Qt.Key.Key_F1, Qt.Key.Key_Backspace),
)
WITH_CONTROL = (
    *(Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_Z, Qt.Key.Key_A, Qt.Key.Key_C),
    *(Qt.Key.Key_Return, Qt.Key.Key_V, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_2),
)
PEOPLE = ("Sanja Lukić", "Ana Petrović", "Vesna Horvat")
"""A clerk, an agent, and whoever keeps the house."""

PAUSE_MS = 50
HOSTILE = (
    "<b>bold</b> & <img src=x>",
    "=1+1|cmd",
    "../../x.pdf::$DATA",
    "\u202eabc\u202c \u200bword",
    "a\tb\x00c\x1b[31m",
    "ქართული Ђорђе ş ő 漢字 🙂",
    "x" * 5_000,
    "{customer} {nobody} %s {0}",
    "2026-13-45",
    "-1e400",
)


@dataclass
class Findings:
    """What was done, what failed, and how long the window did not answer."""

    done: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    pauses_ms: list[float] = field(default_factory=list)


class Ears(QObject):
    """Takes the place of what would open a file or a page on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def hear(self, url: QUrl) -> None:
        """Note what was asked for, and open nothing."""
        self.asked.append(url.toString())


class Heartbeat(QObject):
    """Notes how late each beat of the GUI thread comes."""

    EVERY_MS = 10

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        self._last = monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(self.EVERY_MS)

    def _beat(self) -> None:
        now = monotonic()
        late = (now - self._last) * 1000 - self.EVERY_MS
        if late > self.EVERY_MS:
            self._findings.pauses_ms.append(late)
        self._last = now


class Monkey:
    """Does one random thing after the other at a studio's window."""

    def __init__(self, studio: Studio, seed: int, findings: Findings) -> None:
        self.studio = studio
        self.dice = random.Random(seed)
        self.findings = findings
        self.page_ids: list[str] = []
        self._acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._click),
            (16, self._letter),
            (18, self._key),
            (6, self._with_control),
            (10, self._type),
            (8, self._page),
            (8, self._row),
            (4, self._action),
            (3, self._escape),
            (1, self._resize),
            (2, self._time),
        )

    def run(self, steps: int, until: float | None = None) -> None:
        """Do so many things, or as many as fit before an instant."""
        weights = [weight for weight, _ in self._acts]
        for _ in range(steps):
            if until is not None and monotonic() > until:
                return
            (act,) = self.dice.choices([one for _, one in self._acts], weights)
            try:
                told = act()
            except Exception as error:  # noqa: BLE001 - what it came here to find
                told = f"{act.__name__} failed"
                note(self.findings, error, told)
            self.findings.done[act.__name__.lstrip("_")] += 1
            self.findings.log.append(told)
            wait(self.dice.choice((1, 5, 20)))
            if not self.studio.window.isVisible():
                self.studio.window.show()

    # ------------------------------------------------------------ where

    def _top(self) -> QWidget:
        """Return the window on top: a menu, a dialog, else the main one."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        dialog = QApplication.activeModalWidget()
        return dialog if dialog is not None else self.studio.window

    def _widgets(self, *kinds: type[QWidget]) -> list[QWidget]:
        top = self._top()
        return [
            one
            for one in top.findChildren(QWidget)
            if isinstance(one, kinds)
            and one.isVisible()
            and one.isEnabled()
            and one.window() is top
        ]

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._top()

    # ------------------------------------------------------------ what

    def _click(self) -> str:
        top = self._top()
        if isinstance(top, QMenu):
            actions = [one for one in top.actions() if one.isEnabled()]
            if actions and self.dice.random() < 0.6:
                action = self.dice.choice(actions)
                told = f"menu {action.text()}"
                action.trigger()
                top.close()
                return told
            top.close()
            return "menu closed"
        if isinstance(top, QFileDialog):
            top.reject()
            return "file dialog closed"
        found = [
            one
            for one in self._widgets(
                QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit
            )
            # Qt's calendar waits inside its month's menu until somebody chooses.
            if not (isinstance(one, QToolButton) and one.menu())
        ]
        if not found:
            return "nothing to click"
        widget = self.dice.choice(found)
        told = f"click {type(widget).__name__} {widget.accessibleName()[:40]!r}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        return told

    def _letter(self) -> str:
        letter = self.dice.choice(LETTERS)
        send(self._target(), letter)
        return f"letter {letter}"

    def _key(self) -> str:
        key = self.dice.choice(KEYS)
        shift = Qt.KeyboardModifier.ShiftModifier
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self._target(), key, self.dice.choice((none, none, none, shift)))
        return f"key {key.name}"

    def _with_control(self) -> str:
        key = self.dice.choice(WITH_CONTROL)
        QTest.keyClick(self._target(), key, Qt.KeyboardModifier.ControlModifier)
        return f"ctrl {key.name}"

    def _type(self) -> str:
        found = self._widgets(QLineEdit, QPlainTextEdit)
        if not found:
            return "nowhere to type"
        field_ = self.dice.choice(found)
        words = self.dice.choice((*HOSTILE, "parcel", "ana", "12", "2026-11-30"))
        field_.setFocus()
        if isinstance(field_, QLineEdit):
            field_.insert(words)
        elif isinstance(field_, QPlainTextEdit) and not field_.isReadOnly():
            field_.insertPlainText(words)
        return f"type {words[:20]!r} into {type(field_).__name__}"

    def _page(self) -> str:
        page = self.dice.choice(self.page_ids)
        if QApplication.activeModalWidget() is None:
            self.studio.window.navigate(page)
            self.findings.pages[page] += 1
        return f"page {page}"

    def _row(self) -> str:
        views = self._widgets(QAbstractItemView)
        if not views:
            return "no list"
        view = self.dice.choice(views)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        if model is None or not model.rowCount(QModelIndex()):
            return "an empty list"
        row = self.dice.randrange(min(60, model.rowCount(QModelIndex())))
        columns = 1
        if not isinstance(model, QAbstractListModel):
            columns = max(1, model.columnCount(QModelIndex()))
        index = model.index(row, self.dice.randrange(columns))
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        at = view.visualRect(index).center()
        double = self.dice.random() < 0.2
        click = QTest.mouseDClick if double else QTest.mouseClick
        modifier = Qt.KeyboardModifier
        held = self.dice.choice(
            (modifier.NoModifier, modifier.NoModifier, modifier.ControlModifier)
        )
        click(view.viewport(), Qt.MouseButton.LeftButton, held, at)
        return f"row {row} of {type(view).__name__}"

    def _action(self) -> str:
        known = self.studio.window.actions_known
        if QApplication.activeModalWidget() is not None:
            return "a dialog is open"
        names = [one.id for one in known.possible() if one.id not in LEFT_ALONE]
        if not names:
            return "no action"
        name = self.dice.choice(names)
        known.run(name)
        return f"action {name}"

    def _escape(self) -> str:
        QTest.keyClick(self._target(), Qt.Key.Key_Escape)
        return "escape"

    def _resize(self) -> str:
        size = self.dice.choice((QSize(1024, 700), QSize(1280, 800), QSize(1920, 1080)))
        self.studio.window.resize(size)
        return f"size {size.width()}"

    def _time(self) -> str:
        self.studio.at += timedelta(minutes=self.dice.choice((1, 7, 45)))
        return "time goes on"


LEFT_ALONE = frozenset({"quit", "person", "palette"})
"""What would end the session; a person who leaves is no finding."""


def note(findings: Findings, error: BaseException, where: str) -> None:
    """Write down an error, with what was done just before."""
    told = "".join(traceback.format_exception(error))
    findings.errors.append(f"{where} after {findings.log[-3:]}\n{told}")


def send(widget: QWidget, words: str) -> None:
    """Type words into a widget, letters of any script."""
    for letter in words:
        QTest.sendKeyEvent(
            QTest.KeyAction.Click,
            widget,
            Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown,
            letter,
            Qt.KeyboardModifier.NoModifier,
        )


def wait(ms: int) -> None:
    """Let the window work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


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
    *,
    seed: int,
    steps: int = 1_000_000,
    minutes: float | None = None,
) -> Findings:
    """Let the monkey sit in for several people in turn; return what it found."""
    findings = Findings()
    begun = monotonic()
    whole = minutes * 60 if minutes is not None else None
    with watched(findings):
        for number, person in enumerate(people):
            own = folder / str(number)
            own.mkdir()
            studio = Studio({"demo": house}, own, at, QSize(1280, 800))
            studio.open(house, person)
            beat = Heartbeat(findings)
            monkey = Monkey(studio, seed + number, findings)
            context = studio.program.context if studio.program else None
            assert context is not None
            monkey.page_ids = [
                one.id
                for one in studio.window.pages.specs
                if one.is_for(context.me) and one.in_rail
            ]
            until = None
            if whole is not None:
                until = begun + whole * (number + 1) / len(people)
            monkey.run(steps // len(people), until)
            beat.deleteLater()
            _leave(studio)
            at = studio.at
    return findings


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
    """Play on the demo for some minutes: `python -m tests.end_to_end.monkey`."""
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.monkey")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="write down everything that was done")
    options = parser.parse_args()
    app = QApplication([])
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory(prefix="counterpart-monkey-") as name:
        folder = Path(name)
        house = make_demo(folder / "demo.counterpart", AT)
        found = play(
            house, folder, AT, PEOPLE, seed=options.seed, minutes=options.minutes
        )
        desk = open_desk(Config(str(house)))
        checked = desk.read(check)
        desk.close()
    if options.log:
        options.log.write_text("\n".join(found.log) + "\n", encoding="utf-8")
    slow = [round(one) for one in found.pauses_ms if one > PAUSE_MS]
    print(f"{found.done.total()} acts, seed {options.seed}: {dict(found.done)}")
    print(f"pages {dict(found.pages)}")
    print(f"pauses over {PAUSE_MS} ms: {len(slow)}, the longest {max(slow, default=0)}")
    differences = checked.found.difference_count
    print(f"verify: {checked.found.checked} requests, {differences} differences")
    for one in found.errors:
        print(one)
    print(f"{len(found.errors)} errors")
    return 1 if found.errors or not checked.is_sound else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
