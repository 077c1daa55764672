"""What a series makes of the rules: a factor for each, and those it never uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.common.labels import IconLabel, PlainLabel
from ui.common.stepped_inputs import stepped
from ui.meetings.rule_words import RULES, icon_of, ink_of

MOST = 3.0
STEPS = 4
"""A slider has quarters: four steps make a whole."""


class RuleRow(QWidget):
    """A slider and its number for one rule; silenced it has a way back instead."""

    heard = Signal(str)

    def __init__(self, rule: str, factor: float, is_silenced: bool) -> None:
        super().__init__()
        self.rule = rule
        name = _(RULES[rule])
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(MOST * STEPS))
        self.slider.setPageStep(STEPS)
        self.slider.setFixedWidth(160)
        # For the pointer; by keyboard the number beside it is turned.
        self.slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.slider.setAccessibleName(name)
        self.number = stepped(QDoubleSpinBox(), 88)
        self.number.setRange(0, MOST)
        self.number.setSingleStep(1 / STEPS)
        self.number.setDecimals(2)
        self.number.setPrefix("× ")
        self.number.setAccessibleName(_("{rule}, factor").format(rule=name))
        self.hear = Button(_("Use it again"))
        self.hear.set_height(28)
        self.hear.setAccessibleName(f"{self.hear.words()}: {name}")
        self.silent = PlainLabel(_("Never in this series"), size="small", ink="text2")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 8, 2)
        line.setSpacing(12)
        line.addWidget(IconLabel(icon_of(rule), ink=ink_of(rule)))
        line.addWidget(PlainLabel(name, wraps=True), 1)
        parts: tuple[QWidget, ...] = (
            self.slider,
            self.number,
            self.silent,
            self.hear,
        )
        for part in parts:
            line.addWidget(part)
        self.slider.valueChanged.connect(self._slid)
        self.number.valueChanged.connect(self._typed)
        self.hear.clicked.connect(lambda: self.heard.emit(self.rule))
        self.set_factor(factor)
        self.set_silenced(is_silenced)

    def factor(self) -> float:
        """Return what the rule is turned to."""
        return round(self.number.value(), 2)

    def set_factor(self, factor: float) -> None:
        """Turn the rule."""
        self.number.setValue(factor)

    def set_silenced(self, is_silenced: bool) -> None:
        """Show the way back instead of the factor, or the other way round."""
        turning: tuple[QWidget, ...] = (self.slider, self.number)
        for part in turning:
            part.setVisible(not is_silenced)
        self.silent.setVisible(is_silenced)
        self.hear.setVisible(is_silenced)

    def _slid(self, value: int) -> None:
        if round(self.number.value() * STEPS) != value:
            self.number.setValue(value / STEPS)

    def _typed(self, value: float) -> None:
        self.slider.setValue(round(value * STEPS))


class RulesDialog(Dialog):
    """`weights()` is what a use case takes; silenced rules come back at once."""

    heard = Signal(str)

    def __init__(
        self,
        series: str,
        weights: Mapping[str, float],
        silenced: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Rules and weights"),
            _(
                "What “{series}” looks for, and how much it weighs: 1 as usual, "
                "0 last, 3 three times as much."
            ).format(series=shortened(series, 80)),
            submit=_("Save"),
            parent=parent,
        )
        self.resize(640, 640)
        self.rows = {
            rule: RuleRow(rule, weights.get(rule, 1.0), rule in silenced)
            for rule in RULES
        }
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows.values():
            column.addWidget(row)
            row.heard.connect(self.heard)
        self.body.addWidget(holder)
        self.reset = Button(_("All as usual"), kind="quiet", icon="refresh")
        self.reset.clicked.connect(self._reset)
        self.foot.insertWidget(0, self.reset)
        self.start_at(next(iter(self.rows.values())).number)

    def _reset(self) -> None:
        for row in self.rows.values():
            row.set_factor(1.0)

    def weights(self) -> dict[str, float]:
        """Return the factors that are not as usual."""
        return {
            rule: row.factor() for rule, row in self.rows.items() if row.factor() != 1.0
        }

    def follow(self, silenced: Sequence[str]) -> None:
        """Show which rules are silenced now; what is typed stays."""
        for rule, row in self.rows.items():
            row.set_silenced(rule in silenced)
