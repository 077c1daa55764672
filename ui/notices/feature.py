"""Keeps the bell true: sweeps each minute, reads the notices, carries acts out."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext_noop as N_
from desktop.queries.notices import AnyNotice, Inbox, inbox, is_sweep_due
from desktop.use_cases.attachments import let_go
from desktop.use_cases.notice_acts import mark_read
from desktop.use_cases.notices import sweep
from ui.actions import Action
from ui.common.refresher import Refresher
from ui.common.top_bar import BellButton
from ui.context import Context
from ui.notices.opening import open_notice
from ui.notices.pane import NoticesPane
from ui.notices.popups import Popups
from ui.notices.reading import read_all
from ui.notices.silences import Silencing

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TABLES = ("notice", "session_notice", "journal_entry")
ACTION = "notices"
RULES = "escalation.rules"
RULERS = frozenset({"coordinator", "manager", "administrator"})
MINUTE_MS = 60_000


class Notices(QObject):
    """One person's bell and the pane behind it, until somebody else sits down."""

    def __init__(self, context: Context, bell: BellButton, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self.bell = bell
        self.pane = NoticesPane(self._when, window)
        self.pane.opened.connect(self._open)
        self.pane.read_all.connect(self._read_all)
        self.silencing = Silencing(context, self)
        self.popups = Popups(context, window, self)
        self.pane.silenced.connect(self._silence)
        self.pane.action_silenced.connect(self.silencing.begin_action)
        self.pane.inbox_wanted.connect(lambda: context.navigate("inbox"))
        bell.clicked.connect(self.toggle)
        bell.gone.connect(self.pane.hide)
        # Its own minute: the ticker's beat repaints clocks and never asks the store.
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTE_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self._refresher = Refresher(bell, context.operations, TABLES, self.read)
        bell.set_count(0)
        bell.show()
        self._refresher.want()
        self.look()

    def _when(self) -> tuple[datetime, tzinfo]:
        return self._context.ticker.now(), self._context.clocks.zone

    # ------------------------------------------------------------ looking

    def look(self) -> None:
        """Sweep if there is something to find; read again, since time went by."""
        if self.bell.isHidden():
            return  # nobody sits here any more
        operations, now = self._context.operations, self._context.ticker.now()

        def asked(is_due: bool) -> None:
            if is_due:
                # What another window or computer sweeps at this moment is swept.
                operations.write(sweep, now).start(self, refused=_leave_it)
                operations.write(let_go).start(self, refused=_leave_it)

        operations.read_added(is_sweep_due, now).start(self, asked, _leave_it)
        self._refresher.want()

    def read(self) -> None:
        """Read the newest notices."""
        me, now = self._context.me.person_id, self._context.ticker.now()
        self._context.operations.read_added(inbox, me, now).start(
            self, self._take, _leave_it
        )

    def _take(self, found: Inbox) -> None:
        self.bell.set_count(found.unread)
        self.popups.take(found.rows)
        self.pane.show_inbox(found)

    # ------------------------------------------------------------ acting

    def toggle(self) -> None:
        """Open the pane, or put it away."""
        if self.pane.isVisible():
            self.pane.put_away()
        else:
            self.pane.open_below(self.bell)

    def _open(self, row: AnyNotice) -> None:
        if not row.is_read:
            write = self._context.operations.write(mark_read, [row.notice_id])
            write.start(self)
        open_notice(self._context, row)

    def _read_all(self) -> None:
        read_all(self._context, self)

    def _silence(self, request_id: int, until_moves: bool) -> None:
        self.silencing.begin(request_id, until_moves=until_moves)

    def close(self) -> None:
        """Let go of bell and clock: somebody else sits down."""
        self.timer.stop()
        self.popups.close()
        self.bell.clicked.disconnect(self.toggle)
        self.pane.hide()
        self.pane.deleteLater()
        self._refresher.deleteLater()
        self.deleteLater()


def _leave_it(_refusal: Refusal) -> None:
    """Say nothing: the next minute looks again."""


def add_notices(context: Context, window: MainWindow) -> None:
    """Give whoever sits down their bell, in place of the one before."""
    for before in window.findChildren(Notices):
        before.close()
        before.setParent(None)
    bell = window.top.bell
    made = Notices(context, bell, window)
    context.actions.add(
        Action(
            ACTION,
            N_("Notices"),
            made.toggle,
            icon="bell",
            when=window.is_attached,
        ),
        window,
    )
    if RULERS & context.me.roles:
        words = N_("Rules of escalation")
        rules = Action(
            RULES,
            words,
            lambda: context.navigate("escalation"),
            icon="bell",
            when=window.is_attached,
        )
        context.actions.add(rules, window)
    else:
        context.actions.remove(RULES)
