"""Carrying an act out: its dialog, the words for what was done, the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.messages import refusal_words
from ui.common.kept_sheets import keep_dialog

if TYPE_CHECKING:
    from ui.common.dialog import Dialog
    from ui.context import Context


class Acting(QObject):
    """What the acts of a page or pane share; `dialog` is the one open now.

    `place` is where what is written in its dialogs is kept until it is done.
    """

    place = ""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.dialog: Dialog | None = None

    def show_dialog(
        self, dialog: Dialog, send: Callable[[], None], keep_as: str = ""
    ) -> None:
        """Open a dialog; `send` follows when it is submitted.

        ``keep_as`` names it where all that is written in it is to survive a crash.
        """
        self.dialog = dialog
        if keep_as:
            keep_dialog(self._context, dialog, self.place, keep_as)
        dialog.submitted.connect(send)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def write(
        self,
        dialog: Dialog | None,
        use_case: Callable[..., Any],
        arguments: tuple[Any, ...],
        words: str | Callable[[Any], str],
        undo: Callable[[Any], Callable[[], None]] | None = None,
        *,
        version: int | None = None,
        refused: Callable[[Refusal], None] | None = None,
        **more: Any,
    ) -> None:
        """Do it; the dialog stays as typed when it is refused.

        ``words`` say what was done, maybe from the use case's value. ``more`` goes to
        the use case by name, ``version`` as the expected one.
        """
        if dialog is not None:
            dialog.set_busy(True)
        if version is not None:
            more["expected_version"] = version

        def done(value: Any) -> None:
            if dialog is not None:
                dialog.accept()
            told = words if isinstance(words, str) else words(value)
            self._context.offer_undo(told, undo(value) if undo else None)

        say = refused or (dialog.show_refusal if dialog is not None else self.tell)
        write = self._context.operations.write(use_case, *arguments, **more)
        write.start(self, done, say)

    def quietly(self, use_case: Callable[..., Any], *args: Any, **more: Any) -> None:
        """Take something back."""
        write = self._context.operations.write(use_case, *args, **more)
        write.start(self, None, self.tell)

    def tell(self, refusal: Refusal) -> None:
        """Say above the page why something was refused."""
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")
