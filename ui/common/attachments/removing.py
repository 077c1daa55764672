"""Asks why a file is taken away; the journal keeps the answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel


class RemoveDialog(Dialog):
    """Names the file, and asks for the reason."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Take “{name}” away?").format(name=name),
            _(
                "Nobody can open it any more, and after ten minutes its content is "
                "gone for good. Its name and your reason stay written."
            ),
            submit=_("Take away"),
            icon="trash",
            parent=parent,
        )
        label = PlainLabel(_("Why"))
        self.field = LineInput(
            name=_("Why"), placeholder=_("for example: another customer’s file")
        )
        self.field.submitted.connect(self.submit)
        label.setBuddy(self.field)
        self.body.addWidget(label)
        self.body.addWidget(self.field)
        self.start_at(self.field)

    def submit(self) -> None:
        """Ask for the reason before anything is sent."""
        if self.reason():
            super().submit()
        else:
            words = _("“{field}” is empty.").format(field=_("Why"))
            self.show_problem(words)

    def reason(self) -> str:
        """Return what was typed."""
        return self.field.text().strip()
