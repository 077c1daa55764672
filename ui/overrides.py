"""Makes an error in a method that Qt calls an error, and not the end of the process.

Before Python 3.12 an error raised in C (a number that is none, an object of Qt's that
is gone) stays half made until somebody catches it. PySide reads it as if it were whole
where Python waits for Qt meanwhile, as for `show` or `grab`. So each such method of
ours catches what it raises, and raises it again.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

# Slots are left as they are: what they are called with is told by how they are written.
_CALLED_BY_QT = frozenset(
    (
        *("paint", "sizeHint", "minimumSizeHint", "minimumSize"),
        *("hasHeightForWidth", "heightForWidth", "expandingDirections"),
        *("addItem", "count", "itemAt", "takeAt", "setGeometry"),
        *("event", "eventFilter", "viewportEvent", "hitButton"),
        *("focusNextPrevChild", "moveCursor", "showPopup"),
        *("rowCount", "columnCount", "data", "headerData", "flags", "sort"),
        *("canFetchMore", "fetchMore"),
        *("supportedDropActions", "mimeTypes", "mimeData", "dropMimeData"),
        *("canInsertFromMimeData", "insertFromMimeData"),
        *("textFromValue", "valueFromText", "validate", "stepBy"),
    )
)


def keep_errors_whole() -> None:
    """Have it done for every class that is derived from one of Qt's from now on."""
    if sys.version_info < (3, 12):
        setattr(QObject, "__init_subclass__", classmethod(_derived))  # noqa: B010 - not declared


def _derived(cls: Any, /, **named: Any) -> None:
    super(QObject, cls).__init_subclass__(**named)
    for name, method in tuple(vars(cls).items()):
        is_called = name in _CALLED_BY_QT or name.endswith("Event")
        if is_called and isinstance(method, FunctionType):
            setattr(cls, name, _raising_again(method))


def _raising_again(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def called(*values: Any, **named: Any) -> Any:
        try:
            return method(*values, **named)
        except BaseException:
            raise  # caught once it is whole

    return called
