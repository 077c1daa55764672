"""Fields of the calendars' dialogs: side by side, read as dates, refused in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from ui.common.form import PROBLEM_WORDS, DateInput


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
