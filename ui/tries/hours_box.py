"""Other hours for a trial: opening, closing, a break, the days, and closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QGridLayout, QTimeEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.calendars import CalendarSpec, Closure, Interval
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from ui.common.buttons import Chip
from ui.common.flow_layout import FlowLayout
from ui.common.form import DateInput
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.tries.words import WEEKDAYS

_LAST_S = 86_340
_USUAL = ((8 * 3600, 16 * 3600),)


class HoursBox(QWidget):
    """Closed it counts by the agreement's own calendar; open, by what is set here."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: CalendarSpec | None = None
        self._usual: tuple[Interval, ...] = ()
        self.now_words = PlainLabel("", size="small", ink="text2", wraps=True)
        self.other = CheckInput(_("Other hours"))
        self.opens, self.closes = _time(_("Opens")), _time(_("Closes"))
        self.has_break = CheckInput(_("Break"))
        self.break_from, self.break_to = _time(_("Break from")), _time(_("Break to"))
        self.days = [Chip(_(one)[:2]) for one in WEEKDAYS]
        for chip, name in zip(self.days, WEEKDAYS, strict=True):
            chip.setAccessibleName(_(name))
        self.no_closures = CheckInput(_("Open on holidays and other closures"))
        self.closed_from = DateInput(name=_("Also closed from"))
        self.closed_to = DateInput(name=_("Also closed until"))
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        self._place()
        for field in (self.opens, self.closes, self.break_from, self.break_to):
            field.timeChanged.connect(lambda _at: self._tell())
        for box in (self.has_break, self.no_closures, *self.days):
            box.toggled.connect(lambda _is: self._tell())
        for dated in (self.closed_from, self.closed_to):
            dated.changed.connect(self._tell)
        self.other.toggled.connect(self._open)

    def _place(self) -> None:
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(PlainLabel(_("Open"), size="small", ink="text2"), 0, 0)
        grid.addWidget(self.opens, 0, 1)
        grid.addWidget(self.closes, 0, 2)
        grid.addWidget(self.has_break, 1, 0)
        grid.addWidget(self.break_from, 1, 1)
        grid.addWidget(self.break_to, 1, 2)
        week = QWidget()
        flow = FlowLayout(week, spacing=2)
        for chip in self.days:
            flow.addWidget(chip)
        grid.addWidget(week, 2, 0, 1, 3)
        grid.addWidget(self.no_closures, 3, 0, 1, 3)
        words = _("Also closed, first and last day")
        grid.addWidget(PlainLabel(words, size="small", ink="text2"), 4, 0, 1, 3)
        grid.addWidget(self.closed_from, 5, 0, 1, 3)
        grid.addWidget(self.closed_to, 6, 0, 1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.now_words)
        layout.addWidget(self.other)
        layout.addWidget(self._inside)
        layout.addWidget(self.problem)
        self._inside.hide()

    def set_calendar(self, spec: CalendarSpec) -> None:
        """Start from a calendar's own hours."""
        self._spec = spec
        self.now_words.setText(hours_words(spec))
        self._fill(spec)
        self._usual = self._typed()

    def _fill(self, spec: CalendarSpec) -> None:
        week = spec.weekly_on(date.max)
        usual = max(week.values(), key=list(week.values()).count) if week else _USUAL
        for widget in self._fields():
            widget.blockSignals(True)
        self.opens.setTime(_shown(usual[0][0]))
        self.closes.setTime(_shown(usual[-1][1]))
        self.has_break.setChecked(len(usual) > 1)
        self.break_from.setTime(_shown(usual[0][1] if len(usual) > 1 else 43_200))
        self.break_to.setTime(_shown(usual[1][0] if len(usual) > 1 else 45_000))
        for day, chip in enumerate(self.days):
            chip.setChecked(bool(week.get(day)))
        self.no_closures.setChecked(False)
        self.other.setChecked(False)
        self.closed_from.set_value(None)
        self.closed_to.set_value(None)
        for widget in self._fields():
            widget.blockSignals(False)
        self._inside.setVisible(False)
        self._say("")

    def _fields(self) -> list[QWidget]:
        times = [self.opens, self.closes, self.break_from, self.break_to]
        boxes = [self.has_break, self.no_closures, self.other]
        return [*times, *boxes, *self.days, self.closed_from, self.closed_to]

    def restore(self, spec: CalendarSpec | None) -> None:
        """Show the hours of a trial again, the agreement's own for None."""
        own = self._spec
        assert own is not None
        self._fill(spec or own)
        if spec is None:
            return
        self.no_closures.blockSignals(True)
        self.no_closures.setChecked(bool(own.closures) and not spec.closures)
        self.no_closures.blockSignals(False)
        self.other.blockSignals(True)
        self.other.setChecked(True)
        self.other.blockSignals(False)
        self._inside.show()

    def _open(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()

    def calendar(self) -> CalendarSpec | None:
        """Return other hours, None for the agreement's own.

        Raises Invalid, said beside the fields, for what makes no sense.
        """
        self._say("")
        if not self.other.isChecked() or self._spec is None:
            return None
        try:
            return self._other_hours(self._spec)
        except Invalid as refused:
            words = _("These hours make no calendar: look at the times and the dates.")
            if refused.code == "no_days":
                words = _("Choose at least one day.")
            self._say(words)
            raise

    def _other_hours(self, spec: CalendarSpec) -> CalendarSpec:
        hours = self._typed()
        if any(start >= end for start, end in hours):
            raise Invalid("weekly", "bad_interval")
        # A day that differs from the others stays so while nobody changes the times.
        own = spec.weekly_on(date.max) if hours == self._usual else {}
        week: Mapping[int, Sequence[Interval]] = {
            day: own.get(day) or hours
            for day, chip in enumerate(self.days)
            if chip.isChecked()
        }
        if not week:
            raise Invalid("weekly", "no_days")
        closures = () if self.no_closures.isChecked() else tuple(spec.closures)
        first, last = self.closed_from.value(), self.closed_to.value() or None
        if first:
            try:
                start = date.fromisoformat(first)
                end = date.fromisoformat(last or first)
            except ValueError as error:
                raise Invalid("closures", "bad_date") from error
            closures = (*closures, Closure(start, end, _("Trial")))
        overrides = {} if self.no_closures.isChecked() else spec.overrides
        return replace(
            spec, weekly=week, later=(), closures=closures, overrides=overrides
        )

    def _typed(self) -> tuple[Interval, ...]:
        """Return the hours of a day as they stand in the fields."""
        opens, closes = _seconds(self.opens), _seconds(self.closes)
        if not self.has_break.isChecked():
            return ((opens, closes),)
        return (
            (opens, _seconds(self.break_from)),
            (_seconds(self.break_to), closes),
        )

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def hours_words(spec: CalendarSpec) -> str:
    """Tell a calendar's usual hours: "Office hours: 50 h a week"."""
    week = spec.weekly_on(date.max)
    total = sum(end - start for day in week.values() for start, end in day)
    return _("{name}, {hours} a week").format(
        name=spec.name or _("Calendar"), hours=formats.working_time(total)
    )


def _time(name: str) -> QTimeEdit:
    field = QTimeEdit()
    field.setDisplayFormat("HH:mm")
    field.setFixedSize(84, 32)
    field.setAccessibleName(name)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field


def _shown(seconds: int) -> QTime:
    return QTime(0, 0).addSecs(min(seconds, _LAST_S))


def _seconds(field: QTimeEdit) -> int:
    found = QTime(0, 0).secsTo(field.time())
    # A day that closes at midnight is shown as 23:59.
    return 86_400 if found == _LAST_S else found
