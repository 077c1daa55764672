"""Finds the service: a search field, and below it hits to choose with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.services import ServiceHit, ServiceIndex
from ui.common.buttons import Button
from ui.common.inputs import LineInput
from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.common.labels import PlainLabel
from ui.common.painting import draw_text, text_width
from ui.new_request.hit_delegate import HIT_ROLE, WORDS_ROLE, HitDelegate
from ui.style import dress, tokens

if TYPE_CHECKING:
    Index = QModelIndex | QPersistentModelIndex

MOST_HITS = 8

Which: TypeAlias = tuple[int, int | None]
"""A service, or a template of it: their ids."""


def _which(hit: ServiceHit) -> Which:
    return hit.id, hit.template_id


class HitModel(QAbstractListModel):
    """The services that fit what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[ServiceHit] = ()
        self.words = ""

    def show(self, hits: Sequence[ServiceHit], words: str) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.hits, self.words = hits, words
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.hits)

    def data(
        self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Return a hit, the words searched, or what a screen reader says."""
        hit = self.hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == WORDS_ROLE:
            return self.words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.name}, {hit.unit}"
        return None


class KeysLine(QWidget):
    """Says which keys choose a hit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint caps and words."""
        painter, left = QPainter(self), 0.0
        ink = tokens().text2
        for key, words in (("Up, Down", _("choose")), ("Tab", _("to the form"))):
            draw_key_caps(painter, left, self.height() / 2, key, ink)
            left += key_caps_width(key) + 6
            box = QRectF(left, 0, self.width() - left, self.height())
            draw_text(painter, box, words, ink, size="small")
            left += text_width(words, "small") + 10


class ServiceSearch(QWidget):
    """Tells ``chosen(hit)`` when another service or template is the current one."""

    chosen = Signal(object)
    edited = Signal()
    drafts_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = ServiceIndex(())
        self._current: Which | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 16, 16)
        layout.setSpacing(8)
        title = PlainLabel(_("New request"), size="title")
        title.setFixedHeight(36)
        layout.addWidget(title)
        asked = PlainLabel(_("What does the customer need?"), wraps=True)
        layout.addWidget(asked)
        self.field = LineInput(name=_("What does the customer need?"))
        self.field.setPlaceholderText(_("Service, or a word for it"))
        asked.setBuddy(self.field)
        self.field.textEdited.connect(self._search)
        self.field.installEventFilter(self)
        layout.addWidget(self.field)
        layout.addSpacing(4)
        self._nothing = PlainLabel("", ink="text2", wraps=True)
        self._nothing.hide()
        layout.addWidget(self._nothing)
        self.model = HitModel(self)
        self.list = QListView()
        dress(self.list, "rows")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Services found"))
        self.list.clicked.connect(self._clicked)
        layout.addWidget(self.list, 1)
        self.drafts_button = Button("", kind="quiet", icon="notes")
        self.drafts_button.clicked.connect(self.drafts_wanted)
        self.drafts_button.hide()
        layout.addWidget(self.drafts_button)
        layout.addWidget(KeysLine())
        self.setFocusProxy(self.field)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the hits and the form."""
        edge = QRectF(self.width() - 1, 0, 1, self.height())
        QPainter(self).fillRect(edge, tokens().line)

    # ------------------------------------------------------------ showing

    def set_offered(self, offered: tuple[ServiceHit, ...]) -> None:
        """Take the services and templates there are; what is chosen stays chosen."""
        self._index = ServiceIndex(offered)
        self._show_hits()

    def set_drafts(self, count: int) -> None:
        """Say how many other drafts are kept."""
        words = ngettext("{count} more draft", "{count} more drafts", count)
        self.drafts_button.set_words(words.format(count=count))
        self.drafts_button.setVisible(count > 0)

    def hits(self) -> Sequence[ServiceHit]:
        """Return the hits shown, best first."""
        return self.model.hits

    def current(self) -> int | None:
        """Return the id of the chosen service."""
        return self._current[0] if self._current is not None else None

    def set_current(self, service_id: int | None, template: int | None = None) -> None:
        """Choose a service, or a template of it, without telling."""
        self._current = None if service_id is None else (service_id, template)
        self._mark()

    def reset(self) -> None:
        """Empty the field and choose nothing."""
        self.field.setText("")
        self._current = None
        self._show_hits()

    def _show_hits(self) -> None:
        words = self.field.text()
        self.model.show(self._index.matching(words, MOST_HITS), words)
        is_empty = not self.model.hits
        if is_empty and self._index.hits:
            self._nothing.setText(
                _("No service fits these words. Try another word, or the unit’s name.")
            )
        elif is_empty:
            self._nothing.setText(
                _("No unit offers a service yet. A coordinator adds them.")
            )
        self._nothing.setVisible(is_empty)
        self._mark()

    def _mark(self) -> None:
        for row, hit in enumerate(self.model.hits):
            if _which(hit) == self._current:
                self.list.setCurrentIndex(self.model.index(row))
                return
        self.list.setCurrentIndex(QModelIndex())

    # ------------------------------------------------------------ choosing

    def _search(self, words: str) -> None:
        self._show_hits()
        self.edited.emit()
        if words.strip() and self.model.hits:
            self._choose(0)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        hit = self.model.hits[row]
        if _which(hit) != self._current:
            self._current = _which(hit)
            self.chosen.emit(hit)

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows choose while the keyboard stays in the field."""
        if (
            watched is self.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.model.hits:
                row = self.list.currentIndex().row() + step
                self._choose(max(0, min(row, len(self.model.hits) - 1)))
                return True
        return super().eventFilter(watched, event)
