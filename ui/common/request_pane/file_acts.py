"""The ways files come into a request: a key, a paste, a drop; and its file sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.common.attachments.drops import DropArea
from ui.common.attachments.picking import has_files

if TYPE_CHECKING:
    from ui.common.request_pane.pane import RequestPane
    from ui.context import Context


class FileActs:
    """Adds them to a page; files pasted where words are written are attached too."""

    def __init__(
        self, context: Context, scope: QWidget, group: str, pane: RequestPane
    ) -> None:
        self._context, self._scope, self._pane = context, scope, pane
        files = self._files = pane.files
        self.drops = DropArea(pane, files.take_mime, files.may_add)
        pane.composer.field.file_taker = files.take_mime
        attach, copied = N_("Attach files"), N_("Attach what is copied")
        sheet = N_("Look at the file sheet, print or save it")
        clip, paper = "paperclip", "file-type-pdf"
        self.actions = [
            context.actions.add(
                Action(f"{group}.{name}", words, act, key, icon, group, when), scope
            )
            for name, words, act, key, icon, when in (
                (
                    "attach",
                    attach,
                    files.choose,
                    "Ctrl+Shift+A",
                    clip,
                    files.may_add,
                ),
                ("attach_copied", copied, self._paste, "Ctrl+V", clip, self._may_paste),
                (
                    "sheet",
                    sheet,
                    self.open_sheet,
                    "Ctrl+Shift+P",
                    paper,
                    self._is_shown,
                ),
            )
        ]

    def offered(self) -> list[Action]:
        """Return what stands in the menu now: the sheet; files have their section."""
        return self.actions[-1:] if self._is_shown() else []

    def _is_shown(self) -> bool:
        return self._pane.details is not None

    def open_sheet(self) -> None:
        """Show the file sheet of the request shown."""
        from ui.common.request_pane.sheet_dialog import SheetDialog

        details = self._pane.details
        if details is not None:
            self.sheet = SheetDialog(
                self._context, details.id, details.reference, self._scope
            )
            self.sheet.start()

    def _may_paste(self) -> bool:
        mime = QGuiApplication.clipboard().mimeData()
        return self._files.may_add() and mime is not None and has_files(mime)

    def _paste(self) -> None:
        self._files.take_mime(QGuiApplication.clipboard().mimeData())
