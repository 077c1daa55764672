"""Completes @names while people write: a short list below the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QPlainTextEdit
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.domain.text import fold_for_search, searchable
from desktop.i18n import gettext as _
from desktop.queries.lookups import PersonRow, people
from ui.common.completer import Completer

if TYPE_CHECKING:
    from ui.context import Context

SHOWN = 8
LONGEST = 40
_TAKES = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)


class Mentions(QObject):
    """Offers names after an @ in a text field, one's own unit first."""

    def __init__(self, context: Context, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._context = context
        self._field = field
        self._names: list[tuple[str, str]] = []
        self._is_asked = False
        self._model = QStringListModel(self)
        self.completer = Completer(self._model, self)
        self.completer.setWidget(field)
        self.completer.setCompletionMode(
            QCompleter.CompletionMode.UnfilteredPopupCompletion
        )
        self.completer.setMaxVisibleItems(SHOWN)
        popup = self.completer.popup()
        assert popup is not None
        self._popup = popup
        popup.setAccessibleName(_("People to name"))
        self.completer.activated.connect(self._take)
        field.textChanged.connect(self._look)
        field.installEventFilter(self)

    def _look(self) -> None:
        """Offer the names that begin as what stands after the last @."""
        popup = self._popup
        if not isValid(popup):
            # The field is being taken down, and its text with it.
            return
        started = self._started()
        if started is None or not self._field.hasFocus():
            popup.hide()
            return
        if not self._is_asked:
            self._is_asked = True
            read = self._context.operations.read(people)
            read.start(self, self._know, _leave_it)
            return
        folded = fold_for_search(started)
        fits = [
            name
            for name, known in self._names
            if any(part.startswith(folded) for part in (known, *known.split()))
        ][:SHOWN]
        if not fits or fits == [started]:
            popup.hide()
            return
        self._model.setStringList(fits)
        place = self._field.cursorRect()
        place.setWidth(280)
        self.completer.complete(place)
        popup.setCurrentIndex(self._model.index(0, 0))

    def _know(self, found: list[PersonRow] | tuple[PersonRow, ...]) -> None:
        mine = self._context.me
        near = sorted(
            (one for one in found if one.id != mine.person_id),
            key=lambda one: (one.unit_id != mine.unit_id, one.name.casefold()),
        )
        self._names = [(one.name, searchable(one.name)) for one in near]
        self._look()

    def _started(self) -> str | None:
        """Return what is typed after an @ before the cursor; None without one."""
        cursor = self._field.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        before, at, typed = line.rpartition("@")
        if not at or len(typed) > LONGEST or (before and before[-1].isalnum()):
            return None
        return typed

    def _take(self, name: str) -> None:
        started = self._started()
        if started is None:
            return
        cursor = self._field.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left,
            QTextCursor.MoveMode.KeepAnchor,
            len(started),
        )
        cursor.insertText(f"{name} ")
        self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the list have the keys that choose from it."""
        popup = self._popup
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and popup.isVisible()
            and event.key() in _TAKES
        ):
            chosen = popup.currentIndex()
            self._take(str(chosen.data()))
            return True
        return super().eventFilter(watched, event)


def _leave_it(_refusal: Refusal) -> None:
    """Offer nobody: the name can be typed."""
