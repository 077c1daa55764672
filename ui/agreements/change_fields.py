"""What happens to a clock when the request changes: three choices, each explained."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreements import OnChange
from desktop.i18n import gettext as _
from ui.agreements.words import CHANGES, ON_CHANGE
from ui.common.buttons import SegmentedControl
from ui.common.labels import PlainLabel


class ChangeField(QWidget):
    """Continue, restart or recompute, with a sentence of what that means."""

    def __init__(
        self, name: str, choice: OnChange, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        heading, self._sentences = CHANGES[name]
        self.choices = SegmentedControl(
            [(one.value, _(ON_CHANGE[one])) for one in OnChange], name=_(heading)
        )
        self.choices.set_value(choice.value)
        self.sentence = PlainLabel(size="small", ink="text2", wraps=True)
        self.choices.chosen.connect(lambda _one: self._say())
        line = QHBoxLayout()
        title = PlainLabel(_(heading))
        title.setMinimumWidth(208)
        line.addWidget(title)
        line.addWidget(self.choices)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.sentence)
        self._say()

    def value(self) -> OnChange:
        """Return what was chosen."""
        return OnChange(self.choices.value())

    def _say(self) -> None:
        self.sentence.setText(_(self._sentences[self.value()]))
