"""Normal or urgent, and why it is urgent."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Chip
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel


class PriorityField(QWidget):
    """Tells ``changed`` of anything, ``turned`` when the priority is another."""

    changed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(PlainLabel(_("Priority")))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.normal, self.urgent = Chip(_("Normal")), Chip(_("Urgent"))
        self._group = QButtonGroup(self)
        for number, chip in enumerate((self.normal, self.urgent)):
            self._group.addButton(chip, number)
            line.addWidget(chip)
        self.normal.setChecked(True)
        self._hint = PlainLabel(_("Urgent needs a reason"), size="small", ink="text2")
        line.addWidget(self._hint)
        self.reason = LineInput(name=_("Why it is urgent, needed"))
        self.reason.setPlaceholderText(_("Why is it urgent?"))
        self.reason.textChanged.connect(self._typed)
        line.addWidget(self.reason, 1)
        line.addStretch(0)
        layout.addLayout(line)
        self._problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._problem.hide()
        layout.addWidget(self._problem)
        self._group.idToggled.connect(self._toggled)
        self._show_reason()

    def inputs(self) -> Iterator[QWidget]:
        """Yield what Tab stops at."""
        yield from (self.normal, self.urgent, self.reason)

    def is_urgent(self) -> bool:
        """Tell whether it is urgent."""
        return self.urgent.isChecked()

    def is_without_reason(self) -> bool:
        """Tell whether it is urgent and nobody said why."""
        return self.is_urgent() and not self.reason.text().strip()

    def set_value(self, is_urgent: bool, reason: str) -> None:
        """Show what was chosen before; tells only that the priority is another."""
        self._is_filling = True
        self.reason.setText(reason)
        (self.urgent if is_urgent else self.normal).setChecked(True)
        self._is_filling = False

    def problem(self) -> str:
        """Return what is said to be wrong with the reason."""
        return self._problem.text()

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the reason; nothing when words are empty."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.reason.setAccessibleDescription(words)

    def _typed(self) -> None:
        self.show_problem("")
        if not self._is_filling:
            self.changed.emit()

    def _toggled(self, _number: int, is_on: bool) -> None:
        if not is_on:
            return
        self._show_reason()
        if not self._is_filling:
            self.changed.emit()
            if self.is_urgent():
                self.reason.setFocus()
        self.turned.emit()

    def _show_reason(self) -> None:
        self._hint.setVisible(not self.is_urgent())
        self.reason.setVisible(self.is_urgent())
        if not self.is_urgent():
            self.show_problem("")
