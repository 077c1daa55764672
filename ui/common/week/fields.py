"""The fields of the calendars' dialogs: label, input, and the refusal beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel


class FieldBox(QWidget):
    """Label above, the input, a hint, and what is wrong below."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        named = _named(field)
        title = PlainLabel(label)
        title.setBuddy(named)
        named.setAccessibleName(label)
        self.hint = PlainLabel(hint, size="small", ink="text2", wraps=True)
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (title, field, self.hint, self.problem):
            layout.addWidget(part)
        # Shown before it has a parent it would be a window of its own for a moment.
        self.hint.setVisible(bool(hint))

    def show_problem(self, words: str) -> None:
        """Say what is wrong and go there; empty words take it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        field = _named(self.field)
        field.setAccessibleDescription(words)
        field.setProperty("refused", bool(words))
        field.style().unpolish(field)
        field.style().polish(field)
        field.update()
        if words:
            self.field.setFocus()


def _named(field: QWidget) -> QWidget:
    """Return what of a field is typed into."""
    line = getattr(field, "line", None)
    return line if isinstance(line, LineInput) else field


def side_by_side(*fields: QWidget) -> QHBoxLayout:
    """Return fields in one line, of equal width."""
    line = QHBoxLayout()
    line.setSpacing(16)
    for field in fields:
        line.addWidget(field, 1)
    return line


def date_of(field: DateInput, name: str) -> date:
    """Return the date typed. Raises Invalid when there is none."""
    words = field.value()
    if not words:
        raise Invalid(name, "missing")
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Invalid(name, "not_a_date", value=words[:40]) from error


def field_words(problem: Invalid) -> str:
    """Return what is wrong with a field of a dialog."""
    from ui.common.week.words import problem_of

    known = PROBLEM_WORDS.get(problem.code)
    return _(known) if known else problem_of(problem)
