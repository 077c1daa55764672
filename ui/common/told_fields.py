"""How the customer gets it and what it costs: begun with what the house says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.service_drafts import HOW_CAP, PRICE_CAP
from desktop.i18n import gettext as _
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel


class ToldFields(QWidget):
    """Two lines; what somebody typed over stays until another service is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = ("", "")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        self.how = LineInput(limit=HOW_CAP, name=_("How the customer gets it"))
        self.price = LineInput(limit=PRICE_CAP, name=_("What it costs the customer"))
        for column, (words, field) in enumerate(
            ((_("How"), self.how), (_("Price"), self.price))
        ):
            label = PlainLabel(words, size="small", ink="text2")
            label.setBuddy(field)
            layout.addWidget(label, 0, column)
            layout.addWidget(field, 1, column)
            field.textEdited.connect(lambda _words: self.changed.emit())
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 2)

    def set_usual(self, how: str, price: str) -> None:
        """Begin with what the house says, unless it says what it did before."""
        if (how, price) != self._usual:
            self._usual = (how, price)
            self.how.setText(how)
            self.price.setText(price)
            self.how.setCursorPosition(0)

    def reset(self) -> None:
        """Begin anew."""
        self._usual = ("", "")
        self.how.setText("")
        self.price.setText("")


def told_sentences(when: str, how: str, price: str) -> str:
    """Return what to tell the customer in sentences: when, how, at what price."""
    parts = [when]
    if how:
        sentence = how[0].upper() + how[1:]
        parts.append(sentence if how.endswith((".", "!", "?")) else f"{sentence}.")
    if price:
        parts.append(_("It costs {price}.").format(price=price))
    return " ".join(part for part in parts if part)
