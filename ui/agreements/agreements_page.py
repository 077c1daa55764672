"""The list of agreements by back office, and the chosen one beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.use_cases.agreements import VersionSaved
from ui.actions import Action
from ui.agreements.asking import ON_AGREEMENTS, Asking
from ui.agreements.board import Board, agreement_board
from ui.agreements.columns import Line, agreement_columns
from ui.agreements.details_pane import NARROWEST, DetailsPane
from ui.agreements.filters import Filters
from ui.agreements.signing import Step
from ui.agreements.stage_cells import use_stages
from ui.common.buttons import Button, IconButton
from ui.common.cells import Section
from ui.common.empty_state import EmptyState
from ui.common.kept_sheets import OfferKept
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.spare import Spare
from ui.common.splitter import Divided
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket

TABLES = (
    "agreement",
    "agreement_version",
    "agreement_target",
    "unit",
    "service",
    "calendar",
    "person",
    "person_role",
)
WIDE_PX = 1300
LEAST_PX = 456
WITH_TITLE_PX = 552
"""How wide the list is at least, and where its line has room for a title."""
PANE_PX = 488


class AgreementsPage(QWidget):
    """Reads every agreement at once; what others sign appears by itself."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._board: Board | None = None
        self._ticket: Ticket | None = None
        self._wanted: tuple[int, int | None] | None = None
        self.model: TableModel[Line] = TableModel(
            agreement_columns(lambda: context.clocks.zone),
            key=lambda line: line.id,
            parent=self,
        )
        self.table = TableView(self.model, name=_("Agreements"), margin=24)
        use_stages(self.table)
        self.filters = Filters()
        self.pane = DetailsPane(context.me)
        self.asking = Asking(context, self)
        OfferKept(context, self, ON_AGREEMENTS, self._go_on)
        self._place()
        self._connect()
        self._add_actions()
        self._refresher = Refresher(self, context.operations, TABLES, self.reread)
        self.table.restore_state(context.preferences, "agreements.table")
        self.reread()

    def _place(self) -> None:
        self.new_button = Button(_("New agreement"), icon="plus", key="N")
        self.which_button = Button(_("Why this one?"), icon="help-circle", key="W")
        self.try_button = Button(_("Try it"), icon="scale", key="T")
        self.escalation_button = IconButton("bell", _("Escalation"))
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(8)
        title = PlainLabel(_("Agreements"), size="title")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.escalation_button)
        head.addWidget(self.which_button)
        head.addWidget(self.new_button)
        chips = QHBoxLayout()
        chips.setContentsMargins(24, 0, 16, 0)
        chips.addWidget(self.filters, 1)
        chips.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignTop)
        self._make_lists()
        left = QWidget()
        left.setMinimumWidth(LEAST_PX)
        # The rail says it as well.
        Spare(left, WITH_TITLE_PX, [title])
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(self.lists, 1)
        self.splitter = Divided()
        self.splitter.fill(self, left, self.pane)

    def _make_lists(self) -> None:
        self.empty = EmptyState(
            _("No agreements yet"),
            _(
                "An agreement says how soon a back office acts for a front office. "
                "Without one nothing is promised and no clock runs."
            ),
            icon="file-check",
            action=_("New agreement"),
            act=self.asking.new_agreement,
        )
        self.nothing = EmptyState(
            _("Nothing fits"),
            _("No agreement has these words and this unit."),
            icon="filter",
            action=_("Show all"),
            act=self.filters.clear,
        )
        self.lists = QStackedWidget()
        for widget in (self.table, self.empty, self.nothing):
            self.lists.addWidget(widget)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.asking.new_agreement)
        self.which_button.clicked.connect(self._which)
        self.try_button.clicked.connect(self._try)
        self.escalation_button.clicked.connect(
            lambda: self._context.navigate("escalation")
        )
        self.filters.changed.connect(self._show)
        self.table.current_changed.connect(lambda _line: self._show_current())
        self.pane.wanted.connect(self.take)
        self.asking.saved.connect(self._saved)
        self.asking.renamed.connect(self.reread)
        self.asking.told.connect(self.pane.say)
        self._context.ticker.beat.connect(self._beat)

    def _add_actions(self) -> None:
        rows = [
            ("new", N_("New agreement"), self.asking.new_agreement, "N", "plus"),
            ("which", N_("Which agreement applies"), self._which, "W", "help-circle"),
            ("try", N_("Try this agreement"), self._try, "T", "scale"),
            ("find", N_("Find words in agreements"), self._find, "/", "search"),
        ]
        keys = {Step.AGREE: "A", Step.PROPOSE: "P", Step.CHANGE: "E"}
        add = self._context.actions.add
        for name, words, act, key, icon in rows:
            full = f"agreements.{name}"
            add(Action(full, words, act, key, icon, "agreements"), self)
        for step in Step:
            self._add_step(step, keys.get(step, ""))

    def _add_step(self, step: Step, key: str) -> None:
        name = f"agreements.{step.code}"
        made = Action(
            name,
            step.words,
            lambda: self.take(step),
            key,
            step.icon,
            "agreements",
            lambda: self.pane.is_offered(step),
        )
        self._context.actions.add(made, self)

    # ------------------------------------------------------------ reading

    def reread(self) -> None:
        """Read every agreement anew; what is chosen stays chosen."""
        if self._ticket is not None:
            self._ticket.cancel()
        now = self._context.ticker.now()
        read = self._context.operations.read(agreement_board, now)
        self._ticket = read.start(self, self._take_board)

    def _take_board(self, board: Board) -> None:
        self._board = board
        self.filters.offer(board.lines)
        self._show()

    def _show(self) -> None:
        board = self._board
        if board is None:
            return
        self.filters.setVisible(bool(board.lines))
        lines = self.filters.passing(board.lines)
        by_unit: dict[tuple[str, int], list[Line]] = {}
        for line in lines:
            unit = (line.row.back_unit, line.details.back_unit_id)
            by_unit.setdefault(unit, []).append(line)
        self.model.set_sections(
            [
                Section(f"unit{unit_id}", name, rows)
                for (name, unit_id), rows in sorted(by_unit.items())
            ]
        )
        self.try_button.setEnabled(bool(lines))
        is_none = self.nothing if self.filters.is_narrow() else self.empty
        self.lists.setCurrentWidget(self.table if lines else is_none)
        has_any = bool(lines) or self.filters.is_narrow()
        self.filters.setVisible(has_any)
        self.try_button.setVisible(has_any)
        self.pane.setVisible(has_any)
        self._choose()
        self._show_current()

    def _choose(self) -> None:
        if self._wanted is not None:
            self.table.choose(self._wanted[0])
        if self.table.current_row() is None:
            self.table.choose_first()

    def _show_current(self) -> None:
        line = self.table.current_row()
        people = self._board.people if self._board is not None else ()
        details = line.details if isinstance(line, Line) else None
        self.pane.show_details(details, self._context.clocks.zone, people)
        wanted = self._wanted
        if wanted is None or details is None or wanted[0] != details.agreement_id:
            return
        self._wanted = None
        if wanted[1] is not None:
            self.pane.choose_version(wanted[1])

    def go_to(self, **what: Any) -> None:
        """Show an agreement (``agreement_id``) at a version (``version_id``)."""
        agreement_id = what.get("agreement_id")
        if agreement_id is not None:
            self.filters.clear()
            self._wanted = (int(agreement_id), what.get("version_id"))
            self.reread()

    def _beat(self) -> None:
        """Once a minute, see what came in force or ended meanwhile."""
        self._refresher.want()

    # ------------------------------------------------------------ acting

    def take(self, step: Step) -> None:
        """Take a step on the version shown."""
        details, version = self.pane.details, self.pane.version()
        if details is not None and version is not None:
            self.asking.take(step, details, version)

    def _go_on(self, key: str) -> None:
        """Open what was written and not saved, of agreements as they are now."""

        def opened(board: Board) -> None:
            self.asking.go_on(key, (line.details for line in board.lines))

        now = self._context.ticker.now()
        self._context.operations.read(agreement_board, now).start(self, opened)

    def _saved(self, saved: VersionSaved | None) -> None:
        if saved is not None:
            self.pane.say("")
            self._wanted = (saved.agreement_id, saved.version_id)
            if self.filters.is_narrow():
                self.filters.clear()
        self.reread()

    def _which(self) -> None:
        line = self.table.current_row()
        if isinstance(line, Line):
            self.asking.which(*line.unit_ids)
        else:
            self.asking.which()

    def _try(self) -> None:
        """Replay what happened under other terms of the agreement shown."""
        line = self.table.current_row()
        if isinstance(line, Line):
            agreement_id = line.details.agreement_id
            self._context.navigate("tries", agreement_id=agreement_id)

    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # ------------------------------------------------------------ remembering

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the splitter back to where it was."""
        super().showEvent(event)
        kept = self._context.preferences.value("agreements.splitter")
        if isinstance(kept, list) and len(kept) == 2:
            self.splitter.setSizes([int(one) for one in kept])
        else:
            pane = PANE_PX if self.width() >= WIDE_PX else NARROWEST
            self.splitter.setSizes([max(1, self.width() - pane), pane])
        QTimer.singleShot(0, self.table, self.table.setFocus)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember columns and splitter."""
        super().hideEvent(event)
        preferences = self._context.preferences
        self.table.save_state(preferences, "agreements.table")
        preferences.set_value("agreements.splitter", self.splitter.sizes())
