"""Looks at, opens and saves a request's files; nothing is ever executed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.files import name_on_disk
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.reports.file_words import kind_words
from ui.common.attachments.carrier import Stopped
from ui.common.attachments.copies import copy_to_open, honest_name, write_copy
from ui.common.attachments.picking import FOLDER
from ui.common.attachments.preview import FilePreview
from ui.common.dialog import Question
from ui.common.file_dialog import FileDialog
from ui.context import Context
from ui.operations import Ticket

if TYPE_CHECKING:
    from desktop.queries.attachments import AnyFile, FileBytes

T = TypeVar("T")
Told = Callable[[int, int], None]
Query = Callable[..., "FileBytes"]


def open_with_its_program(path: Path) -> bool:
    """Ask the desktop to show a copy; False where no program takes it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class FileOpener(QObject):
    """Fetches a file in the files' own line, then does something with it.

    ``query`` reads one, a request's where none is given.

    `progressed(attachment id, share)` while it comes; None for the share at the end.
    """

    progressed = Signal(int, object)

    def __init__(
        self, context: Context, owner: QWidget, query: Query | None = None
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._query = query
        self._owner = owner
        self._tickets: dict[int, Ticket] = {}
        self.open_outside: Callable[[Path], bool] = open_with_its_program
        self.preview: FilePreview | None = None
        self.question: Question | None = None

    # ------------------------------------------------------------ the three ways

    def look(self, row: AnyFile) -> None:
        """Show a file in the window, or do the next best its kind allows."""
        if row.kind.previews:
            self._fetch(row, self._show)
        elif row.kind.opens:
            self.ask_to_open(row)
        else:
            self.ask_where(row)

    def ask_to_open(self, row: AnyFile) -> None:
        """Ask once, naming what it really is, then open a read-only copy."""
        words = _(
            "What it really is: {kind}. A copy that cannot be changed opens with this "
            "computer’s program for “.{ending}”."
        ).format(kind=kind_words(row.kind), ending=row.kind.endings[0])
        title = _("Open “{name}”?").format(name=row.name)
        question = Question(title, words, submit=_("Open"), parent=self._owner)
        self.question = question

        def go() -> None:
            question.accept()
            self._fetch(row, partial(self._open_copy, row))

        question.submitted.connect(go)
        question.open()

    def ask_where(self, row: AnyFile) -> None:
        """Ask for a file name and write the file there."""
        folder = str(self._context.preferences.value(FOLDER, "") or "")
        dialog = FileDialog(self._owner, _("Save the file"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        kind = row.kind
        fits = kind.fits(row.name) or not kind.opens
        name = name_on_disk(row.name) if fits else honest_name(row.name, kind)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.save_to(row, Path(path)))
        dialog.open()

    def save_to(self, row: AnyFile, path: Path) -> None:
        """Write a file where a person wants it; it is whole or not there."""

        def save(file: FileBytes) -> None:
            ticket = self._begin(row)
            told = self._telling(row, ticket)
            self._context.operations.start_aside(
                ticket,
                lambda: _unless_stopped(lambda: write_copy(file.content, path, told)),
                partial(self._told_saved, row),
                partial(self._refuse, row),
            )

        self._context.preferences.set_value(FOLDER, str(path.parent))
        self._fetch(row, save)

    def cancel(self, row: AnyFile) -> None:
        """Stop fetching or writing a file."""
        ticket = self._tickets.pop(row.id, None)
        if ticket is not None:
            ticket.cancel()
            self.progressed.emit(row.id, None)

    # ------------------------------------------------------------ what they share

    def _begin(self, row: AnyFile) -> Ticket:
        ticket = self._tickets[row.id] = Ticket(self)
        return ticket

    def _telling(self, row: AnyFile, ticket: Ticket) -> Told:
        bring = self._context.operations.courier.bring

        def told(done: int, total: int) -> None:
            if not ticket.is_heard:
                raise Stopped
            bring(lambda: self._tell(row, ticket, done / max(total, 1)))

        return told

    def _tell(self, row: AnyFile, ticket: Ticket, share: float) -> None:
        if ticket.is_heard and self._tickets.get(row.id) is ticket:
            self.progressed.emit(row.id, share)

    def _fetch(self, row: AnyFile, then: Callable[[FileBytes], None]) -> None:
        if row.id in self._tickets:
            return
        operations, query = self._context.operations, self._query or self._of_request
        ticket = self._begin(row)
        told = self._telling(row, ticket)

        def fetch() -> FileBytes | None:
            return _unless_stopped(
                lambda: operations.desk.read(query, row.id, told=told)
            )

        def got(file: FileBytes | None) -> None:
            self._end(row)
            if file is not None:
                then(file)

        operations.start_aside(ticket, fetch, got, partial(self._refuse, row))

    def _of_request(
        self, session: Any, file_id: int, *, told: Told | None = None
    ) -> FileBytes:
        from desktop.queries.attachments import file_bytes

        unit = self._context.me.unit_id
        return file_bytes(session, file_id, reader_unit_id=unit, told=told)

    def _end(self, row: AnyFile) -> None:
        self._tickets.pop(row.id, None)
        self.progressed.emit(row.id, None)

    def _refuse(self, row: AnyFile, refusal: Refusal) -> None:
        self._end(row)
        self._context.tell(refusal_words(refusal), kind="broken", subject="file")

    def _show(self, file: FileBytes) -> None:
        row = file.row
        self.preview = FilePreview(
            self._context.operations,
            file,
            partial(self._open_copy, row, file),
            partial(self.ask_where, row),
            self._owner,
        )
        self.preview.start()

    def _open_copy(self, row: AnyFile, file: FileBytes) -> None:
        content, name, kind = file.content, row.name, row.kind
        self._context.operations.start_aside(
            Ticket(self),
            lambda: copy_to_open(content, name, kind),
            partial(self._hand_out, row),
            partial(self._refuse, row),
        )

    def _hand_out(self, row: AnyFile, path: Path) -> None:
        if not self.open_outside(path):
            words = _("No program on this computer opens “{name}”. Save it instead.")
            self._context.tell(
                words.format(name=row.name),
                kind="risk",
                subject="file",
                action=_("Save as"),
                act=partial(self.ask_where, row),
            )

    def _told_saved(self, row: AnyFile, path: Path | None) -> None:
        self._end(row)
        if path is not None:
            words = _("Saved as {path}").format(path=path)
            self._context.tell(words, kind="ok", subject="file")


def _unless_stopped(job: Callable[[], T]) -> T | None:
    try:
        return job()
    except Stopped:
        return None
