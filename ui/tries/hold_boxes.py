"""Which waiting stops the clocks of a trial: a box for each reason, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import PendingReason
from desktop.i18n import gettext as _
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import REASONS
from ui.tries.words import KINDS

Holds = Mapping[TargetKind, frozenset[PendingReason]]


class HoldBoxes(QWidget):
    """Shows the reasons of one kind; `changes()` are those of every kind."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agreed: Holds = {}
        self._tried: dict[TargetKind, frozenset[PendingReason]] = {}
        self._is_new = False
        self._kind = TargetKind.RESOLUTION
        self.title = PlainLabel("", bold=True, wraps=True)
        self.nothing = PlainLabel(
            _("Nothing does: whoever has to answer is the one waited for."),
            size="small",
            ink="text2",
            wraps=True,
        )
        self.boxes = {
            reason: CheckInput(_(words).capitalize())
            for reason, words in REASONS.items()
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.nothing)
        for box in self.boxes.values():
            layout.addWidget(box)
            box.toggled.connect(lambda _is: self._take())
        self.nothing.hide()

    def set_agreed(self, holds: Holds, *, is_new: bool = False) -> None:
        """Start from what is agreed; of a new agreement everything is tried."""
        self._agreed, self._is_new = holds, is_new
        self._tried = {}

    def show_kind(self, kind: TargetKind) -> None:
        """Show what stops the clocks of a kind."""
        self._kind = kind
        words = _("What stops the clock: {kind}, waiting for")
        self.title.setText(words.format(kind=_(KINDS[kind])))
        held = self._of(kind)
        is_answer = kind is TargetKind.ANSWER
        self.nothing.setVisible(is_answer)
        for reason, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(reason in held)
            box.blockSignals(False)
            box.setVisible(not is_answer)

    def _of(self, kind: TargetKind) -> frozenset[PendingReason]:
        return self._tried.get(kind, self._agreed.get(kind, frozenset()))

    def _take(self) -> None:
        held = frozenset(one for one, box in self.boxes.items() if box.isChecked())
        self._tried[self._kind] = held
        self.changed.emit()

    def changes(self) -> dict[TargetKind, frozenset[PendingReason]]:
        """Return the reasons of the kinds that are other than agreed."""
        return {
            kind: self._of(kind)
            for kind in KINDS
            if self._is_new or self._of(kind) != self._agreed.get(kind, frozenset())
        }

    def restore(self, holds: Holds) -> None:
        """Show the holds of a trial again."""
        self._tried = dict(holds)
        self.show_kind(self._kind)
