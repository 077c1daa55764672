"""What is saved beside a session's PDF: the calendar file, the words of a mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.desk import Desk
from desktop.domain.print_options import PrintOptions
from desktop.queries.session_papers import SessionPapers
from desktop.reports.mail_text import agenda_mail, minutes_mail
from ui.common.sheets import save_pdf
from ui.meetings.sending.parcels import calendar_file


def write_beside(
    desk: Desk,
    found: SessionPapers,
    path: Path,
    options: PrintOptions,
    now: datetime,
    language: str,
    *,
    is_minutes: bool,
) -> list[str]:
    """Write what was chosen next to the PDF; returns the names of the files.

    Raises Refusal ``file_not_written`` with ``path`` and ``reason``.
    """
    written: list[str] = []
    if options.calendar:
        made = calendar_file(
            desk, found.meeting_id, found.agenda.head, now, language
        ).make()
        written.append(save_pdf(made, path.with_suffix(".ics")).name)
    if options.mail_text:
        if is_minutes and found.minutes is not None:
            mail = minutes_mail(found.minutes, language)
        else:
            mail = agenda_mail(found.agenda, language)
        words = f"{mail.subject}\n\n{mail.body}\n".encode()
        written.append(save_pdf(words, path.with_suffix(".txt")).name)
    return written
