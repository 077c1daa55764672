"""A coordinator before the calendars page of the small house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.calendars import CalendarSpec
from desktop.queries.calendars import CalendarDetails, calendar_details
from tests.small_house import SmallHouse
from ui.calendars.page import CalendarsPage
from ui.calendars.spec import PAGES
from ui.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """The page with somebody before it, and what a test asks of it."""

    house: SmallHouse
    window: MainWindow
    page: CalendarsPage
    qtbot: Any

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    @property
    def canvas(self):
        """Return the week editor."""
        return self.page.week.canvas

    @property
    def spec(self) -> CalendarSpec:
        """Return the calendar as it would be saved."""
        return self.page.draft.spec

    def stored(self) -> CalendarDetails:
        """Return the calendar of the house as it is kept."""
        return self.house.read(calendar_details, self.house.calendar_id)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget that is there."""
        assert widget.isVisible()
        place = at if at is not None else widget.rect().center()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def keys_to(self, widget: QWidget) -> None:
        """Give a widget the keyboard."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        widget.setFocus()
        self.until(widget.hasFocus)

    def key(self, widget: QWidget, key: Qt.Key, modifier: Any = NONE) -> None:
        """Press a key in a widget."""
        self.qtbot.keyClick(widget, key, modifier)

    def place(self, day: int, hours: float) -> QPoint:
        """Return where a time of a day lies in the week editor."""
        layout = self.canvas.layout_now()
        box = layout.row_box(day)
        return QPointF(layout.x(hours * 3600), box.center().y()).toPoint()

    def drag(
        self, start: tuple[int, float], end: tuple[int, float], modifier: Any = NONE
    ) -> None:
        """Drag in the week editor from a day and hour to another, on the way too."""
        left, canvas = Qt.MouseButton.LeftButton, self.canvas
        a, b = self.place(*start), self.place(*end)
        self.qtbot.mousePress(canvas, left, modifier, pos=a)
        self.move((a + b) / 2, modifier)
        self.move(b, modifier)
        self.qtbot.mouseRelease(canvas, left, modifier, pos=b)

    def move(self, point: QPoint, modifier: Any) -> None:
        """Move the pointer with its left button down."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(self.canvas.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            modifier,
        )
        QApplication.sendEvent(self.canvas, event)

    def dialog(self, kind: type[QDialog] = QDialog) -> Any:
        """Wait for a dialog and return it."""
        self.until(lambda: self._open(kind))
        return self._open(kind)[0]

    def _open(self, kind: type[QDialog]) -> list[QDialog]:
        return [one for one in self.page.findChildren(kind) if one.isVisible()]

    def no_dialog(self) -> None:
        """Wait until every dialog is closed."""
        self.until(lambda: not self._open(QDialog))

    def save(self) -> None:
        """Click Save, and wait until it is kept."""
        lock = self.stored().lock
        self.click(self.page.head.save_button)
        self.until(lambda: self.stored().lock > lock)
        self.until(lambda: not self.page.draft.is_changed)
        self.until(lambda: self.page._chosen().details.lock == self.stored().lock)

    def year(self) -> None:
        """Show the year."""
        self.page.show_part("year")
        self.until(self.page.year.canvas.isVisible)

    def choose_days(self, first: date, last: date) -> None:
        """Click a day of the year, and another with Shift."""
        canvas = self.page.year.canvas
        for day, modifier in ((first, NONE), (last, Qt.KeyboardModifier.ShiftModifier)):
            at = canvas.day_box(day).center().toPoint()
            self.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, modifier, pos=at)
        assert canvas.days() == (first, last)


@pytest.fixture
def sit(seat, window, small_house, qtbot) -> Callable[..., Desk]:
    """Give a way to open the page in a window of some size."""

    def open_it(width: int = 1440, height: int = 900) -> Desk:
        context = seat("Marko Ivić")
        window.detach()
        window.attach(context, PAGES)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        window.navigate("calendars")
        page = window.pages.page("calendars")
        assert isinstance(page, CalendarsPage)
        made = Desk(small_house, window, page, qtbot)
        made.until(lambda: page._chosen() is not None)
        return made

    return open_it


@pytest.fixture
def desk(sit) -> Desk:
    """Give the page at the calendar of the house."""
    return sit()
