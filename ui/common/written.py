"""What is written and chosen in the fields of a sheet: as plain values, and back.

A part that knows more than its fields say, such as which rows there are, has
``beside()``, which returns it in JSON's own types, and ``put_beside(content)``, which
takes it back before the fields are filled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from ui.common.buttons import SegmentedControl
from ui.common.date_input import DateInput
from ui.common.inputs import ChoiceInput

TWICE = 2
"""What a field offers may depend on one that is filled after it."""
GONE = "gone"
Read = Callable[[Any], Any]
Put = Callable[[Any, Any], None]


def written(sheet: QWidget, besides: Collection[QWidget] = ()) -> list[Any]:
    """Return what stands in a sheet, field by field, without the parts ``besides``."""
    return [
        [type(part).__name__, read(part)] for part, read, _put in _steps(sheet, besides)
    ]


def put_back(
    sheet: QWidget, content: list[Any], besides: Collection[QWidget] = ()
) -> None:
    """Fill a sheet with what stood in it. Raises ValueError where it is another one."""
    for _time in range(TWICE):
        left = iter(content)
        for part, _read, put in _steps(sheet, besides):
            name, value = next(left, ("", None))
            if name != type(part).__name__:
                raise ValueError(f"{type(part).__name__} instead of {name!r}")
            put(part, value)


def take_out(row: QWidget) -> None:
    """Take a row away; until Qt lets go of it, it is no part of the sheet."""
    row.hide()
    row.setProperty(GONE, True)
    row.deleteLater()


def _steps(
    sheet: QWidget, besides: Collection[QWidget]
) -> Iterator[tuple[Any, Read, Put]]:
    """Go through the fields; rows are looked for after they were made."""
    left = set(besides)

    def go(part: QWidget) -> Iterator[tuple[Any, Read, Put]]:
        if part in left:
            return
        left.add(part)
        kind: Any = type(part)
        if hasattr(kind, "put_beside"):
            yield part, kind.beside, kind.put_beside
        how = _how(kind)
        if how is None:
            for child in _parts(part):
                yield from go(child)
        elif not isinstance(part, QAbstractButton) or part.isCheckable():
            yield part, *how

    return go(sheet)


def _how(kind: type[QWidget]) -> tuple[Read, Put] | None:
    """Return how fields of a class are read and filled; None for what is none."""
    if kind not in _KNOWN:
        found = ((read, put) for one, read, put in _FIELDS if issubclass(kind, one))
        _KNOWN[kind] = next(found, None)
    return _KNOWN[kind]


def _parts(part: QWidget) -> Iterable[QWidget]:
    # Rows as they stand, which is not how they were made; the rest after them.
    rows = getattr(part, "rows", ())
    widgets = [one for one in part.children() if isinstance(one, QWidget)]
    inside = [one for one in widgets if not (one.isWindow() or one.property(GONE))]
    return [*rows, *inside] if isinstance(rows, list) else inside


def _code(option: object) -> object:
    """Return what tells an option from others, in JSON's own types."""
    if isinstance(option, Enum):
        return str(option.value)
    return option if option is None or isinstance(option, (int, str)) else repr(option)


def _put_choice(field: ChoiceInput, code: object) -> None:
    before = field.currentIndex()
    if code is None and field.value() is None:
        return
    options = (field.itemData(at) for at in range(field.count()))
    at = next((n for n, one in enumerate(options) if _code(one) == code), -1)
    if at != before and (at >= 0 or code is None):
        field.setCurrentIndex(at)
        field.chosen.emit(field.value())


def _put_segment(field: SegmentedControl, option: str) -> None:
    if field.value() != option:
        field.set_value(option)
        field.chosen.emit(option)


def _put_text(field: QPlainTextEdit, words: str) -> None:
    if field.toPlainText() != words:
        field.setPlainText(words)


_FIELDS: tuple[tuple[type[QWidget], Read, Put], ...] = (
    (DateInput, lambda one: one.value(), lambda one, day: one.set_value(day)),
    (ChoiceInput, lambda one: _code(one.value()), _put_choice),
    (SegmentedControl, lambda one: one.value(), _put_segment),
    (QSpinBox, lambda one: one.value(), lambda one, number: one.setValue(number)),
    (
        QTimeEdit,
        lambda one: one.time().toString("HH:mm:ss"),
        lambda one, at: one.setTime(QTime.fromString(at, "HH:mm:ss")),
    ),
    (
        QAbstractButton,
        lambda one: one.isChecked(),
        lambda one, is_on: one.setChecked(is_on),
    ),
    (QLineEdit, lambda one: one.text(), lambda one, words: one.setText(words)),
    (QPlainTextEdit, lambda one: one.toPlainText(), _put_text),
)
_KNOWN: dict[type[QWidget], tuple[Read, Put] | None] = {}
"""Of every class met: a sheet has hundreds of parts, gone through each second."""
