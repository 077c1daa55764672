"""Edits the targets of one kind: a row for every priority, and more for single ones."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, TargetKind
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.agreements.fields import length_s, length_words, small_line, time_s
from ui.agreements.words import (
    KIND_SENTENCES,
)
from ui.common.buttons import Button, IconButton
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Problem
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import PRIORITIES
from ui.common.request_pane.target_words import (
    KINDS,
    priority_words,
    time_words,
)
from ui.common.written import take_out

HOURS, SAME_TIME, END_OF_DAY, CLOCK = "hours", "same_time", "end_of_day", "clock"
MEASURES = (
    (HOURS, N_("hours of working time")),
    (SAME_TIME, N_("working days, same time")),
    (END_OF_DAY, N_("working days, end of day")),
    (CLOCK, N_("hours around the clock")),
)
NO_LENGTH = N_("Write a length like 8, 2:30 or 45 min.")
NO_DAYS = N_("Write a whole number of working days, 0 for the same day.")
NO_TIME = N_("Write a time of day like 14:00, or leave it empty.")
TWICE = N_("This priority has a target already. Keep one of them.")
EVERY = 0
"""Stands for every priority not named, where a choice needs a value."""


@dataclass(frozen=True)
class Reading:
    """What a row says, or what is wrong with it."""

    target: TargetDraft | None
    problem: str = ""


class TargetRow(QWidget):
    """One target: for which priority, how long, counted how."""

    removed = Signal()

    def __init__(
        self, kind: TargetKind, target: TargetDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.closed_day = target.rule.closed_day if target.rule else ClosedDay.OPENING
        about = _(KINDS[kind])
        every = [(EVERY, _("Every other priority")), *_priorities()]
        self.priority = ChoiceInput(every, name=_("{kind}: for").format(kind=about))
        self.priority.setMinimumWidth(184)
        self.amount = small_line(_("{kind}: how long").format(kind=about))
        self.measure = ChoiceInput(
            [(one, _(words)) for one, words in MEASURES],
            name=_("{kind}: counted in").format(kind=about),
        )
        self.measure.setMinimumWidth(224)
        self.cutoff = small_line(_("{kind}: cut-off").format(kind=about), _("none"), 72)
        self.restart = small_line(
            _("{kind}: after it, from").format(kind=about), _("opening"), 88
        )
        self.remove = IconButton("trash", _("Leave this target out"))
        self.problem = Problem()
        self._place()
        self.measure.chosen.connect(lambda _one: self._show_rule())
        self.remove.clicked.connect(self.removed)
        self._set(target)

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        self._cut = PlainLabel(_("cut-off"), size="small", ink="text2")
        self._after = PlainLabel(_("after it, from"), size="small", ink="text2")
        asked: list[QWidget] = [self.priority, self.amount, self.measure]
        for widget in (*asked, self._cut, self.cutoff, self._after, self.restart):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.problem)

    def _set(self, target: TargetDraft) -> None:
        self.priority.set_value(target.priority or EVERY)
        rule = target.rule
        if rule is not None:
            ends_late = rule.ends is DayEnd.END_OF_DAY
            self.measure.set_value(END_OF_DAY if ends_late else SAME_TIME)
            self.amount.setText(str(rule.days))
            for field, seconds in (
                (self.cutoff, rule.cutoff_s),
                (self.restart, rule.restart_s),
            ):
                field.setText("" if seconds is None else time_words(seconds))
        else:
            is_clock = target.measure is Measure.AROUND_THE_CLOCK
            self.measure.set_value(CLOCK if is_clock else HOURS)
            self.amount.setText(length_words(target.seconds) if target.seconds else "")
        self._show_rule()

    def _show_rule(self) -> None:
        in_days = self.measure.value() in (SAME_TIME, END_OF_DAY)
        for widget in (self._cut, self.cutoff, self._after, self.restart):
            widget.setVisible(in_days)
        self.amount.setPlaceholderText(_("days") if in_days else _("hours"))

    def chosen_priority(self) -> int | None:
        """Return the priority, None for every other one."""
        value = self.priority.value()
        return value if isinstance(value, int) and value != EVERY else None

    def read(self) -> Reading:
        """Return what the row says, or what is wrong with it."""
        if self.measure.value() in (SAME_TIME, END_OF_DAY):
            return self._read_days()
        seconds = length_s(self.amount.text())
        if seconds is None:
            return Reading(None, _(NO_LENGTH))
        measure = Measure.WORKING_TIME
        if self.measure.value() == CLOCK:
            measure = Measure.AROUND_THE_CLOCK
        priority = self.chosen_priority()
        return Reading(TargetDraft(self.kind, priority, measure, seconds, None))

    def _read_days(self) -> Reading:
        words = self.amount.text().strip()
        if not words.isdecimal() or len(words) > 6:
            return Reading(None, _(NO_DAYS))
        times: list[int | None] = []
        for field in (self.cutoff, self.restart):
            typed = field.text().strip()
            seconds = time_s(typed) if typed else None
            if typed and seconds is None:
                return Reading(None, _(NO_TIME))
            times.append(seconds)
        ends = DayEnd.SAME_TIME
        if self.measure.value() == END_OF_DAY:
            ends = DayEnd.END_OF_DAY
        cutoff, restart = times
        rule = DayRule(int(words), ends, cutoff, restart, self.closed_day)
        priority = self.chosen_priority()
        return Reading(
            TargetDraft(self.kind, priority, Measure.WORKING_DAYS, None, rule)
        )

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the row, and put the keyboard there."""
        self.problem.say(words, self.amount)
        if words:
            self.amount.setFocus()


