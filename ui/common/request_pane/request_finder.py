"""A field to find another request by its reference or words, with what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.painting import draw_focus, draw_frame, draw_icon, draw_two_lines
from ui.common.request_pane.request_words import STATES
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.request_rows import QueueRow
    from ui.context import Context
    from ui.operations import Ticket

_TYPING_MS = 200
_HEIGHT = 44
MOST = 6


class RequestFinder(QWidget):
    """Typing finds, Down goes into the list, Return or a click chooses."""

    chosen = Signal(object)
    submitted = Signal()

    def __init__(
        self, context: Context, request_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._request_id = request_id
        self._ticket: Ticket | None = None
        self.row: QueueRow | None = None
        self.hits: list[Hit] = []
        self.search = SearchField(_("Reference or words"), name=_("Find a request"))
        self.search.submitted.connect(self.submitted)
        self.nothing = PlainLabel(ink="text2", size="small")
        self.nothing.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.search)
        self._layout.addWidget(self.nothing)
        self._layout.addStretch(1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.search.textEdited.connect(lambda _words: self._typing.start())
        self.search.returnPressed.connect(self._choose_first)
        self.setFocusProxy(self.search)

    def _find(self) -> None:
        from desktop.queries.links import linkable

        if self._ticket is not None:
            self._ticket.cancel()
        words = self.search.text().strip()
        if not words:
            self._show(())
            return
        self._ticket = self._context.operations.read(
            linkable, self._request_id, words, MOST
        ).start(self, self._show)

    def _show(self, rows: tuple[QueueRow, ...]) -> None:
        for hit in self.hits:
            self._layout.removeWidget(hit)
            hit.hide()
            hit.deleteLater()
        self.hits = []
        is_empty = not rows and bool(self.search.text().strip())
        self.nothing.setText(_("Nothing is found by these words.") if is_empty else "")
        self.nothing.setVisible(is_empty)
        for row in rows:
            hit = Hit(row)
            hit.clicked.connect(lambda _on=False, one=hit: self._choose(one))
            hit.moved.connect(lambda by, one=hit: self._move(one, by))
            self.hits.append(hit)
            self._layout.insertWidget(self._layout.count() - 1, hit)
        if self.row is not None and self.row.id not in [row.id for row in rows]:
            self.row = None
            self.chosen.emit(None)
        for hit in self.hits:
            hit.setChecked(self.row is not None and hit.row.id == self.row.id)

    def _choose(self, chosen: Hit) -> None:
        self.row = chosen.row
        for hit in self.hits:
            hit.setChecked(hit is chosen)
        self.chosen.emit(self.row)

    def _choose_first(self) -> None:
        if self.hits:
            self._choose(self.hits[0])
            self.hits[0].setFocus()

    def _move(self, hit: Hit, by: int) -> None:
        place = self.hits.index(hit) + by
        if place < 0:
            self.search.setFocus()
        elif place < len(self.hits):
            self.hits[place].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the field into what was found."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.hits:
            self.hits[0].setFocus()
        else:
            super().keyPressEvent(event)


class Hit(QAbstractButton):
    """One request found: reference and subject, over who has it and how it stands."""

    moved = Signal(int)

    def __init__(self, row: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        first, second = self.words()
        self.setAccessibleName(f"{first}, {second}")

    def words(self) -> tuple[str, str]:
        """Return the two lines shown."""
        parts = (self.row.holder, self.row.assignee, _(STATES[self.row.state]))
        second = in_line(*parts, wide=True)
        return f"{self.row.reference}  {self.row.subject}", second

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(320, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, and a tick where it is the chosen one."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        if self.isChecked():
            draw_frame(painter, box, ground=colours.soft, edge=colours.accent)
        elif self.underMouse():
            draw_frame(painter, box, ground=colours.raised)
        first, second = self.words()
        draw_two_lines(painter, box.adjusted(12, 0, -32, 0), first, second)
        if self.isChecked():
            middle = box.center().y()
            draw_icon(painter, box.right() - 24, middle - 8, "check", colours.accent)
        if self.hasFocus():
            draw_focus(painter, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down; Return chooses."""
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.click()
            case _:
                super().keyPressEvent(event)
