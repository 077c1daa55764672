"""A session in progress in a window of its own, before its chair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.queries.sitting import SittingBoard
from tests.small_house import SmallHouse
from tests.use_cases.sittings import begun
from ui.meetings.sitting.window import SittingWindow


@dataclass
class InSession:
    """The window, and what a test asks of it."""

    house: SmallHouse
    window: SittingWindow
    meeting_id: int
    qtbot: Any

    @property
    def board(self) -> SittingBoard:
        """Return the session as shown."""
        assert self.window.board is not None
        return self.window.board

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def settled(self) -> None:
        """Wait until everything is written and read."""
        self.until(lambda: self.window.link.is_settled)

    def key(self, key: Qt.Key, *more: Qt.KeyboardModifier) -> None:
        """Press a key where the keyboard is."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        target = QApplication.focusWidget() or self.window
        modifier = more[0] if more else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(target, key, modifier)
        QApplication.processEvents()
        self.settled()

    def type(self, words: str) -> None:
        """Type words where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClicks(target, words)

    def number(self) -> int:
        """Return the number of the item under discussion."""
        item = self.window.current()
        assert item is not None
        return item.item.number


@pytest.fixture
def in_session(seat, small_house, qtbot) -> InSession:
    """Begin the session of the small house and open its window."""
    meeting = begun(small_house)
    context = seat("Marko Ivić")
    window = SittingWindow(context, meeting)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = InSession(small_house, window, meeting, qtbot)
    made.until(lambda: window.board is not None)
    return made
