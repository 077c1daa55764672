"""Resolving or declining: what has open parts or is blocked ends only when said so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from ui.common.inputs import CheckInput
from ui.common.request_pane.step_dialogs import StepDialog

UNFINISHED = frozenset({"open_parts", "still_blocked"})


class EndDialog(StepDialog):
    """Offers to end a request all the same once it was refused for what is open."""

    def __init__(
        self,
        step: EntryKind,
        references: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(step, references, parent)
        self.despite_open = CheckInput(_("End it all the same"))
        self.despite_open.hide()
        self.body.addWidget(self.despite_open)

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the words, and that open parts do not matter where that was said."""
        words, more = super().arguments()
        is_said = self.despite_open.isVisibleTo(self) and self.despite_open.isChecked()
        return words, {**more, "despite_open": True} if is_said else more

    def show_refusal(self, refusal: Refusal) -> None:
        """Say why, and offer the way on where there is one."""
        if refusal.code in UNFINISHED:
            self.despite_open.show()
        super().show_refusal(refusal)
