"""The inbox: everything that concerns me, by day, with the request beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.notices import (
    AnyNotice,
    Inbox,
    InboxView,
    SessionNoticeRow,
    inbox,
)
from desktop.use_cases.notice_acts import mark_read, mark_unread
from ui.actions import Action
from ui.common.buttons import Button, Chip
from ui.common.cells import Column, LinesCell, Section, TextCell
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.request_pane.pane import RequestPane
from ui.common.request_pane.steps import Steps, Target
from ui.common.splitter import Splitter
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.notices.opening import open_notice
from ui.notices.reading import read_all
from ui.notices.session_card import SessionCard
from ui.notices.session_words import is_silenced_by_action
from ui.notices.silences import Silences, Silencing
from ui.notices.words import look, notice_words, subject_line
from ui.operations import Ticket

GROUP = "inbox"
TABLES = ("notice", "session_notice", "notice_silence", "journal_entry")
PAGE, MOST = 200, 2_000
LOOK_MS = 120
VIEWS: tuple[tuple[InboxView, str], ...] = (
    (InboxView.ALL, N_("Everything")),
    (InboxView.UNREAD, N_("Not read")),
    (InboxView.WARNINGS, N_("Warnings")),
    (InboxView.WORDS, N_("Asked of me")),
    (InboxView.WORK, N_("What became of it")),
)
DAYS = (N_("Today"), N_("Yesterday"), N_("The last seven days"), N_("Earlier"))


class InboxPage(QWidget):
    """Chips, the notices by day, what I silenced, and the pane of the chosen one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ticket: Ticket | None = None
        self._limit = PAGE
        self.view = InboxView.ALL
        self.model: TableModel[AnyNotice] = TableModel(
            self._columns(), key=lambda row: row.notice_id, parent=self
        )
        self.table = TableView(self.model, name=_("Inbox"), margin=24)
        self.pane = RequestPane(
            context, empty=_("Choose a notice to see its request here.")
        )
        self.card = SessionCard(context)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.pane)
        self.beside.addWidget(self.card)
        self.steps = Steps(context, self, self.targets, GROUP)
        self.pane.use_steps(self.steps, self, GROUP)
        self.silencing = Silencing(context, self)
        self.silences = Silences(self._when)
        self._place()
        self._connect()
        self._add_actions()
        Refresher(self, context.operations, TABLES, self.reread)
        self.table.restore_state(context.preferences, "inbox.table")
        self.reread()

    def _when(self) -> tuple[datetime, tzinfo]:
        return self._context.ticker.now(), self._context.clocks.zone

    # ------------------------------------------------------------ parts

    def _columns(self) -> list[Column[AnyNotice]]:
        def what(row: AnyNotice) -> LinesCell:
            now, zone = self._context.ticker.now(), self._context.clocks.zone
            words = notice_words(row, now, zone)
            return LinesCell(words, subject_line(row), bold=not row.is_read)

        def mark(row: AnyNotice) -> TextCell:
            return TextCell("" if row.is_read else "●", kind=look(row)[1])

        def when(row: AnyNotice) -> TextCell:
            now, zone = self._context.ticker.now(), self._context.clocks.zone
            return TextCell(short_instant(row.at, now, zone), quiet=True, at_right=True)

        return [
            Column("mark", "", mark, 44),
            Column("what", N_("What happened"), what, 320, stretch=True),
            Column("when", N_("When"), when, 172, at_right=True, least=104),
        ]

    def _place(self) -> None:
        self.about = PlainLabel("", ink="text2")
        self.all_button = Button(
            _("Mark all as read"), kind="quiet", icon="check", key="Shift+A"
        )
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Inbox"), size="title"))
        head.addWidget(self.about, 1)
        head.addWidget(self.all_button)
        self.nothing = EmptyState(
            _("Nothing here"),
            _("Warnings and what others do with your requests come here."),
            icon="inbox",
        )
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        left = QWidget()
        left.setMinimumWidth(420)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._chips())
        column.addWidget(self.lists, 1)
        column.addWidget(self.silences)
        self.splitter = Splitter(self._context.preferences, "inbox.split")
        self.splitter.fill(self, left, self.beside)
        self.splitter.restore([736, 448])
        self.setFocusProxy(self.table)

    def _chips(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(24, 0, 16, 0)
        inner = QWidget()
        row.addWidget(inner)
        flow = FlowLayout(inner)
        self.chips: dict[InboxView, Chip] = {}
        for view, words in VIEWS:
            chip = Chip(_(words))
            chip.clicked.connect(self._chooser(view))
            chip.setChecked(view is self.view)
            flow.addWidget(chip)
            self.chips[view] = chip
        return box

    def _chooser(self, view: InboxView) -> Callable[[], None]:
        return lambda: self.choose(view)

    def _connect(self) -> None:
        # The keyboard runs through the list faster than requests can be read.
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._show_current)
        self.table.current_changed.connect(lambda _row: self._look.start())
        self.table.opened.connect(self._open_row)
        self.table.selection_changed.connect(self.pane.refresh_steps)
        self.model.more_wanted.connect(self._read_more)
        self.all_button.clicked.connect(self.read_all)
        self.pane.full_wanted.connect(self._open)
        self.pane.why_wanted.connect(self._open)
        self.silences.ended.connect(self.silencing.end)
        self._context.ticker.beat.connect(self.model.beat)

    def _add_actions(self) -> None:
        for name, words, act, key, icon in (
            ("all", N_("Mark all as read"), self.read_all, "Shift+A", "check"),
            ("toggle", N_("Read, or not read"), self.toggle, "Shift+U", "mail"),
            (
                "silence",
                N_("Silence this request until tomorrow"),
                lambda: self.silence(until_moves=False),
                "Z",
                "clock",
            ),
            (
                "moves",
                N_("Silence this request until it moves"),
                lambda: self.silence(until_moves=True),
                "Shift+Z",
                "arrow-right",
            ),
        ):
            full = f"{GROUP}.{name}"
            made = Action(full, words, act, key, icon, GROUP)
            self._context.actions.add(made, self)

    # ------------------------------------------------------------ reading

    def reread(self) -> None:
        """Read the notices anew; what is chosen stays chosen."""
        if self._ticket is not None:
            self._ticket.cancel()
        me, now = self._context.me.person_id, self._context.ticker.now()
        read = self._context.operations.read(inbox, me, now, self._limit, self.view)
        self._ticket = read.start(self, self._take)

    def _take(self, found: Inbox) -> None:
        words = ngettext("{n} not read", "{n} not read", found.unread)
        self.about.setText(words.format(n=found.unread) if found.unread else "")
        self.all_button.setEnabled(found.unread > 0)
        has_more = found.has_more and self._limit < MOST
        self.model.set_sections(self._by_day(found.rows), has_more=has_more)
        self.lists.setCurrentWidget(self.table if found.rows else self.nothing)
        self.beside.setVisible(bool(found.rows) or self.view is not InboxView.ALL)
        self.silences.show_rows(found.silenced)
        if self.table.current_row() is None and found.rows:
            self.table.choose_first()
        if not found.rows:
            self.pane.show_request(None)

    def _by_day(self, rows: Sequence[AnyNotice]) -> list[Section[AnyNotice]]:
        zone = self._context.clocks.zone
        today = self._context.ticker.now().astimezone(zone).date()
        found: dict[int, list[AnyNotice]] = {}
        for row in rows:
            days = (today - row.at.astimezone(zone).date()) // timedelta(days=1)
            place = 0 if days < 1 else 1 if days < 2 else 2 if days < 8 else 3
            found.setdefault(place, []).append(row)
        return [
            Section(f"day{place}", _(DAYS[place]), found[place])
            for place in sorted(found)
        ]

    def _read_more(self) -> None:
        self._limit = min(MOST, self._limit + PAGE)
        self.reread()

    def choose(self, view: InboxView) -> None:
        """Show other notices."""
        self.view = view
        for one, chip in self.chips.items():
            chip.setChecked(one is view)
        self.reread()

    def _show_current(self) -> None:
        row = self.table.current_row()
        if row is None:
            return
        if isinstance(row, SessionNoticeRow):
            self.pane.show_request(None)
            self.card.show_notice(row)
        else:
            self.pane.show_request(row.request_id)
        self.beside.setCurrentIndex(int(isinstance(row, SessionNoticeRow)))
        if not row.is_read and self.isVisible():
            write = self._context.operations.write(mark_read, [row.notice_id])
            write.start(self)

    # ------------------------------------------------------------ acting

    def targets(self) -> Sequence[Target]:
        """Return the request the steps are about."""
        shown = self.pane.target()
        return [shown] if shown is not None else []

    def _open_row(self, row: AnyNotice) -> None:
        open_notice(self._context, row, back=GROUP)

    def _open(self, request_id: int, clock: int | None = None) -> None:
        self._context.navigate(
            "request", request_id=request_id, clock=clock, back=GROUP
        )

    def read_all(self) -> None:
        """Mark everything as read; it can be taken back."""
        read_all(self._context, self)

    def toggle(self) -> None:
        """Mark the chosen notice as read, or as not read."""
        row = self.table.current_row()
        if row is not None:
            act = mark_unread if row.is_read else mark_read
            self._context.operations.write(act, [row.notice_id]).start(self)

    def silence(self, *, until_moves: bool) -> None:
        """Want no more warnings of the chosen request for a while."""
        row = self.table.current_row()
        if isinstance(row, SessionNoticeRow):
            if is_silenced_by_action(row) and row.action_id is not None:
                self.silencing.begin_action(row.action_id)
        elif row is not None:
            self.silencing.begin(row.request_id, until_moves=until_moves)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "inbox.table")
