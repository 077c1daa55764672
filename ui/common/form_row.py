"""One field of a form: its label, its input by kind, a hint, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeAlias, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.forms import (
    FieldKind,
    FieldProblem,
    FieldSpec,
    Limit,
    day_of,
    longest_of,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import SegmentedControl
from ui.common.completer import Completer
from ui.common.date_input import DateInput
from ui.common.inputs import CheckInput, ChoiceInput, LineInput, TextInput
from ui.common.labels import PlainLabel
from ui.common.painting import text_width

_ONE_LINE = 220
"""How wide a question may be, in pixels, that never takes a second line."""

PROBLEM_WORDS = {
    "missing": N_("This is needed."),
    "not_a_date": N_("Write a date like 2026-05-16, or choose one."),
    "not_a_number": N_("Write a number, for example 12 or 12.50."),
    "not_a_choice": N_("Choose one of the list."),
    "not_yes_or_no": N_("Choose yes or no."),
    "not_a_text": N_("Write words here."),
    "not_a_file": N_("Attach a file here."),
    "too_long": N_("At most {limit} letters fit here. Shorten it."),
    "too_early": N_("Choose {limit} or later."),
    "too_late": N_("Choose {limit} or earlier."),
    "too_small": N_("Write {limit} or more."),
    "too_great": N_("Write {limit} or less."),
    "too_many": N_("At most {limit} files fit here."),
    "unknown": N_("This form has no such field."),
}


class FilesInput(Protocol):
    """What takes the files that answer a question; the page makes it, a widget."""

    changed: SignalInstance

    def value(self) -> list[str]:
        """Return the names of the files attached."""


FilesMaker: TypeAlias = Callable[[FieldSpec, str], FilesInput]


def problem_words(problem: FieldProblem) -> str:
    """Say what is wrong with an answer."""
    words = _(PROBLEM_WORDS.get(problem.code, PROBLEM_WORDS["not_a_text"]))
    limit = problem.limit
    return words if limit is None else words.format(limit=limit_words(limit))


def limit_words(limit: Limit) -> str:
    """Return a limit as the reader writes it."""
    if isinstance(limit, date):
        return formats.day(limit, year=True)
    if isinstance(limit, Decimal):
        return formats.exact(limit)
    return formats.count(limit)


def hint_words(spec: FieldSpec, today: date | None) -> str:
    """Return the hint of a field, and the range an answer has to be in."""
    rules = spec.rules
    first, last = day_of(rules.earliest, today), day_of(rules.latest, today)
    ends = (first, last) if spec.kind is FieldKind.DATE else (rules.least, rules.most)
    least, most = (None if one is None else limit_words(one) for one in ends)
    if least is not None and most is not None:
        told = _("From {least} to {most}").format(least=least, most=most)
    elif least is not None:
        told = _("{least} or more").format(least=least)
        if spec.kind is FieldKind.DATE:
            told = _("{day} or later").format(day=least)
    elif most is not None:
        told = _("{most} or less").format(most=most)
        if spec.kind is FieldKind.DATE:
            told = _("{day} or earlier").format(day=most)
    else:
        told = ""
    return (
        f"{spec.hint.rstrip('.')}. {told}" if told and spec.hint else spec.hint or told
    )


class ChoicesInput(QWidget):
    """Several of several choices, as boxes to tick."""

    changed = Signal()

    def __init__(
        self, options: Sequence[str], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._boxes: dict[str, CheckInput] = {}
        for option in options:
            box = CheckInput(option)
            box.toggled.connect(lambda _on: self.changed.emit())
            layout.addWidget(box)
            self._boxes[option] = box
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> list[str]:
        """Return what is ticked, in the order offered."""
        return [option for option, box in self._boxes.items() if box.isChecked()]

    def set_value(self, value: Sequence[str] | None) -> None:
        """Tick exactly these."""
        for option, box in self._boxes.items():
            box.setChecked(option in (value or ()))


class FieldRow(QWidget):
    """One field of a form: its label, the input, a hint, and what is wrong with it."""

    changed = Signal()
    submitted = Signal()

    def __init__(
        self,
        spec: FieldSpec,
        *,
        people: Sequence[str] = (),
        today: date | None = None,
        make_files: FilesMaker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._make_files = make_files
        self._files: FilesInput | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        self.input = self._make(people, today)
        self.label.setBuddy(self.input)
        layout.addWidget(self.input)
        hint = hint_words(spec, today)
        self._hint = PlainLabel(hint, size="small", ink="text2", wraps=True)
        self._problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._problem.hide()
        layout.addWidget(self._hint)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        self._hint.setVisible(bool(hint))

    def _head(self) -> QHBoxLayout:
        """Write the question, a long one on several lines."""
        spec = self.spec
        head = QHBoxLayout()
        head.setSpacing(8)
        is_long = text_width(spec.label) > _ONE_LINE
        self.label = PlainLabel(spec.label, wraps=is_long)
        head.addWidget(self.label, int(is_long))
        top = Qt.AlignmentFlag.AlignTop if is_long else Qt.AlignmentFlag(0)
        for words in (spec.rules.currency, _("needed") if spec.is_needed else ""):
            if words:
                label = PlainLabel(words, size="small", ink="text2")
                head.addWidget(label, 0, top)
        head.addStretch(int(not is_long))
        return head

    def _make(self, people: Sequence[str], today: date | None) -> QWidget:
        spec = self.spec
        name = f"{spec.label}, {_('needed')}" if spec.is_needed else spec.label
        match spec.kind:
            case FieldKind.LONG_TEXT:
                text = TextInput(limit=longest_of(spec), name=name)
                text.textChanged.connect(self._touched)
                text.submitted.connect(self.submitted)
                return text
            case FieldKind.CHOICE:
                options = [(choice, choice) for choice in spec.choices]
                choice = ChoiceInput(options, name=name, placeholder=_("Choose"))
                choice.chosen.connect(lambda _value: self._touched())
                return choice
            case FieldKind.CHOICES:
                several = ChoicesInput(spec.choices, name=name)
                several.changed.connect(self._touched)
                return several
            case FieldKind.DATE:
                day = DateInput(name=name)
                rules = spec.rules
                day.set_range(
                    day_of(rules.earliest, today), day_of(rules.latest, today)
                )
                day.changed.connect(self._touched)
                day.submitted.connect(self.submitted)
                return day
            case FieldKind.YES_NO:
                options = [("yes", _("Yes")), ("no", _("No"))]
                segments = SegmentedControl(options, name=name, is_optional=True)
                segments.chosen.connect(lambda _value: self._touched())
                return segments
            case FieldKind.FILE if self._make_files is not None:
                files = self._make_files(spec, name)
                files.changed.connect(self._touched)
                self._files = files
                return cast("QWidget", files)
        return self._make_line(name, people)

    def _make_line(self, name: str, people: Sequence[str]) -> LineInput:
        spec = self.spec
        line = LineInput(limit=longest_of(spec), name=name)
        line.textChanged.connect(self._touched)
        line.submitted.connect(self.submitted)
        # Where nobody takes files, the form still shows that it would ask for one.
        line.setEnabled(spec.kind is not FieldKind.FILE)
        if spec.kind is FieldKind.PERSON and people:
            completer = Completer(people, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        return line

    def _touched(self) -> None:
        self.show_problem("")
        self.changed.emit()

    def value(self) -> Any:
        """Return the answer as JSON would keep it, None when there is none."""
        field = self.input
        if self._files is not None:
            return self._files.value() or None
        if isinstance(field, TextInput):
            return field.toPlainText().strip() or None
        if isinstance(field, ChoiceInput | DateInput):
            return field.value()
        if isinstance(field, ChoicesInput):
            return field.value() or None
        if isinstance(field, SegmentedControl):
            return {"yes": True, "no": False}.get(field.value())
        assert isinstance(field, LineInput)
        words = field.text().strip()
        if words and self.spec.kind in (FieldKind.NUMBER, FieldKind.AMOUNT):
            return _number(words)
        return words or None

    def set_value(self, value: Any) -> None:
        """Show an answer; None, and one of another kind of question, empties it."""
        field = self.input
        text = "" if value is None or isinstance(value, list | dict) else str(value)
        if isinstance(field, TextInput):
            field.setPlainText(text)
        elif isinstance(field, ChoiceInput):
            field.set_value(value)
        elif isinstance(field, DateInput):
            field.set_value(text)
        elif isinstance(field, ChoicesInput):
            field.set_value(value if isinstance(value, list) else None)
        elif isinstance(field, SegmentedControl):
            field.set_value({"True": "yes", "False": "no"}.get(text, ""))
        elif isinstance(field, LineInput):
            field.setText(text)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the answer; nothing when words are empty."""
        if words == self._problem.text():
            return
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        shown: QWidget = self.input
        if isinstance(shown, DateInput):
            shown = shown.line
        shown.setAccessibleDescription(words)
        shown.setProperty("refused", bool(words))
        shown.style().unpolish(shown)
        shown.style().polish(shown)
        shown.update()

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()


def _number(words: str) -> str:
    """Return a number as typed with any decimal comma as `12.50`, else as it is."""
    plain = "".join(words.split()).replace("\N{NO-BREAK SPACE}", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return str(Decimal(plain))
    except InvalidOperation:
        return words
