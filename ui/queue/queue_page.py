"""The agent's home: what the unit has to do, by what is due next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.list_views import GroupBy, ListView
from desktop.domain.search_words import Field
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.queue import (
    QueueRow,
    QueueSummary,
    QueueView,
    of_unit,
    queue_summary,
)
from ui.actions import Action
from ui.common.empty_state import EmptyState
from ui.common.labels import ElidedLabel, PlainLabel
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
from ui.common.spare import Spare
from ui.common.splitter import Divided
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket
from ui.queue.filters import Filters
from ui.queue.next_request import add_next_action

TABLES = ("request", "person", "unit", "service", "agreement_version")
LEAST_PX = 456
WITH_TITLE_PX = 520
"""How wide the list is at least, and where its line has room for a title."""

OWN = ListView(group=GroupBy.DUE)
"""The queue as it comes: by what is due next, in sections."""


class QueuePage(QWidget):
    """Chips, the table in sections, and the pane of the chosen request."""

    badge_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._summary: QueueSummary | None = None
        self._summary_ticket: Ticket | None = None
        self._wanted_id: int | None = None
        self._place_before = -1
        self.model: TableModel[QueueRow] = TableModel(
            request_columns(context), key=lambda row: row.id, parent=self
        )
        self.table = TableView(self.model, name=_("Queue"), margin=24)
        self.reader = ListReader(context, self.table, self._in_this_queue, OWN, self)
        self.filters = Filters()
        self.pane = RequestPane(context)
        self.steps = Steps(context, self, self.targets, "queue")
        self.pane.use_steps(self.steps, self, "queue")
        Marking(context, self, "queue", self.targets)
        self._place()
        self._connect()
        self._add_actions()
        Refresher(self, context.operations, TABLES, self.reread)
        self.table.restore_state(context.preferences, "queue.table")
        self.reread()

    def _place(self) -> None:
        me = self._context.me
        self.title = PlainLabel(_("Queue"), size="title")
        fixed = QSizePolicy.Policy.Fixed
        self.title.setSizePolicy(fixed, fixed)
        self.about = ElidedLabel(me.unit_name, ink="text2")
        self.search = SearchWordsField(self._context, _("Words in this queue"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(280)
        self.search.leads_to(self.table)
        self.filter_menu = FilterMenu(self.search, without=(Field.UNIT,))
        self.views = ViewsMenu(self._context, self, "queue", self.reader)
        self.menu = ListMenu(
            self._context, self, "queue", self.reader, self.table, self._called
        )
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.about)
        head.addWidget(self.search)
        head.addWidget(self.filter_menu)
        head.addWidget(self.views.chip)
        head.addWidget(self.menu.button)
        chips = QHBoxLayout()
        chips.setContentsMargins(24, 0, 16, 0)
        chips.addWidget(self.filters)
        self.problem = PlainLabel(size="small", ink="risk", wraps=True)
        self.problem.setContentsMargins(24, 0, 16, 0)
        self.problem.hide()
        self._make_lists()
        left = self._left(head, chips)
        self.splitter = Divided()
        self.splitter.fill(self, left, self.pane)

    def _make_lists(self) -> None:
        self.empty = EmptyState(_("Nothing to do here"), icon="inbox")
        self.nothing = EmptyState(
            _("Nothing fits"),
            _("No open request of this queue is of this kind."),
            icon="filter",
            action=_("Show everyone"),
            act=self._show_everyone,
        )
        self.lists = QStackedWidget()
        for widget in (self.table, self.empty, self.nothing):
            self.lists.addWidget(widget)

    def _left(self, head: QHBoxLayout, chips: QHBoxLayout) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(LEAST_PX)
        # The rail says it as well.
        Spare(left, WITH_TITLE_PX, [self.title, self.about])
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(self.problem)
        column.addWidget(self.lists, 1)
        return left

    def _connect(self) -> None:
        self._look = RowLook(self, self._show_current)
        self.search.asked.connect(self._take_words)
        self.filters.changed.connect(self._filter_changed)
        self.table.current_changed.connect(
            lambda _row: self._look.soon(behind=self.reader.is_busy)
        )
        self.table.selection_changed.connect(self.pane.refresh_steps)
        self.table.opened.connect(lambda row: self._open_full(row.id))
        self.reader.laying_out.connect(self._note_place)
        self.reader.laid_out.connect(self._laid_out)
        self.views.shown.connect(self._view_shown)
        self.pane.full_wanted.connect(self._open_full)
        self.pane.why_wanted.connect(self._open_why)
        self.pane.composer.left.connect(self.table.setFocus)
        self._context.ticker.beat.connect(self._beat)
        self._context.clocks.changed.connect(self._beat)
        Seeing.of(self._context).changed.connect(self.model.beat)
        LinkMarks.of(self._context).changed.connect(self.model.beat)

    def _add_actions(self) -> None:
        add = self._context.actions.add
        add_next_action(
            self._context, self, lambda request_id: self.go_to(request_id=request_id)
        )
        words = N_("Find words in this queue")
        add(
            Action("queue.find", words, self._find, "/", "search", "queue"),
            self,
        )
        add(
            Action(
                "queue.compact",
                N_("One line or two lines a row"),
                self._toggle_compact,
                "",
                "list",
                "queue",
            ),
            self,
        )

    # ------------------------------------------------------------ reading

    def _in_this_queue(self, view: ListView) -> ListView:
        """Return a view narrowed to what this queue has."""
        unit_id = self._context.me.unit_id or 0
        return of_unit(unit_id, view, self.reader.moment().today)

    def _called(self) -> str:
        """Return what a file or a paper of this list is called."""
        name = self.views.current.name if self.views.current else _("Queue")
        return f"{name}, {self._context.me.unit_name}"

    def reread(self) -> None:
        """Read the rows anew, as many as are shown; selection and scroll stay."""
        if self._context.me.unit_id is None:
            self._show_homeless()
            return
        self.reader.reread()
        self._read_summary()

    def _read_summary(self) -> None:
        me = self._context.me
        if me.unit_id is None:
            return
        if self._summary_ticket is not None:
            self._summary_ticket.cancel()
        now = self._context.ticker.now()
        # Counting a whole queue takes longer than a page of it: no page waits for it.
        self._summary_ticket = self._context.operations.read_behind(
            queue_summary, me.unit_id, me.person_id, now
        ).start(self, self._take_summary)

    def _take_summary(self, summary: QueueSummary) -> None:
        before = self.badge()
        self._summary = summary
        self.filters.set_counts(summary.counts, summary.choices)
        count = summary.counts.all
        words = ngettext("{unit}, {count} open", "{unit}, {count} open", count)
        unit = self._context.me.unit_name
        self.about.setText(words.format(unit=unit, count=count))
        if self.badge() != before:
            self.badge_changed.emit()

    def _laid_out(self) -> None:
        """Show rows, or what to do where there are none, and stay where we are."""
        self.problem.setText(self.reader.problem)
        self.problem.setVisible(bool(self.reader.problem))
        self._choose_list()
        self._choose_row(self._place_before)

    def _note_place(self) -> None:
        chosen = self.table.current_row() is not None
        self._place_before = self.table.currentIndex().row() if chosen else -1

    def _choose_list(self) -> None:
        # Where there is nothing to choose, nothing beside it says so once more.
        self.pane.setVisible(bool(self.reader.rows) or self.reader.is_narrow)
        if self.reader.rows:
            self.lists.setCurrentWidget(self.table)
        elif self.reader.is_narrow:
            self.lists.setCurrentWidget(self.nothing)
        else:
            unit = self._context.me.unit_name
            words = _("Requests sent to {unit} appear here, the next due one first.")
            self.empty.set_words(_("Nothing to do here"), words.format(unit=unit))
            self.lists.setCurrentWidget(self.empty)

    def _choose_row(self, place: int) -> None:
        """Keep the row chosen; where it is gone, take the one now in its place."""
        if self._wanted_id is not None and self.reader.rows:
            wanted, self._wanted_id = self._wanted_id, None
            if not self.table.choose(wanted):
                self.table.clearSelection()
                self.pane.show_request(wanted)
            return
        if self.table.current_row() is not None:
            if not self.table.selected_rows():
                # Qt gives a list the keyboard at its first row without selecting it.
                self.table.choose_place(self.table.currentIndex().row())
            return
        if place < 0:
            if self.pane.request_id is None:
                self.table.choose_first()
            return
        last = self.model.rowCount() - 1
        start = min(place, last)
        for near in (*range(start, last + 1), *range(start, -1, -1)):
            if self.model.entry(near) is not None:
                self.table.choose_place(near)
                return
        self._look.soon()

    def _show_homeless(self) -> None:
        words = _(
            "A queue belongs to a unit. Ask who keeps the house to put you in one."
        )
        self.empty.set_words(_("You belong to no unit"), words)
        self.pane.hide()
        self.lists.setCurrentWidget(self.empty)

    # ------------------------------------------------------------ what is chosen

    def targets(self) -> Sequence[Target]:
        """Return what steps are about: the selected rows, else the pane's request."""
        rows: list[QueueRow] = self.table.selected_rows()
        shown = self.pane.target()
        if len(rows) > 1:
            return [Target.of(row) for row in rows]
        if shown is not None and (not rows or rows[0].id == shown.id):
            return [shown]
        return [Target.of(row) for row in rows]

    def _show_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.pane.show_request(row.id)
        elif not self.reader.rows:
            self.pane.show_request(None)

    def go_to(self, **what: Any) -> None:
        """Show a request (``request_id``) or a view (``view``) of the queue."""
        request_id = what.get("request_id")
        if "view" in what:
            self.filters.choose(QueueView(what["view"]))
        if request_id is not None and not self.table.choose(request_id):
            self._wanted_id = request_id
            self.reread()

    def badge(self) -> int:
        """Return how many open requests the unit has."""
        return self._summary.counts.all if self._summary is not None else 0

    # ------------------------------------------------------------ acting

    def _open_full(self, request_id: int) -> None:
        self._context.navigate("request", request_id=request_id, back="queue")

    def _open_why(self, request_id: int, position: int) -> None:
        self._context.navigate(
            "request", request_id=request_id, clock=position, back="queue"
        )

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _take_words(self, words: str) -> None:
        if words != self.reader.view.words:
            self.reader.change(words=words)

    def _filter_changed(self) -> None:
        self.reader.change(filters=self.filters.terms())

    def _view_shown(self) -> None:
        """Put the words and chips of the view chosen where they are seen."""
        view = self.reader.view
        with QSignalBlocker(self.search):
            self.search.setText(view.words)
        self.filters.show_terms(view.filters)

    def _show_everyone(self) -> None:
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filters.show_terms(())
        self.reader.change(words="", filters=())

    def _toggle_compact(self) -> None:
        self.table.set_compact(not self.table.cells.compact)

    def _beat(self) -> None:
        """Let time go on: clocks, and rows that moved into another section."""
        if self.isVisible():
            self.model.beat()
            self.reader.lay_out()

    # ------------------------------------------------------------ remembering

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the splitter back to where it was."""
        super().showEvent(event)
        kept = self._context.preferences.value("queue.splitter")
        if isinstance(kept, list) and len(kept) == 2:
            self.splitter.setSizes([int(one) for one in kept])
        else:
            pane = 520 if self.width() >= 1300 else 448
            self.splitter.setSizes([max(1, self.width() - pane), pane])
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember columns and splitter."""
        super().hideEvent(event)
        preferences = self._context.preferences
        self.table.save_state(preferences, "queue.table")
        preferences.set_value("queue.splitter", self.splitter.sizes())
