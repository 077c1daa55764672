"""Fields of dialogs with a value to step through: minutes, a time of day."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QTime
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QSpinBox,
    QTimeEdit,
)

from desktop.i18n import gettext as _
from ui.style import dress

Stepped = TypeVar("Stepped", bound=QAbstractSpinBox)


def minutes_input(value: int, least: int, most: int) -> QSpinBox:
    """Return a field for minutes."""
    field = QSpinBox()
    dress(field, "field")
    field.setRange(least, most)
    field.setValue(value)
    field.setSuffix(" " + _("min"))
    return _fitted(field)


def time_input(hour: int, minute: int = 0) -> QTimeEdit:
    """Return a field for a time of day, 24 hours everywhere."""
    field = QTimeEdit(QTime(hour, minute))
    dress(field, "field")
    field.setDisplayFormat("HH:mm")
    return _fitted(field)


def _fitted(field: Stepped) -> Stepped:
    """Give a stepped field the height and the margin of the other inputs."""
    field.setFixedSize(104, 32)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field
