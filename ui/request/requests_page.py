"""Every request there is: found by its number or its words, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.domain.search_words import Coded, Field
from desktop.formats import count as counted
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.lists import MOST_COUNTED, ListCounts
from desktop.queries.queue import QueueRow
from ui.actions import Action
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.link_marks import LinkMarks
from ui.common.lists.filter_menu import FilterMenu
from ui.common.lists.list_menu import ListMenu
from ui.common.lists.list_reader import ListReader
from ui.common.lists.marking import Marking
from ui.common.lists.search_words_field import SearchWordsField
from ui.common.lists.views_menu import ViewsMenu
from ui.common.refresher import Refresher
from ui.common.request_pane.pane import RequestPane
from ui.common.request_pane.request_columns import request_columns
from ui.common.request_pane.steps import Steps, Target
from ui.common.row_look import RowLook
from ui.common.seeing import Seeing
from ui.common.splitter import Divided
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context

OWN = ListView(sort=SortBy.REFERENCE, is_descending=True)
"""Everything, what was raised last first."""


class RequestsPage(QWidget):
    """A search field, what it found, and the pane of the chosen request."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.model: TableModel[QueueRow] = TableModel(
            request_columns(context), key=lambda row: row.id, parent=self
        )
        self.title = PlainLabel(_("Requests"), size="title")
        self.table = TableView(self.model, name=_("Requests"), margin=24)
        self.reader = ListReader(context, self.table, _bounded, OWN, self)
        words = _("Number, words, customer, or field words like is:overdue")
        self.search = SearchWordsField(context, words)
        self.search.leads_to(self.table)
        self.views = ViewsMenu(context, self, "requests", self.reader)
        self.menu = ListMenu(
            context, self, "requests", self.reader, self.table, self._called
        )
        self.pane = RequestPane(context)
        self.steps = Steps(context, self, self.targets, "requests")
        self.pane.use_steps(self.steps, self, "requests")
        Marking(context, self, "requests", self.targets)
        self._place()
        self.search.asked.connect(self._take_words)
        self.reader.laid_out.connect(self._laid_out)
        self.reader.counted.connect(self._take_counts)
        self.views.shown.connect(self._view_shown)
        look = RowLook(self, self._show_current)
        self.table.current_changed.connect(
            lambda _row: look.soon(behind=self.reader.is_busy)
        )
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
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        head.addWidget(self.views.chip)
        head.addWidget(self.menu.button)
        search = QHBoxLayout()
        search.setContentsMargins(24, 0, 16, 0)
        search.setSpacing(8)
        search.addWidget(self.search, 1)
        search.addWidget(FilterMenu(self.search))
        self.problem = PlainLabel(size="small", ink="risk", wraps=True)
        self.problem.setContentsMargins(24, 0, 16, 0)
        self.problem.hide()
        self._make_lists()
        left = QWidget()
        left.setMinimumWidth(420)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(search)
        column.addWidget(self.problem)
        column.addWidget(self.lists, 1)
        splitter = Divided()
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([736, 448])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _make_lists(self) -> None:
        self.nothing = EmptyState(
            _("Nothing found"),
            icon="search",
            action=_("Show all requests"),
            act=self.views.show_own,
        )
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)

    def reread(self) -> None:
        """Read anew what is shown."""
        self.reader.reread()

    def _take_words(self, words: str) -> None:
        if words != self.reader.view.words:
            self.reader.change(words=words)

    def _view_shown(self) -> None:
        with QSignalBlocker(self.search):
            self.search.setText(self.reader.view.words)

    def _called(self) -> str:
        """Return what a file or a paper of this list is called."""
        return self.views.current.name if self.views.current else _("Requests")

    def _laid_out(self) -> None:
        """Show rows, or say why there are none."""
        self.problem.setText(self.reader.problem)
        self.problem.setVisible(bool(self.reader.problem))
        self.pane.setVisible(bool(self.reader.rows) or self.reader.is_narrow)
        if self.reader.rows:
            self.lists.setCurrentWidget(self.table)
            if self.table.current_row() is None:
                self.table.choose_first()
            return
        self.about.setText("")
        if self.reader.is_narrow:
            title = _("Nothing found")
            hint = _(
                "No request has all of these words. Try fewer, or their beginnings."
            )
        else:
            title = _("No request yet")
            hint = _(
                "Every request of the house appears here, once the first is raised."
            )
        self.nothing.set_words(title, hint, offers=self.reader.is_narrow)
        self.lists.setCurrentWidget(self.nothing)
        self.pane.show_request(None)

    def _take_counts(self, counts: ListCounts) -> None:
        """Say how many there are, in words that fit what was asked."""
        if not counts.total:
            self.about.setText("")
        elif not self.reader.is_narrow:
            is_all = self.reader.view.group is GroupBy.NONE
            self.about.setText(_("the latest") if is_all else _("what is open"))
        elif counts.is_more:
            words = _("more than {count} found, the newest first")
            self.about.setText(words.format(count=counted(MOST_COUNTED)))
        else:
            words = ngettext("{count} found", "{count} found", counts.total)
            self.about.setText(words.format(count=counted(counts.total)))

    def targets(self) -> Sequence[Target]:
        """Return what steps are about."""
        rows: list[QueueRow] = self.table.selected_rows()
        shown = self.pane.target()
        if len(rows) > 1 or shown is None:
            return [Target.of(row) for row in rows]
        return [shown]

    def _show_current(self) -> None:
        row: QueueRow | None = self.table.current_row()
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

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the search field."""
        super().showEvent(event)
        self.search.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "requests.table")


def _bounded(view: ListView) -> ListView:
    """Group only what is open, unless something else narrows the list."""
    is_narrow = bool(view.words.strip() or view.filters)
    if view.group is GroupBy.NONE or is_narrow:
        return view
    return view.narrowed(Coded(Field.IS, ("open",)))
