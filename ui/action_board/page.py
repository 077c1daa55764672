"""The board of actions: mine, my unit's, everybody's; overdue first, done from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.action_board import ActionLine, BoardView, action_board
from ui.action_board.acts import ActionActs
from ui.action_board.mail_dialog import MailDialog
from ui.action_board.words import GROUPS, VIEWS, columns, matching, sections
from ui.actions import Action
from ui.common.buttons import Button, Chip
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import ChoiceInput, SearchField
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.table_model import TableModel
from ui.common.table_view import TableView

if TYPE_CHECKING:
    from ui.context import Context
    from ui.operations import Ticket

GROUP = "actions"
TABLES = ("action", "meeting_series", "person", "unit")
When = Callable[[], bool]
COORDINATING = frozenset({"coordinator", "manager", "executive", "administrator"})


class ActionBoardPage(QWidget):
    """Chips, a search, the actions in sections, and what is done to those chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ticket: Ticket | None = None
        self._rows: tuple[ActionLine, ...] = ()
        self._wanted: int | None = None
        kept = context.preferences.value("actions.view", BoardView.MINE)
        self.view = BoardView(kept) if kept in list(BoardView) else BoardView.MINE
        if self.view is BoardView.ALL and not self.may_see_all():
            self.view = BoardView.MINE
        self.is_closed = False
        self.acts = ActionActs(context, self)
        self.model: TableModel[ActionLine] = TableModel(
            columns(), key=lambda row: row.id, parent=self
        )
        self.table = TableView(self.model, name=_("Actions"), margin=24)
        self.table.setSelectionMode(TableView.SelectionMode.ExtendedSelection)
        self._place()
        self._connect()
        self._add_actions()
        Refresher(self, context.operations, TABLES, self.reread)
        self.table.restore_state(context.preferences, "actions.table")
        self.reread()

    def may_see_all(self) -> bool:
        """Tell whether everybody's actions are this person's business."""
        return bool(COORDINATING & self._context.me.roles)

    def _place(self) -> None:
        self.count = PlainLabel("", ink="text2")
        self.mail_button = Button(_("Done by mail"), icon="mail", key="M")
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Actions"), size="title"))
        head.addWidget(self.count, 1)
        head.addWidget(self.mail_button)
        self.search = SearchField(placeholder=_("Words, numbers, names"))
        self.search.setFixedWidth(260)
        self.search.leads_to(self.table)
        self.group = ChoiceInput(
            [(name, _(words)) for name, words in GROUPS], name=_("Grouped")
        )
        self.group.setFixedWidth(160)
        self.group.set_value(self._context.preferences.value("actions.group", "due"))
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 0, 16, 0)
        tools.setSpacing(8)
        tools.addWidget(self._chips(), 1)
        tools.addWidget(self.search)
        tools.addWidget(self.group)
        self.bar = self._bar()
        self.nothing = EmptyState(
            _("No action is open"),
            _("What is agreed in a session, and who does it by when, comes here."),
            icon="checklist",
        )
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(tools)
        layout.addWidget(self.lists, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.table)

    def _chips(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box)
        self.chips: dict[BoardView, Chip] = {}
        for view, words in VIEWS:
            if view is BoardView.ALL and not self.may_see_all():
                continue
            chip = Chip(_(words))
            chip.setChecked(view is self.view)
            chip.clicked.connect(self._chooser(view))
            flow.addWidget(chip)
            self.chips[view] = chip
        self.closed_chip = Chip(_("Closed lately"))
        self.closed_chip.clicked.connect(self._toggle_closed)
        flow.addWidget(self.closed_chip)
        return box

    def _chooser(self, view: BoardView) -> Callable[[], None]:
        return lambda: self.choose(view)

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 16, 12)
        row.setSpacing(8)
        self.chosen = PlainLabel("", ink="text2")
        row.addWidget(self.chosen, 1)
        self.buttons = {
            "request": Button(_("Open the request"), kind="quiet", icon="file-text"),
            "session": Button(_("Open the session"), kind="quiet", icon="notes"),
            "reopen": Button(_("Reopen"), icon="arrow-back-up", key="R"),
            "change": Button(_("Change"), icon="pencil", key="E"),
            "drop": Button(_("Drop"), icon="x", key="Del"),
            "decide": Button(_("Decide"), icon="gavel", key="G"),
            "done": Button(_("Done"), kind="primary", icon="check", key="X"),
        }
        for button in self.buttons.values():
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(
                lambda _on=False, name=name: self._context.actions.run(
                    f"{GROUP}.{name}"
                )
            )
        self.mail_button.clicked.connect(self.read_mail)
        self.search.textChanged.connect(lambda _words: self._show())
        self.group.chosen.connect(self._regroup)
        self.table.selection_changed.connect(self._offer)
        self.table.opened.connect(lambda _row: self.change())
        self._context.ticker.beat.connect(self._beat)

    def _add_actions(self) -> None:
        done, drop, change = self.finish, self.drop, self.change
        decide, reopen = N_("Decide: do, drop or escalate"), N_("Reopen the action")
        rows: tuple[tuple[str, str, Callable[[], object], str, str, When], ...] = (
            ("done", N_("Action is done"), done, "X", "check", self._any_open),
            ("drop", N_("Drop the action"), drop, "Del", "x", self._any_open),
            ("change", N_("Change date or owner"), change, "E", "pencil", self._one),
            ("decide", decide, self.decide, "G", "gavel", self._one),
            ("reopen", reopen, self.reopen, "R", "arrow-back-up", self._any_closed),
            ("mail", N_("Done by mail"), self.read_mail, "M", "mail", lambda: True),
        )
        opening: tuple[tuple[str, str, Callable[[], object], str, str, When], ...] = (
            (
                *("request", N_("Open its request"), self.open_request, ""),
                *("file-text", lambda: self._has("request_id")),
            ),
            (
                *("session", N_("Open its session"), self.open_session, ""),
                *("notes", lambda: self._has("meeting_id")),
            ),
        )
        for name, words, act, key, icon, when in (*rows, *opening):
            made = Action(f"{GROUP}.{name}", words, act, key, icon, GROUP, when)
            self._context.actions.add(made, self)

    # ------------------------------------------------------------ reading

    def reread(self) -> None:
        """Read the actions anew; what is chosen stays chosen."""
        if self._ticket is not None:
            self._ticket.cancel()
        me, now = self._context.me.person_id, self._context.ticker.now()
        read = self._context.operations.read(
            action_board, me, now, self.view, closed=self.is_closed
        )
        self._ticket = read.start(self, self._take)

    def _take(self, rows: tuple[ActionLine, ...]) -> None:
        self._ticket = None
        self._rows = rows
        self._show()
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current_row() is None and rows:
            self.table.choose_first()

    def _show(self) -> None:
        found = matching(self._rows, self.search.text())
        group = str(self.group.value() or "due")
        self.model.set_sections(sections(found, group, closed=self.is_closed))
        was_empty = self.lists.currentWidget() is self.nothing
        self.lists.setCurrentWidget(self.table if found else self.nothing)
        if found and was_empty and self.mail_button.hasFocus():
            # An empty list passed the keyboard on; it has rows to go through now.
            self.table.setFocus()
        overdue = sum(row.is_overdue for row in found)
        words = ngettext("{n} overdue", "{n} overdue", overdue)
        self.count.setText(words.format(n=formats.count(overdue)) if overdue else "")
        self._offer()

    def _beat(self) -> None:
        """Days go by without anybody writing."""
        if self.isVisible():
            self.reread()

    # ------------------------------------------------------------ going about

    def go_to(self, action_id: int | None = None) -> None:
        """Show one action, whosever it is and whether it is closed."""
        if action_id is None:
            return
        self._wanted = action_id
        self.search.setText("")
        if any(row.id == action_id for row in self._rows):
            self.table.choose(action_id)
            self._wanted = None
            return
        from desktop.queries.action_board import action_line

        now = self._context.ticker.now()
        read = self._context.operations.read(action_line, action_id, now)
        read.start(self, self._go_to_line)

    def _go_to_line(self, line: ActionLine | None) -> None:
        if line is None:
            return
        if line.owner_id == self._context.me.person_id:
            view = BoardView.MINE
        else:
            view = BoardView.ALL if self.may_see_all() else BoardView.UNIT
        self.is_closed = not line.is_open
        self.closed_chip.setChecked(self.is_closed)
        self.choose(view)

    def choose(self, view: BoardView) -> None:
        """Show other actions."""
        self.view = view
        self._context.preferences.set_value("actions.view", view.value)
        for one, chip in self.chips.items():
            chip.setChecked(one is view)
        self.reread()

    def _toggle_closed(self) -> None:
        self.is_closed = self.closed_chip.isChecked()
        self.reread()

    def _regroup(self, group: object) -> None:
        self._context.preferences.set_value("actions.group", group)
        self._show()

    # ------------------------------------------------------------ acting

    def selected(self) -> Sequence[ActionLine]:
        """Return the actions chosen."""
        return [row for row in self.table.selected_rows() if row is not None]

    def _any_open(self) -> bool:
        return any(row.is_open for row in self.selected())

    def _any_closed(self) -> bool:
        return any(not row.is_open for row in self.selected())

    def _one(self) -> bool:
        return len(self.selected()) == 1 and self._any_open()

    def _has(self, name: str) -> bool:
        rows = self.selected()
        return len(rows) == 1 and getattr(rows[0], name) is not None

    def _offer(self) -> None:
        rows = self.selected()
        words = ngettext("{n} chosen", "{n} chosen", len(rows))
        self.chosen.setText(words.format(n=formats.count(len(rows))) if rows else "")
        must = self._one() and rows[0].must_decide
        shown = {
            "request": self._has("request_id"),
            "session": self._has("meeting_id"),
            "reopen": self._any_closed(),
            "change": self._one(),
            "drop": self._any_open() and not must,
            "decide": must,
            "done": self._any_open(),
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        self.bar.setVisible(bool(rows))

    def finish(self) -> None:
        """Say that those chosen are done."""
        self.acts.finish(self.selected())

    def drop(self) -> None:
        """Say that those chosen will not be done; one carried thrice needs a reason."""
        rows = self.selected()
        if len(rows) == 1 and rows[0].must_decide:
            self.acts.decide(rows[0])
        else:
            self.acts.finish(rows, dropped=True)

    def change(self) -> None:
        """Ask for another day or owner of the chosen one."""
        if self._one():
            self.acts.change(self.selected()[0])

    def decide(self) -> None:
        """Ask what is decided of the chosen one."""
        if self._one():
            self.acts.decide(self.selected()[0])

    def reopen(self) -> None:
        """Take back that those chosen were closed."""
        self.acts.reopen([row.id for row in self.selected() if not row.is_open])

    def open_request(self) -> None:
        """Go to the request of the chosen one."""
        if self._has("request_id"):
            request = self.selected()[0].request_id
            self._context.navigate("request", request_id=request, back=GROUP)

    def open_session(self) -> None:
        """Go to the minutes the chosen one was given in."""
        if self._has("meeting_id"):
            row = self.selected()[0]
            self._context.navigate(
                "minutes", meeting_id=row.meeting_id, item_id=row.item_id
            )

    def read_mail(self) -> None:
        """Ask for a mail's text, and close what it says is done."""
        dialog = MailDialog(self._context, self)

        def submit() -> None:
            dialog.set_busy(True)
            self.acts.close(dialog.closings(), dialog.accept)

        dialog.submitted.connect(submit)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "actions.table")
