"""Asks for another name of an agreement."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.dialog import Dialog
from ui.common.inputs import LineInput
from ui.common.labelled import Labelled


class RenameDialog(Dialog):
    """`name()` gives the name as it was typed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Rename the agreement"),
            _("Its versions and what was promised under them stay as they are."),
            submit=_("Rename it"),
            parent=parent,
        )
        self.field = LineInput()
        self.field.setText(name)
        self.field.selectAll()
        self.box = Labelled(_("Name"), self.field, needed=True)
        self.body.addWidget(self.box)
        self.start_at(self.field)

    def name(self) -> str:
        """Return the name, what is around it cut off."""
        return " ".join(self.field.text().split())

    def show_refusal(self, refusal: Refusal) -> None:
        """Say at the name what is wrong with it, else above the buttons."""
        if isinstance(refusal, Invalid) and refusal.field == "name":
            self.set_busy(False)
            self.box.show_problem(refusal_words(refusal))
            self.field.setFocus()
        else:
            super().show_refusal(refusal)
