"""Small fields of the series editor."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QTimeEdit

from desktop.domain.errors import Invalid
from ui.common.date_input import DateInput


def day_of(field: DateInput, where: str) -> date:
    """Return the day typed. Refuses (Invalid ``where``) what is none."""
    words = field.value()
    if not words:
        raise Invalid(where, "missing")
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Invalid(where, "not_a_date") from error


def time_of(field: QTimeEdit) -> time:
    """Return the time of day typed."""
    at = field.time()
    return time(at.hour(), at.minute())


def show_time(field: QTimeEdit, at: time) -> None:
    """Show a time of day."""
    field.setTime(QTime(at.hour, at.minute))


def id_of(value: object) -> int | None:
    """Return an id chosen, None for nobody."""
    return value if isinstance(value, int) else None
