"""The next days of a series as a list, each of which can be left out."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.session_days import Occurrence
from desktop.i18n import gettext as _
from desktop.queries.series_editor import DaysAhead
from ui.common.buttons import IconButton
from ui.common.labels import PlainLabel
from ui.meetings.series.words import occurrence_words


class DaysList(QWidget):
    """`skip` and `put_back` tell a day of the rule."""

    skip = Signal(object)
    put_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("The next sessions"), bold=True)
        self.note = PlainLabel("", size="small", ink="text2", wraps=True)
        self.lines: list[PlainLabel] = []
        self.buttons: list[IconButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addLayout(self._rows)
        layout.addWidget(self.note)
        layout.addStretch(1)

    def show_days(self, found: DaysAhead, zone: str) -> None:
        """Show days, those left out among them."""
        self._clear()
        for one in found.days:
            self._rows.addWidget(self._row(one, zone))
        self.note.set_ink("broken" if found.never else "text2")
        if found.never:
            self.note.setText(_("This never takes place. Choose other days."))
        elif found.is_all:
            self.note.setText(_("These are all."))
        else:
            self.note.setText(_("And so on."))

    def show_problem(self, words: str) -> None:
        """Say why there are none to show."""
        self._clear()
        self.note.set_ink("text2")
        self.note.setText(words)

    def _clear(self) -> None:
        self.lines, self.buttons = [], []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, one: Occurrence, zone: str) -> QWidget:
        day, what = occurrence_words(one, zone)
        is_out = one.starts_at is None
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        label = PlainLabel(day, ink="text3" if is_out else "text")
        label.setAccessibleName(f"{day}, {what}" if what else day)
        words.addWidget(label)
        if what:
            words.addWidget(PlainLabel(what, size="small", ink="text2", wraps=True))
        row.addLayout(words, 1)
        self.lines.append(label)
        on = one.rule_at.astimezone(ZoneInfo(zone)).date()
        if one.laid == "skipped":
            row.addWidget(self._button("arrow-back-up", _("Put {day} back"), day, on))
        elif not is_out:
            row.addWidget(self._button("x", _("Leave {day} out"), day, on))
        return line

    def _button(self, icon: str, words: str, day: str, on: date) -> IconButton:
        button = IconButton(icon, words.format(day=day))
        told = self.skip if icon == "x" else self.put_back
        button.clicked.connect(lambda: told.emit(on))
        self.buttons.append(button)
        return button
