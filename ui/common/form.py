"""A form built from field data: labels above, "needed" as a word, errors beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.forms import FieldKind, FieldProblem, FieldSpec
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import IconButton, SegmentedControl
from ui.common.inputs import CheckInput, ChoiceInput, LineInput, TextInput
from ui.common.labels import PlainLabel
from ui.common.typed_dates import date_in_order

PROBLEM_WORDS = {
    "missing": N_("This is needed."),
    "not_a_date": N_("Write a date like 2026-05-16, or choose one."),
    "not_a_number": N_("Write a number, for example 12 or 12.50."),
    "not_a_choice": N_("Choose one of the list."),
    "not_yes_or_no": N_("Choose yes or no."),
    "not_a_text": N_("Write words here."),
    "unknown": N_("This form has no such field."),
}


class DateInput(QWidget):
    """A date typed in the reader's way or as 2026-05-16, or chosen from a calendar."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.line = LineInput(limit=40, name=name, placeholder=self._example())
        self.line.textChanged.connect(self.changed)
        self.line.submitted.connect(self.submitted)
        self._button = IconButton("calendar", _("Choose a date"))
        self._button.clicked.connect(self._choose)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self.line)

    @classmethod
    def _example(cls) -> str:
        shown = QLocale().toString(QDate(2026, 12, 31), cls._pattern())
        return _("for example {date}").format(date=shown)

    @staticmethod
    def _pattern() -> str:
        pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")

    def value(self) -> str | None:
        """Return the date as 2026-05-16; what is not a date comes back as typed."""
        words = self.line.text().strip()
        if not words:
            return None
        try:
            return date.fromisoformat(words).isoformat()
        except ValueError:
            found = date_in_order(words, self._pattern())
        if not found.isValid():
            return words
        return found.toString(Qt.DateFormat.ISODate)

    def set_value(self, value: str | None) -> None:
        """Show a date given as 2026-05-16."""
        found = QDate.fromString(value or "", Qt.DateFormat.ISODate)
        shown = QLocale().toString(found, self._pattern()) if found.isValid() else ""
        self.line.setText(shown or (value or ""))

    def _choose(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(
            QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        )
        current = QDate.fromString(self.value() or "", Qt.DateFormat.ISODate)
        if current.isValid():
            calendar.setSelectedDate(current)

        def take(chosen: QDate) -> None:
            self.set_value(chosen.toString(Qt.DateFormat.ISODate))
            calendar.close()
            self.line.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        calendar.show()
        calendar.setFocus()


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.label = PlainLabel(spec.label)
        head.addWidget(self.label)
        if spec.is_needed:
            head.addWidget(PlainLabel(_("needed"), size="small", ink="text2"))
        head.addStretch(1)
        layout.addLayout(head)
        self.input = self._make(people)
        self.label.setBuddy(self.input)
        layout.addWidget(self.input)
        self._hint = PlainLabel(spec.hint, size="small", ink="text2", wraps=True)
        self._hint.setVisible(bool(spec.hint))
        self._problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._problem.hide()
        layout.addWidget(self._hint)
        layout.addWidget(self._problem)
        layout.addStretch(1)

    def _make(self, people: Sequence[str]) -> QWidget:
        spec = self.spec
        name = f"{spec.label}, {_('needed')}" if spec.is_needed else spec.label
        match spec.kind:
            case FieldKind.LONG_TEXT:
                text = TextInput(name=name)
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
                day.changed.connect(self._touched)
                day.submitted.connect(self.submitted)
                return day
            case FieldKind.YES_NO:
                options = [("yes", _("Yes")), ("no", _("No"))]
                segments = SegmentedControl(options, name=name, is_optional=True)
                segments.chosen.connect(lambda _value: self._touched())
                return segments
        line = LineInput(name=name)
        line.textChanged.connect(self._touched)
        line.submitted.connect(self.submitted)
        if spec.kind is FieldKind.PERSON and people:
            completer = QCompleter(list(people), line)
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
        """Show an answer; None empties the field."""
        field = self.input
        if isinstance(field, TextInput):
            field.setPlainText(str(value or ""))
        elif isinstance(field, ChoiceInput | DateInput | ChoicesInput):
            field.set_value(value)
        elif isinstance(field, SegmentedControl):
            field.set_value({True: "yes", False: "no"}.get(value, ""))
        elif isinstance(field, LineInput):
            field.setText("" if value is None else str(value))

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


_WIDE = frozenset({FieldKind.LONG_TEXT, FieldKind.CHOICES})


class Form(QWidget):
    """Fields in one or two columns; Tab goes through them as the eye does."""

    changed = Signal()
    submitted = Signal()

    def __init__(
        self,
        fields: Sequence[FieldSpec] = (),
        *,
        people: Sequence[str] = (),
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: dict[str, FieldRow] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(16)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.set_fields(fields, people=people)

    def set_fields(
        self, fields: Sequence[FieldSpec], *, people: Sequence[str] = ()
    ) -> None:
        """Show other fields; answers to fields of the same code and kind are kept."""
        kept = {code: (row.spec.kind, row.value()) for code, row in self._rows.items()}
        for row in self._rows.values():
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        line = column = 0
        for spec in fields:
            row = FieldRow(spec, people=people)
            row.changed.connect(self.changed)
            row.submitted.connect(self.submitted)
            is_wide = spec.kind in _WIDE or self._columns == 1
            if is_wide and column:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, self._columns if is_wide else 1)
            column = self._columns if is_wide else column + 1
            if column >= self._columns:
                line, column = line + 1, 0
            self._rows[spec.code] = row
            self._grid.setRowStretch(line, 0)
            if spec.code in kept and kept[spec.code][0] is spec.kind:
                row.set_value(kept[spec.code][1])
        self._grid.setRowStretch(line + 1, 1)

    def row(self, code: str) -> FieldRow:
        """Return one field; KeyError when there is none of that code."""
        return self._rows[code]

    def values(self) -> dict[str, Any]:
        """Return the answers given, by field code; unanswered fields are left out."""
        found = {code: row.value() for code, row in self._rows.items()}
        return {code: value for code, value in found.items() if value is not None}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these answers; fields not named are emptied."""
        for code, row in self._rows.items():
            row.set_value(values.get(code))

    def missing(self) -> list[FieldSpec]:
        """Return the needed fields that have no answer yet."""
        answers = self.values()
        rows = self._rows.values()
        return [
            row.spec
            for row in rows
            if row.spec.is_needed and row.spec.code not in answers
        ]

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Say beside each field what is wrong, and go to the first one."""
        self.clear_problems()
        for problem in problems:
            row = self._rows.get(problem.field)
            if row is not None:
                words = PROBLEM_WORDS.get(problem.code, PROBLEM_WORDS["not_a_text"])
                row.show_problem(_(words))
        first = next((one for one in problems if one.field in self._rows), None)
        if first is not None:
            self._rows[first.field].input.setFocus()

    def show_problem(self, code: str, words: str) -> bool:
        """Say what is wrong with one field; False when the form has no such field."""
        row = self._rows.get(code)
        if row is None:
            return False
        row.show_problem(words)
        row.input.setFocus()
        return True

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for row in self._rows.values():
            row.show_problem("")

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self._rows:
            next(iter(self._rows.values())).input.setFocus()
