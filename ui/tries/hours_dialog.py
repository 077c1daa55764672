"""Other hours for a trial: a week to draw on, and the closures of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.calendars import CalendarSpec, Closure, Interval
from desktop.formats import long_day
from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea
from ui.common.week.canvas import WeekCanvas
from ui.common.week.dialogs import ClosureDialog
from ui.common.week.words import (
    closure_title,
    closure_words,
    hours_words,
    total_words,
)

Weekly = Mapping[int, Sequence[Interval]]
Day = Closure | date
"""A closure, or a date with hours of its own."""
LIST_PX, WIDTH_PX = 168, 800


class HoursDialog(Dialog):
    """`spec()` is the calendar as it was changed here."""

    def __init__(
        self,
        spec: CalendarSpec,
        days: tuple[date, date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Other hours for this trial"),
            _("Only the trial counts by them, until a draft is made of it."),
            submit=_("Try these hours"),
            parent=parent,
        )
        self.setMinimumWidth(WIDTH_PX)
        self._base = spec
        self._days = days
        self._added: list[Closure] = []
        self._steps: list[Weekly] = []
        self._weekly: Weekly = spec.weekly_on(days[1])
        self._is_drawn = False
        self.canvas = WeekCanvas()
        self.total = PlainLabel("")
        self.status = PlainLabel("", size="small", ink="text2", wraps=True)
        self.problem_line = PlainLabel("", size="small", ink="broken", wraps=True)
        self.undo_button = Button(_("Take back"), kind="quiet", icon="arrow-back-up")
        self.boxes: dict[Day, CheckInput] = {}
        self.add_button = Button(_("Close days…"), icon="plus")
        self._place()
        self.canvas.edited.connect(self._edit)
        self.canvas.told.connect(self.status.setText)
        self.canvas.typing.refused.connect(self._say)
        self.undo_button.clicked.connect(self.undo)
        self.add_button.clicked.connect(self._ask)
        self._show_week()
        self._show_days()
        self.start_at(self.canvas)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.total, 1)
        head.addWidget(self.undo_button)
        self.body.addLayout(head)
        self.body.addWidget(self.canvas)
        self.body.addWidget(self.problem_line)
        self.body.addWidget(self.status)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(_("Closures in the period"), bold=True), 1)
        line.addWidget(self.add_button)
        self.body.addLayout(line)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.nothing = PlainLabel(_("Nothing is closed in the period."), ink="text2")
        self._list.addWidget(self.nothing)
        self._list.addStretch(1)
        area = ScrollArea()
        area.setWidget(inner)
        area.setFixedHeight(LIST_PX)
        self.body.addWidget(area)
        self.problem_line.hide()

    # ------------------------------------------------------------ the week

    def _edit(self, weekly: Weekly, note: str) -> None:
        self._steps.append(self._weekly)
        self._weekly, self._is_drawn = weekly, True
        self._say("")
        self._show_week()
        if note:
            self.status.setText(note)

    def undo(self) -> None:
        """Take the last change of the week back."""
        if self._steps:
            self._weekly = self._steps.pop()
            self._is_drawn = bool(self._steps)
            self._show_week()

    def _show_week(self) -> None:
        self.canvas.show_week(self._weekly)
        self.total.setText(total_words(self._weekly))
        self.status.setText(self.canvas.words())
        self.undo_button.setEnabled(bool(self._steps))

    def _say(self, words: str) -> None:
        self.problem_line.setText(words)
        self.problem_line.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back with the usual key."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ closures

    def _show_days(self) -> None:
        """Give a box to each closure that touches the period, and to what was added."""
        first, last = self._days
        closures = [
            one for one in self._base.closures if any(one.occurrences(first, last))
        ]
        own = [day for day in sorted(self._base.overrides) if first <= day <= last]
        shown: list[Day] = [*closures, *own, *self._added]
        for day in shown:
            if day in self.boxes:
                continue
            box = CheckInput(self._words(day))
            box.setChecked(True)
            self.boxes[day] = box
            self._list.insertWidget(self._list.count() - 1, box)
        self.nothing.setVisible(not self.boxes)

    def _words(self, day: Day) -> str:
        if isinstance(day, Closure):
            title, when = closure_title(day), closure_words(day)
        else:
            title, when = hours_words(self._base.overrides[day]), long_day(day)
        return _("{title}, {when}").format(title=title[:80], when=when)

    def _ask(self) -> None:
        dialog = ClosureDialog(self._days[0], self._days[0], None, self)

        def take() -> None:
            closure = dialog.closure()
            if closure is not None:
                dialog.accept()
                self.close_days(closure)

        dialog.submitted.connect(take)
        dialog.open()

    def close_days(self, closure: Closure) -> None:
        """Add a closure; one that is there already is only ticked."""
        if closure not in self.boxes:
            self._added.append(closure)
            self._show_days()
        self.boxes[closure].setChecked(True)

    def spec(self) -> CalendarSpec:
        """Return the calendar with what was changed here."""
        base = self._base
        gone = {day for day, box in self.boxes.items() if not box.isChecked()}
        closures = (*base.closures, *self._added)
        spec = replace(
            base,
            closures=tuple(one for one in closures if one not in gone),
            overrides={
                day: hours for day, hours in base.overrides.items() if day not in gone
            },
            moved=base.moved - {day for day in gone if isinstance(day, date)},
        )
        if self._is_drawn:
            # One week for the whole trial: what was drawn holds from the first day.
            spec = replace(spec, weekly=self._weekly, later=())
        return spec
