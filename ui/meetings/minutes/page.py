"""The minutes of a session: its items, what was typed, approval, corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.queries.sitting import DecisionLine, SittingBoard
from desktop.reports.wording import Wording
from desktop.use_cases.meeting_actions import add_action
from desktop.use_cases.minutes import (
    decide,
    withdraw_decision,
)
from ui.common.buttons import Button
from ui.common.empty_state import EmptyState
from ui.common.kept_words import KeptWords
from ui.common.labels import ElidedLabel, PlainLabel, StateChip
from ui.common.lines import Lines
from ui.common.splitter import Splitter
from ui.meetings.minutes.asking import MinutesAsking
from ui.meetings.minutes.item_pane import ItemPane
from ui.meetings.minutes.keys import add_keys
from ui.meetings.minutes.paper import MinutesOut
from ui.meetings.minutes.rows import (
    HERE,
    corrections_words,
    minutes_lines,
    minutes_state,
)
from ui.meetings.sitting.attendance_pane import AttendancePane
from ui.meetings.sitting.entry_line import TypedAction
from ui.meetings.sitting.link import SittingLink
from ui.meetings.sitting.opening import Sittings
from ui.meetings.sitting.words import title_of

if TYPE_CHECKING:
    from ui.context import Context

CHIPS = {
    "in_session": ("risk", "circle"),
    "held": ("", "pencil"),
    "approved": ("ok", "file-check"),
    "cancelled": ("", "x"),
}


class MinutesPage(QWidget):
    """Items left, the chosen one right; others' typing comes in by itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen: int | None = None
        self._kept: KeptWords | None = None
        self.title = ElidedLabel(size="title")
        self.when = ElidedLabel(size="small", ink="text2")
        self.state = StateChip(parent=self)
        self.begin_button = Button(_("Begin session"), kind="primary", icon="users")
        self.show_button = Button(_("Show on a screen"), icon="device-desktop")
        self.now_button = Button("", kind="quiet", icon="arrow-right", key="Alt+Home")
        self.approve_button = Button(_("Approve"), kind="primary", icon="file-check")
        self.correct_button = Button(_("Add a correction"), icon="pencil")
        self.print_button = Button(_("Print"), icon="printer", key="Ctrl+P")
        self.save_button = Button(_("Save PDF"), icon="download")
        self.send_button = Button(_("Send"), icon="mail")
        self.link = SittingLink(context, self)
        self.list = Lines(_("Items"))
        self.item = ItemPane(self.link)
        self.attendance = AttendancePane(self.link)
        self.corrections = PlainLabel("", wraps=True, selectable=True)
        self.sittings = Sittings(context, self)
        self.paper = MinutesOut(context, self, lambda: self.link.meeting_id)
        self.asking = MinutesAsking(self.link, self)
        self._place()
        self._connect()
        add_keys(context, self)

    def _place(self) -> None:
        self.middle = QStackedWidget()
        told = [PlainLabel(_("Corrections"), size="title"), self.corrections]
        for part in (self.item, _padded([self.attendance], 1), _padded(told, 0)):
            self.middle.addWidget(part)
        self.splitter = Splitter(self._context.preferences, "minutes.split")
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.middle)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.restore([320, 880])
        self.empty = EmptyState(
            _("No session is chosen"),
            _("Choose a session on the page of meetings to see its minutes here."),
            icon="notes",
            action=_("Meetings"),
            act=lambda: self._context.navigate("meetings"),
        )
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._top())
        whole.addWidget(self.splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(filled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _top(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.state)
        head.addWidget(self.now_button)
        head.addStretch(1)
        for button in (
            *(self.send_button, self.save_button, self.print_button, self.show_button),
            *(self.correct_button, self.begin_button, self.approve_button),
        ):
            head.addWidget(button)
        top = QVBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.setSpacing(4)
        top.addWidget(self.title)
        top.addWidget(self.when)
        top.addSpacing(8)
        top.addLayout(head)
        return top

    def _connect(self) -> None:
        self.link.changed.connect(self.show_board)
        self.link.refused.connect(self._tell)
        self.list.chosen.connect(self.choose)
        self.item.write.connect(self.write)
        self.item.change_decision.connect(self.asking.change_decision)
        self.item.withdraw.connect(self._withdraw)
        self.item.open_action.connect(
            lambda action: self._context.navigate("actions", action_id=action)
        )
        self.item.entry.decided.connect(self._decided)
        self.item.entry.given.connect(self._given)
        self.item.entry.left.connect(self.item.said.setFocus)
        self.begin_button.clicked.connect(self.begin)
        self.show_button.clicked.connect(self.show_sitting)
        self.now_button.clicked.connect(self.go_now)
        self.approve_button.clicked.connect(self.approve)
        self.correct_button.clicked.connect(self.asking.correct)
        self.print_button.clicked.connect(self.paper.print_it)
        self.save_button.clicked.connect(self.paper.save_it)
        self.send_button.clicked.connect(self.paper.send_it)

    # ------------------------------------------------------------ showing

    @property
    def board(self) -> SittingBoard | None:
        """Return the session as it was read last."""
        return self.link.board

    def go_to(self, meeting_id: int | None = None, item_id: int | None = None) -> None:
        """Show the minutes of a session, at one of its items."""
        if meeting_id is None:
            return
        if meeting_id != self.link.meeting_id:
            self.item.said.save()
            self._chosen = None
            self._kept = KeptWords.of(self._context, f"minutes {meeting_id}")
            self.item.said.keep_in(self._kept)
            self.item.entry.keep_in(self._kept)
            self.asking.kept = self._kept
        if item_id is not None:
            self._chosen = item_id
        self.link.show_meeting(meeting_id)

    def show_board(self, board: SittingBoard) -> None:
        """Show the session as it stands; what is being typed stays."""
        self.stack.setCurrentIndex(1)
        words = Wording(board.head)
        self.title.setText(board.head.series)
        number = _("session {number}").format(number=board.head.number)
        self.when.setText(f"{words.when} · {number}")
        kind, icon = CHIPS.get(board.state, ("", "notes"))
        self.state.set_state(minutes_state(board, words), kind=kind, icon=icon)
        self.list.set_lines(minutes_lines(board))
        if self._chosen is None or not self.list.choose(self._chosen):
            first = board.item_id or next((one.id for one in board.items), HERE)
            self._chosen = first
            self.list.choose(first)
        self.attendance.show_board(board)
        self.corrections.setText(corrections_words(board, words))
        today = words.day_of(self._context.ticker.now())
        following = words.day_of(board.next_at) if board.next_at else None
        self.item.entry.know(board.owners, today, following)
        self._offer(board)
        self._show_chosen()

    def _offer(self, board: SittingBoard) -> None:
        is_ready = board.state in ("drafted", "published") and bool(board.items)
        self.begin_button.setVisible(board.may_run and is_ready)
        self.show_button.setVisible(board.state == "in_session")
        self.approve_button.setVisible(board.may_approve and board.state == "held")
        self.correct_button.setVisible(board.may_run and board.state == "approved")
        for button in (self.print_button, self.save_button):
            button.setVisible(board.state in ("in_session", "held", "approved"))
        self.send_button.setVisible(board.state in ("held", "approved"))
        item = board.find(board.item_id)
        self.now_button.setVisible(item is not None and item.id != self._chosen)
        if item is not None:
            words = _("Now: {title}").format(title=shortened(title_of(board, item), 60))
            self.now_button.set_words(words)

    def choose(self, row_id: int) -> None:
        """Show another item, who was here, or the corrections."""
        self.item.said.save()
        self._chosen = row_id
        self._show_chosen()

    def _show_chosen(self) -> None:
        board = self.board
        if board is None:
            return
        item = board.find(self._chosen)
        if item is not None:
            self.item.show_item(board, item)
            self.middle.setCurrentIndex(0)
        else:
            self.middle.setCurrentIndex(1 if self._chosen == HERE else 2)
        self._offer(board)

    def go_by(self, by: int) -> None:
        """Show the next item, or the one before; the text keeps the keyboard."""
        ids = [one.what for one in self.list.lines() if isinstance(one.what, int)]
        at = ids.index(self._chosen) + by if self._chosen in ids else 0
        if 0 <= at < len(ids):
            self.list.choose(ids[at])
            self.choose(ids[at])

    def go_now(self) -> None:
        """Show the item under discussion."""
        if self.board is not None and self.board.item_id is not None:
            self.list.choose(self.board.item_id)
            self.choose(self.board.item_id)
            self.item.said.setFocus()

    def leaving(self) -> None:
        """Write what is typed before another page comes."""
        self.item.said.save()

    def _tell(self, words: str) -> None:
        self._context.tell(words, kind="broken", subject="minutes")

    # ------------------------------------------------------------ typing

    def write(self, mode: str) -> None:
        """Ask for a decision or an action under the chosen item."""
        if self.board is not None and self.board.can_record and self.item.item:
            self.item.entry.open(mode, str(self.item.item.id))

    def _place_id(self) -> int | None:
        said = self.item.entry.place
        return int(said) if said.isdigit() else None

    def _decided(self, words: str, key: object) -> None:
        self._keep(decide, self.link.meeting_id, self._place_id(), words, key=key)

    def _given(self, typed: TypedAction) -> None:
        board = self.board
        if board is None:
            return
        item = board.find(self._place_id())
        self._keep(
            add_action,
            board.series_id,
            typed.text,
            title_of(board, item)[:200] if item else board.head.series,
            typed.due_on,
            owner_id=typed.owner_id,
            owner_unit_id=typed.owner_unit_id,
            meeting_id=board.meeting_id,
            agenda_item_id=self._place_id(),
            key=typed.key,
        )

    def _keep(self, use_case: Callable[..., Any], *args: Any, **more: Any) -> None:
        entry = self.item.entry

        def done(_value: object) -> None:
            entry.saved()
            entry.line.setFocus()

        self.link.write(use_case, *args, done=done, refused=entry.refused, **more)

    def _withdraw(self, line: DecisionLine) -> None:
        self.link.write(withdraw_decision, line.id, withdrawn=not line.is_withdrawn)

    # ------------------------------------------------------------ the session

    def begin(self) -> None:
        """Begin the session, and show it on a screen of its own."""
        board = self.board
        if board is not None and board.may_run:
            is_draft = board.state == "drafted"
            number = board.head.number
            self.sittings.start(board.meeting_id, number, is_draft=is_draft)

    def show_sitting(self) -> None:
        """Show the session on a screen of its own."""
        if self.board is not None and self.board.state == "in_session":
            self.sittings.show(self.board.meeting_id)

    def approve(self) -> None:
        """Ask once before the minutes are sealed, with what is typed last in them."""
        self.item.said.save()
        self.asking.approve()


def _padded(parts: Sequence[QWidget], stretch: int) -> QWidget:
    """Return parts under each other with the margins of a pane."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(24, 8, 24, 16)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part, stretch)
    if not stretch:
        column.addStretch(1)
    return box
