"""One session: its head, how its minutes add up, the running order, its actions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.meeting_rows import MeetingBoard
from desktop.reports.agenda_changes import changes_title
from ui.common.buttons import Button, IconButton
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.labels import ElidedLabel, LinkLabel, PlainLabel, StateChip
from ui.common.spare import Spare
from ui.meetings.actions_pane import ActionsPane
from ui.meetings.arrangement import Arrangement
from ui.meetings.order_list import OrderList
from ui.meetings.time_bar import TimeSum
from ui.meetings.words import BoardWords, state_words

LEAST_PX = 368
WITH_MINUTES_PX = 460
"""How wide the pane is at least, and where all tools have room."""

CHIPS = {
    "planned": ("", "circle-dashed"),
    "drafted": ("", "pencil"),
    "published": ("ok", "circle-check"),
    "in_session": ("risk", "users"),
    "held": ("", "check"),
    "approved": ("ok", "file-check"),
    "cancelled": ("", "x"),
}


class AgendaPane(QWidget):
    """Shows an arrangement; what is wanted of it is told, nothing is written here."""

    draft = Signal()
    publish = Signal()
    hold = Signal()
    minutes = Signal()
    send = Signal()
    add_item = Signal()
    edit = Signal()
    move_by = Signal(int)
    minutes_by = Signal(int)
    remove = Signal()
    evidence = Signal()
    files = Signal()
    changes = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(size="title")
        self.when = ElidedLabel(size="small", ink="text2")
        self.state = StateChip(parent=self)
        self.refresh_button = Button(_("Refresh"), icon="refresh")
        self.publish_button = Button(_("Publish"), kind="primary", icon="send")
        self.hold_button = Button(_("Mark as held"), icon="check")
        self.minutes_button = Button(_("Minutes"), icon="notes", key="Alt+M")
        self.send_button = Button(_("Send"), icon="mail", key="M")
        self.sum = TimeSum()
        self.list = OrderList()
        self.note = PlainLabel("", ink="text2", wraps=True)
        self.changed = LinkLabel("")
        self.empty = EmptyState(
            _("No agenda yet"),
            icon="notes",
            action=_("Draft the agenda"),
            act=self.draft.emit,
            key="D",
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)
        self.add_button = Button(_("Add an item"), kind="quiet", icon="plus", key="N")
        self.tools = self._tools()
        self.actions_pane = ActionsPane()
        self._place()
        self._connect()

    def _tools(self) -> dict[str, IconButton]:
        return {
            "up": IconButton("arrow-up", _("Move up"), key="Alt+↑"),
            "down": IconButton("arrow-down", _("Move down"), key="Alt+↓"),
            "less": IconButton("minus", _("One minute less"), key="−"),
            "more": IconButton("plus", _("One minute more"), key="+"),
            "evidence": IconButton("eye", _("What is behind it"), key="E"),
            "files": IconButton("paperclip", _("Files of the item"), key="F"),
            "edit": IconButton("pencil", _("Change the item"), key="↵"),
            "remove": IconButton("trash", _("Take off the agenda"), key="Del"),
        }

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self.minutes_tools = QWidget()
        minutes = QHBoxLayout(self.minutes_tools)
        minutes.setContentsMargins(0, 0, 0, 0)
        minutes.setSpacing(0)
        for name, tool in self.tools.items():
            if name in ("less", "more"):
                minutes.addWidget(tool)
                foot.addWidget(self.minutes_tools)
            else:
                foot.addWidget(tool)
        return foot

    def _place(self) -> None:
        named = QHBoxLayout()
        named.setSpacing(8)
        named.addWidget(self.title, 1)
        named.addWidget(self.state)
        head = FlowLayout()
        for button in (
            self.refresh_button,
            self.send_button,
            self.minutes_button,
            self.hold_button,
            self.publish_button,
        ):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 12)
        layout.setSpacing(4)
        layout.addLayout(named)
        layout.addWidget(self.when)
        layout.addSpacing(8)
        layout.addLayout(head)
        layout.addSpacing(8)
        layout.addWidget(self.sum)
        layout.addWidget(self.note)
        layout.addWidget(self.changed)
        layout.addWidget(self.middle, 1)
        layout.addLayout(self._foot())
        layout.addSpacing(4)
        layout.addWidget(self.actions_pane)
        self.setMinimumWidth(LEAST_PX)
        # Minutes are changed by key as well, and where the item is edited.
        Spare(self, WITH_MINUTES_PX, [self.minutes_tools], keys=[self.add_button])

    def _connect(self) -> None:
        self.refresh_button.clicked.connect(self.draft)
        self.publish_button.clicked.connect(self.publish)
        self.hold_button.clicked.connect(self.hold)
        self.minutes_button.clicked.connect(self.minutes)
        self.send_button.clicked.connect(self.send)
        self.add_button.clicked.connect(self.add_item)
        self.list.doubleClicked.connect(lambda _index: self.edit.emit())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.sum.chosen.connect(self.list.choose)
        self.tools["up"].clicked.connect(lambda: self.move_by.emit(-1))
        self.tools["down"].clicked.connect(lambda: self.move_by.emit(1))
        self.tools["less"].clicked.connect(lambda: self.minutes_by.emit(-1))
        self.tools["more"].clicked.connect(lambda: self.minutes_by.emit(1))
        self.tools["edit"].clicked.connect(self.edit)
        self.tools["evidence"].clicked.connect(self.evidence)
        self.tools["files"].clicked.connect(self.files)
        self.changed.clicked.connect(self.changes)
        self.tools["remove"].clicked.connect(self.remove)
        self._order: Arrangement | None = None
        self._can_change = False

    def show_board(self, board: MeetingBoard, words: BoardWords) -> None:
        """Show the head and the actions of a session."""
        self.title.setText(board.paper.head.series)
        self.when.setText(words.when_line())
        kind, icon = CHIPS[board.state]
        shown = state_words(board.state, board.agenda_version)
        self.state.set_state(shown, kind=kind, icon=icon)
        self._can_change = board.can_change
        has_items = bool(board.items)
        self.refresh_button.setVisible(board.can_change and has_items)
        self.publish_button.setVisible(
            board.can_change and has_items and board.state != "published"
        )
        self.hold_button.setVisible(board.can_close)
        is_ready = board.state in ("drafted", "published") and has_items
        self.minutes_button.set_words(_("In session") if is_ready else _("Minutes"))
        self.minutes_button.setVisible(
            is_ready or board.state in ("in_session", "held", "approved")
        )
        self.send_button.setVisible(board.state == "published")
        self.add_button.setVisible(board.can_change)
        for tool in self.tools.values():
            tool.setVisible(board.can_change and has_items)
        self.actions_pane.show_actions(board)
        told = changes_title(board.paper)
        self.changed.setText(told)
        self.changed.setVisible(bool(told))
        self._say_note(board, words)
        self._say_empty(board, words)

    def _say_note(self, board: MeetingBoard, words: BoardWords) -> None:
        """Say what stands in the way of changing it, or what is still to be said."""
        told = ""
        if board.state == "held":
            told = _("This session was held. Its agenda stays as it was.")
        elif board.can_close and board.paper.head.ends_at <= board.period.as_at:
            told = _(
                "This session is over. Mark it as held, so that its actions go on."
            )
        elif board.state == "published" and board.paper.head.published_at:
            told = _("As at {when}. A change makes the draft of the next version.")
            told = told.format(when=words.moment(board.paper.head.published_at))
        self.note.setText(told)
        self.note.setVisible(bool(told))

    def _say_empty(self, board: MeetingBoard, words: BoardWords) -> None:
        minutes = sum(one.minutes for one in board.drafted)
        told = ngettext(
            "A draft would hold {count} item, {minutes} minutes: what has to be on "
            "every agenda, and what happened {period}.",
            "A draft would hold {count} items, {minutes} minutes: what has to be on "
            "every agenda, and what happened {period}.",
            len(board.drafted),
        )
        shown = told.format(
            count=formats.count(len(board.drafted)),
            minutes=formats.count(minutes),
            period=words.period,
        )
        if not board.can_change:
            shown = _("Nobody drafted an agenda for this session.")
        self.empty.set_words(_("No agenda yet"), shown)

    def show_order(self, order: Arrangement, words: BoardWords) -> None:
        """Show the running order, with what was chosen still chosen."""
        self._order = order
        self.list.show_order(order, words, self._can_change)
        self.middle.setCurrentWidget(self.list if order.items else self.empty)
        self.sum.setVisible(bool(order.items))
        self._chosen()

    def _chosen(self) -> None:
        if self._order is None:
            return
        chosen = self.list.selected_id()
        self.sum.show_sum(self._order, chosen)
        at, last = self._order.index(chosen), len(self._order.items) - 1
        for name, tool in self.tools.items():
            tool.setEnabled(
                at >= 0
                and (name != "up" or at > 0)
                and (name != "down" or at < last)
                and (name != "less" or self._order.items[at].running.minutes > 1)
                and (name != "evidence" or self._order.items[at].candidate is not None)
            )
