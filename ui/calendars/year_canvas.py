"""Twelve months of days, each with what it is; days are chosen by pointer and keys."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.i18n import gettext as _
from ui.calendars.day_marks import draw_day
from ui.calendars.days import DayState
from ui.calendars.words import MONTHS, SHORTEST_DAYS, range_words, state_words
from ui.common.painting import CENTRE, draw_frame, draw_text
from ui.style import tokens

HEAD = 22
NAMES = 18
GAP = 12
WEEKS = 6
LEAST_CELL = 18
"""The least in which a day's figures can be read."""
EASE = 4
"""So much higher is a day where the months scroll anyway."""
BESIDE = (4, 3, 2)
"""So many months stand beside each other: as many as there is room for."""

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class YearCanvas(QWidget):
    """The days of one year; `chosen` when other days are, `acted` by Return.

    `removed` by Delete; `turned` by a key that leaves the year; `laid_out` when the
    months stand otherwise than before.
    """

    chosen = Signal()
    acted = Signal()
    removed = Signal()
    turned = Signal(int)
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: Mapping[date, DayState] = {}
        self.year = 1970
        self._from = self._to = date(1970, 1, 1)
        self._is_dragging = False
        self._beside = BESIDE[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Days of the year"))

    def sizeHint(self) -> QSize:
        """Return room for four months in a line."""
        return QSize(640, 3 * self._least_month())

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the days can be read, as the months now stand."""
        rows = 12 // self._beside
        return QSize(_width_of(BESIDE[-1]), rows * self._least_month() - GAP)

    def _least_month(self) -> int:
        day = LEAST_CELL + (0 if self._beside == BESIDE[0] else EASE)
        return HEAD + NAMES + WEEKS * day + GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many months beside each other as there is room for."""
        super().resizeEvent(event)
        fitting = (one for one in BESIDE if _width_of(one) <= self.width())
        beside = next(fitting, BESIDE[-1])
        if beside != self._beside:
            self._beside = beside
            self.updateGeometry()
            self.update()
            self.laid_out.emit()

    # ------------------------------------------------------------ what is shown

    def show_year(self, year: int, states: Mapping[date, DayState]) -> None:
        """Show the days of a year; in another year the same day stays chosen."""
        self._states = states
        if year != self.year:
            first = _same_day(self._from, year)
            self._from = self._to = first
            self.year = year
        self._say()
        self.update()

    def days(self) -> tuple[date, date]:
        """Return the first and the last day chosen."""
        return min(self._from, self._to), max(self._from, self._to)

    @property
    def day(self) -> date:
        """Return the day the keyboard is on."""
        return self._to

    def choose(self, first: date, last: date | None = None) -> None:
        """Choose a day, or the days up to another."""
        self._from, self._to = first, last or first
        self._say()
        self.update()
        self.chosen.emit()

    def words(self) -> str:
        """Return what is chosen, in words."""
        first, last = self.days()
        if first == last and first in self._states:
            return state_words(self._states[first])
        return range_words(first, last)

    def _say(self) -> None:
        words = self.words()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    # ------------------------------------------------------------ where it lies

    def month_box(self, month: int) -> QRectF:
        """Return the box of a month's days and its two headings."""
        row, column = divmod(month - 1, self._beside)
        rows = 12 // self._beside
        width = (self.width() - (self._beside - 1) * GAP) / self._beside
        height = (self.height() - (rows - 1) * GAP) / rows
        return QRectF(column * (width + GAP), row * (height + GAP), width, height)

    def day_box(self, day: date) -> QRectF:
        """Return where a day lies."""
        box = self.month_box(day.month)
        width = min(box.width() / 7, 30)
        height = min((box.height() - HEAD - NAMES) / WEEKS, 28)
        at = day.replace(day=1).weekday() + day.day - 1
        week, weekday = divmod(at, 7)
        top = box.top() + HEAD + NAMES + week * height
        return QRectF(box.left() + weekday * width, top, width, height)

    def day_at(self, point: QPointF) -> date | None:
        """Return the day at a place."""
        for month in range(1, 13):
            if not self.month_box(month).contains(point):
                continue
            for number in range(1, calendar.monthrange(self.year, month)[1] + 1):
                day = date(self.year, month, number)
                if self.day_box(day).contains(point):
                    return day
        return None

    # ------------------------------------------------------------ pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a day; with Shift the days up to it."""
        day = self.day_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and day is not None:
            self._is_dragging = True
            extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.choose(self._from if extends else day, day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose the days up to the pointer."""
        day = self.day_at(event.position())
        if self._is_dragging and day is not None and day != self._to:
            self.choose(self._from, day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop choosing."""
        self._is_dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Act on the day clicked twice."""
        self._is_dragging = False
        if self.day_at(event.position()) is not None:
            self.acted.emit()

    def event(self, event: QEvent) -> bool:
        """Say a day's words under the pointer."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            state = self._states.get(day) if day is not None else None
            words = state_words(state) if state is not None else ""
            QToolTip.showText(event.globalPos(), _plain(words), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by arrows, choose more with Shift, act by Return, remove by Delete."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key], event.modifiers())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            month = 1 if key == Qt.Key.Key_Home else 12
            self.choose(date(self.year, month, 1 if month == 1 else 31))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.acted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, modifiers: Qt.KeyboardModifier) -> None:
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        day = min(last, max(first, self._to + timedelta(days=by)))
        extends = modifiers & Qt.KeyboardModifier.ShiftModifier
        self.choose(self._from if extends else day, day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the months."""
        painter = QPainter(self)
        colours = tokens()
        for month in range(1, 13):
            box = self.month_box(month)
            title = QRectF(box.left() + 4, box.top(), box.width() - 4, HEAD)
            draw_text(painter, title, _(MONTHS[month - 1]), colours.text, bold=True)
            width = self.day_box(date(self.year, month, 1)).width()
            for weekday, name in enumerate(SHORTEST_DAYS):
                cell = QRectF(
                    box.left() + weekday * width, box.top() + HEAD, width, NAMES
                )
                draw_text(
                    painter, cell, _(name), colours.text2, size="small", align=CENTRE
                )
        first, last = self.days()
        for day, state in self._states.items():
            draw_day(painter, self.day_box(day), state, is_chosen=first <= day <= last)
        if self.hasFocus() and self._to in self._states:
            ring = self.day_box(self._to)
            draw_frame(painter, ring, edge=colours.accent, radius=4, width=2)


def _width_of(months: int) -> int:
    """Return the least width of so many months beside each other."""
    return months * (7 * LEAST_CELL + GAP) - GAP


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _plain(words: str) -> str:
    import html

    return f"<span>{html.escape(words)}</span>" if words else ""
