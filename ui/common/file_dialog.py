"""Asks for a file or a folder, and looks into none of the files it lists.

POSIX forgets every lock a process has on a file when the process closes it once. Qt's
own dialog, and GNOME's, read the beginnings of files to show what kind they are: shown
the workspace that is open, they left it without locks, and the next program that opened
it took it for unused and emptied what the two share.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo, QStandardPaths, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFileIconProvider,
    QStyle,
    QWidget,
)

from desktop.i18n import gettext as _


class FileDialog(QFileDialog):
    """Qt's dialog for files, gone when it is closed; not yet open."""

    def __init__(
        self, parent: QWidget | None, title: str, folder: str = "", filters: str = ""
    ) -> None:
        """Begin in a folder, else where documents are."""
        # It lists at once, before it can be told how: not where a workspace may be.
        super().__init__(parent, title, QDir.rootPath(), filters)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if sys.platform.startswith("linux"):
            # Those of Windows and macOS take no locks away.
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setIconProvider(_kinds())
        self.setDirectory(folder if folder and Path(folder).is_dir() else _documents())


def _documents() -> str:
    where = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(where)
    return found if found and Path(found).is_dir() else QDir.homePath()


class _Kinds(QFileIconProvider):
    """Tells what something is by its name alone; a thread of Qt's asks."""

    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        self._words = {True: _("Folder"), False: _("File")}

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the picture of a folder or of a file."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """Return a file's ending, or what it is."""
        is_folder = info.isDir()
        ending = "" if is_folder else info.suffix().upper()
        return ending or self._words[is_folder]


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    return _Kinds(QApplication.style())
