"""The line in which a day's hours are typed, laid over its row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.calendars import Interval
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from ui.common.inputs import LineInput
from ui.common.week.hours import hours_text, parse_hours
from ui.common.week.words import day_name, problem_of


class DayTyping(LineInput):
    """Return takes what was typed, Escape leaves it; a refusal keeps it open."""

    typed = Signal(int, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            limit=400,
            placeholder=_("closed; or hours like 08:00-12:00, 12:30-16:00"),
            parent=parent,
        )
        self._day = 0
        self.hide()
        self.textEdited.connect(lambda _words: self._mark(""))

    def open_at(self, day: int, hours: Sequence[Interval], box: QRect) -> None:
        """Open over a day's row with its hours to be changed."""
        self._day = day
        self._mark("")
        self.setAccessibleName(_("Hours of {day}").format(day=day_name(day)))
        self.setText(hours_text(hours))
        self.setGeometry(box)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take or leave what was typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed when the keyboard goes elsewhere, if it can be read."""
        super().focusOutEvent(event)
        away = event.reason() in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if away and self.isVisible():
            self.take()

    def take(self) -> None:
        """Give what was typed, or say what is wrong with it and stay."""
        try:
            hours = parse_hours(self.text())
        except Invalid as problem:
            self._mark(problem_of(problem))
            return
        self.close_line()
        self.typed.emit(self._day, hours)

    def close_line(self) -> None:
        """Leave what was typed, and give the keyboard back."""
        self._mark("")
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, words: str) -> None:
        self.setProperty("refused", bool(words))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(words)
        self.refused.emit(words)
