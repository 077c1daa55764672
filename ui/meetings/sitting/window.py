"""The session on a screen of its own: one item, its time, what is next; keys only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Refusal
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.sitting import SittingBoard, SittingItem
from desktop.reports.wording import Wording
from desktop.use_cases.meeting_actions import add_action
from desktop.use_cases.minutes import add_note, decide
from desktop.use_cases.sitting import (
    begin_session,
    finish_item,
    park_item,
    pause_timer,
    resume_session,
    resume_timer,
    take_up,
    unpark_item,
)
from ui.common.banner import BannerArea
from ui.common.kept_words import KeptWords
from ui.common.labels import ElidedLabel
from ui.common.undo_bar import UndoBar
from ui.meetings.sitting.attendance_pane import AttendancePane
from ui.meetings.sitting.big import BigLabel, Scale
from ui.meetings.sitting.ending import EndDialog
from ui.meetings.sitting.entry_line import EntryLine, TypedAction
from ui.meetings.sitting.keys import KeyStrip, add_keys
from ui.meetings.sitting.link import SittingLink
from ui.meetings.sitting.next_items import NextItems
from ui.meetings.sitting.stage import Stage
from ui.meetings.sitting.timer import TimerPanel, session_words
from ui.meetings.sitting.words import here_words, title_of
from ui.style import theme, tokens

if TYPE_CHECKING:
    from ui.context import Context

SECOND_MS = 1000


class SittingWindow(QMainWindow):
    """A window beside the main one; the store says which item is under discussion."""

    closed = Signal()

    def __init__(self, context: Context, meeting_id: int) -> None:
        super().__init__(None)
        self._context = context
        self.meeting_id = meeting_id
        self.setWindowTitle(_("Session"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1280, 800)
        self.scale = Scale(self)
        self.series = ElidedLabel(bold=True)
        self.left = BigLabel(self.scale, 1.15, ink="text2")
        self.here = BigLabel(self.scale, 1.15, ink="text2")
        self.stage = Stage(self.scale)
        self.timer = TimerPanel(self.scale)
        self.following = NextItems(self.scale)
        self.link = SittingLink(context, self)
        self.attendance = AttendancePane(self.link)
        self.entry = EntryLine()
        self.entry.keep_in(KeptWords.of(context, f"sitting {meeting_id}"))
        self.banners = BannerArea()
        self.strip = KeyStrip()
        self.undo_bar = UndoBar(self)
        self._place()
        self._connect()
        add_keys(context, self)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        theme().changed.connect(self.update)
        self.link.show_meeting(meeting_id)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(32, 16, 32, 0)
        head.setSpacing(24)
        head.addWidget(self.series, 1)
        for label in (self.here, self.left):
            label.setWordWrap(False)
            head.addWidget(label)
        self.side = QStackedWidget()
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 16, 32, 16)
        column.setSpacing(24)
        column.addWidget(self.timer)
        column.addWidget(self.following, 1)
        here = QWidget()
        inner = QVBoxLayout(here)
        inner.setContentsMargins(0, 16, 32, 16)
        inner.addWidget(self.attendance)
        self.side.addWidget(beside)
        self.side.addWidget(here)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.stage, 5)
        middle.addWidget(self.side, 3)
        foot = QVBoxLayout()
        foot.setContentsMargins(32, 8, 32, 16)
        foot.setSpacing(8)
        foot.addWidget(self.entry)
        foot.addWidget(self.strip)
        whole = QWidget()
        self.setCentralWidget(whole)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.banners)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.link.changed.connect(self.show_board)
        self.link.refused.connect(self.tell)
        self.entry.decided.connect(self._decided)
        self.entry.given.connect(self._given)
        self.entry.noted.connect(self._noted)
        self.entry.left.connect(self._entry_left)
        self.attendance.left.connect(self.show_items)
        self.following.chosen.connect(self.go_to)

    # ------------------------------------------------------------ showing

    @property
    def board(self) -> SittingBoard | None:
        """Return the session as it was read last."""
        return self.link.board

    def current(self) -> SittingItem | None:
        """Return the item under discussion."""
        return self.board.find(self.board.item_id) if self.board else None

    def show_board(self, board: SittingBoard) -> None:
        """Show the session as it stands; what is being typed stays."""
        words = Wording(board.head)
        number = _("session {number}").format(number=board.head.number)
        self.series.setText(in_line(board.head.series, number, words.when))
        self.setWindowTitle(in_line(board.head.series, number))
        self.here.setText(here_words(board))
        today = words.day_of(self._context.ticker.now())
        following = words.day_of(board.next_at) if board.next_at else None
        self.entry.know(board.owners, today, following)
        self.stage.show_item(board, self.current())
        self.following.show_board(board)
        self.attendance.show_board(board)
        self.strip.show_board(board)
        self.tick()

    def tick(self) -> None:
        """Let the time go on."""
        if self.board is None:
            return
        now = self._context.ticker.now()
        self.timer.show_time(self.board, now)
        words, ink = session_words(self.board, now)
        self.left.setText(words if self.board.state == "in_session" else "")
        self.left.set_ink(ink)

    def tell(self, words: str) -> None:
        """Say why something was refused."""
        self.banners.tell(words, subject="sitting", kind="broken")

    def offer_undo(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done, and offer to take it back."""
        self.undo_bar.offer(words, undo)

    # ------------------------------------------------------------ the items

    def can_act(self) -> bool:
        """Tell whether the session sits and one may run it."""
        return self.board is not None and self.board.can_run

    def go_by(self, by: int) -> None:
        """Go to the next item, or to the one before."""
        board = self.board
        if board is None or not board.items or not self.can_act():
            return
        ids = [one.id for one in board.items]
        at = ids.index(board.item_id) if board.item_id in ids else -1
        to = at + by
        if 0 <= to < len(ids):
            self.go_to(ids[to])

    def go_to(self, item_id: int) -> None:
        """Go to an item."""
        if self.can_act():
            self.link.write(take_up, self.meeting_id, item_id)

    def finish(self) -> None:
        """Say that the item is done, and go on."""
        item = self.current()
        if item is None or not self.can_act():
            return

        def done(_next: int | None) -> None:
            words = _("Done: {title}").format(title=self._title(item))
            self.offer_undo(words, lambda: self._back_to(item, finish_item, done=False))

        self.link.write(finish_item, item.id, done=done)

    def park(self) -> None:
        """Put the item off to the next session, and go on."""
        item = self.current()
        if item is None or not self.can_act():
            return

        def done(_next: int | None) -> None:
            words = _("For the next session: {title}").format(title=self._title(item))
            self.offer_undo(words, lambda: self._back_to(item, unpark_item))

        self.link.write(park_item, item.id, self._title(item), done=done)

    def _back_to(
        self, item: SittingItem, use_case: Callable[..., Any], **more: Any
    ) -> None:
        self._context.operations.write(use_case, item.id, **more).start(
            self, lambda _value: self.go_to(item.id), self._refuse
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.link.refused.emit(refusal_words(refusal))

    def _title(self, item: SittingItem) -> str:
        return title_of(self.board, item) if self.board else ""

    def hold_timer(self) -> None:
        """Hold the timer, or let it go on."""
        if self.board is not None and self.can_act():
            is_on = self.board.item_since is not None
            self.link.write(pause_timer if is_on else resume_timer, self.meeting_id)

    # ------------------------------------------------------------ typing

    def write(self, mode: str) -> None:
        """Ask for a decision, an action or a note under the item."""
        if self.board is not None and self.board.can_record:
            place = self.board.item_id or 0
            self.entry.open(mode, str(place))
            self.strip.hide()

    def is_typing(self) -> bool:
        """Tell whether the keyboard is in the line being typed."""
        focus = self.focusWidget()
        is_there = focus is not None and self.entry.isAncestorOf(focus)
        return is_there and self.entry.is_open()

    def _entry_left(self) -> None:
        self.strip.show()
        self.setFocus()

    def _decided(self, words: str, key: object) -> None:
        self._keep(decide, self.meeting_id, self._place_id(), words, key=key)

    def _noted(self, words: str) -> None:
        place = self._place_id()
        if place is not None:
            self._keep(add_note, place, words)

    def _given(self, typed: TypedAction) -> None:
        board, item = self.board, self.current()
        if board is None:
            return
        self._keep(
            add_action,
            board.series_id,
            typed.text,
            self._title(item)[:200] if item else board.head.series,
            typed.due_on,
            owner_id=typed.owner_id,
            owner_unit_id=typed.owner_unit_id,
            meeting_id=self.meeting_id,
            agenda_item_id=self._place_id(),
            key=typed.key,
        )

    def _place_id(self) -> int | None:
        """Return the item the line was opened at, though the chair went on."""
        said = self.entry.place
        return int(said) if said.isdigit() and int(said) else None

    def _keep(self, use_case: Callable[..., Any], *args: Any, **more: Any) -> None:
        def done(_value: object) -> None:
            self.entry.saved()
            self.entry.leave()

        self.link.write(use_case, *args, done=done, refused=self.entry.refused, **more)

    # ------------------------------------------------------------ the session

    def begin(self) -> None:
        """Begin the session, or say why it cannot."""
        self.link.write(begin_session, self.meeting_id)

    def show_attendance(self) -> None:
        """Show who is here, or the time and the next items again."""
        if self.side.currentIndex():
            self.show_items()
        else:
            self.side.setCurrentIndex(1)
            self.attendance.list.setFocus()

    def show_items(self) -> None:
        """Show the time and the next items."""
        self.side.setCurrentIndex(0)
        self.setFocus()

    def end(self) -> None:
        """Ask once, naming what is not reached, then end the session."""
        board = self.board
        if board is None or not self.can_act():
            return
        dialog = EndDialog(board, self)

        def ended(_value: object) -> None:
            dialog.accept()
            self.offer_undo(
                _("The session is over; its minutes are a draft."),
                lambda: self.link.write(resume_session, self.meeting_id),
            )

        def submit() -> None:
            dialog.set_busy(True)
            self.link.write(*dialog.wanted(), done=ended, refused=dialog.show_refusal)

        dialog.submitted.connect(submit)
        dialog.open()

    # ------------------------------------------------------------ the window

    def fill_screen(self) -> None:
        """Take the whole screen, or give it back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def open_beside(self, main: QWidget) -> None:
        """Show it: whole on a second screen where there is one, else as a window."""
        others = [one for one in QGuiApplication.screens() if one != main.screen()]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what is open with Esc, then the whole screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.side.currentIndex():
            self.show_items()
        elif self.isFullScreen():
            self.showNormal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write larger where there is more room."""
        super().resizeEvent(event)
        self.scale.fit(self.width())
        self.undo_bar.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), tokens().surface)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the clock; the session goes on in the store."""
        self._clock.stop()
        self.closed.emit()
        super().closeEvent(event)
