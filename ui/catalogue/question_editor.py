"""One question of a form being written: what it asks, and the rules of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.form_checks import CURRENCY_CAP, HINT_CAP, MOST_CHOICES
from desktop.domain.forms import (
    CHOOSING,
    COUNTED,
    WRITTEN,
    FieldKind,
    FieldSpec,
    Rules,
    number_of,
)
from desktop.i18n import gettext as _
from ui.catalogue.rule_fields import DayRuleField, ShownIfField
from ui.catalogue.words import KINDS, kind_words
from ui.common.inputs import CheckInput, ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled


class QuestionEditor(QWidget):
    """Tells ``edited(spec, part)`` of each change; ``show_question`` fills it."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = FieldSpec("", "", FieldKind.TEXT)
        self._is_filling = False
        self.label = LineInput(name=_("Question, needed"))
        self.kind = ChoiceInput(
            [(kind.value, kind_words(kind)) for kind in KINDS], name=_("Kind of answer")
        )
        self.needed = CheckInput(_("An answer is needed"))
        self.hint = LineInput(limit=HINT_CAP, name=_("Help"))
        self.choices = TextInput(name=_("Choices, one a line"), lines=4)
        self.earliest = DayRuleField(_("Not before"))
        self.latest = DayRuleField(_("Not after"))
        self.least, self.most, self.longest = (
            LineInput(limit=20, name=name)
            for name in (_("At least"), _("At most"), _("Most letters"))
        )
        self.longest.setMaximumWidth(160)
        self.currency = LineInput(limit=CURRENCY_CAP, name=_("Currency"))
        self.shown_if = ShownIfField()
        self._parts = {
            "label": Labelled(_("Question"), self.label, needed=True),
            "kind": Labelled(_("Kind of answer"), self.kind),
            "hint": Labelled(_("Help under the field"), self.hint),
            "choices": Labelled(_("Choices, one a line"), self.choices),
            "earliest": Labelled(_("Not before"), self.earliest),
            "latest": Labelled(_("Not after"), self.latest),
            "least": Labelled(_("At least"), self.least),
            "most": Labelled(_("At most"), self.most),
            "currency": Labelled(_("Currency"), self.currency),
            "longest": Labelled(_("Most letters"), self.longest),
            "shown_if": Labelled(_("Shown"), self.shown_if),
        }
        self._place()
        self._connect()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        parts = self._parts
        layout.addWidget(parts["label"])
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(parts["kind"], 1)
        line.addWidget(self.needed, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(line)
        for name in ("hint", "choices", "earliest", "latest"):
            layout.addWidget(parts[name])
        numbers = QHBoxLayout()
        numbers.setSpacing(16)
        for name in ("least", "most", "currency", "longest"):
            numbers.addWidget(parts[name], 1)
        layout.addLayout(numbers)
        layout.addWidget(parts["shown_if"])

    def _connect(self) -> None:
        for name in ("label", "hint", "least", "most", "longest", "currency"):
            field: LineInput = getattr(self, name)
            field.textEdited.connect(lambda _words, part=name: self._tell(part))
        self.choices.textChanged.connect(lambda: self._tell("choices"))
        self.kind.chosen.connect(lambda _kind: self._turned())
        self.needed.clicked.connect(lambda _on: self._tell("needed"))
        for name in ("earliest", "latest", "shown_if"):
            getattr(self, name).changed.connect(lambda part=name: self._tell(part))

    # ------------------------------------------------------------ showing

    def show_question(self, spec: FieldSpec, before: Sequence[FieldSpec]) -> None:
        """Show a question, and what those asked before it can decide."""
        self._is_filling = True
        self._spec = spec
        rules = spec.rules
        for field, words in (
            (self.label, spec.label),
            (self.hint, spec.hint),
            (self.least, _plain(rules.least)),
            (self.most, _plain(rules.most)),
            (self.longest, str(rules.longest or "")),
            (self.currency, rules.currency),
        ):
            if field.text().strip() != words.strip():
                field.setText(words)
        self.kind.set_value(spec.kind.value)
        self.needed.setChecked(spec.is_needed)
        if _lines(self.choices.toPlainText()) != spec.choices:
            self.choices.setPlainText("\n".join(spec.choices))
        self.earliest.set_rule(rules.earliest)
        self.latest.set_rule(rules.latest)
        self.shown_if.set_rule(rules.shown_if, before)
        self._show_parts(spec.kind)
        self._is_filling = False

    def _show_parts(self, kind: FieldKind) -> None:
        shown = {
            "choices": kind in CHOOSING,
            "earliest": kind is FieldKind.DATE,
            "latest": kind is FieldKind.DATE,
            "least": kind in COUNTED,
            "most": kind in COUNTED,
            "currency": kind is FieldKind.AMOUNT,
            "longest": kind in WRITTEN,
        }
        for name, is_shown in shown.items():
            self._parts[name].setVisible(is_shown)

    def show_problem(self, part: str, words: str) -> bool:
        """Say what is wrong with a part, and go there; False where there is none."""
        row = self._parts.get(part)
        if row is None:
            return False
        row.show_problem(words)
        row.field.setFocus()
        return True

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for row in self._parts.values():
            row.show_problem("")

    # ------------------------------------------------------------ changing

    def _turned(self) -> None:
        self._show_parts(self._kind())
        self._tell("kind")

    def _kind(self) -> FieldKind:
        # A choice field gives back the plain text of a code.
        return FieldKind(str(self.kind.value()))

    def _tell(self, part: str) -> None:
        if self._is_filling:
            return
        if part in self._parts:
            self._parts[part].show_problem("")
        self._spec = self.question()
        self.edited.emit(self._spec, part)

    def question(self) -> FieldSpec:
        """Return the question as it stands in the fields."""
        longest = self.longest.text().strip()
        return replace(
            self._spec,
            label=self.label.text(),
            kind=self._kind(),
            is_needed=self.needed.isChecked(),
            hint=self.hint.text(),
            choices=_lines(self.choices.toPlainText())[: MOST_CHOICES + 1],
            rules=Rules(
                shown_if=self.shown_if.rule(),
                earliest=self.earliest.rule(),
                latest=self.latest.rule(),
                least=_number(self.least.text()),
                most=_number(self.most.text()),
                longest=int(longest)
                if longest.isdecimal() and longest.isascii() and int(longest)
                else None,
                currency=self.currency.text(),
            ),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("\n") if one.strip())


def _number(words: str) -> Decimal | None:
    plain = "".join(words.split())
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    return number_of(plain) if plain else None


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
