"""The head of a service: its name, what is not saved yet, and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from ui.catalogue.steps import Steps

SERVICE, FORM, CHECKS = "service", "form", "checks"


class Head(QWidget):
    """Buttons ask: `save`, `discard`, `undo`; `turned(part)` another part."""

    save = Signal()
    discard = Signal()
    undo = Signal()
    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", size="title")
        self.unsaved = PlainLabel(_("Not saved yet"), size="small", ink="risk")
        self.undo_button = IconButton("arrow-back-up", _("Undo"), key="Ctrl+Z")
        self.discard_button = Button(_("Discard"), kind="quiet")
        self.save_button = Button(_("Save"), kind="primary", key="Ctrl+S")
        self.parts = SegmentedControl(
            [(SERVICE, _("Service")), (FORM, _("Form")), (CHECKS, _("Checklist"))],
            name=_("What is shown"),
        )
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        for part in (self.undo_button, self.discard_button, self.save_button):
            top.addWidget(part)
        below = QHBoxLayout()
        below.addWidget(self.parts)
        below.addStretch(1)
        below.addWidget(self.unsaved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 4)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(below)
        self.parts.set_value(SERVICE)
        self._written, self._is_kept = "", True
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.undo_button.clicked.connect(self.undo)
        self.parts.chosen.connect(self.turned)

    def show_steps(self, steps: Steps, written: str = "") -> None:
        """Show a service as it would be saved; ``written``: when, in another window."""
        self.name.setText(steps.draft.name.strip() or _("New service"))
        self.unsaved.setVisible(steps.is_changed)
        self.discard_button.setVisible(steps.is_changed)
        self.undo_button.setVisible(steps.can_undo())
        self.save_button.setEnabled(steps.is_changed)
        self._written = written
        self._say()

    def show_kept(self, is_kept: bool) -> None:
        """Say when what is not saved would be lost with the program."""
        self._is_kept = is_kept
        self._say()

    def _say(self) -> None:
        words = _("Not saved yet")
        if not self._is_kept:
            words = _("Not saved yet, and no draft can be kept")
        elif self._written:
            words = _("Not saved yet, from {time}").format(time=self._written)
        self.unsaved.setText(words)
