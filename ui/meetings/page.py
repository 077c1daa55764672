"""Meetings: series and sessions, what happened, the running order, the paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import NotFound, Refusal
from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import MeetingBoard, SeriesRow, SessionRow
from desktop.queries.meetings import meeting_board, next_of, series_list, sessions_of
from ui.common.empty_state import EmptyState
from ui.common.refresher import Refresher
from ui.common.splitter import Divided
from ui.context import Context
from ui.meetings.agenda_pane import AgendaPane
from ui.meetings.asking import Asking
from ui.meetings.choosing import Choosing
from ui.meetings.edits import Edits
from ui.meetings.keys import add_actions
from ui.meetings.looking import Looking
from ui.meetings.preview_pane import PreviewPane
from ui.meetings.sending.parcels import agenda_parcel
from ui.meetings.sending.sending import Sending
from ui.meetings.series.wiring import SeriesWiring
from ui.meetings.series_pane import SeriesPane
from ui.meetings.side_pane import SidePane

TABLES = (
    "meeting_series",
    "series_member",
    "meeting",
    "agenda_item",
    "agenda_file",
    "raised_item",
    "obstacle",
    "action",
    "journal_entry",
    "person",
    "unit",
)
ROOMS: Final = (
    ("roomy", 1700, 264, [380, 640, 540]),
    ("wide", 1300, 200, [304, 496, 344]),
    ("narrow", 0, 200, [400, 560]),
)
"""From which width on the series and the panes are how wide; three: with preview."""
_REST = 3
"""How many times as long as a reading took others' changes wait for the next one."""


