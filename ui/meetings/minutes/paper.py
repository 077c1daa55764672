"""Prints the minutes shown, saves them as a PDF, or sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.minutes import MinutesPaper
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.queries.minutes import minutes_paper
from ui.common.paper_out import PaperOut
from ui.meetings.sending.sending import Sending

if TYPE_CHECKING:
    from ui.context import Context


class MinutesOut(QObject):
    """Reads the minutes anew before they go out."""

    def __init__(
        self, context: Context, page: QWidget, meeting: Callable[[], int | None]
    ) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._meeting = meeting
        self._paper: MinutesPaper | None = None
        self.sending = Sending(context, page)
        self.out = PaperOut(context, page, self._wanted, self._name, "meetings.folder")

    def print_it(self) -> None:
        """Show the minutes as they will be printed, with every other paper."""
        self._with_paper(self._open)

    def _open(self) -> None:
        from ui.meetings.printing.print_dialog import PrintDialog

        # Imported when it is wanted: it brings the printers with it.
        meeting_id = self._meeting()
        if meeting_id is not None:
            PrintDialog(self._context, meeting_id, self._name(), self._page).start()

    def save_it(self) -> None:
        """Ask where to put the minutes as a PDF."""
        self._with_paper(self.out.ask_where)

    def send_it(self) -> None:
        """Ask whom the minutes go to by mail."""
        self._with_paper(self._send)

    def _send(self) -> None:
        from ui.meetings.sending.parcels import minutes_parcel

        meeting_id = self._meeting()
        if meeting_id is not None and self._paper is not None:
            self.sending.begin(minutes_parcel(meeting_id, self._paper))

    def _with_paper(self, then: Callable[[], None]) -> None:
        meeting_id = self._meeting()
        if meeting_id is None:
            return

        def take(paper: MinutesPaper) -> None:
            self._paper = paper
            then()

        now = self._context.ticker.now()
        read = self._context.operations.read(minutes_paper, meeting_id, now)
        read.start(self, take)

    def _wanted(self) -> Callable[[], bytes] | None:
        paper, language = self._paper, current_language()
        if paper is None:
            return None

        def make() -> bytes:
            # Imported when the first paper is wanted: it takes a fifth of a second.
            from desktop.reports.minutes_paper import minutes_pdf

            return minutes_pdf(paper, language)

        return make

    def _name(self) -> str:
        assert self._paper is not None
        head = self._paper.head
        return _("Minutes {series} {number}").format(
            series=head.series, number=head.number
        )
