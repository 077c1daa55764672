"""The ways files come into the request shown: a key, a paste, a drop on the pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.common.attachments.drops import DropArea
from ui.common.attachments.picking import has_files

if TYPE_CHECKING:
    from ui.common.attachments.section import FilesSection
    from ui.common.inputs import TextInput
    from ui.context import Context


class FileActs:
    """Adds them to a page; files pasted where words are written are attached too."""

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        group: str,
        files: FilesSection,
        pane: QWidget,
        field: TextInput,
    ) -> None:
        self._files = files
        self.drops = DropArea(pane, files.take_mime, files.may_add)
        field.file_taker = files.take_mime
        for name, words, act, key, is_possible in (
            (
                "attach",
                N_("Attach files"),
                files.choose,
                "Ctrl+Shift+A",
                files.may_add,
            ),
            (
                "attach_copied",
                N_("Attach what is copied"),
                self._paste,
                "Ctrl+V",
                self._may_paste,
            ),
        ):
            action = Action(
                f"{group}.{name}", words, act, key, "paperclip", group, is_possible
            )
            context.actions.add(action, scope)

    def _may_paste(self) -> bool:
        mime = QGuiApplication.clipboard().mimeData()
        return self._files.may_add() and mime is not None and has_files(mime)

    def _paste(self) -> None:
        self._files.take_mime(QGuiApplication.clipboard().mimeData())
