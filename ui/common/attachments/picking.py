"""What people drop, paste or choose, as files with a name and where their bytes are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import gettext as _
from ui.common.file_dialog import FileDialog
from ui.context import Context

FOLDER = "files.folder"
"""The preference that remembers where files were last chosen."""


@dataclass(frozen=True)
class Picked:
    """A file as picked: nothing of it is read yet."""

    name: str
    source: Path | QImage

    def readable(self) -> Path | bytes:
        """Return where it lies, or its bytes; a picture is written as PNG.

        A large picture takes half a second: ask off the GUI thread.
        """
        if isinstance(self.source, Path):
            return self.source
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(self.source)
        return bytes(content.data())


def has_files(mime: QMimeData) -> bool:
    """Tell whether there is a file or a picture in what is dragged or copied."""
    if mime.hasUrls():
        return any(url.isLocalFile() for url in mime.urls())
    return mime.hasImage()


def picked_from(mime: QMimeData, at: datetime) -> list[Picked]:
    """Return the files of a drop or a paste; a picture is named after ``at``.

    ``at`` is the time where the person sits. Addresses of the web are no files.
    """
    found = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if found:
        return [Picked(path.name, path) for path in found]
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    if image.isNull():
        return []
    stamp = at.strftime("%Y-%m-%d %H.%M.%S")
    return [Picked(_("Picture {when}").format(when=stamp) + ".png", image)]


def ask_for_files(
    context: Context, owner: QWidget, then: Callable[[list[Picked]], None]
) -> None:
    """Open the dialog that chooses files; ``then`` gets them."""
    folder = str(context.preferences.value(FOLDER, "") or "")
    dialog = FileDialog(owner, _("Choose files to attach"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)

    def chosen(paths: list[str]) -> None:
        found = [Path(path) for path in paths]
        if found:
            context.preferences.set_value(FOLDER, str(found[0].parent))
        then([Picked(path.name, path) for path in found])

    dialog.filesSelected.connect(chosen)
    dialog.open()
