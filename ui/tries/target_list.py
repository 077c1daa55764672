"""The targets of a trial beside those agreed: now at the left, a stepper at right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.agreements import (
    AgreementTerms,
    Measure,
    PromiseKey,
    Target,
    TargetKind,
)
from desktop.domain.working_days import DayEnd, DayRule
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import IconButton
from ui.common.labels import IconLabel, PlainLabel
from ui.common.menu import Menu
from ui.common.request_pane.request_words import PRIORITIES
from ui.common.stepped_inputs import stepped
from ui.tries.words import KINDS, length_words, priority_words, target_name

_NOTHING: Final = -1.0
_MOST: Final = 9_999_999.0
Targets = Mapping[PromiseKey, Target | None]


HOURS, SAME_TIME, END_OF_DAY, CLOCK = "hours", "same_time", "end_of_day", "clock"
MEASURES: Mapping[str, str] = {
    HOURS: N_("Count in hours of working time"),
    SAME_TIME: N_("Count in working days, same time"),
    END_OF_DAY: N_("Count in working days, end of day"),
    CLOCK: N_("Count in hours around the clock"),
}


def counted_in(target: Target, measure: str, day_s: int) -> Target:
    """Return about the same length counted in something else; days are ``day_s``."""
    if measure in (SAME_TIME, END_OF_DAY):
        days = target.rule.days if target.rule else ceil(target.seconds / day_s)
        days = max(1, days)
        ends = DayEnd.END_OF_DAY if measure == END_OF_DAY else DayEnd.SAME_TIME
        return Target(days * day_s, Measure.WORKING_DAYS, DayRule(days, ends))
    if measure == CLOCK:
        return Target(target.seconds, Measure.AROUND_THE_CLOCK)
    return Target(target.seconds)


class Stepper(QDoubleSpinBox):
    """One target: hours of open time, or whole working days; below, nothing.

    Left empty it promises nothing; what nobody can promise is taken and told.
    """

    def __init__(self, target: Target | None, name: str) -> None:
        super().__init__()
        self._now = target
        self.setAccessibleName(name)
        stepped(self, 128)
        self.setSpecialValueText(_("none"))
        self.setRange(_NOTHING, _MOST)
        in_days = target is not None and target.rule is not None
        self.setDecimals(0 if in_days else 2)
        words = _("days") if in_days else _("h")
        if target is not None and target.measure is Measure.AROUND_THE_CLOCK:
            words = _("h, clock")
        self.setSuffix(" " + words)
        self.setSingleStep(1.0)
        self.setKeyboardTracking(False)
        self.show_target(target)

    def textFromValue(self, value: float) -> str:
        """Write whole hours without decimals."""
        written = super().textFromValue(value)
        return str(int(value)) if value == int(value) else written

    def validate(self, words: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let the field be left empty."""
        if not self._typed(words):
            return QValidator.State.Acceptable, words, place
        state, words, place = super().validate(words, place)
        return state, words, place

    def valueFromText(self, words: str) -> float:
        """Read an empty field as nothing."""
        return super().valueFromText(words) if self._typed(words) else _NOTHING

    def _typed(self, words: str) -> str:
        return words.removesuffix(self.suffix()).strip()

    def stepBy(self, steps: int) -> None:
        """Go up from nothing to one, and down from the last one to nothing."""
        value = self.value()
        if value <= 0:
            self.setValue(float(steps) if steps > 0 else _NOTHING)
        elif value + steps * self.singleStep() <= 0:
            self.setValue(_NOTHING)
        else:
            super().stepBy(steps)

    def show_target(self, target: Target | None) -> None:
        """Show a target without telling."""
        self.blockSignals(True)
        if target is None:
            self.setValue(_NOTHING)
        elif self._now is not None and self._now.rule is not None:
            days = self._now.rule.days
            if target.rule is not None:
                days = target.rule.days
            else:
                days = ceil(target.seconds / (self._now.seconds / max(1, days)))
            self.setValue(float(days))
        else:
            self.setValue(target.seconds / 3600)
        self.blockSignals(False)

    def target(self) -> Target | None:
        """Return what it promises."""
        now, value = self._now, self.value()
        if value < 0:
            return None
        if now is not None and now.rule is not None:
            days = int(value)
            each = now.seconds / max(1, now.rule.days)
            rule = replace(now.rule, days=days)
            return replace(now, seconds=round(each * max(1, days)), rule=rule)
        seconds = round(value * 3600)
        if now is not None:
            # What was agreed to the minute comes back exactly.
            same = abs(now.seconds - seconds) < 18
            return now if same else replace(now, seconds=seconds)
        return Target(seconds)


