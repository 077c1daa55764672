"""In which hours a trial counts: those agreed, another calendar's, or one's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.try_choices import TryBoard, TryChoice
from ui.common.buttons import Button
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.week.words import problem_of, total_words, weekly_words
from ui.tries.hours_dialog import HoursDialog

OWN: Final = 0
"""Stands for hours of the trial's own among the calendars."""
AGREED: Final = -1

Span = tuple[datetime, datetime]


class HoursBox(QWidget):
    """`spec()` is what is counted by, None for what is agreed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: TryChoice | None = None
        self._calendars: dict[int, CalendarSpec] = {}
        self._own: CalendarSpec | None = None
        self._span: Span | None = None
        self.calendar = ChoiceInput(name=_("Counted by"))
        self.words = PlainLabel("", size="small", ink="text2", wraps=True)
        self.draw_button = Button(_("Other hours and closures…"), icon="clock")
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        # There is nothing to draw on before it is known what is tried.
        self.calendar.setEnabled(False)
        self.draw_button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.calendar, self.words, self.draw_button, self.problem):
            layout.addWidget(part)
        self.calendar.chosen.connect(self._choose)
        self.draw_button.clicked.connect(self.draw)

    def show_board(self, board: TryBoard) -> None:
        """Offer the calendars there are."""
        self._calendars = dict(board.calendars)

    def set_choice(self, choice: TryChoice) -> None:
        """Start from the hours that are agreed."""
        self._choice, self._own = choice, None
        self.calendar.setEnabled(True)
        self.draw_button.setEnabled(True)
        self._offer()
        self.calendar.set_value(AGREED)
        self._tell()

    def set_span(self, span: Span | None) -> None:
        """Take over which instants it is replayed."""
        self._span = span

    def _offer(self) -> None:
        choice = self._choice
        assert choice is not None
        head = _("As agreed: {calendar}")
        if choice.is_new:
            head = "{calendar}"
        name = choice.calendar.name or _("Calendar")
        options: list[tuple[object, str]] = [(AGREED, head.format(calendar=name))]
        options += [
            (one, spec.name)
            for one, spec in self._calendars.items()
            if one != choice.calendar_id
        ]
        if self._own is not None:
            options.append((OWN, _("Hours of this trial")))
        self.calendar.set_options(options)

    def _choose(self, _value: object) -> None:
        self._tell()
        self.changed.emit()

    # ------------------------------------------------------------ what is counted by

    def shown(self) -> CalendarSpec:
        """Return the hours chosen, agreed or not."""
        value, choice = self.calendar.value(), self._choice
        assert choice is not None
        if value == OWN and self._own is not None:
            return self._own
        if isinstance(value, int) and value in self._calendars:
            return self._calendars[value]
        return choice.calendar

    def calendar_id(self) -> int | None:
        """Return whose calendar it is; None for hours of the trial's own."""
        value, choice = self.calendar.value(), self._choice
        assert choice is not None
        if value == OWN:
            return None
        if isinstance(value, int) and value in self._calendars:
            return value
        return choice.calendar_id

    def spec(self) -> CalendarSpec | None:
        """Return other hours than agreed. Raises Invalid, said at the field."""
        self._say("")
        choice, shown = self._choice, self.shown()
        assert choice is not None
        try:
            self._check(shown)
        except Invalid as refused:
            self._say(_own_words(refused))
            raise
        if self.calendar.value() == AGREED and not choice.is_new:
            return None
        return shown

    def _check(self, spec: CalendarSpec) -> None:
        """Refuse what is never open, or not in the period that is replayed."""
        calendar = ServiceCalendar(spec)
        if self._span is not None and not calendar.elapsed(*self._span):
            raise Invalid("closures", "closed_in_period")

    def restore(self, spec: CalendarSpec | None, calendar_id: int | None) -> None:
        """Choose the hours of a trial again; None is what is agreed."""
        choice = self._choice
        assert choice is not None
        self._own = None
        value = AGREED
        if spec is not None and calendar_id not in (None, choice.calendar_id):
            assert calendar_id is not None
            value = calendar_id
        if spec is not None and (
            calendar_id is None or (value != AGREED and value not in self._calendars)
        ):
            self._own, value = spec, OWN
        self._offer()
        self.calendar.set_value(value)
        self._tell()

    # ------------------------------------------------------------ other hours

    def draw(self) -> None:
        """Open the week and the closures to be changed for this trial."""
        dialog = HoursDialog(self.shown(), self._days(), self.window())

        def take() -> None:
            spec = dialog.spec()
            try:
                self._check(spec)
            except Invalid as refused:
                dialog.show_problem(_own_words(refused))
                return
            dialog.accept()
            self.take(spec)

        dialog.submitted.connect(take)
        dialog.open()

    def take(self, spec: CalendarSpec) -> None:
        """Count by hours of this trial's own."""
        self._own = spec
        self._offer()
        self.calendar.set_value(OWN)
        self._tell()
        self.changed.emit()

    def _days(self) -> tuple[date, date]:
        """Return the first and the last day of the period, where the calendar is."""
        if self._span is None:
            return date(2000, 1, 1), date(2000, 12, 31)
        zone = ZoneInfo(self.shown().zone)
        first, after = self._span
        last = after - timedelta(seconds=1)
        return first.astimezone(zone).date(), last.astimezone(zone).date()

    def _tell(self) -> None:
        self._say("")
        spec, choice = self.shown(), self._choice
        assert choice is not None
        last = self._days()[1]
        weekly = spec.weekly_on(last)
        parts = [weekly_words(weekly), total_words(weekly)]
        if self.calendar.value() == OWN:
            parts += _closure_words(choice.calendar, spec)
        self.words.setText("\n".join(parts))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.calendar.setAccessibleDescription(words)


def _closure_words(now: CalendarSpec, spec: CalendarSpec) -> list[str]:
    """Tell how many closures and days with other hours came and went."""
    gone = len(set(now.closures) - set(spec.closures))
    gone += len([day for day in now.overrides if day not in spec.overrides])
    fresh = len(set(spec.closures) - set(now.closures))
    found = []
    if fresh:
        words = ngettext("{n} closure more", "{n} closures more", fresh)
        found.append(words.format(n=formats.count(fresh)))
    if gone:
        words = ngettext("{n} closure left out", "{n} closures left out", gone)
        found.append(words.format(n=formats.count(gone)))
    return found


def _own_words(refused: Invalid) -> str:
    if refused.code == "closed_in_period":
        return _("In these hours nothing is open in the period. Leave days open.")
    if refused.code == "never_open":
        return _("This week has no hours. Give at least one day some.")
    return problem_of(refused)
