"""The files of one agenda item: added, looked at, saved, taken away, put back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.agenda_files import agenda_file_bytes
from desktop.queries.attachments import FileRow
from desktop.queries.meeting_rows import BoardItem
from desktop.use_cases.agenda_files import (
    add_files,
    put_back_agenda_file,
    remove_agenda_file,
)
from desktop.use_cases.attachments import NewFile
from ui.common.attachments.file_line import FileLine, LineAct
from ui.common.attachments.opener import FileOpener
from ui.common.attachments.picking import (
    Picked,
    ask_for_files,
    has_files,
    picked_from,
)
from ui.common.attachments.words import file_icon, stored_words, warning_of
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.context import Context
from ui.meetings.edits import Edits
from ui.operations import Ticket


class FilesDialog(QDialog):
    """Lists an item's files; what is done is done at once."""

    def __init__(
        self,
        context: Context,
        edits: Edits,
        item: BoardItem,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._edits = context, edits
        self.item_id = item.id
        self.lines: dict[int, FileLine] = {}
        self.setWindowTitle(_("Files"))
        self.setModal(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 360)
        self.opener = FileOpener(context, self, agenda_file_bytes)
        self.hint = PlainLabel("", ink="text2", wraps=True)
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.add_button = Button(_("Add files"), icon="paperclip")
        self.add_button.setEnabled(edits.can_change())
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(title, size="title", wraps=True))
        layout.addWidget(self.hint)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        layout.addLayout(self._column)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.add_button.clicked.connect(self._ask)
        self.close_button.clicked.connect(self.reject)
        self.problem.hide()
        self.show_files(item.files)

    def show_files(self, rows: Sequence[FileRow]) -> None:
        """Show other files."""
        for line in self.lines.values():
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {row.id: self._line(row) for row in rows}
        for line in self.lines.values():
            self._column.addWidget(line)
        self.hint.setText(
            _("They go with the item: named on paper, opened from here.")
            if rows
            else _("None yet. Drop files here, or add them.")
        )

    def _line(self, row: FileRow) -> FileLine:
        line = FileLine(row.name, file_icon(row.kind))
        warning = warning_of(row.kind, row.name)
        told = stored_words(row, self._context.ticker.now(), self._context.clocks.zone)
        line.say(warning or told, ink="risk" if warning else "text2")
        look = LineAct("eye", _("Look"), partial(self.opener.look, row))
        save = LineAct("download", _("Save as"), partial(self.opener.ask_where, row))
        acts = [look, save]
        if self._edits.can_change():
            away = partial(self.take_away, row)
            acts.append(
                LineAct("trash", _("Take away"), away, Qt.Key.Key_Delete, "Del")
            )
        line.set_acts(*acts)
        return line

    def _ask(self) -> None:
        ask_for_files(self._context, self, self.add)

    def add(self, picked: Sequence[Picked]) -> None:
        """Read the files in their own line, and put them with the item."""
        if not picked:
            return
        operations, item_id = self._context.operations, self.item_id
        self.add_button.setEnabled(False)
        self.problem.hide()

        def carry() -> Any:
            files = [NewFile(one.name, one.readable()) for one in picked]
            return operations.desk.run(add_files, item_id, files)

        operations.start_carrying(Ticket(self), carry, self._added, self._refused)

    def _added(self, _outcome: object) -> None:
        self.add_button.setEnabled(True)
        self._edits.settled.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.add_button.setEnabled(True)
        self.problem.setText(refusal_words(refusal))
        self.problem.show()

    def take_away(self, row: FileRow) -> None:
        """Take a file away, and offer to put it back."""
        undo = partial(self._edits.write, put_back_agenda_file, row.id)
        told = _("Taken away: {name}").format(name=row.name)
        self._edits.write(
            remove_agenda_file,
            row.id,
            done=lambda _value: self._context.offer_undo(told, undo),
            refused=lambda refusal: (
                self._refused(refusal) if isValid(self) else self._edits.tell(refusal)
            ),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if self._edits.can_change() and has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dropped with the item."""
        event.acceptProposedAction()
        at = self._context.ticker.now().astimezone(self._context.clocks.zone)
        self.add(picked_from(event.mimeData(), at))
