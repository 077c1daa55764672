"""A field for a date: typed in the reader's way, or chosen from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import IconButton
from ui.common.inputs import LineInput, is_submit, send_on
from ui.common.typed_dates import date_in_order
from ui.style import dress


class DateInput(QWidget):
    """A date typed in the reader's way or as 2026-05-16, or chosen from a calendar."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.line = LineInput(limit=40, name=name, placeholder=self._example())
        self.line.textChanged.connect(self.changed)
        self._button = IconButton("calendar", _("Choose a date"), key="Alt+Down")
        # Who types passes on with one Tab; the key opens the calendar all the same.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._choose)
        self.line.installEventFilter(self)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._button)
        self._earliest: date | None = None
        self._latest: date | None = None
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        """Give the line its name: it is what has the keyboard."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def set_range(self, earliest: date | None, latest: date | None) -> None:
        """Offer only these days in the calendar; what is typed is judged elsewhere."""
        self._earliest, self._latest = earliest, latest

    @classmethod
    def _example(cls) -> str:
        shown = QLocale().toString(QDate(2026, 12, 31), cls._pattern())
        return _("for example {date}").format(date=shown)

    @staticmethod
    def _pattern() -> str:
        pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")

    def value(self) -> str | None:
        """Return the date as 2026-05-16; what is not a date comes back as typed."""
        words = self.line.text().strip()
        if not words:
            return None
        try:
            return date.fromisoformat(words).isoformat()
        except ValueError:
            found = date_in_order(words, self._pattern())
        if not found.isValid():
            return words
        return found.toString(Qt.DateFormat.ISODate)

    def set_value(self, value: str | None) -> None:
        """Show a date given as 2026-05-16."""
        found = QDate.fromString(value or "", Qt.DateFormat.ISODate)
        shown = QLocale().toString(found, self._pattern()) if found.isValid() else ""
        self.line.setText(shown or (value or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the calendar on Alt+Down; Ctrl+Return sends, as in any field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if is_submit(event):
                send_on(event, self, self.submitted)
                return True
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down:
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        calendar = QCalendarWidget(self)
        dress(calendar, "month")
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(
            QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        )
        if self._earliest is not None:
            calendar.setMinimumDate(_as_qdate(self._earliest))
        if self._latest is not None:
            calendar.setMaximumDate(_as_qdate(self._latest))
        current = QDate.fromString(self.value() or "", Qt.DateFormat.ISODate)
        if current.isValid():
            calendar.setSelectedDate(current)

        def take(chosen: QDate) -> None:
            self.set_value(chosen.toString(Qt.DateFormat.ISODate))
            calendar.close()
            self.line.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        calendar.show()
        calendar.setFocus()


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
