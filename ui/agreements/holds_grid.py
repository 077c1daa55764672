"""Which waiting holds which clock: a box for each reason and kind of target."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import PendingReason
from desktop.i18n import gettext as _
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import REASONS
from ui.common.request_pane.target_words import (
    KINDS,
)


class HoldBox(CheckInput):
    """A box in the grid: its words are spoken, not shown."""

    def __init__(self, words: str) -> None:
        super().__init__("")
        self.setAccessibleName(words)


class HoldsGrid(QWidget):
    """Reasons down, kinds across."""

    def __init__(
        self,
        holds: Mapping[TargetKind, frozenset[PendingReason]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.boxes: dict[tuple[TargetKind, PendingReason], HoldBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(len(TargetKind) + 1, 1)
        grid.addWidget(PlainLabel(_("Waiting for"), size="small", ink="text2"), 0, 0)
        for column, kind in enumerate(TargetKind, 1):
            grid.addWidget(
                PlainLabel(_(KINDS[kind]), size="small", ink="text2"), 0, column
            )
        for line, reason in enumerate(PendingReason, 1):
            told = _(REASONS[reason])
            grid.addWidget(PlainLabel(told), line, 0)
            for column, kind in enumerate(TargetKind, 1):
                words = _("{kind} is held while waiting for {reason}")
                box = HoldBox(words.format(kind=_(KINDS[kind]), reason=told))
                box.setChecked(reason in holds.get(kind, frozenset()))
                self.boxes[kind, reason] = box
                grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignLeft)

    def holds(self) -> dict[TargetKind, frozenset[PendingReason]]:
        """Return the reasons ticked, by kind; kinds without any are left out."""
        found = {
            kind: frozenset(
                reason
                for (of, reason), box in self.boxes.items()
                if of is kind and box.isChecked()
            )
            for kind in TargetKind
        }
        return {kind: reasons for kind, reasons in found.items() if reasons}
