"""One section of the counter: a heading and rows that keep what is typed in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QElapsedTimer, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.labels import PlainLabel, SectionHeading
from ui.counter.columns import columns_of
from ui.counter.reply_panel import PanelKind, ReplyPanel
from ui.counter.row_view import RowView
from ui.counter.words import RowWords
from ui.style import tokens

ONE_GO_MS = 3
"""So long rows are put in their places in one go, by each of three sections."""


class RowHolder(QWidget):
    """A row and, when it is open, the panel below it."""

    wanted = Signal(int, str)
    sent = Signal(int, str)
    moved = Signal(object, int)

    def __init__(self, words: RowWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.request_id = words.request_id
        # Room that is left over while others are put in place is not for it.
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Fixed)
        self.view = RowView(words)
        self.view.wanted.connect(lambda act: self.wanted.emit(self.request_id, act))
        self.view.moved.connect(lambda by: self.moved.emit(self.view, by))
        self.panel: ReplyPanel | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.view)
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._line)

    def open_panel(
        self, kind: PanelKind, *, head: str, when: str, text: str
    ) -> ReplyPanel:
        """Open the panel; one of the same kind stays, with what was typed."""
        if self.panel is not None and self.panel.kind == kind:
            return self.panel
        self.close_panel()
        self.panel = ReplyPanel(kind, head=head, when=when, text=text)
        self.panel.sent.connect(lambda typed: self.sent.emit(self.request_id, typed))
        self.panel.closed.connect(self._closed)
        self._line.addWidget(self.panel)
        self._line.setContentsMargins(self._indent(), 4, 0, 12)
        self.view.set_open(True, kind == "answer")
        return self.panel

    def close_panel(self) -> None:
        """Close the panel, with whatever is in it."""
        if self.panel is not None:
            self._line.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self._line.setContentsMargins(0, 0, 0, 0)
        self.view.set_open(False, False)

    def has_words(self) -> bool:
        """Tell whether something was typed here that was not sent."""
        return self.panel is not None and self.panel.has_words()

    def _closed(self) -> None:
        self.close_panel()
        self.view.setFocus()
        self.wanted.emit(self.request_id, "closed")

    def _indent(self) -> int:
        return columns_of(self.width()).holder

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line below an open panel."""
        if self.panel is not None:
            line = QRectF(0, self.height() - 1, self.width(), 1)
            QPainter(self).fillRect(line, tokens().line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel under the second column."""
        super().resizeEvent(event)
        if self.panel is not None:
            self._line.setContentsMargins(self._indent(), 4, 0, 12)


class SectionView(QWidget):
    """Rows by request; showing others keeps the widgets of those that stay.

    Many rows come one after the other, so that the window never waits for them;
    `filled` follows when the last of those stands.
    """

    wanted = Signal(int, str)
    sent = Signal(int, str)
    moved = Signal(object, int)
    filled = Signal()

    def __init__(
        self, title: str, note: str, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title, self._note = title, note
        self._holders: dict[int, RowHolder] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # It grows before its rows are laid out: else each is squeezed, and grows again.
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self.heading = SectionHeading(title, note=note)
        self._empty = PlainLabel(empty, ink="text2")
        self._empty.setFixedHeight(40)
        self._layout.addWidget(self.heading)
        self._layout.addWidget(self._empty)
        self._waiting: deque[tuple[int, int]] = deque()
        self._words_of: Callable[[int], RowWords] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._place_rest)

    def show_rows(
        self,
        ids: Sequence[int],
        words_of: Callable[[int], RowWords],
        *,
        at_once: int,
        is_cut: bool = False,
    ) -> None:
        """Show these requests in this order; what is being typed is never taken away.

        ``words_of`` puts one into words, when it is its turn: ``at_once`` so many.
        """
        self._remove_but(frozenset(ids))
        self._waiting = deque(enumerate(ids, 1))
        self._words_of = words_of
        count = len(ids)
        note = _("the first {count} are shown").format(count=count) if is_cut else ""
        self.heading.set_words(
            self._title, count=count, note=note or (self._note if count else "")
        )
        self._empty.setVisible(not ids and not self._holders)
        if at_once:
            self._place_some(at_once)
        else:
            self._rest.start(0)

    def _remove_but(self, wanted: frozenset[int]) -> None:
        """Take away the rows of all other requests, but not words being typed."""
        for request_id in [one for one in self._holders if one not in wanted]:
            holder = self._holders[request_id]
            if holder.has_words() and holder.panel is not None:
                holder.panel.show_problem(
                    _(
                        "Somebody else went on with this. Your words were not sent; "
                        "copy them, or close this."
                    )
                )
                holder.panel.field.setReadOnly(True)
                holder.panel.set_busy(True)
                continue
            del self._holders[request_id]
            self._layout.removeWidget(holder)
            holder.hide()
            holder.deleteLater()

    def _place_some(self, least: int) -> None:
        """Put the next rows in their places, and go on with the others soon."""
        since = QElapsedTimer()
        since.start()
        while self._waiting and self._words_of is not None:
            if least <= 0 and since.elapsed() >= ONE_GO_MS:
                self._rest.start(0)
                return
            place, request_id = self._waiting.popleft()
            self._place(self._words_of(request_id), place)
            least -= 1

    def _place_rest(self) -> None:
        self._place_some(least=1)
        if not self._waiting:
            self.filled.emit()

    def _place(self, words: RowWords, place: int) -> None:
        holder = self._holders.get(words.request_id)
        if holder is None:
            holder = RowHolder(words)
            holder.wanted.connect(self.wanted)
            holder.sent.connect(self.sent)
            holder.moved.connect(self.moved)
            self._holders[words.request_id] = holder
            self._layout.insertWidget(place, holder)
            return
        holder.view.set_words(words)
        if self._layout.indexOf(holder) != place:
            focused = holder.focusWidget() if holder.isAncestorOf(_focus()) else None
            self._layout.insertWidget(place, holder)
            if focused is not None:
                focused.setFocus()

    def forget(self, request_id: int) -> None:
        """Remove a row that left with unsent words, once they were put away."""
        holder = self._holders.pop(request_id, None)
        if holder is not None:
            self._layout.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        self._empty.setVisible(not self._holders)

    def holder(self, request_id: int) -> RowHolder | None:
        """Return the row of a request, None when it is not here."""
        return self._holders.get(request_id)

    def holders(self) -> Iterator[RowHolder]:
        """Yield the rows from the top."""
        for place in range(self._layout.count()):
            item = self._layout.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, RowHolder):
                yield widget


def _focus() -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or QWidget()
