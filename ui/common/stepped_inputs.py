"""Fields with a value to step through: numbers, and times of day."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QTimeEdit

from desktop.i18n import gettext as _
from ui.style import dress

Stepped = TypeVar("Stepped", bound=QAbstractSpinBox)


def stepped(field: Stepped, width: int | None = 104) -> Stepped:
    """Give a field the look of the other inputs; without a width it may grow."""
    dress(field, "field")
    field.setFixedHeight(32)
    if width is not None:
        field.setFixedWidth(width)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field


def number_input(
    value: int,
    least: int,
    most: int,
    *,
    unit: str = "",
    width: int | None = 104,
    name: str = "",
) -> QSpinBox:
    """Return a field for a whole number, with the unit written behind it."""
    field = QSpinBox()
    field.setRange(least, most)
    field.setValue(value)
    field.setSuffix(unit)
    field.setAccessibleName(name)
    return stepped(field, width)


def minutes_input(value: int, least: int, most: int) -> QSpinBox:
    """Return a field for minutes."""
    return number_input(value, least, most, unit=" " + _("min"))


def time_input(hour: int, minute: int = 0) -> QTimeEdit:
    """Return a field for a time of day, 24 hours everywhere."""
    field = QTimeEdit(QTime(hour, minute))
    field.setDisplayFormat("HH:mm")
    return stepped(field)
