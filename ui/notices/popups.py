"""Tells of new notices outside the window, or in it where the system has no place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.notices import AnyNotice
from desktop.queries.seeing import is_quiet
from ui.icons import icons
from ui.notices.opening import open_notice
from ui.notices.words import notice_words, subject_line
from ui.style import tokens

if TYPE_CHECKING:
    from ui.context import Context

SUBJECT = "notice"
SHOWN_MS = 10_000


class Popups(QObject):
    """Shows what came since the last look; quiet hours are obeyed."""

    def __init__(self, context: Context, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._window = window
        self._known: set[int] | None = None
        self._since = context.ticker.now()
        self._shown: AnyNotice | None = None
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable() and (
            QSystemTrayIcon.supportsMessages()
        ):
            self._icon = icons().icon("bell", tokens().accent, 32)
            self._tray = QSystemTrayIcon(self._icon, self)
            self._tray.setToolTip("Counterpart")
            self._tray.messageClicked.connect(self._open_shown)
            self._tray.show()

    def take(self, rows: Sequence[AnyNotice]) -> None:
        """Look at the newest notices; what is older than this sitting is no news."""
        before, self._known = self._known, {row.notice_id for row in rows}
        if before is None:
            return
        self._known |= before
        news = [
            row
            for row in rows
            if row.notice_id not in before and row.at >= self._since and not row.is_read
        ]
        if not news:
            return

        def told(quiet: bool) -> None:
            if not quiet:
                self._tell(news)

        me, now = self._context.me.person_id, self._context.ticker.now()
        read = self._context.operations.read(is_quiet, me, now)
        read.start(self, told, _leave_it)

    def _tell(self, news: Sequence[AnyNotice]) -> None:
        row = news[0]
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        title = notice_words(row, now, zone)
        words = subject_line(row)
        rest = len(news) - 1
        if rest:
            more = ngettext("and {n} more", "and {n} more", rest).format(n=rest)
            words = f"{words} ({more})"
        self._shown = row
        if self._tray is not None and not self._window.isActiveWindow():
            self._tray.showMessage(title, words, self._icon, SHOWN_MS)
        else:
            self._context.tell(
                f"{title} · {words}",
                subject=SUBJECT,
                action=_("Open"),
                act=self._open_shown,
            )

    def _open_shown(self) -> None:
        row = self._shown
        if row is None:
            return
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        open_notice(self._context, row)

    def close(self) -> None:
        """Take the place in the system's tray back."""
        if self._tray is not None:
            self._tray.hide()


def _leave_it(_refusal: Refusal) -> None:
    """Say nothing: the bell counts it."""
