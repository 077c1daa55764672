"""The week to draw on: hours are made, moved and resized by pointer and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.calendars import Interval
from desktop.i18n import gettext as _
from ui.common.week.day_typing import DayTyping
from ui.common.week.hours import FINE_S, STEP_S, joined, moved, with_end
from ui.common.week.paint import paint_axis, paint_focus, paint_pieces, paint_row
from ui.common.week.pieces import (
    AXIS,
    LEFT,
    ROW,
    TALLEST_ROW,
    Grab,
    Hours,
    Layout,
    as_lists,
    as_weekly,
    dragged,
    grab,
    step_of,
)
from ui.common.week.words import day_name, hours_words, interval_words

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class WeekCanvas(QWidget):
    """Shows the hours of seven days.

    `edited` gives the new weekly hours and what was joined by them, in words.
    `told` says what is chosen.
    """

    edited = Signal(object, str)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hours: Hours = [[] for _day in range(7)]
        self._current: tuple[int, int | None] = (0, None)
        self._grab: Grab | None = None
        self._copied: list[Interval] | None = None
        self.is_locked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(AXIS + 7 * TALLEST_ROW)
        self.setAccessibleName(_("Weekly hours"))
        self.typing = DayTyping(self)
        self.typing.typed.connect(self._take_typed)

    def sizeHint(self) -> QSize:
        """Return room for the axis and seven days."""
        return QSize(760, AXIS + 7 * ROW)

    def minimumSizeHint(self) -> QSize:
        """Return the least that still shows an hour."""
        return QSize(480, AXIS + 7 * ROW)

    def layout_now(self) -> Layout:
        """Return where things lie at the present width."""
        return Layout(self.width(), self.height())

    # ------------------------------------------------------------ what is shown

    def show_week(self, weekly: Mapping[int, Sequence[Interval]]) -> None:
        """Show hours; what is chosen stays chosen where it is still there."""
        self._hours = as_lists(weekly)
        day, at = self._current
        if at is None or at >= len(self._hours[day]):
            self._current = (day, 0 if self._hours[day] else None)
        self._say()
        self.update()

    def hours(self, day: int) -> list[Interval]:
        """Return the hours of a day as they stand on the screen."""
        return list(self._hours[day])

    def current(self) -> tuple[int, int | None]:
        """Return the chosen day and the place of the chosen interval in it."""
        return self._current

    def choose(self, day: int, at: int | None) -> None:
        """Choose an interval, or a day without hours."""
        self._current = (day, at if self._hours[day] else None)
        self._say()
        self.update()

    def words(self) -> str:
        """Return what is chosen, in words."""
        day, at = self._current
        if at is None:
            return _("{day}: closed").format(day=day_name(day))
        return f"{day_name(day)}: {interval_words(self._hours[day][at])}"

    def _say(self) -> None:
        words = self.words()
        if words == self.accessibleDescription():
            return
        self.setAccessibleDescription(words)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self.told.emit(words)

    # ------------------------------------------------------------ changing

    def _put(self, hours: Hours, day: int, interval: Interval | None) -> None:
        """Take hours as they now are, joined where they touch, and tell."""
        notes = []
        for number, one in enumerate(hours):
            whole = joined(one)
            if len(whole) < len(one):
                notes.append(f"{day_name(number)} {hours_words(whole)}")
            hours[number] = list(whole)
        self._hours = hours
        at = None
        if interval is not None:
            at = next(
                n
                for n, (start, end) in enumerate(hours[day])
                if start <= interval[0] < end
            )
        elif hours[day]:
            at = min(self._current[1] or 0, len(hours[day]) - 1)
        self._current = (day, at)
        note = ""
        if notes:
            note = _("Hours that touch or overlap were joined: {hours}").format(
                hours="; ".join(notes)
            )
        self._say()
        self.update()
        self.edited.emit(as_weekly(hours), note)

    def _copy(self) -> Hours:
        return [list(one) for one in self._hours]

    def _change(self, interval: Interval, day: int | None = None) -> None:
        """Give the chosen interval other times, or another day."""
        was, at = self._current
        if at is None:
            return
        target = was if day is None else day
        hours = self._copy()
        del hours[was][at]
        hours[target].append(interval)
        self._put(hours, target, interval)

    def set_day(self, day: int, hours: Sequence[Interval]) -> None:
        """Give a day these hours, as if they were drawn."""
        whole = self._copy()
        whole[day] = list(hours)
        self._put(whole, day, hours[0] if hours else None)

    def remove(self) -> None:
        """Take the chosen interval away."""
        day, at = self._current
        if at is not None:
            hours = self._copy()
            del hours[day][at]
            self._put(hours, day, None)

    def type_day(self) -> None:
        """Open the line in which the chosen day's hours are typed."""
        day = self._current[0]
        box = self.layout_now().row_box(day).toRect()
        self.typing.open_at(day, self._hours[day], box.adjusted(0, 4, 0, -4))

    def _take_typed(self, day: int, hours: list[Interval]) -> None:
        self.set_day(day, hours)

    # ------------------------------------------------------------ the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an interval or its end, or begin a new one."""
        if event.button() != Qt.MouseButton.LeftButton or self.is_locked:
            return
        point = event.position()
        if point.x() < LEFT and point.y() >= AXIS:
            self.choose(self.layout_now().row_at(point.y()), 0)
            return
        fine = bool(event.modifiers() & _SHIFT)
        self._grab = grab(self._copy(), self.layout_now(), point, step_of(fine))
        if self._grab is not None and self._grab.how != "make":
            self.choose(self._grab.day, self._grab.at)
        elif self._grab is not None:
            self._current = (self._grab.day, 0 if self._hours[self._grab.day] else None)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; without a button only its shape changes."""
        if self._grab is None:
            self._shape(event.position())
            return
        fine = bool(event.modifiers() & _SHIFT)
        hours, day, at = dragged(
            self._grab, self.layout_now(), event.position(), step_of(fine)
        )
        self._hours = hours
        if at >= 0:
            self._current = (day, at)
            self._say()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what was drawn is told once."""
        taken, self._grab = self._grab, None
        if taken is None:
            return
        fine = bool(event.modifiers() & _SHIFT)
        hours, day, at = dragged(
            taken, self.layout_now(), event.position(), step_of(fine)
        )
        if at < 0 or hours == taken.hours:
            self._hours = taken.hours
            self._current = (taken.day, taken.at if taken.how != "make" else None)
            self.choose(taken.day, self._current[1] or 0)
            return
        self._put(hours, day, hours[day][at])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type the hours of the day clicked twice."""
        if not self.is_locked:
            self._grab = None
            self.choose(self.layout_now().row_at(event.position().y()), 0)
            self.type_day()

    def _shape(self, point: QPointF) -> None:
        found = grab(self._hours, self.layout_now(), point, STEP_S)
        how = found.how if found is not None and not self.is_locked else ""
        shapes = {
            "start": Qt.CursorShape.SizeHorCursor,
            "end": Qt.CursorShape.SizeHorCursor,
            "move": Qt.CursorShape.SizeAllCursor,
            "make": Qt.CursorShape.CrossCursor,
        }
        self.setCursor(shapes.get(how, Qt.CursorShape.ArrowCursor))

    # ------------------------------------------------------------ the keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the canvas from being taken as the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            known = (
                QKeySequence.StandardKey.Copy,
                QKeySequence.StandardKey.Paste,
            )
            if any(event.matches(one) for one in known) or event.key() in _ARROWS:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next interval, or day without one; past the last, leave."""
        stops = self._stops()
        here = stops.index(self._current) if self._current in stops else 0
        at = here + (1 if forward else -1)
        if 0 <= at < len(stops):
            self.choose(*stops[at])
            return True
        return super().focusNextPrevChild(forward)

    def _stops(self) -> list[tuple[int, int | None]]:
        found: list[tuple[int, int | None]] = []
        for day, hours in enumerate(self._hours):
            found += [(day, at) for at in range(len(hours))] or [(day, None)]
        return found

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first interval, coming back at the last."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.choose(*self._stops()[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.choose(*self._stops()[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and resize by arrows, type by Return, remove by Delete."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copied = self.hours(self._current[0])
            self.told.emit(self._copied_words())
        elif self.is_locked:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            if self._copied is not None:
                self.set_day(self._current[0], self._copied)
        elif key in _ARROWS:
            self._arrow(*_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & _CTRL
        ):
            self.type_day()
        else:
            super().keyPressEvent(event)

    def _copied_words(self) -> str:
        day = day_name(self._current[0])
        return _("{day} is copied. Go to another day and paste it.").format(day=day)

    def _arrow(self, along: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        day, at = self._current
        if at is None:
            target = min(6, max(0, day + (down or 0)))
            self.choose(target, 0)
            return
        step = FINE_S if modifiers & _CTRL else STEP_S
        interval = self._hours[day][at]
        if modifiers & _SHIFT:
            if along:
                self._change(with_end(interval, interval[1] + along * step))
        elif along:
            self._change(moved(interval, along * step))
        elif 0 <= day + down <= 6:
            self._change(interval, day + down)

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axis, rows and intervals."""
        painter = QPainter(self)
        layout = self.layout_now()
        paint_axis(painter, layout)
        for day, hours in enumerate(self._hours):
            total = sum(end - start for start, end in joined(hours))
            is_current = self.hasFocus() and self._current[0] == day
            paint_row(painter, layout, day, total, is_current=is_current)
        paint_pieces(painter, layout, self._hours, self._current)
        if self.hasFocus():
            paint_focus(painter, layout, self._hours, self._current)
