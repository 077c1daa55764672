"""Somebody who clicks and types anything anywhere, from a seed, and what came of it."""

from __future__ import annotations

import faulthandler
import random
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

from PySide6.QtCore import (
    QAbstractListModel,
    QEventLoop,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from tests.heartbeat import Pause
from ui.screenshots.studio import Studio

HANGS_S = 60
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
    windows: Counter[str] = field(default_factory=Counter)
    """How often each page, dialog and menu was on top after something was done."""

    errors: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)


class Monkey:
    """Does one random thing after the other at a studio's window."""

    def __init__(
        self, studio: Studio, house: Path, seed: int, findings: Findings
    ) -> None:
        self.studio = studio
        self.house = house
        self.dice = random.Random(seed)
        self.findings = findings
        self._kept_top: QWidget | None = None
        self._tried: Counter[str] = Counter()
        self._acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (30, self._click),
            (16, self._letter),
            (18, self._key),
            (6, self._with_control),
            (10, self._type),
            (8, self._page),
            (8, self._row),
            (6, self._action),
            (3, self._escape),
            (1, self._resize),
            (2, self._time),
        )

    def run(self, steps: int, until: float | None = None) -> None:
        """Do so many things, or as many as fit before an instant."""
        weights = [weight for weight, _ in self._acts]
        for _ in range(steps):
            if until is not None and monotonic() > until:
                break
            (act,) = self.dice.choices([one for _, one in self._acts], weights)
            # Whoever hangs is told of, with every thread's stack.
            faulthandler.dump_traceback_later(HANGS_S)
            try:
                if not self._left_qts_own():
                    act()
            except Exception as error:  # noqa: BLE001 - what it came here to find
                note(self.findings, error, f"{act.__name__} failed")
            self.findings.done[act.__name__.lstrip("_")] += 1
            wait(self.dice.choice((1, 5, 20)))
            self.findings.windows[self._name_of_top()] += 1
            if not self.studio.window.isVisible():
                self.studio.window.show()
        faulthandler.cancel_dump_traceback_later()

    def _left_qts_own(self) -> bool:
        """Leave Qt's own dialog for files: it asks back in a loop nobody ends."""
        top = self._top()
        if isinstance(top, QFileDialog):
            self._tell("file dialog closed")
            top.reject()
            return True
        return False

    def _tell(self, words: str) -> None:
        """Write down what is about to be done: the last line is what ended it."""
        self.findings.log.append(words)

    # ------------------------------------------------------------ where

    def _top(self) -> QWidget:
        """Return the window on top: a menu, a dialog, a second one, else the main."""
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        active = QApplication.activeWindow()
        # Let go of, what Python knows of its children would go with it.
        self._kept_top = found or active or self.studio.window
        return self._kept_top

    def _name_of_top(self) -> str:
        top = self._top()
        if top is self.studio.window:
            page = self.studio.window.pages.currentWidget()
            return type(page).__name__
        return type(top).__name__

    def _widgets(self, *kinds: type[QWidget]) -> list[QWidget]:
        top = self._top()
        return [
            one
            for one in top.findChildren(QWidget)
            if isValid(one)
            and isinstance(one, kinds)
            and one.isVisible()
            and one.isEnabled()
            and one.window() is top
        ]

    def _newest(self, names: list[str]) -> int:
        """Choose one of several, rather what was seldom chosen: it is curious."""
        weights = [1 / (1 + self._tried[name]) for name in names]
        (chosen,) = self.dice.choices(range(len(names)), weights)
        self._tried[names[chosen]] += 1
        return chosen

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._top()

    # ------------------------------------------------------------ what

    def _click(self) -> None:
        top = self._top()
        if isinstance(top, QMenu):
            actions = [one for one in top.actions() if one.isEnabled()]
            if actions and self.dice.random() < 0.6:
                action = self.dice.choice(actions)
                self._tell(f"menu {action.text()}")
                action.trigger()
            else:
                self._tell("menu closed")
            top.close()
            return
        found = [
            one
            for one in self._widgets(
                QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit
            )
            # Qt's calendar waits inside its month's menu until somebody chooses.
            if not (isinstance(one, QToolButton) and one.menu())
        ]
        if found:
            names = [f"{type(one).__name__} {one.accessibleName()}" for one in found]
            chosen = self._newest(names)
            widget = found[chosen]
            self._tell(f"click {names[chosen][:60]}")
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def _letter(self) -> None:
        letter = self.dice.choice(LETTERS)
        self._tell(f"letter {letter} at {type(self._target()).__name__}")
        send(self._target(), letter)

    def _key(self) -> None:
        key = self.dice.choice(KEYS)
        shift = Qt.KeyboardModifier.ShiftModifier
        none = Qt.KeyboardModifier.NoModifier
        held = self.dice.choice((none, none, none, shift))
        self._tell(f"key {held.name} {key.name} at {type(self._target()).__name__}")
        QTest.keyClick(self._target(), key, held)

    def _with_control(self) -> None:
        key = self.dice.choice(WITH_CONTROL)
        self._tell(f"ctrl {key.name} at {type(self._target()).__name__}")
        QTest.keyClick(self._target(), key, Qt.KeyboardModifier.ControlModifier)

    def _type(self) -> None:
        found = self._widgets(QLineEdit, QPlainTextEdit)
        if not found:
            return
        field_ = self.dice.choice(found)
        words = self.dice.choice((*HOSTILE, "parcel", "ana", "12", "2026-11-30"))
        self._tell(f"type {words[:20]!r} into {type(field_).__name__}")
        field_.setFocus()
        if isinstance(field_, QLineEdit):
            field_.insert(words)
        elif isinstance(field_, QPlainTextEdit) and not field_.isReadOnly():
            field_.insertPlainText(words)

    def _page(self) -> None:
        if QApplication.activeModalWidget() is not None:
            return
        window = self.studio.window
        if window.pages.currentWidget() is None:
            self._sit_down()
            return
        page = self.dice.choice([one.id for one in window.pages.specs if one.in_rail])
        self._tell(f"page {page}")
        window.navigate(page)
        self.findings.pages[page] += 1

    def _sit_down(self) -> None:
        """Be somebody again after a while on the first screen."""
        program = self.studio.program
        assert program is not None
        if program.opened is None:
            self._tell("the workspace is opened again")
            program.open_workspace(str(self.house))
        elif program.opened.people:
            person = self.dice.choice(program.opened.people)
            self._tell(f"{person.name} sits down")
            program.sign_in(person.id)

    def _row(self) -> None:
        views = self._widgets(QAbstractItemView)
        if not views:
            return
        view = self.dice.choice(views)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        if model is None or not model.rowCount(QModelIndex()):
            return
        row = self.dice.randrange(min(60, model.rowCount(QModelIndex())))
        columns = 1
        if not isinstance(model, QAbstractListModel):
            columns = max(1, model.columnCount(QModelIndex()))
        index = model.index(row, self.dice.randrange(columns))
        self._tell(f"row {row} of {type(view).__name__}")
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        at = view.visualRect(index).center()
        double = self.dice.random() < 0.2
        click = QTest.mouseDClick if double else QTest.mouseClick
        modifier = Qt.KeyboardModifier
        held = self.dice.choice(
            (modifier.NoModifier, modifier.NoModifier, modifier.ControlModifier)
        )
        click(view.viewport(), Qt.MouseButton.LeftButton, held, at)

    def _action(self) -> None:
        known = self.studio.window.actions_known
        if QApplication.activeModalWidget() is not None:
            return
        names = [one.id for one in known.possible() if one.id not in LEFT_ALONE]
        if names:
            name = names[self._newest(names)]
            self._tell(f"action {name}")
            known.run(name)

    def _escape(self) -> None:
        self._tell(f"escape at {type(self._target()).__name__}")
        QTest.keyClick(self._target(), Qt.Key.Key_Escape)

    def _resize(self) -> None:
        size = self.dice.choice((QSize(1024, 700), QSize(1280, 800), QSize(1920, 1080)))
        self._tell(f"size {size.width()}")
        self.studio.window.resize(size)

    def _time(self) -> None:
        self._tell("time goes on")
        self.studio.at += timedelta(minutes=self.dice.choice((1, 7, 45)))


LEFT_ALONE = frozenset({"quit", "person", "palette"})
"""What would end the session; a person who leaves is no finding."""


def note(findings: Findings, error: BaseException, where: str) -> None:
    """Write down an error, with what was done just before."""
    told = "".join(traceback.format_exception(error))
    findings.errors.append(f"{where} after {findings.log[-3:]}\n{told}")
    # At once: what failed may bring the process down, as a painting left open does.
    findings.log.append(told)
    traceback.clear_frames(error.__traceback__)


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
