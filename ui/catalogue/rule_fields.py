"""Fields for the rules of a question: when it is shown, which days it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.forms import DECIDING, FieldSpec, ShownIf
from desktop.i18n import gettext as _
from ui.catalogue.words import answer_name, answers_of
from ui.common.form import DateInput
from ui.common.inputs import CheckInput, ChoiceInput, LineInput

ANY, TODAY, AFTER, BEFORE, DATE = "any", "today", "after", "before", "date"
_COUNTED = re.compile(r"today([+-])(\d+)")


class DayRuleField(QWidget):
    """Any day, the day it is asked, some days after or before it, or a date."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.kind = ChoiceInput(
            [
                (ANY, _("Any day")),
                (TODAY, _("The day it is asked")),
                (AFTER, _("Days after that")),
                (BEFORE, _("Days before that")),
                (DATE, _("A date")),
            ],
            name=name,
        )
        self.days = LineInput(limit=5, name=_("{name}, days").format(name=name))
        self.day = DateInput(name=_("{name}, date").format(name=name))
        layout.addWidget(self.kind, 1)
        layout.addWidget(self.days, 1)
        layout.addWidget(self.day, 1)
        self.setFocusProxy(self.kind)
        self.kind.chosen.connect(lambda _kind: self._turned())
        self.days.textEdited.connect(lambda _words: self.changed.emit())
        self.day.changed.connect(self._dated)
        self._is_filling = False
        self.set_rule("")

    def rule(self) -> str:
        """Return the rule as it is stored; what is half typed is none."""
        kind = self.kind.value()
        days = self.days.text().strip()
        if kind == TODAY:
            return "today"
        if kind == DATE:
            return self.day.value() or ""
        if kind in (AFTER, BEFORE) and days.isdecimal() and days.isascii():
            return f"today{'+' if kind == AFTER else '-'}{int(days)}"
        return ""

    def set_rule(self, rule: str) -> None:
        """Show a rule as it is stored."""
        if rule == self.rule() and rule:
            return
        self._is_filling = True
        counted = _COUNTED.fullmatch(rule)
        self.days.setText(counted[2] if counted else "")
        self.day.set_value("" if counted or rule == "today" else rule)
        kind = DATE if rule else ANY
        if counted:
            kind = AFTER if counted[1] == "+" else BEFORE
        elif rule == "today":
            kind = TODAY
        self.kind.set_value(kind)
        self._show_parts()
        self._is_filling = False

    def _turned(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _dated(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _show_parts(self) -> None:
        self.days.setVisible(self.kind.value() in (AFTER, BEFORE))
        self.day.setVisible(self.kind.value() == DATE)


class ShownIfField(QWidget):
    """Always, or only for some answers to a question before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.question = ChoiceInput(name=_("Shown"))
        self.question.chosen.connect(lambda _code: self._turned())
        layout.addWidget(self.question)
        self._answers = QVBoxLayout()
        self._answers.setContentsMargins(12, 0, 0, 0)
        self._answers.setSpacing(0)
        layout.addLayout(self._answers)
        self.boxes: dict[str | bool, CheckInput] = {}
        self._before: Sequence[FieldSpec] = ()
        self.setFocusProxy(self.question)

    def rule(self) -> ShownIf | None:
        """Return when the question is shown; None for always."""
        code = self.question.value()
        if not isinstance(code, str) or not code:
            return None
        ticked = tuple(one for one, box in self.boxes.items() if box.isChecked())
        return ShownIf(code, ticked)

    def set_rule(self, rule: ShownIf | None, before: Sequence[FieldSpec]) -> None:
        """Show when a question is shown, given the questions asked before it."""
        self._before = [one for one in before if one.kind in DECIDING]
        always = [("", _("Always"))]
        options = [
            (one.code, _("Only if “{question}” is").format(question=one.label))
            for one in self._before
        ]
        known = {code for code, _words in options}
        if rule is not None and rule.field not in known:
            options.append((rule.field, _("Only if something not asked before is")))
        self.question.set_options([*always, *options])
        self.question.set_value(rule.field if rule else "")
        self._show_answers(rule)

    def _turned(self) -> None:
        self._show_answers(None)
        self.changed.emit()

    def _show_answers(self, rule: ShownIf | None) -> None:
        code = self.question.value()
        spec = next((one for one in self._before if one.code == code), None)
        wanted = answers_of(spec) if spec is not None else ()
        if tuple(self.boxes) != wanted or [type(one) for one in self.boxes] != [
            type(one) for one in wanted
        ]:
            for box in self.boxes.values():
                self._answers.removeWidget(box)
                box.hide()
                box.deleteLater()
            self.boxes = {}
            for answer in wanted:
                box = CheckInput(answer_name(answer))
                box.clicked.connect(lambda _on: self.changed.emit())
                self._answers.addWidget(box)
                self.boxes[answer] = box
        for answer, box in self.boxes.items():
            box.setChecked(rule is not None and answer in rule.answers)