class MeetingsPage(QWidget):
    """One session at a time; a board is read again when something it shows changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._series: tuple[SeriesRow, ...] = ()
        self._sessions: tuple[SessionRow, ...] = ()
        self.series_id: int | None = None
        self.meeting_id: int | None = None
        self._wanted_meeting: int | None = None
        self._is_reading = False
        self._is_stale = False
        self._is_wanted = True
        self._read_ms = 0
        self._begun = 0
        self._since = QElapsedTimer()
        self._since.start()
        self.edits = Edits(context, self)
        self.series_pane = SeriesPane()
        self.preview = PreviewPane(context)
        self.side = SidePane(self.preview)
        self.candidates = self.side.candidates
        self.agenda = AgendaPane()
        self.asking = Asking(context, self.edits, self)
        self.choosing = Choosing(context, self.edits, self)
        self.looking = Looking(self)
        self.sending = Sending(context, self)
        self.empty = EmptyState(
            _("No meetings yet"),
            _(
                "A series is a regular session of a front office and a back office. "
                "Its agenda is made from what happened between them."
            ),
            icon="users",
            action=_("New series"),
            act=lambda: self.wiring.series.new(),
        )
        self.unplanned = EmptyState(
            _("No session planned"),
            _("Plan the next one: its agenda is made from what happened before it."),
            icon="calendar-event",
            action=_("Plan next session"),
            act=self.plan,
        )
        self._place()
        self._connect()
        add_actions(context, self)
        self.wiring = SeriesWiring(context, self)
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()

    def _place(self) -> None:
        self.splitter = Divided()
        self.inner = Divided()
        self.inner.addWidget(self.side)
        self.inner.addWidget(self.agenda)
        self.right = QStackedWidget()
        self.right.addWidget(self.inner)
        self.right.addWidget(self.unplanned)
        self.splitter.addWidget(self.series_pane)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.whole)
        self.splitter.splitterMoved.connect(lambda *_at: self._keep_sizes())
        self.inner.splitterMoved.connect(lambda *_at: self._keep_sizes())
        self._room = ""

    def _connect(self) -> None:
        self.series_pane.series_chosen.connect(self.choose_series)
        self.series_pane.session_chosen.connect(self.choose_session)
        self.series_pane.plan.connect(self.plan)
        edits = self.edits
        edits.arranged.connect(self._show_order)
        edits.settled.connect(self._settle)
        self.candidates.add.connect(edits.add)
        self.candidates.put_back.connect(edits.put_back)
        self.candidates.evidence.connect(self.looking.look_at)
        self.candidates.leave_out.connect(self.choosing.leave_out)
        self.candidates.silence.connect(self.choosing.silence)
        self.candidates.refuse.connect(self.choosing.refuse)
        self.candidates.rules.connect(self.choosing.rules)
        self.candidates.seen.connect(self.choosing.see)
        agenda = self.agenda
        agenda.draft.connect(edits.draft)
        agenda.publish.connect(self.asking.publish)
        agenda.hold.connect(self.asking.hold)
        agenda.minutes.connect(self.show_minutes)
        agenda.send.connect(self.send_agenda)
        agenda.add_item.connect(self.asking.new_item)
        agenda.edit.connect(self.edit_chosen)
        agenda.move_by.connect(self.move_chosen)
        agenda.minutes_by.connect(self.time_chosen)
        agenda.remove.connect(self.remove_chosen)
        agenda.evidence.connect(self.looking.behind)
        agenda.files.connect(self.looking.files)
        agenda.changes.connect(self.looking.changes)
        agenda.list.order.dropped.connect(self._dropped)
        agenda.actions_pane.add.connect(self.asking.new_action)
        agenda.actions_pane.close_one.connect(edits.close_action)
        self.preview.print_asked.connect(self.print_session)
        self._context.ticker.beat.connect(self._beat)

    # ------------------------------------------------------------ reading

    def refresh(self) -> None:
        """Read the series anew, then the sessions, then the board."""
        if not self.edits.is_settled:
            return  # read once it is: `settled` asks for it
        if self._is_reading:
            self._is_stale = True
            return
        rest = _REST * self._read_ms - self._since.elapsed()
        if rest > 0 and not self._is_wanted:
            QTimer.singleShot(int(rest), self, self._refresher.want)
            return
        self._is_reading, self._is_stale, self._is_wanted = True, False, False
        self._begun = self.edits.begun
        self._since.restart()
        now = self._context.ticker.now()
        read = self._context.operations.read(series_list, now)
        read.start(self, self._show_series, self._read_refused)

    def _read_refused(self, refusal: Refusal) -> None:
        self._end_reading()
        if isinstance(refusal, NotFound):
            self.meeting_id = None
            return
        self.edits.tell(refusal)

    def _end_reading(self) -> None:
        self._is_reading = False
        self._read_ms = self._since.restart()
        if self._is_stale or self._is_wanted:
            self._refresher.want()

    def _show_series(self, rows: tuple[SeriesRow, ...]) -> None:
        self._series = rows
        self.whole.setCurrentWidget(self.splitter if rows else self.empty)
        self.series_pane.show_series(rows, self._context.ticker.now())
        ids = [one.id for one in rows]
        if self.series_id not in ids:
            kept = self._context.preferences.value("meetings.series")
            self.series_id = kept if kept in ids else next(iter(ids), None)
            self.meeting_id = None
        if self.series_id is None:
            self._end_reading()
            return
        self.series_pane.series.choose(self.series_id)
        read = self._context.operations.read(sessions_of, self.series_id)
        read.start(self, self._show_sessions, self._read_refused)

    def _show_sessions(self, rows: tuple[SessionRow, ...]) -> None:
        self._sessions = rows
        series = self.chosen_series()
        can_plan = series is not None and not (series.next or series.ended_at)
        ids = [one.id for one in rows]
        if self._wanted_meeting in ids:
            self.meeting_id, self._wanted_meeting = self._wanted_meeting, None
        if self.meeting_id not in ids:
            # Of these rows: the series may have been read before they were planned.
            following = next_of(rows, self._context.ticker.now())
            self.meeting_id = following.id if following else next(iter(ids), None)
        self.series_pane.show_sessions(rows, can_plan, self._context.ticker.now())
        self.right.setCurrentWidget(self.inner if rows else self.unplanned)
        if self.meeting_id is None:
            self.edits.take(None)
            self.preview.show_paper(None)
            self._end_reading()
            return
        self.series_pane.sessions.choose(self.meeting_id)
        now = self._context.ticker.now()
        read = self._context.operations.read_apart(meeting_board, self.meeting_id, now)
        read.start(self, self._show_board, self._read_refused)

    def chosen_series(self) -> SeriesRow | None:
        """Return the series on screen."""
        return next((one for one in self._series if one.id == self.series_id), None)

    def chosen_session(self) -> SessionRow | None:
        """Return the session on screen."""
        return next((one for one in self._sessions if one.id == self.meeting_id), None)

    def _show_board(self, board: MeetingBoard) -> None:
        self._end_reading()
        if board.id != self.meeting_id or self.edits.begun != self._begun:
            # It was read before what was done since: the screen is ahead of it.
            self._settle()
            return
        self.edits.take(board)
        words = self.edits.words
        assert words is not None
        self.candidates.show_board(board, words)
        self.agenda.show_board(board, words)
        self._show_order()
        self.asking.follow(board)
        self.choosing.follow(board)

    def _show_order(self) -> None:
        board, order, words = self.edits.board, self.edits.order, self.edits.words
        if board is None or order is None or words is None:
            return
        self.agenda.show_order(order, words)
        is_proposal = not board.items and board.can_change
        paper = order.paper(board.paper) if board.items else board.paper
        self.preview.show_paper(paper, is_proposal=is_proposal)

    def _beat(self) -> None:
        """Once a minute, see whether the session has begun."""
        board = self.edits.board
        if board is not None and board.can_change and not board.can_close:
            begins = board.paper.head.starts_at
            if self._context.ticker.now() + timedelta(seconds=1) >= begins:
                self._refresher.want()

    # ------------------------------------------------------------ going about

    def go_to(
        self, series_id: int | None = None, meeting_id: int | None = None
    ) -> None:
        """Show a series, or one of its sessions."""
        self._wanted_meeting = meeting_id
        if series_id is not None:
            self.choose_series(series_id)
        else:
            self._again()

    def choose_series(self, series_id: int) -> None:
        """Show another series at its next session."""
        self.series_id, self.meeting_id = series_id, None
        self._context.preferences.set_value("meetings.series", series_id)
        self._again()

    def choose_session(self, meeting_id: int) -> None:
        """Show another session."""
        self.meeting_id = meeting_id
        self._again()

    def _again(self) -> None:
        self._is_wanted = True
        QTimer.singleShot(0, self, self.refresh)

    def _settle(self) -> None:
        self._is_wanted = True
        self._refresher.want()

    def plan(self) -> None:
        """Plan the next session of the series chosen, and show it."""
        if self.series_id is not None:
            self.edits.plan(self.series_id, self.choose_session)

    def print_session(self) -> None:
        """Show the session's papers with every choice, to be printed or saved."""
        from ui.meetings.printing.print_dialog import PrintDialog

        # Imported when it is wanted: it brings the printers with it.
        board = self.edits.board
        if board is not None:
            name = self.preview.name()
            PrintDialog(self._context, board.id, name, self).start()

    def send_agenda(self) -> None:
        """Ask whom the agenda goes to by mail."""
        board = self.edits.board
        if board is None:
            return
        desk, now = self._context.operations.desk, self._context.ticker.now()
        self.sending.begin(agenda_parcel(desk, board.id, board.paper, now))

    def show_minutes(self) -> None:
        """Go to the session itself: hold it, type its minutes, approve them."""
        if self.meeting_id is not None:
            self._context.navigate("minutes", meeting_id=self.meeting_id)

    def show_actions(self) -> None:
        """Go to the board of actions across series."""
        self._context.navigate("actions")

    # ------------------------------------------------------------ the item chosen

    def chosen(self) -> int | None:
        """Return the id of the item the keyboard is on."""
        return self.agenda.list.selected_id()

    def move_chosen(self, by: int) -> None:
        """Move the chosen item up or down."""
        item = self.chosen()
        if item is not None and self.edits.order is not None:
            self.edits.move(item, self.edits.order.index(item) + by)

    def time_chosen(self, by: int) -> None:
        """Give the chosen item more or fewer minutes."""
        item = self.chosen()
        if item is not None:
            self.edits.give_minutes(item, by)

    def remove_chosen(self) -> None:
        """Take the chosen item off."""
        item = self.chosen()
        if item is not None:
            self.edits.remove(item)

    def edit_chosen(self) -> None:
        """Ask how the chosen item should be."""
        item = self.chosen()
        if item is not None:
            self.asking.item(item)

    def _dropped(self, item_id: int, to: int) -> None:
        self.edits.move(item_id, to)
        self.agenda.list.choose(item_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the preview into a tab where there is no room for it."""
        super().resizeEvent(event)
        width = self.width()
        room, _from, left, panes = next(one for one in ROOMS if width >= one[1])
        if room == self._room:
            return
        self._room = room
        if len(panes) < 3:
            self.side.take_preview()
        elif self.inner.count() < 3:
            self.side.give_preview()
            self.inner.addWidget(self.preview)
            self.preview.show()
        self.inner.setSizes(self._kept_sizes(room, panes))
        self.splitter.setSizes(self._kept_sizes("outer", [left, width - left]))

    def _kept_sizes(self, name: str, usual: list[int]) -> list[int]:
        """Return the widths a person left the panes at, else the usual ones."""
        kept = self._context.preferences.value(f"meetings.split.{name}")
        fits = isinstance(kept, list) and len(kept) == len(usual)
        return [int(one) for one in kept] if fits else usual

    def _keep_sizes(self) -> None:
        for name, splitter in (("outer", self.splitter), (self._room, self.inner)):
            key = f"meetings.split.{name}"
            self._context.preferences.set_value(key, splitter.sizes())
