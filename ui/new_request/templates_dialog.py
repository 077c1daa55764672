"""Lists the templates there are with their files, to look at and to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import ChangeSet
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.queries.starting import TemplateRow, template_rows
from desktop.queries.template_files import (
    TemplateFileRow,
    files_of_templates,
    template_file_bytes,
)
from desktop.use_cases.templates import (
    TemplateDraft,
    delete_template,
    put_back_template_file,
    remove_template_file,
    save_template,
)
from ui.common.attachments.file_line import FileLine, LineAct
from ui.common.attachments.opener import FileOpener
from ui.common.attachments.words import file_icon, file_words, warning_of
from ui.common.buttons import IconButton
from ui.common.dialog import Dialog
from ui.common.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from ui.context import Context

Found = tuple[tuple[TemplateRow, ...], dict[int, tuple[TemplateFileRow, ...]]]
TABLES = ("request_template", "template_file")


class TemplatesDialog(Dialog):
    """The templates somebody may use; what is done is done at once."""

    def __init__(self, context: Context, *, parent: QWidget | None = None) -> None:
        super().__init__(_("Templates"), "", submit=_("Done"), parent=parent)
        self._context = context
        self.opener = FileOpener(context, self, template_file_bytes)
        self.submitted.connect(self.accept)
        self.cancel_button.hide()
        self._parts: list[QWidget] = []
        self.buttons: dict[int, IconButton] = {}
        self.lines: dict[int, FileLine] = {}
        self._none = PlainLabel(
            _("No template yet. Fill in a form, then save it as one."),
            ink="text2",
            wraps=True,
        )
        self.body.addWidget(self._none)
        self.start_at(self.submit_button)
        context.operations.changed.connect(self._hear)
        self._read()

    # ------------------------------------------------------------ reading

    def _hear(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches(*TABLES):
            self._read()

    def _read(self) -> None:
        me = self._context.me
        reading = self._context.operations.read(
            _templates, person_id=me.person_id, unit_id=me.unit_id
        )
        reading.start(self, self._show, self.show_refusal)

    def _show(self, found: Found) -> None:
        rows, files = found
        place = self._place_of_focus()
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.buttons, self.lines = {}, {}
        self._parts = [self._part(row, files.get(row.id, ())) for row in rows]
        for part in self._parts:
            self.body.addWidget(part)
        self._none.setVisible(not rows)
        stops = self._stops()
        if place is not None:
            # Where the keyboard was there is the next thing now, or nothing.
            stop = stops[min(place, len(stops) - 1)] if stops else self.submit_button
            stop.setFocus()
        self.grow()

    def _stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, from the top."""
        return [
            one
            for part in self._parts
            for one in part.findChildren(QWidget)
            if one in (*self.lines.values(), *self.buttons.values())
        ]

    def _place_of_focus(self) -> int | None:
        had = self.focusWidget()
        stops = self._stops()
        return stops.index(had) if had in stops else None

    # ------------------------------------------------------------ parts

    def _part(self, row: TemplateRow, files: tuple[TemplateFileRow, ...]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(row))
        column.addSpacing(4 if files else 0)
        for file in files:
            column.addWidget(self._line(row.id, file))
        return part

    def _head(self, row: TemplateRow) -> QWidget:
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 8, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(row.name))
        whose = _("Everybody’s")
        if row.person_id is not None:
            whose = _("Mine")
        elif row.unit_id is not None:
            whose = _("My unit’s")
        words.addWidget(
            ElidedLabel(
                in_line(row.service, whose, wide=True), size="small", ink="text2"
            )
        )
        layout.addLayout(words, 1)
        button = IconButton("trash", _("Delete {name}").format(name=row.name))
        button.clicked.connect(lambda: self.delete(row.id))
        layout.addWidget(button)
        self.buttons[row.id] = button
        return head

    def _line(self, template_id: int, file: TemplateFileRow) -> FileLine:
        line = FileLine(file.name, file_icon(file.kind))
        warning = warning_of(file.kind, file.name)
        told = file_words(file.kind, file.size)
        line.say(warning or told, ink="risk" if warning else "text2")
        away = partial(self.take_away, template_id, file)
        line.set_acts(
            LineAct("eye", _("Look"), partial(self.opener.look, file)),
            LineAct("download", _("Save as"), partial(self.opener.ask_where, file)),
            LineAct("trash", _("Take away"), away, Qt.Key.Key_Delete, _("Del")),
        )
        line.stepped.connect(lambda step: self._go(line, step))
        self.lines[file.id] = line
        return line

    def _go(self, line: FileLine, step: int) -> None:
        lines = list(self.lines.values())
        lines[(lines.index(line) + step) % len(lines)].setFocus()

    # ------------------------------------------------------------ acting

    def delete(self, template_id: int) -> None:
        """Delete a template; it can be put back with its files."""
        operations, tell = self._context.operations, self._context.offer_undo

        def deleted(kept: TemplateDraft) -> None:
            words = _("The template “{name}” is deleted").format(name=kept.name)
            undo = partial(_write, self._context, save_template, kept)
            tell(words, undo)

        operations.write(delete_template, template_id).start(
            self, deleted, self.show_refusal
        )

    def take_away(self, template_id: int, file: TemplateFileRow) -> None:
        """Take a file away from its template; it can be put back."""
        words = _("Taken away: {name}").format(name=file.name)
        undo = partial(
            _write, self._context, put_back_template_file, template_id, file.id
        )
        self._context.operations.write(remove_template_file, file.id).start(
            self,
            lambda _none: self._context.offer_undo(words, undo),
            self.show_refusal,
        )


def _write(context: Context, act: Callable[..., Any], *told: Any) -> None:
    """Write after the dialog may have been left."""
    context.operations.write(act, *told).start(context.operations)


def _templates(session: Any, *, person_id: int | None, unit_id: int | None) -> Found:
    """Return the templates somebody may use, and the files of each."""
    rows = template_rows(session, person_id=person_id, unit_id=unit_id)
    return rows, files_of_templates(session, [row.id for row in rows])
