"""The field a list is searched with: it completes field words and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop.domain.search_words import CODES, Field, Piece, piece_at, quoted
from desktop.domain.text import fold_for_search
from desktop.i18n import gettext as _
from desktop.queries.search import SearchNames, names_to_search
from ui.common.completer import Completer
from ui.common.inputs import SearchField
from ui.common.lists.words import FIELDS
from ui.context import Context
from ui.style import dress

TYPING_MS = 200
MOST_OFFERED = 12
LEAST_TYPED = 2
"""How much of a field's name is typed before it is offered."""

_TEXT = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Offer:
    """What can stand in the place of what is being typed, and what it means."""

    text: str
    about: str = ""


class _Offers(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def set_offers(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = list(offers)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = 0) -> Any:
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{offer.text}   {offer.about}" if offer.about else offer.text
        if role in (_TEXT, Qt.ItemDataRole.EditRole):
            return offer.text
        return None


class SearchWordsField(SearchField):
    """`asked` follows what is typed, a little later; names are read at first use."""

    asked = Signal(str)

    def __init__(
        self, context: Context, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, parent=parent)
        self.setMaxLength(400)
        self._context = context
        self._names: SearchNames | None = None
        self._piece = Piece(0, 0, None, "")
        self._offers = _Offers(self)
        self._completer = Completer(self._offers, self)
        mode = QCompleter.CompletionMode.UnfilteredPopupCompletion
        self._completer.setCompletionMode(mode)
        self._completer.setCompletionRole(_TEXT)
        self._completer.setMaxVisibleItems(MOST_OFFERED)
        self._completer.setWidget(self)
        self._popup = QListView()
        dress(self._popup, "rows")
        self._popup.setAccessibleName(_("What can stand here"))
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self.complete)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(lambda _words: self._typing.start())
        self.textEdited.connect(lambda _words: self._offer())

    # ------------------------------------------------------------ offering

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read the names that can be asked for, once."""
        super().focusInEvent(event)
        self.want_names()

    def want_names(self) -> None:
        """Read the names that can be asked for, unless they are there."""
        if self._names is None:
            self._names = SearchNames()
            read = self._context.operations.read(names_to_search)
            read.start(self, self._take_names)

    def _take_names(self, names: SearchNames) -> None:
        self._names = names

    def offers(self) -> list[Offer]:
        """Return what could stand where the cursor is."""
        self._piece = piece_at(self.text(), self.cursorPosition())
        typed = fold_for_search(self._piece.typed)
        if self._piece.field is None:
            if len(typed) < LEAST_TYPED:
                return []
            fitting = [one for one in FIELDS if one.value.startswith(typed)]
            return [Offer(f"{one.value}:", _(FIELDS[one][0])) for one in fitting]
        values = self._values(self._piece.field)
        known = [(value, fold_for_search(value)) for value in values]
        first = [value for value, folded in known if folded.startswith(typed)]
        more = [
            value
            for value, folded in known
            if value not in first and f" {typed}" in folded
        ]
        found = [one for one in (*first, *more) if one != self._piece.typed]
        return [Offer(quoted(value)) for value in found[:MOST_OFFERED]]

    def _values(self, field: Field) -> Sequence[str]:
        return (*CODES.get(field, ()), *self.names_of(field))

    def names_of(self, field: Field) -> Sequence[str]:
        """Return the names a field can ask for, as far as they were read."""
        names = self._names
        if names is None:
            return ()
        known = {
            Field.UNIT: names.units,
            Field.FROM: names.units,
            Field.SERVICE: names.services,
            Field.ASSIGNEE: names.people,
            Field.REQUESTER: names.people,
        }
        return known.get(field, ())

    def _offer(self) -> None:
        offers = self.offers()
        self._offers.set_offers(offers)
        if not offers:
            self._popup.hide()
            return
        box = self.rect()
        box.setWidth(max(280, box.width()))
        self._completer.complete(box)

    def complete(self, text: str) -> None:
        """Put an offer in the place of what was typed; a new word follows a value."""
        piece, whole = self._piece, self.text()
        is_value = piece.field is not None
        after = "" if not is_value or whole[piece.end :].startswith(" ") else " "
        self.setText(whole[: piece.start] + text + after + whole[piece.end :])
        self.setCursorPosition(piece.start + len(text) + len(after))
        if not is_value:
            self._offer()
