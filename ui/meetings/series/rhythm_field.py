"""Asks how often a series meets: every so many weeks or months, on which days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid
from desktop.domain.rhythms import (
    LAST,
    MOST_TIMES,
    MOST_WEEKS,
    Rhythm,
    place_in_month,
)
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.rhythm_words import month_words
from ui.common.buttons import Chip
from ui.common.date_input import DateInput
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.stepped_inputs import number_input
from ui.common.week.words import SHORT_DAYS, day_name

KEPT = "kept"
FOREVER, UNTIL, TIMES = "forever", "until", "times"


class RhythmField(QWidget):
    """`rule()` gives the rule; a rule beyond these choices can be kept as it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._day = date(2000, 1, 3)
        self.interval = number_input(
            1, 1, MOST_WEEKS, width=80, name=_("Every how many")
        )
        self.unit = ChoiceInput(name=_("Weeks or months"))
        self.weekdays = [Chip(_(words)) for words in SHORT_DAYS]
        self.month = ChoiceInput(name=_("On which day of the month"))
        self.ends = ChoiceInput(
            [
                (FOREVER, _("without an end")),
                (UNTIL, _("until a day")),
                (TIMES, _("a number of times")),
            ],
            name=_("How it ends"),
        )
        self.until = DateInput(name=_("Last day"))
        self.times = number_input(
            10, 1, MOST_TIMES, width=80, name=_("How many sessions")
        )
        self._place()
        self._offer_units()
        self.unit.set_value("weeks")
        self.ends.set_value(FOREVER)
        self.interval.valueChanged.connect(lambda _n: self._follow())
        for one in (self.unit, self.month, self.ends):
            one.chosen.connect(lambda _one: self._follow())
        for chip in self.weekdays:
            chip.clicked.connect(lambda: self._follow())
        self.until.changed.connect(self.changed)
        self.times.valueChanged.connect(lambda _n: self.changed.emit())
        self._show()

    def _place(self) -> None:
        for number, chip in enumerate(self.weekdays):
            chip.setAccessibleName(day_name(number))
        self._every = PlainLabel(_("Every"))
        self._on = PlainLabel(_("on"))
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in self.weekdays:
            row.addWidget(chip)
        row.addStretch(1)
        self._days = QStackedWidget()
        self._days.addWidget(days)
        self._days.addWidget(self.month)
        first = QHBoxLayout()
        first.setSpacing(8)
        for widget in (self._every, self.interval, self.unit, self._on):
            first.addWidget(widget)
        first.addWidget(self._days, 1)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.ends)
        second.addWidget(self.until)
        second.addWidget(self.times)
        second.addStretch(1)
        self.ends.setMinimumWidth(184)
        self.until.setMaximumWidth(220)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(second)
        self.setFocusProxy(self.interval)

    # ------------------------------------------------------------ showing

    def take(self, rhythm: Rhythm | None, day: date, kept: str = "") -> None:
        """Show a rhythm; None shows the rule ``kept`` as it is."""
        self._day = day
        self._kept = kept if rhythm is None else ""
        self._offer_units()
        shown = rhythm or Rhythm(weekdays=(day.weekday(),))
        self.unit.set_value(KEPT if self._kept else shown.unit)
        self.interval.setValue(shown.interval)
        for number, chip in enumerate(self.weekdays):
            chip.setChecked(number in (shown.weekdays or (day.weekday(),)))
        self._offer_months(shown)
        ends = UNTIL if shown.until else TIMES if shown.times else FOREVER
        self.ends.set_value(ends)
        self.until.set_value(shown.until.isoformat() if shown.until else None)
        self.times.setValue(shown.times or 10)
        self._show()

    def begin_on(self, day: date) -> None:
        """Follow the first day: its weekday, its place in the month."""
        before, self._day = self._day, day
        chosen = [n for n, chip in enumerate(self.weekdays) if chip.isChecked()]
        if chosen in ([], [before.weekday()]):
            for number, chip in enumerate(self.weekdays):
                chip.setChecked(number == day.weekday())
        at = self.month.currentIndex()
        self._offer_months(None)
        self.month.setCurrentIndex(min(max(at, 0), self.month.count() - 1))
        self.changed.emit()

    def _offer_units(self) -> None:
        count = self.interval.value()
        options: list[tuple[object, str]] = [
            ("weeks", ngettext("week", "weeks", count)),
            ("months", ngettext("month", "months", count)),
        ]
        if self._kept:
            options.append((KEPT, _("as in the house file")))
        self.unit.set_options(options)

    def _offer_months(self, shown: Rhythm | None) -> None:
        day = self._day
        place = place_in_month(day)
        choices = [
            Rhythm("months", weekdays=(day.weekday(),), place=place),
            Rhythm("months", month_day=day.day),
            Rhythm("months", month_day=LAST),
        ]
        if place == 4:
            choices.insert(1, Rhythm("months", weekdays=(day.weekday(),), place=LAST))
        wanted = self.month.value()
        if shown is not None and shown.unit == "months":
            own = Rhythm(
                "months",
                weekdays=shown.weekdays,
                place=shown.place,
                month_day=shown.month_day,
            )
            if own not in choices:
                choices.append(own)
            wanted = own
        self.month.set_options([(one, month_words(one)) for one in choices])
        self.month.set_value(wanted if wanted in choices else choices[0])

    def _follow(self) -> None:
        self._offer_units()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        unit = self.unit.value()
        is_kept = unit == KEPT
        for widget in (self.interval, self._on, self._days, self.ends, self._every):
            widget.setVisible(not is_kept)
        self._days.setCurrentIndex(0 if unit == "weeks" else 1)
        self.until.setVisible(not is_kept and self.ends.value() == UNTIL)
        self.times.setVisible(not is_kept and self.ends.value() == TIMES)

    # ------------------------------------------------------------ reading

    def rhythm(self) -> Rhythm | None:
        """Return what was chosen, None for a rule kept as it is.

        Refuses (Invalid ``until``) a last day that is none.
        """
        if self.unit.value() == KEPT:
            return None
        ends = self.ends.value()
        until = self._until() if ends == UNTIL else None
        times = self.times.value() if ends == TIMES else None
        if self.unit.value() == "weeks":
            days = tuple(n for n, one in enumerate(self.weekdays) if one.isChecked())
            return Rhythm(
                "weeks", self.interval.value(), days, until=until, times=times
            )
        month = self.month.value()
        assert isinstance(month, Rhythm)
        return Rhythm(
            "months",
            min(self.interval.value(), 24),
            month.weekdays,
            month.place,
            month.month_day,
            until,
            times,
        )

    def rule(self, zone: str) -> str:
        """Return the rule chosen. Refuses (Invalid) what is none."""
        rhythm = self.rhythm()
        return self._kept if rhythm is None else rhythm.rule(zone)

    def _until(self) -> date:
        words = self.until.value()
        if not words:
            raise Invalid("until", "missing")
        try:
            return date.fromisoformat(words)
        except ValueError as error:
            raise Invalid("until", "not_a_date") from error
