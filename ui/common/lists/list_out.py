"""Takes a list out of the window: as a CSV or Excel file, or onto paper."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import formats
from desktop.domain.errors import Refusal
from desktop.domain.list_views import ListView
from desktop.i18n import current_language, ngettext, speaking
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words, refusal_words
from ui.common.file_dialog import FileDialog
from ui.common.lists.list_reader import ListReader, flat
from ui.common.table_view import TableView
from ui.context import Context
from ui.workers import Courier, Worker

if TYPE_CHECKING:
    from desktop.queries.list_narrowing import Moment, Reader

Kind = Literal["csv", "xlsx"]
FOLDER = "lists.folder"

add_words(
    {
        "list_stopped": N_("Stopped. No file was written."),
    }
)


class _Shown(TypedDict):
    """For whom, and when: what every query of a list is told."""

    reader: Reader
    moment: Moment


@dataclass(frozen=True)
class _Asked:
    """A list as it is taken out: what of it, for whom and when, and in which words."""

    view: ListView
    reader: Reader
    moment: Moment
    columns: list[str]
    title: str
    language: str


class ListOut(QObject):
    """Writes what a list shows now, all rows of it, with progress that can be stopped.

    `finished` follows a file that was written, with its path.
    """

    heard = Signal(int, int)
    finished = Signal(object)

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        reader: ListReader,
        table: TableView,
        title: Callable[[], str],
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._reader = reader
        self._table = table
        self._title = title
        self._courier = Courier(self)
        self._worker: Worker | None = None
        self._stop = threading.Event()
        self.heard.connect(self._tell_progress)

    # ------------------------------------------------------------ files

    def ask_where(self, kind: Kind) -> None:
        """Ask for a file name and write the list there."""
        from ui.common.paper_out import file_name

        # Brings the printers with it: not at the window's start.

        title, filters = {
            "csv": (_("Save the list as CSV"), "CSV (*.csv)"),
            "xlsx": (_("Save the list for Excel"), "Excel (*.xlsx)"),
        }[kind]
        folder = str(self._context.preferences.value(FOLDER, "") or "")
        dialog = FileDialog(self._owner, title, folder, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{file_name(self._title())}.{kind}")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path), kind))
        dialog.open()

    def save_to(self, path: Path, kind: Kind) -> None:
        """Write all rows of the list to a file; it is whole or not there."""
        self._stop.clear()
        read = self._context.operations.desk.read
        job = partial(read, _write, self._asked(), path, kind, self._told)
        self._run(job, partial(self._saved, path))

    def _asked(self) -> _Asked:
        return _Asked(
            flat(self._reader.asked()),
            self._reader.reader(),
            self._reader.moment(),
            [name for name, _width in self._table.columns.now()],
            self._title(),
            current_language(),
        )

    def stop(self) -> None:
        """Have the writing end at its next rows; nothing is left."""
        self._stop.set()

    def _told(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Refusal("list_stopped")
        self.heard.emit(done, total)

    def _tell_progress(self, done: int, total: int) -> None:
        words = _("Writing the list: {done} of {total} rows").format(
            done=formats.count(done), total=formats.count(total)
        )
        self._context.tell(words, subject="list", action=_("Stop"), act=self.stop)

    def _saved(self, path: Path, count: int) -> None:
        self._context.preferences.set_value(FOLDER, str(path.parent))
        words = ngettext(
            "{n} request saved as {path}", "{n} requests saved as {path}", count
        )
        words = words.format(n=formats.count(count), path=path)
        self._context.tell(words, kind="ok", subject="list")
        self.finished.emit(path)

    def _refused(self, refusal: Refusal) -> None:
        kind = "" if refusal.code == "list_stopped" else "broken"
        self._context.tell(refusal_words(refusal), kind=kind, subject="list")

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do a long job in a thread of its own: lists are read on meanwhile."""
        courier = self._courier

        def work() -> None:
            try:
                value = job()
            except Refusal as refusal:
                courier.bring(partial(self._refused, refusal))
            except Exception as error:  # noqa: BLE001 - raised again where it is seen
                courier.bring(partial(_raise, error))
            else:
                courier.bring(partial(done, value))

        if self._worker is None:
            worker = self._worker = Worker("list files")
            stop = self._stop
            self.destroyed.connect(lambda: stop.set())
            self.destroyed.connect(lambda: worker.close(0))
        self._worker.do(work)

    # ------------------------------------------------------------ paper

    def pdf_maker(self, about: str) -> Callable[[], bytes]:
        """Return what makes the PDF of the list as it stands; ``about`` says how."""
        read, owner = self._context.operations.desk.read, self._context.me.name
        return partial(read, _paper, self._asked(), about, owner)


def _write(
    session: Any,
    asked: _Asked,
    path: Path,
    kind: Kind,
    told: Callable[[int, int], None],
) -> int:
    """Write a list's rows as they are read; a query with a file at its end."""
    from desktop.exchange.list_files import write_csv, write_xlsx
    from desktop.queries.lists import all_rows, list_total
    from desktop.reports.list_cells import columns_shown, values_of

    zone = asked.moment.zone
    shown: _Shown = {"reader": asked.reader, "moment": asked.moment}
    with speaking(asked.language):
        columns = columns_shown(asked.columns)
        headings = [column.heading(str(zone)) for column in columns]
        total = list_total(session, asked.view, **shown)
        values = values_of(all_rows(session, asked.view, **shown), columns)

        def hear(count: int) -> None:
            told(count, total)

        if kind == "csv":
            return write_csv(path, headings, values, zone, hear)
        return write_xlsx(path, headings, values, zone, hear, asked.title)


def _paper(session: Any, asked: _Asked, about: str, owner: str) -> bytes:
    """Return a list as a PDF."""
    from desktop.queries.lists import all_rows, list_total
    from desktop.reports.list_cells import columns_shown, values_of
    from desktop.reports.list_paper import MOST_PRINTED, ListPaper, list_pdf

    shown: _Shown = {"reader": asked.reader, "moment": asked.moment}
    with speaking(asked.language):
        columns = columns_shown(asked.columns)
        rows = all_rows(session, asked.view, **shown, most=MOST_PRINTED)
        paper = ListPaper(
            asked.title,
            about,
            owner,
            str(asked.moment.zone),
            asked.moment.now,
            columns,
            list(values_of(rows, columns)),
            list_total(session, asked.view, **shown),
        )
        return list_pdf(paper, asked.language)


def _raise(error: Exception) -> None:
    raise error
