"""Every request there is: found by its number or its words, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.queue import QueueRow
from desktop.queries.search import MOST_FOUND, find_requests, latest_requests
from ui.actions import Action
from ui.common.empty_state import EmptyState
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.link_marks import LinkMarks
from ui.common.refresher import Refresher
from ui.common.request_pane.pane import RequestPane
from ui.common.request_pane.request_columns import request_columns
from ui.common.request_pane.steps import Steps, Target
from ui.common.seeing import Seeing
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket

_TYPING_MS = 200


class RequestsPage(QWidget):
    """A search field, what it found, and the pane of the chosen request."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ticket: Ticket | None = None
        self.model: TableModel[QueueRow] = TableModel(
            request_columns(context), key=lambda row: row.id, parent=self
        )
        self.table = TableView(self.model, name=_("Requests"), margin=24)
        self.search = SearchField(_("Number, words, customer"))
        self.pane = RequestPane(context)
        self.steps = Steps(context, self, self.targets, "requests")
        self.pane.use_steps(self.steps, self, "requests")
        self._place()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.reread)
        self.search.textChanged.connect(lambda _words: self._typing.start())
        self.table.current_changed.connect(self._show_current)
        self.table.selection_changed.connect(self.pane.refresh_steps)
        self.table.opened.connect(lambda row: self._open(row.id))
        self.pane.full_wanted.connect(self._open)
        self.pane.why_wanted.connect(self._open)
        context.ticker.beat.connect(self.model.beat)
        context.clocks.changed.connect(self.model.beat)
        Seeing.of(context).changed.connect(self.model.beat)
        LinkMarks.of(context).changed.connect(self.model.beat)
        words = N_("Find requests")
        context.actions.add(
            Action("requests.find", words, self._find, "/", "search", "requests"), self
        )
        Refresher(self, context.operations, ("request", "person", "unit"), self.reread)
        self.table.restore_state(context.preferences, "requests.table")
        self.reread()

    def _place(self) -> None:
        self.about = PlainLabel(ink="text2")
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Requests"), size="title"))
        head.addWidget(self.about, 1)
        search = QHBoxLayout()
        search.setContentsMargins(24, 0, 16, 0)
        search.addWidget(self.search)
        self.nothing = EmptyState(_("Nothing found"), icon="search")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        left = QWidget()
        left.setMinimumWidth(420)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(search)
        column.addWidget(self.lists, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([736, 448])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def reread(self) -> None:
        """Ask again what fits the words; nothing typed gives the latest."""
        words = self.search.text().strip()
        if self._ticket is not None:
            self._ticket.cancel()
        operations = self._context.operations
        asked = (
            operations.read(find_requests, words, MOST_FOUND)
            if words
            else operations.read(latest_requests, MOST_FOUND)
        )
        self._ticket = asked.start(self, self._take)

    def _take(self, rows: Sequence[QueueRow]) -> None:
        words = self.search.text().strip()
        self.model.set_rows(rows)
        count = len(rows)
        if not words:
            told = _("the latest")
        elif count >= MOST_FOUND:
            told = _("the newest {count} that fit").format(count=count)
        else:
            told = ngettext("{count} found", "{count} found", count)
            told = told.format(count=count)
        self.about.setText(told if rows else "")
        if rows:
            self.lists.setCurrentWidget(self.table)
            if self.table.current_row() is None:
                self.table.choose_first()
            return
        if words:
            title = _("Nothing found")
            hint = _(
                "No request has all of these words. Try fewer, or their beginnings."
            )
        else:
            title = _("No request yet")
            hint = _("Every request of the house appears here.")
        self.nothing.set_words(title, hint)
        self.lists.setCurrentWidget(self.nothing)
        self.pane.show_request(None)

    def targets(self) -> Sequence[Target]:
        """Return what steps are about."""
        rows: list[QueueRow] = self.table.selected_rows()
        shown = self.pane.target()
        if len(rows) > 1 or shown is None:
            return [Target.of(row) for row in rows]
        return [shown]

    def _show_current(self, row: QueueRow | None) -> None:
        if row is not None:
            self.pane.show_request(row.id)

    def go_to(self, **what: Any) -> None:
        """Look for ``words``."""
        if "words" in what:
            self.search.setText(str(what["words"]))

    def _open(self, request_id: int, clock: int | None = None) -> None:
        self._context.navigate(
            "request", request_id=request_id, clock=clock, back="requests"
        )

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "requests.table")
