"""The targets of a trial beside those agreed: now at the left, a stepper at right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QWidget

from desktop.domain.agreements import AgreementTerms, PromiseKey, Target, TargetKind
from desktop.i18n import gettext as _
from ui.common.labels import IconLabel, PlainLabel
from ui.tries.words import KINDS, length_words, target_name

_MOST_H = 10_000.0
_MOST_DAYS = 750.0


class Stepper(QDoubleSpinBox):
    """One target: hours of open time, or whole working days; nothing below the least.

    At its least it promises nothing.
    """

    def __init__(self, target: Target | None, name: str) -> None:
        super().__init__()
        self._now = target
        self.setAccessibleName(name)
        self.setFixedSize(128, 32)
        self.setSpecialValueText(_("none"))
        self.setMinimum(0.0)
        if target is not None and target.rule is not None:
            self.setDecimals(0)
            self.setMaximum(_MOST_DAYS)
            self.setSuffix(" " + _("days"))
        else:
            self.setDecimals(2)
            self.setMaximum(_MOST_H)
            self.setSuffix(" " + _("h"))
        self.setSingleStep(1.0)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        self.show_target(target)

    def textFromValue(self, value: float) -> str:
        """Write whole hours without decimals."""
        written = super().textFromValue(value)
        return str(int(value)) if value == int(value) else written

    def show_target(self, target: Target | None) -> None:
        """Show a target without telling."""
        self.blockSignals(True)
        if target is None:
            self.setValue(0.0)
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
        if value <= 0:
            return None
        if now is not None and now.rule is not None:
            days = int(value)
            each = now.seconds / max(1, now.rule.days)
            rule = replace(now.rule, days=days)
            return replace(now, seconds=round(each * days), rule=rule)
        seconds = round(value * 3600)
        if now is not None:
            # What was agreed to the minute comes back exactly.
            same = abs(now.seconds - seconds) < 18
            return now if same else replace(now, seconds=seconds)
        return Target(seconds)


class TargetList(QWidget):
    """A row for every target agreed, and for each kind there is none of."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._now: dict[PromiseKey, Target | None] = {}
        self.steppers: dict[PromiseKey, Stepper] = {}

    def set_terms(self, terms: AgreementTerms | None) -> None:
        """Start from what is agreed."""
        now: dict[PromiseKey, Target | None] = {}
        for kind in KINDS:
            keys = [one for one in terms.targets if one[0] is kind] if terms else []
            keys.sort(key=lambda one: one[1] or 0)
            for key in keys or [(kind, None)]:
                now[key] = terms.target(*key) if terms else None
        if now == self._now and self.steppers:
            self.restore({})
            return
        self._now = now
        self._rebuild(terms.number if terms else None)

    def _rebuild(self, number: int | None) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.steppers = {}
        head = _("Now, nothing agreed")
        if number is not None:
            head = _("Now, version {number}").format(number=number)
        self._grid.addWidget(PlainLabel(head, bold=True), 0, 0, 1, 2)
        self._grid.addWidget(PlainLabel(_("Trial"), bold=True), 0, 2)
        row = 1
        for key, target in self._now.items():
            name = target_name(*key)
            label = PlainLabel(name, size="small", ink="text2")
            self._grid.addWidget(label, row, 0, 1, 3)
            self._grid.addWidget(PlainLabel(length_words(target)), row + 1, 0)
            self._grid.addWidget(IconLabel("arrow-right"), row + 1, 1)
            stepper = Stepper(target, _("{target}, trial").format(target=name))
            stepper.valueChanged.connect(lambda _value: self.changed.emit())
            self._grid.addWidget(stepper, row + 1, 2)
            self.steppers[key] = stepper
            row += 2

    def changes(self) -> dict[PromiseKey, Target | None]:
        """Return what differs from what is agreed."""
        tried = {key: one.target() for key, one in self.steppers.items()}
        return {key: one for key, one in tried.items() if one != self._now[key]}

    def restore(self, targets: Mapping[PromiseKey, Target | None]) -> None:
        """Show the targets of a trial again."""
        for key, stepper in self.steppers.items():
            stepper.show_target(targets.get(key, self._now[key]))

    def set_all(self, kind: TargetKind, target: Target) -> None:
        """Give every target of a kind the same length."""
        for key, stepper in self.steppers.items():
            if key[0] is kind:
                stepper.show_target(target)
