"""A form built from field data: labels above, "needed" as a word, errors beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.forms import (
    FieldKind,
    FieldProblem,
    FieldSpec,
    asked_answers,
    shown_fields,
)
from ui.common.date_input import DateInput
from ui.common.form_row import (
    PROBLEM_WORDS,
    ChoicesInput,
    FieldRow,
    FilesInput,
    FilesMaker,
    problem_words,
)

__all__ = [
    "PROBLEM_WORDS",
    "ChoicesInput",
    "DateInput",
    "FieldRow",
    "FilesInput",
    "FilesMaker",
    "Form",
    "problem_words",
]

_WIDE = frozenset({FieldKind.LONG_TEXT, FieldKind.CHOICES, FieldKind.FILE})


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
        make_files: FilesMaker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._make_files = make_files
        self._rows: dict[str, FieldRow] = {}
        self._placed: list[FieldRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(16)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.set_fields(fields, people=people)

    def set_fields(
        self,
        fields: Sequence[FieldSpec],
        *,
        people: Sequence[str] = (),
        today: date | None = None,
    ) -> None:
        """Show other fields; answers to fields of the same code and kind are kept.

        ``today`` is what days counted from today are counted from.
        """
        kept = {code: (row.spec.kind, row.value()) for code, row in self._rows.items()}
        for row in self._rows.values():
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._placed = {}, []
        for spec in fields:
            row = FieldRow(
                spec,
                people=people,
                today=today,
                make_files=self._make_files,
                parent=self,
            )
            row.hide()
            row.changed.connect(self._answered)
            row.submitted.connect(self.submitted)
            self._rows[spec.code] = row
            if spec.code in kept and kept[spec.code][0] is spec.kind:
                row.set_value(kept[spec.code][1])
        self._place_asked()

    def set_columns(self, columns: int) -> None:
        """Put the fields in one column or in two, with what is written in them."""
        if columns != self._columns:
            self._columns = columns
            self._grid.setColumnStretch(1, columns - 1)
            self._placed, placed = [], self._placed
            for row in placed:
                self._grid.removeWidget(row)
            self._place_asked()

    def fields(self) -> tuple[FieldSpec, ...]:
        """Return every field, also those not asked as things stand."""
        return tuple(row.spec for row in self._rows.values())

    def shown(self) -> tuple[FieldSpec, ...]:
        """Return the fields that are asked, given the answers."""
        return shown_fields(self.fields(), self.typed())

    def _answered(self) -> None:
        self._place_asked()
        self.changed.emit()

    def _place_asked(self) -> None:
        """Give the fields that are asked their places; the others keep their words."""
        asked = [self._rows[spec.code] for spec in self.shown()]
        if asked == self._placed:
            return
        for row in self._placed:
            self._grid.removeWidget(row)
            row.setVisible(row in asked)
        line = column = 0
        for at in range(self._grid.rowCount()):
            self._grid.setRowStretch(at, 0)
        for row in asked:
            is_wide = row.spec.kind in _WIDE or self._columns == 1
            if is_wide and column:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, self._columns if is_wide else 1)
            row.show()
            column = self._columns if is_wide else column + 1
            if column >= self._columns:
                line, column = line + 1, 0
        self._grid.setRowStretch(line + 1, 1)
        self._placed = asked

    def row(self, code: str) -> FieldRow:
        """Return one field; KeyError when there is none of that code."""
        return self._rows[code]

    def values(self) -> dict[str, Any]:
        """Return the answers to what is asked, by field code; none are left out."""
        return asked_answers(self.fields(), self.typed())

    def typed(self) -> dict[str, Any]:
        """Return every answer typed, also to fields not asked any more."""
        found = {code: row.value() for code, row in self._rows.items()}
        return {code: value for code, value in found.items() if value is not None}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these answers; fields not named are emptied."""
        for code, row in self._rows.items():
            row.set_value(values.get(code))
        self._place_asked()

    def missing(self) -> list[FieldSpec]:
        """Return the fields asked and needed that have no answer yet."""
        answers = self.values()
        return [
            spec for spec in self.shown() if spec.is_needed and spec.code not in answers
        ]

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Say beside each field what is wrong, and go to the first one."""
        self.clear_problems()
        for problem in problems:
            row = self._rows.get(problem.field)
            if row is not None:
                row.show_problem(problem_words(problem))
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
        if self._placed:
            self._placed[0].input.setFocus()
