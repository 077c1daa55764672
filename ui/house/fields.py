"""A field that names a file or a folder, and the dialogs that choose one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.file_dialog import FileDialog
from ui.common.inputs import LineInput

PathKind = Literal["file", "new_file", "folder"]
LONGEST_PATH = 4096


class PathInput(QWidget):
    """A path, typed, chosen from the disk, or dropped in."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        *,
        kind: PathKind = "file",
        filters: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._filters = filters
        self._name = name
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.line = LineInput(limit=LONGEST_PATH, name=name)
        self.line.textChanged.connect(self.changed)
        self.button = Button(_("Choose…"), icon="folder-open")
        self.button.setAccessibleName(_("Choose: {name}").format(name=name))
        self.button.clicked.connect(self.choose)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.setAcceptDrops(True)

    def path(self) -> Path | None:
        """Return the path written, None for an empty field."""
        words = self.line.text().strip()
        return Path(words).expanduser() if words else None

    def set_path(self, path: Path | None) -> None:
        """Show a path; the same one again is looked at again."""
        words = str(path) if path else ""
        if words == self.line.text():
            self.changed.emit()
        self.line.setText(words)

    def choose(self) -> None:
        """Let a file be chosen, beginning where the path is."""
        dialog = file_dialog(self, self._name, self._kind, self._filters)
        path = self.path()
        if path is not None:
            dialog.setDirectory(str(path.parent))
            if self._kind == "new_file":
                dialog.selectFile(path.name)
        dialog.fileSelected.connect(lambda chosen: self.set_path(Path(chosen)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the file dropped."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            self.set_path(Path(urls[0].toLocalFile()))
            event.acceptProposedAction()


def file_dialog(
    parent: QWidget, title: str, kind: PathKind, filters: str = ""
) -> FileDialog:
    """Return a dialog for a file, a file to be made, or a folder; not yet open."""
    dialog = FileDialog(parent, title)
    modes = {
        "file": QFileDialog.FileMode.ExistingFile,
        "new_file": QFileDialog.FileMode.AnyFile,
        "folder": QFileDialog.FileMode.Directory,
    }
    dialog.setFileMode(modes[kind])
    if kind == "new_file":
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    if filters:
        dialog.setNameFilter(filters)
    return dialog
