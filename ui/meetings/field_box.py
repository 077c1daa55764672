"""A field of a dialog: its label, the input, and what is wrong with it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QTime
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.form import DateInput
from ui.common.labels import PlainLabel

Stepped = TypeVar("Stepped", bound=QAbstractSpinBox)


class FieldBox(QWidget):
    """Label above, the input, a hint, and the refusal beside the field."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        needed: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        head = QHBoxLayout()
        head.setSpacing(8)
        title = PlainLabel(label)
        title.setBuddy(field)
        head.addWidget(title)
        if needed:
            head.addWidget(PlainLabel(_("needed"), size="small", ink="text2"))
        head.addStretch(1)
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        self.hint = PlainLabel(hint, size="small", ink="text2", wraps=True)
        field.setAccessibleName(f"{label}, {_('needed')}" if needed else label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(field)
        layout.addWidget(self.hint)
        self.hint.setVisible(bool(hint))
        layout.addWidget(self.problem)

    def show_problem(self, words: str) -> None:
        """Say what is wrong, and go there; empty words take it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        shown = self.field.line if isinstance(self.field, DateInput) else self.field
        shown.setAccessibleDescription(words)
        shown.setProperty("refused", bool(words))
        shown.style().unpolish(shown)
        shown.style().polish(shown)
        shown.update()
        if words:
            self.field.setFocus()


def minutes_input(value: int, least: int, most: int) -> QSpinBox:
    """Return a field for minutes."""
    field = QSpinBox()
    field.setRange(least, most)
    field.setValue(value)
    field.setSuffix(" " + _("min"))
    return _fitted(field)


def time_input(hour: int, minute: int = 0) -> QTimeEdit:
    """Return a field for a time of day, 24 hours everywhere."""
    field = QTimeEdit(QTime(hour, minute))
    field.setDisplayFormat("HH:mm")
    return _fitted(field)


def _fitted(field: Stepped) -> Stepped:
    """Give a stepped field the height and the margin of the other inputs."""
    field.setFixedSize(104, 32)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field
