"""Says that the program itself is wrong; imported when it is, or when there is time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.inputs import TextInput


class CrashDialog(Dialog):
    """Says that something failed inside the program, and what to do."""

    def __init__(
        self, report: str, log_path: Path | None, parent: QWidget | None
    ) -> None:
        words = _(
            "This step was not finished. What was saved before is safe, and you can "
            "go on working. The details below help whoever mends the program."
        )
        super().__init__(
            _("Something failed inside the program"),
            words,
            submit=_("Copy the details"),
            icon="copy",
            parent=parent,
        )
        self.cancel_button.set_words(_("Close"))
        details = TextInput(name=_("Details"), lines=8)
        details.setReadOnly(True)
        details.setPlainText(report[-20_000:])
        self.body.addWidget(details)
        if log_path is not None:
            self.words.setText(f"{words}\n{log_path}")
        self.submitted.connect(lambda: QApplication.clipboard().setText(report))
