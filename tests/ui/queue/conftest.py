"""The registry's agent at a queue of every section."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt

from tests.small_house import SmallHouse
from tests.ui.queue.rich_queue import fill
from ui.main_window import MainWindow
from ui.queue.page import PAGES as QUEUE
from ui.queue.queue_page import QueuePage
from ui.request.page import PAGES as REQUEST


@dataclass
class Desk:
    """A window with the queue in front, and what is in it."""

    window: MainWindow
    page: QueuePage
    house: SmallHouse
    made: dict[str, int]
    qtbot: object

    def until(self, true) -> None:
        """Wait until something is so; fails when it never is."""
        self.qtbot.waitUntil(true, timeout=15_000)

    def choose(self, name: str) -> None:
        """Choose a row by its short name and wait for its pane."""
        wanted = self.made[name]
        assert self.page.table.choose(wanted)
        self.until(lambda: self.shown() == wanted)

    def shown(self) -> int | None:
        """Return the id of the request the pane shows now."""
        details = self.page.pane.details
        return details.id if details is not None else None

    def press(self, key: str) -> None:
        """Press a letter while the table has the keyboard."""
        self.page.table.setFocus()
        self.qtbot.keyClick(self.page.table, key)

    def ids(self) -> list[int]:
        """Return the ids in the table from top to bottom."""
        model = self.page.model
        rows = (model.entry(place) for place in range(model.rowCount()))
        return [row.id for row in rows if row is not None]

    def row(self, name: str):
        """Return a row of the table by its short name."""
        model = self.page.model
        return model.entry(model.place_of(self.made[name]))

    def click(self, widget) -> None:
        """Click a widget with the left button."""
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def program(program):
    """Give the program with the queue and the pages of requests."""
    program.features = replace(program.features, pages=lambda: [*QUEUE, *REQUEST])
    return program


@pytest.fixture
def desk(small_house, seat, window, qtbot) -> Desk:
    """Seat the registry's Dušan in front of a rich queue."""
    made = fill(small_house)
    seat("Dušan Kovač")
    window.resize(1440, 900)
    window.show()
    window.navigate("queue")
    page = window.pages.page("queue")
    assert isinstance(page, QueuePage)
    made_desk = Desk(window, page, small_house, made, qtbot)
    made_desk.until(lambda: len(made_desk.ids()) == len(made))
    return made_desk
