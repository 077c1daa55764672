"""The head of a service: its name, what is not saved yet, and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.labels import ElidedLabel
from ui.common.meanwhile import NotSaved

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
        self.unsaved = NotSaved()
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
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.undo_button.clicked.connect(self.undo)
        self.parts.chosen.connect(self.turned)

    def show_steps(self, steps: Steps, since: str = "") -> None:
        """Show a service as it would be saved; ``since``: when what came back is of."""
        self.name.setText(steps.draft.name.strip() or _("New service"))
        self.unsaved.show_since(steps.is_changed, since)
        self.discard_button.setVisible(steps.is_changed)
        self.undo_button.setVisible(steps.can_undo())
        self.save_button.setEnabled(steps.is_changed)
