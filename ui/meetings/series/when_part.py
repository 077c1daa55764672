"""When a series meets: first day, rhythm, days left out, and what that comes to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.errors import Invalid
from desktop.domain.rhythms import Rhythm
from desktop.domain.series_drafts import LONGEST, MOST_AHEAD, SHORTEST, SeriesDraft
from desktop.domain.session_days import HolidayRule
from desktop.i18n import gettext as _
from desktop.reports.rhythm_words import HOLIDAYS, rhythm_words
from ui.common.buttons import Button
from ui.common.date_input import DateInput
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.stepped_inputs import minutes_input, number_input, time_input
from ui.meetings.series.days_list import DaysList
from ui.meetings.series.fields import day_of, show_time, time_of
from ui.meetings.series.rhythm_field import RhythmField


class WhenPart(QWidget):
    """`changed` whenever the days may be others now."""

    changed = Signal()

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._first: date | None = None
        self.skipped: set[date] = set()
        self.starts_on = DateInput()
        self.at = time_input(10)
        self.minutes = minutes_input(60, SHORTEST, LONGEST)
        self.rhythm = RhythmField()
        self.holidays = ChoiceInput([(one, _(HOLIDAYS[one])) for one in HolidayRule])
        self.ahead = number_input(2, 1, MOST_AHEAD, width=80)
        self.out = DateInput()
        self.out_button = Button(_("Leave out"), kind="quiet", icon="minus")
        self.chips = QWidget()
        self._chips = FlowLayout(self.chips, spacing=4)
        self.sentence = PlainLabel("", ink="text2", wraps=True)
        self.days = DaysList()
        self._boxes()
        self._place()
        self._connect()

    def _boxes(self) -> None:
        out = QWidget()
        row = QHBoxLayout(out)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.out, 1)
        row.addWidget(self.out_button)
        out.setFocusProxy(self.out)
        self.boxes = {
            "starts_on": Labelled(_("First session"), self.starts_on, needed=True),
            "at": Labelled(_("Begins at"), self.at),
            "minutes": Labelled(_("Length"), self.minutes),
            "rule": Labelled(_("How often"), self.rhythm),
            "holidays": Labelled(
                _("When either unit is closed on that day"), self.holidays
            ),
            "ahead": Labelled(_("Sessions planned ahead"), self.ahead),
            "skipped_days": Labelled(_("Days left out"), out),
        }
        self.out.setAccessibleName(_("A day to leave out"))

    def _place(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.boxes["starts_on"], 0, 0)
        grid.addWidget(self.boxes["at"], 0, 1)
        grid.addWidget(self.boxes["minutes"], 0, 2)
        grid.addWidget(self.boxes["rule"], 1, 0, 1, 3)
        grid.addWidget(self.sentence, 2, 0, 1, 3)
        grid.addWidget(self.boxes["holidays"], 3, 0, 1, 2)
        grid.addWidget(self.boxes["ahead"], 3, 2)
        grid.addWidget(self.boxes["skipped_days"], 4, 0, 1, 3)
        grid.addWidget(self.chips, 5, 0, 1, 3)
        left = QVBoxLayout()
        left.addLayout(grid)
        left.addStretch(1)
        self._sides = QHBoxLayout(self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(24)
        self._sides.addLayout(left, 1)
        self.days.setFixedWidth(280)
        self._sides.addWidget(self.days)

    def stack(self) -> None:
        """Show the days ahead below, where both side by side have no room."""
        self._sides.setDirection(QHBoxLayout.Direction.TopToBottom)

    def _connect(self) -> None:
        self.starts_on.changed.connect(self._first_changed)
        self.at.timeChanged.connect(lambda _at: self._say())
        self.rhythm.changed.connect(self._say)
        self.holidays.chosen.connect(lambda _one: self._say())
        self.out_button.clicked.connect(self._leave_out)
        self.out.submitted.connect(self._leave_out)
        self.days.skip.connect(self.skip)
        self.days.put_back.connect(self.put_back)

    # ------------------------------------------------------------ showing

    def take(self, said: SeriesDraft) -> None:
        """Show when a series meets."""
        rhythm = Rhythm.of(said.rule, said.zone, said.starts_on)
        self._zone = said.zone
        self._first = said.starts_on
        self.skipped = set(said.skipped_days)
        self.starts_on.set_value(said.starts_on.isoformat())
        show_time(self.at, said.at)
        self.minutes.setValue(said.minutes)
        self.rhythm.take(rhythm, said.starts_on, said.rule)
        self.holidays.set_value(said.holidays)
        self.ahead.setValue(said.ahead)
        self._show_chips()
        self._say()

    def beside(self) -> list[str]:
        """Return the days left out."""
        return [day.isoformat() for day in sorted(self.skipped)]

    def put_beside(self, content: list[str]) -> None:
        """Leave these days out."""
        self.skipped = {date.fromisoformat(day) for day in content}
        self._show_chips()

    def _first_changed(self) -> None:
        self.boxes["starts_on"].show_problem("")
        try:
            day = day_of(self.starts_on, "starts_on")
        except Invalid:
            self._say()
            return
        if day != self._first:
            self._first = day
            self.rhythm.begin_on(day)

    def _say(self) -> None:
        """Say the rule as a sentence, so that nobody has to work it out."""
        self.boxes["rule"].show_problem("")
        words = ""
        try:
            rhythm = self.rhythm.rhythm()
            day = day_of(self.starts_on, "starts_on")
            if rhythm is not None:
                rhythm.rule(self._zone)
                words = rhythm_words(rhythm, day, time_of(self.at))
        except Invalid:
            words = ""
        self.sentence.setText(words)
        self.changed.emit()

    # ------------------------------------------------------------ exceptions

    def _leave_out(self) -> None:
        box = self.boxes["skipped_days"]
        try:
            day = day_of(self.out, "skipped_days")
        except Invalid:
            box.refuse(_("Write a date like 2026-05-16, or choose one."))
            return
        box.show_problem("")
        self.out.set_value(None)
        self.skip(day)

    def skip(self, day: date) -> None:
        """Leave a day out."""
        self.skipped.add(day)
        self._show_chips()
        self._say()

    def put_back(self, day: date) -> None:
        """Meet on a day after all."""
        self.skipped.discard(day)
        self._show_chips()
        self._say()

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for day in sorted(self.skipped):
            words = formats.day(day, year=True)
            chip = Button(words, kind="quiet", icon="x")
            chip.setAccessibleName(_("Put {day} back").format(day=words))
            chip.clicked.connect(lambda _on=False, day=day: self.put_back(day))
            self._chips.addWidget(chip)
            chip.show()
        self.chips.setVisible(bool(self.skipped))
        self.chips.updateGeometry()