class TargetRow(QWidget):
    """What is agreed for a kind and priority, and a stepper for the trial."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self, key: PromiseKey, now: Target | None, base: Target | None, name: str
    ) -> None:
        """`base` is what its stepper begins with and counts in."""
        super().__init__()
        self.key = key
        self.stepper = Stepper(base, _("{target}, trial").format(target=name))
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        if key[1] is not None:
            remove = IconButton("x", _("Leave {target} out").format(target=name))
            remove.clicked.connect(self.removed)
            line.addWidget(remove)
        line.addWidget(PlainLabel(length_words(now), wraps=True), 1)
        line.addWidget(IconLabel("arrow-right"))
        line.addWidget(self.stepper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        words = _("Every other priority") if key[1] is None else priority_words(key[1])
        self.title = PlainLabel(words, size="small", ink="text2")
        layout.addWidget(self.title)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        self.stepper.valueChanged.connect(lambda _value: self.changed.emit())

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the target, below it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.stepper.setAccessibleDescription(words)


class KindBox(QWidget):
    """The rows of one kind: for every priority, and for single ones."""

    changed = Signal()

    def __init__(self, kind: TargetKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.day_s = 8 * 3600
        self._now: dict[int | None, Target | None] = {None: None}
        self.rows: dict[int | None, TargetRow] = {}
        words = _("{kind}: another priority, or counted in something else")
        self.add_button = IconButton("plus", words.format(kind=_(KINDS[kind])))
        self.add_button.clicked.connect(self._ask)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(0, 1)
        layout.addWidget(PlainLabel(_(KINDS[kind]), bold=True), 0, 0)
        layout.addWidget(self.add_button, 0, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout.addLayout(self._list, 1, 0, 1, 2)

    def set_now(self, now: Mapping[int | None, Target]) -> None:
        """Start from what is agreed, by priority."""
        self._now = {None: None, **now}
        for priority in list(self.rows):
            self._drop(priority)
        self.start_over()

    def start_over(self) -> None:
        """Show what is agreed."""
        self.restore(self._now)

    def restore(self, targets: Mapping[int | None, Target | None]) -> None:
        """Show these targets, agreed or not."""
        wanted = {None: targets.get(None), **targets}
        for priority in list(self.rows):
            if priority not in wanted:
                self._drop(priority)
        for priority in sorted(wanted, key=lambda one: (one is not None, one or 0)):
            if (
                priority not in self.rows
                or self.rows[priority].stepper.target() != (wanted[priority])
            ):
                self._put(priority, wanted[priority])
        self._show()

    def _put(self, priority: int | None, target: Target | None) -> None:
        self._drop(priority)
        now = self._now.get(priority)
        key = (self.kind, priority)
        # It counts in what is shown: hours stay hours, working days stay days.
        row = TargetRow(key, now, target or now, target_name(*key))
        row.stepper.show_target(target)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(priority))
        self.rows[priority] = row
        place = sum(
            (one is not None, one or 0) < (priority is not None, priority or 0)
            for one in self.rows
        )
        self._list.insertWidget(place, row)

    def _drop(self, priority: int | None) -> None:
        row = self.rows.pop(priority, None)
        if row is not None:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _show(self) -> None:
        only = len(self.rows) == 1
        self.rows[None].title.setVisible(not only)

    def free(self) -> list[int]:
        """Return the priorities without a target of their own."""
        return [one for one in PRIORITIES if one not in self.rows]

    def _ask(self) -> None:
        menu = Menu(self)
        for priority in self.free():
            act = menu.addAction(priority_words(priority))
            act.triggered.connect(lambda _on=False, one=priority: self.add(one))
        menu.addSeparator()
        for measure, counted in MEASURES.items():
            act = menu.addAction(_(counted))
            act.triggered.connect(lambda _on=False, one=measure: self.count_in(one))
        below = self.add_button.rect().bottomLeft()
        menu.popup(self.add_button.mapToGlobal(below))

    def count_in(self, measure: str) -> None:
        """Count every target of the kind in something else, as long as before."""
        for priority, target in self.targets().items():
            wanted = target or (Target(8 * 3600) if priority is None else None)
            if wanted is not None:
                self._put(priority, counted_in(wanted, measure, self.day_s))
        self.changed.emit()

    def add(self, priority: int) -> None:
        """Give a priority a target of its own, as long as that of every other."""
        every = self.rows[None].stepper.target()
        self._put(priority, self._now.get(priority) or every or Target(8 * 3600))
        self._show()
        self.rows[priority].stepper.setFocus()
        self.changed.emit()

    def _remove(self, priority: int | None) -> None:
        self._drop(priority)
        self._show()
        self.add_button.setFocus()
        self.changed.emit()

    def targets(self) -> dict[int | None, Target | None]:
        """Return what is tried, by priority."""
        return {one: row.stepper.target() for one, row in self.rows.items()}

    def is_other(self) -> bool:
        """Tell whether something is other than agreed."""
        return self.targets() != self._now

    def set_all(self, target: Target) -> None:
        """Give every target the same length."""
        for row in self.rows.values():
            row.stepper.show_target(target)


class TargetList(QWidget):
    """A box for each kind; ``head`` says what they are compared with."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_new = False
        self.head = PlainLabel("", size="small", ink="text2", wraps=True)
        self.kinds = {kind: KindBox(kind) for kind in KINDS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for box in self.kinds.values():
            box.changed.connect(self.changed)
            layout.addWidget(box)

    def set_terms(
        self, terms: AgreementTerms | None, day_s: int, *, is_new: bool = False
    ) -> None:
        """Start from what is agreed; of a new agreement everything is tried.

        ``day_s`` is how long a working day usually is.
        """
        self._is_new = is_new
        head = _("Now nothing is agreed")
        if terms is not None and is_new:
            head = _("What holds there now, and the trial")
        elif terms is not None:
            head = _("Now, version {number}, and the trial")
            head = head.format(number=terms.number)
        self.head.setText(head)
        for kind, box in self.kinds.items():
            keys = [one for one in terms.targets if one[0] is kind] if terms else []
            now: dict[int | None, Target] = {}
            for key in keys:
                target = terms.target(*key) if terms else None
                if target is not None:
                    now[key[1]] = target
            box.day_s = day_s
            box.set_now(now)
        self.clear_problems()

    def changes(self) -> dict[PromiseKey, Target | None]:
        """Return the targets of every kind that is other than agreed."""
        return {
            (kind, priority): target
            for kind, box in self.kinds.items()
            if self._is_new or box.is_other()
            for priority, target in box.targets().items()
        }

    def restore(self, targets: Targets) -> None:
        """Show the targets of a trial again, those agreed of kinds it does not name."""
        named = {kind for kind, _priority in targets}
        for kind, box in self.kinds.items():
            if kind not in named:
                box.start_over()
                continue
            box.restore({key[1]: one for key, one in targets.items() if key[0] is kind})

    def set_all(self, kind: TargetKind, target: Target) -> None:
        """Give every target of a kind the same length."""
        self.kinds[kind].set_all(target)

    def row(self, key: PromiseKey) -> TargetRow:
        """Return the row of a target; that of every priority where it has none."""
        rows = self.kinds[key[0]].rows
        return rows.get(key[1]) or rows[None]

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for box in self.kinds.values():
            for row in box.rows.values():
                row.show_problem("")