class KindTargets(QWidget):
    """The rows of one kind; without a row nothing is promised."""

    changed = Signal()

    def __init__(
        self,
        kind: TargetKind,
        targets: tuple[TargetDraft, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.rows: list[TargetRow] = []
        self.problem = Problem()
        self.none = PlainLabel(_("Not promised"), ink="text2")
        self.add_button = Button("", icon="plus", kind="quiet")
        self.add_button.clicked.connect(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(1, 1)
        layout.addWidget(PlainLabel(_(KINDS[kind])), 0, 0)
        sentence = PlainLabel(_(KIND_SENTENCES[kind]), size="small", ink="text2")
        layout.addWidget(sentence, 0, 1)
        layout.addWidget(self.add_button, 0, 2)
        layout.addWidget(self.none, 1, 0, 1, 3)
        layout.addLayout(self._list, 2, 0, 1, 3)
        layout.addWidget(self.problem, 3, 0, 1, 3)
        for target in targets:
            self._add_row(target)
        self._show()

    def _add(self) -> None:
        used = {row.chosen_priority() for row in self.rows}
        free: list[int | None] = [None, *PRIORITIES]
        priority = next((one for one in free if one not in used), None)
        row = self._add_row(TargetDraft(self.kind, priority))
        self._show()
        row.amount.setFocus()

    def _add_row(self, target: TargetDraft) -> TargetRow:
        row = TargetRow(self.kind, target)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _remove(self, row: TargetRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        take_out(row)
        self._show()
        self.add_button.setFocus()

    def _show(self) -> None:
        self.none.setVisible(not self.rows)
        is_first = not self.rows
        words = _("Promise it") if is_first else _("Another priority")
        self.add_button.set_words(words)
        self.add_button.setVisible(len(self.rows) <= len(PRIORITIES))
        self.changed.emit()

    def beside(self) -> list[str]:
        """Return of each row what it does with a request of a closed day."""
        return [row.closed_day.value for row in self.rows]

    def put_beside(self, content: list[str]) -> None:
        """Have as many rows, to be filled."""
        for row in self.rows[len(content) :]:
            self._remove(row)
        while len(self.rows) < len(content):
            self._add_row(TargetDraft(self.kind))
        for row, closed_day in zip(self.rows, content, strict=True):
            row.closed_day = ClosedDay(closed_day)
        self._show()

    def targets(self) -> list[TargetDraft] | None:
        """Return the targets; None when a row says something else than a target."""
        self.clear_problems()
        found: list[TargetDraft] = []
        for row in self.rows:
            reading = row.read()
            problem = reading.problem
            taken = {one.priority for one in found}
            if reading.target is not None and reading.target.priority in taken:
                problem = _(TWICE)
            if problem:
                row.show_problem(problem)
                return None
            assert reading.target is not None
            found.append(reading.target)
        return found

    def clear_problems(self) -> None:
        """Take all complaints back."""
        self.problem.say("")
        for row in self.rows:
            row.show_problem("")

    def show_problem(self, priority: int | None, words: str) -> None:
        """Say what is wrong with the target of a priority, else with the kind."""
        for row in self.rows:
            if row.chosen_priority() == priority:
                row.show_problem(words)
                return
        self.problem.say(words)


def _priorities() -> list[tuple[object, str]]:
    return [(one, priority_words(one)) for one in PRIORITIES]
