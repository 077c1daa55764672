"""A coordinator before the meetings page of a house with a week behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog

from desktop.queries.meeting_rows import BoardItem
from tests.queries.test_agenda import a_series, lived_in
from tests.small_house import SmallHouse
from ui.main_window import MainWindow
from ui.meetings.page import MeetingsPage
from ui.meetings.spec import PAGES


@dataclass
class Sitting:
    """The page with somebody before it, and what a test asks of it."""

    house: SmallHouse
    window: MainWindow
    page: MeetingsPage
    qtbot: Any

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    def settled(self) -> None:
        """Wait until nothing is being written or read."""
        page = self.page
        self.until(lambda: page.edits.is_settled and not page._is_reading)
        self.until(lambda: not page._is_wanted and not page._is_reading)

    def titles(self) -> list[str]:
        """Return the running order as it reads."""
        words = self.page.edits.words
        assert words is not None
        items = self.page.agenda.list.order.items()
        return [words.item_title(one.running) for one in items]

    def items(self) -> tuple[BoardItem, ...]:
        """Return the items on screen."""
        return self.page.agenda.list.order.items()

    def click(self, widget: Any) -> None:
        """Click in the middle of a widget that is there."""
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, *more: Qt.KeyboardModifier) -> None:
        """Press a key in the running order."""
        order = self.page.agenda.list
        # Where there is no window system nobody gives a window back its keys.
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        order.setFocus()
        modifier = more[0] if more else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(order, key, modifier)

    def dialog(self, kind: type[QDialog] = QDialog) -> Any:
        """Wait for a dialog and return it."""
        self.until(lambda: self._open(kind))
        return self._open(kind)[0]

    def _open(self, kind: type[QDialog]) -> list[QDialog]:
        return [one for one in self.page.findChildren(kind) if one.isVisible()]

    def no_dialog(self) -> None:
        """Wait until every dialog is closed."""
        self.until(lambda: not self._open(QDialog))

    def picture(self) -> QImage:
        """Return the page of paper shown, once it is drawn."""
        preview = self.page.preview
        self.until(preview.is_current)
        return QImage(preview.view.image())

    def draft(self) -> None:
        """Click the button that drafts the agenda."""
        self.settled()
        self.qtbot.keyClick(self.page, Qt.Key.Key_D)
        self.until(self.items)
        self.settled()

    def choose(self, title: str) -> int:
        """Choose an item by its title; returns its id."""
        self.until(lambda: title in self.titles())
        at = self.titles().index(title)
        self.page.agenda.list.choose(self.items()[at].id)
        return self.items()[at].id


@pytest.fixture
def sit(seat, window, small_house, qtbot) -> Callable[[int, int], Sitting]:
    """Give a way to open the page in a window of some size."""

    def open_it(width: int = 1440, height: int = 900) -> Sitting:
        context = seat("Marko Ivić")
        window.detach()
        window.attach(context, PAGES)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        window.navigate("meetings")
        page = window.pages.page("meetings")
        assert isinstance(page, MeetingsPage)
        return Sitting(small_house, window, page, qtbot)

    return open_it


@pytest.fixture
def sitting(small_house, sit) -> Sitting:
    """Give the page of a house whose series plans its sessions as the page opens."""
    lived_in(small_house)
    a_series(small_house)
    made = sit()
    made.until(lambda: made.page.edits.board is not None)
    made.settled()
    return made


@pytest.fixture
def planned(sitting) -> Sitting:
    """Give the page at a session just planned."""
    return sitting


@pytest.fixture
def drafted(planned) -> Sitting:
    """Give the page at a session whose agenda was drafted."""
    planned.draft()
    return planned
