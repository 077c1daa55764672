"""Asks what a template is to be called, whose it is, and which files it keeps."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.attachments import FileBytes
from desktop.use_cases.attachments import read_file
from desktop.use_cases.wordings import MAY_SHARE_WITH_ALL, Sharing
from ui.common.attachments.file_line import FileLine, LineAct
from ui.common.attachments.opener import FileOpener
from ui.common.attachments.words import file_icon, file_words
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, LineInput
from ui.common.labelled import Labelled

if TYPE_CHECKING:
    from desktop.domain.files import FileKind
    from ui.common.attachments.staged import StagedFile
    from ui.context import Context


@dataclass(frozen=True)
class _LaidFile:
    """A file of the form, to look at before the template has it."""

    id: int
    name: str
    size: int
    kind: FileKind


class TemplateDialog(Dialog):
    """A name, whose the template is to be, and which of the form's files it keeps."""

    def __init__(
        self,
        context: Context,
        service: str,
        files: Sequence[StagedFile],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Save as a template"),
            _(
                "The search offers it beside the services. The customer is not kept "
                "with it; a template of the same name is replaced."
            ),
            submit=_("Save"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        me = context.me
        self.name = LineInput(name=_("Name"))
        self.name.setText(service)
        self.name.selectAll()
        self.name.submitted.connect(self.submit)
        options = [(Sharing.MINE.value, _("Mine"))]
        if me.unit_id is not None:
            options.append((Sharing.UNIT.value, me.unit_name or _("My unit’s")))
        if me.roles & {role.value for role in MAY_SHARE_WITH_ALL}:
            options.append((Sharing.HOUSE.value, _("Everybody’s")))
        self.whose = SegmentedControl(options, name=_("Whose it is"))
        self.whose.set_value(Sharing.MINE.value)
        self.body.addWidget(Labelled(_("Name"), self.name, needed=True))
        self.body.addWidget(Labelled(_("Whose it is"), self.whose))
        self._add_files(context, files)
        self.start_at(self.name)

    def _add_files(self, context: Context, files: Sequence[StagedFile]) -> None:
        self._files = tuple(files)
        self._left_out: set[int] = set()
        self.opener = FileOpener(context, self, self._read)
        self.files = CheckInput("")
        self.files.setChecked(bool(files))
        self.files.toggled.connect(self._show_lines)
        self.body.addWidget(self.files)
        self.files.setVisible(bool(files))
        self.lines = [FileLine(one.name, file_icon(one.kind)) for one in files]
        column = QVBoxLayout()
        column.setSpacing(0)
        for place, line in enumerate(self.lines):
            line.stepped.connect(partial(self._go, place))
            column.addWidget(line)
        self.body.addLayout(column)
        self._show_lines()

    def _show_lines(self) -> None:
        """Say of every file whether the template gets it."""
        for place, (file, line) in enumerate(zip(self._files, self.lines, strict=True)):
            is_out = place in self._left_out
            look = partial(self.opener.look, _laid(place, file))
            words = _("Put it back") if is_out else _("Leave it out")
            turn = partial(self._turn, place)
            line.say(_("Left out") if is_out else file_words(file.kind, file.size))
            line.set_acts(
                LineAct("eye", _("Look"), look),
                LineAct(
                    "plus" if is_out else "x", words, turn, Qt.Key.Key_Delete, _("Del")
                ),
            )
            line.setEnabled(self.files.isChecked())
        count = len(self._files) - len(self._left_out)
        words = ngettext(
            "Keep its file with it", "Keep its {count} files with it", count
        )
        none = _("No file is kept with it")
        self.files.setText(words.format(count=count) if count else none)

    def _turn(self, place: int) -> None:
        """Leave a file out, or put it back."""
        self._left_out ^= {place}
        self._show_lines()

    def _go(self, place: int, step: int) -> None:
        self.lines[(place + step) % len(self.lines)].setFocus()

    def _read(
        self,
        _session: Any,
        place: int,
        *,
        told: Callable[[int, int], None] | None = None,
    ) -> FileBytes:
        """Read a file's copy; asked off the GUI thread."""
        file = self._files[place]
        content = read_file(file.path, file.name, file.key.hex, file.size, told)
        return FileBytes(_laid(place, file), content)

    def kept(self) -> tuple[StagedFile, ...]:
        """Return the files the template is to have."""
        if not self.files.isChecked():
            return ()
        return tuple(
            one for place, one in enumerate(self._files) if place not in self._left_out
        )

    def sharing(self) -> Sharing:
        """Return whose it is to be."""
        return Sharing(self.whose.value())


def _laid(place: int, file: StagedFile) -> _LaidFile:
    return _LaidFile(place, file.name, file.size, file.kind)
