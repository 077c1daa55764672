"""Asks before the window closes on files that are still being attached."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.dialog import Question


def ask_to_close(window: QWidget, close: Callable[[], None]) -> None:
    """Say what closing does to the files, and leave it to the person."""
    question = Question(
        _("Files are still being attached"),
        _(
            "Closing waits ten seconds for them. A file that needs longer is not "
            "attached; it stays where you took it from."
        ),
        submit=_("Close"),
        parent=window,
    )

    def go() -> None:
        question.accept()
        close()

    question.submitted.connect(go)
    question.open()
