"""Obstacles and improvements: what is open first, the overdue answers on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.obstacle_lists import (
    SHOWN,
    Looking,
    ObstacleList,
    ObstacleRow,
    ObstacleView,
    Whose,
    obstacle_list,
)
from desktop.reports.obstacle_words import STATES, voices_words
from ui.common.buttons import Button, Chip
from ui.common.cells import Column, LinesCell, Section, TextCell
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.splitter import Splitter
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.obstacles.acts import ObstacleActs
from ui.obstacles.pane import ObstaclePane
from ui.operations import Ticket

TABLES = ("obstacle", "obstacle_voice", "improvement", "journal_entry", "raised_item")
TYPING_MS = 200
MOST = 2_000
VIEWS = (
    (ObstacleView.OPEN, N_("Open")),
    (ObstacleView.ANSWERED, N_("Answered")),
    (ObstacleView.REFUSED, N_("Refused")),
    (ObstacleView.IMPROVING, N_("Improving")),
    (ObstacleView.CLOSED, N_("Closed")),
    (ObstacleView.ALL, N_("All")),
)
WHOSE = (
    (Whose.ALL, N_("Everybody’s")),
    (Whose.MINE, N_("Mine")),
    (Whose.OWED, N_("My unit answers")),
)


class ObstaclesPage(QWidget):
    """The list at the left, the chosen one with its story at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: Ticket | None = None
        self._limit = SHOWN
        self._wanted: int | None = None
        self.view, self.whose = ObstacleView.OPEN, Whose.ALL
        self.model: TableModel[ObstacleRow] = TableModel(
            self._columns(), key=lambda row: row.id, parent=self
        )
        self.table = TableView(self.model, name=_("Obstacles"), margin=24)
        self.pane = ObstaclePane(context)
        self.acts = ObstacleActs(context, self, self.pane)
        self._place()
        self._connect()
        Refresher(self, context.operations, TABLES, self.reread)
        self.table.restore_state(context.preferences, "obstacles.table")
        self.reread()

    # ------------------------------------------------------------ parts

    def _columns(self) -> list[Column[ObstacleRow]]:
        def number(row: ObstacleRow) -> TextCell:
            return TextCell(f"#{row.number}", quiet=True)

        def what(row: ObstacleRow) -> LinesCell:
            parts = [row.unit, row.raised_by, *row.references[:2]]
            if row.voices > 1:
                parts.append(voices_words(row.voices))
            return LinesCell(row.title, in_line(*parts, wide=True))

        return [
            Column("number", "#", number, 56),
            Column("what", N_("What gets in the way"), what, 240, stretch=True),
            Column("owing", N_("Who answers"), self._owing, 150, gives_way=True),
            Column("stands", N_("How it stands"), self._stands, 184, least=132),
        ]

    @staticmethod
    def _owing(row: ObstacleRow) -> TextCell:
        return TextCell(row.owing)

    def _stands(self, row: ObstacleRow) -> TextCell:
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        if row.proof_on is not None:
            day = formats.day(row.proof_on)
            return TextCell(_("proof on {day}").format(day=day))
        if row.state != "open" or row.due_at is None:
            return TextCell(_(STATES[row.state]), quiet=True)
        if row.due_at < now:
            day = formats.day(row.due_at.astimezone(zone).date())
            return TextCell(_("overdue since {day}").format(day=day), kind="broken")
        due = formats.short_instant(row.due_at, now, zone)
        return TextCell(_("due {due}").format(due=due))

    def _place(self) -> None:
        self.new_button = Button(_("Raise an obstacle"), icon="plus", key="N")
        self.search = SearchField(_("Find obstacles by their words"))
        self.search.leads_to(self.table)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Obstacles & improvements"), size="title"), 1)
        head.addWidget(self.new_button)
        find = QHBoxLayout()
        find.setContentsMargins(24, 0, 16, 0)
        find.addWidget(self.search)
        self.nothing = EmptyState(
            "",
            icon="barrier-block",
            action=_("Raise an obstacle"),
            act=lambda: self.acts.begin(),
            key="N",
        )
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        left = QWidget()
        left.setMinimumWidth(484)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(self._chips())
        column.addWidget(self.lists, 1)
        self.splitter = Splitter(self._context.preferences, "obstacles.split")
        self.splitter.fill(self, left, self.pane)
        self.splitter.restore([720, 464])
        self.setFocusProxy(self.table)

    def _chips(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 0, 16, 0)
        column.setSpacing(8)
        self.whose_chips: dict[Whose, Chip] = {}
        self.view_chips: dict[ObstacleView, Chip] = {}
        whose, views = QWidget(), QWidget()
        flow = FlowLayout(whose)
        for one, words in WHOSE:
            chip = Chip(_(words))
            chip.clicked.connect(partial(self._choose_whose, one))
            flow.addWidget(chip)
            self.whose_chips[one] = chip
        flow = FlowLayout(views)
        for view, words in VIEWS:
            chip = Chip(_(words))
            chip.clicked.connect(partial(self._choose_view, view))
            flow.addWidget(chip)
            self.view_chips[view] = chip
        column.addWidget(whose)
        column.addWidget(views)
        self._mark_chips()
        return box

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.reread)
        self.search.textChanged.connect(lambda _words: self._typing.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.new_button.clicked.connect(self.acts.begin)
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _row: self.pane.setFocus())
        self.model.more_wanted.connect(self._read_more)
        self._context.ticker.beat.connect(self.model.beat)

    # ------------------------------------------------------------ reading

    def go_to(
        self, obstacle_id: int | None = None, whose: str = "", view: str = ""
    ) -> None:
        """Show one obstacle, or a view: as links and notices send people here."""
        if obstacle_id is not None:
            self._wanted = obstacle_id
            self.whose, self.view = Whose.ALL, ObstacleView.ALL
            self.search.clear()
        if whose:
            self.whose = Whose(whose)
        if view:
            self.view = ObstacleView(view)
        self._again()

    def _choose_whose(self, whose: Whose, _on: bool = False) -> None:
        self.whose = whose
        self._again()

    def _choose_view(self, view: ObstacleView, _on: bool = False) -> None:
        self.view = view
        self._again()

    def _again(self) -> None:
        self._limit = SHOWN
        self._mark_chips()
        self.reread()

    def _mark_chips(self) -> None:
        for whose, chip in self.whose_chips.items():
            chip.setChecked(whose is self.whose)
        for view, chip in self.view_chips.items():
            chip.setChecked(view is self.view)

    def _read_more(self) -> None:
        self._limit = min(MOST, self._limit + SHOWN)
        self.reread()

    def reread(self) -> None:
        """Read the list anew; what is chosen stays chosen."""
        self._typing.stop()
        if self._ticket is not None:
            self._ticket.cancel()
        me = self._context.me
        looking = Looking(
            me.person_id, me.unit_id, self.view, self.whose, self.search.text()
        )
        read = self._context.operations.read(obstacle_list, looking, self._limit)
        self._ticket = read.start(self, self._take)

    def _take(self, found: ObstacleList) -> None:
        for view, chip in self.view_chips.items():
            chip.set_count(found.counts[view])
        has_more = found.has_more and self._limit < MOST
        self.model.set_sections(self._sections(found.rows), has_more=has_more)
        self.lists.setCurrentWidget(self.table if found.rows else self.nothing)
        has_any = any(found.counts.values()) or bool(self.search.text().strip())
        self.pane.setVisible(has_any)
        if not found.rows:
            self._say_nothing()
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current_row() is None and found.rows:
            self.table.choose_first()
        self._show_row(self.table.current_row())

    def _sections(self, rows: Sequence[ObstacleRow]) -> list[Section[ObstacleRow]]:
        if self.view is not ObstacleView.OPEN:
            return [Section("all", "", rows)]
        now = self._context.ticker.now()

        def is_late(row: ObstacleRow) -> bool:
            return row.due_at is not None and row.due_at < now

        late = [row for row in rows if is_late(row)]
        waiting = [row for row in rows if not is_late(row)]
        parts = (
            Section("late", _("Answer overdue"), late, kind="broken"),
            Section("waiting", _("Waiting for an answer"), waiting),
        )
        return [part for part in parts if part.rows]

    def _say_nothing(self) -> None:
        if self.search.text().strip():
            title, words = (
                _("Nothing is found by these words"),
                _("Try fewer words, or look at all of them."),
            )
        elif self.view is ObstacleView.OPEN:
            title, words = (
                _("Nothing gets in the way"),
                _(
                    "What keeps people from serving customers well appears here. "
                    "The unit that owes the answer is told, and by when."
                ),
            )
        else:
            title, words = _("Nothing here"), _("Others are under the other words.")
        is_open = self.view is ObstacleView.OPEN and not self.search.text().strip()
        may = self._context.me.unit_id is not None
        self.nothing.set_words(title, words, offers=is_open and may)

    def _show_row(self, row: ObstacleRow | None) -> None:
        self.pane.show_obstacle(row.id if row is not None else None)

    # ------------------------------------------------------------ keys

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the list, not in the first button of the page."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "obstacles.table")
