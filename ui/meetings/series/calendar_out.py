"""Saves calendar files: of one session, or of a whole series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.invitations import SeriesCalendar
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.series_invitations import (
    SessionInvitation,
    series_invitations,
    session_invitation,
)
from ui.common.file_dialog import FileDialog
from ui.common.paper_out import file_name
from ui.common.sheets import save_pdf
from ui.context import Context

FOLDER = "meetings.calendar.folder"


def session_bytes(told: SessionInvitation, stamp: datetime) -> bytes:
    """Return the calendar file of a session, with its agenda where one is out."""
    # Imported when the first file is wanted: reading time zones takes its time.
    from desktop.exchange.calendar_invitations import invitation
    from desktop.reports.invitation_text import running_order_text

    text = running_order_text(told.paper) if told.paper is not None else ""
    return invitation(replace(told.invitation, description=text), stamp)


def series_bytes(told: SeriesCalendar, stamp: datetime) -> bytes:
    """Return the calendar file of a whole series."""
    from desktop.exchange.calendar_invitations import series_calendar

    return series_calendar(told, stamp)


class CalendarOut(QObject):
    """Asks where a calendar file goes, and writes it whole or not at all."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner

    def session(self, meeting_id: int) -> None:
        """Save the calendar file of a session; a cancelled one tells that it fell."""
        stamp = self._context.ticker.now()
        read = self._context.operations.read(session_invitation, meeting_id)
        read.start(
            self,
            lambda told: self._ask(
                f"{told.invitation.summary} {told.invitation.starts_at:%Y-%m-%d}",
                lambda: session_bytes(told, stamp),
            ),
            self._refuse,
        )

    def series(self, series_id: int) -> None:
        """Save one calendar file of a whole series."""
        stamp = self._context.ticker.now()
        read = self._context.operations.read(series_invitations, series_id, stamp)
        read.start(
            self,
            lambda told: self._ask(told.summary, lambda: series_bytes(told, stamp)),
            self._refuse,
        )

    def _ask(self, name: str, make: Callable[[], bytes]) -> None:
        folder = str(self._context.preferences.value(FOLDER, "") or "")
        kinds = _("Calendar file (*.ics)")
        dialog = FileDialog(self._owner, _("Save calendar file"), folder, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(f"{file_name(name)}.ics")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path), make))
        dialog.open()

    def save_to(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write a calendar file, made off the GUI thread."""

        def told(written: Path) -> None:
            self._context.preferences.set_value(FOLDER, str(path.parent))
            words = _("Saved as {path}").format(path=written)
            self._context.tell(words, kind="ok", subject="calendar-file")

        job = self._context.operations.work(lambda: save_pdf(make(), path))
        job.start(self, told, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        words = refusal_words(refusal)
        self._context.tell(words, kind="broken", subject="calendar-file")
