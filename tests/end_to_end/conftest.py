"""What the tours share: windows on one workspace file, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.crash import CrashReporter
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.screenshots.settling import settle
from ui.screenshots.taking import AT
from ui.style import apply_theme

PATIENCE_MS = 400
"""Reads wait at most so long for the next key; drafts are saved later."""


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = field(default=AT)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        """Move on: ``later(minutes=5)``."""
        self.now += timedelta(**span)


class Seat:
    """A window with somebody at it, used by its keyboard."""

    def __init__(self, workspace: Path, folder: Path, clock: Clock) -> None:
        self.workspace = workspace
        self.clock = clock
        self.window = MainWindow(Preferences(folder / "window.ini"))
        self.broken: list[BaseException] = []
        crash = CrashReporter(lambda: self.window, None, self.window)
        crash.report = lambda error, _context: self.broken.append(error)
        self.program = Program(
            self.window,
            self.window.preferences,
            crash,
            clock,
            Wishes(str(workspace)),
        )
        self.window.resize(1440, 900)
        self.window.show()
        self.program.start()
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is shown; nothing may have broken."""
        settle(self.window, PATIENCE_MS)
        assert not self.broken, self.broken

    def sits(self, name: str) -> Seat:
        """Seat somebody, as choosing them on the start screen does."""
        assert self.program.opened is not None
        person = next(one for one in self.program.opened.people if one.name == name)
        self.window.change_person.emit()
        self.program.sign_in(person.id)
        self.uses()
        return self

    def uses(self) -> None:
        """Bring this window to the front, as a hand on its keyboard does."""
        self.window.activateWindow()
        self.settle()
        assert QApplication.activeWindow() is self.window

    def page(self) -> QWidget:
        """Return the page in front."""
        page = self.window.pages.currentWidget()
        assert page is not None
        return page

    def focused(self) -> QWidget:
        """Return what has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def dialog(self) -> QDialog:
        """Return the dialog that is open."""
        found = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        ]
        assert len(found) == 1, found
        return found[0]

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key where the keyboard is, and wait for what comes of it."""
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        QTest.keyClick(self.focused(), key, held)
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the keyboard is."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focused(), event)
        self.settle()

    def words(self) -> list[str]:
        """Return what the banners say."""
        return self.window.banners.words()

    def close(self) -> None:
        """Take the window down."""
        self.program.close()
        self.window.close()
        self.window.deleteLater()


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> None:
    """Dress the application."""
    apply_theme(qapp, "light")


@pytest.fixture
def clock() -> Clock:
    """Give the clock all windows of a test go by."""
    return Clock()


@pytest.fixture
def open_seat(
    demo_path: Path, tmp_path: Path, clock: Clock
) -> Iterator[Callable[[str], Seat]]:
    """Give a way to open windows on the demo, each with preferences of its own."""
    seats: list[Seat] = []

    def opened(name: str) -> Seat:
        folder = tmp_path / f"seat {len(seats)}"
        folder.mkdir()
        seat = Seat(demo_path, folder, clock)
        seats.append(seat)
        return seat.sits(name)

    yield opened
    for seat in seats:
        seat.close()
