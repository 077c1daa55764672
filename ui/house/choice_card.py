"""A large choice: icon, what it does, one sentence about it; clicked or by Return."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.common.buttons import without_mnemonic
from ui.common.labels import IconLabel, PlainLabel
from ui.common.painting import draw_focus, draw_frame
from ui.style import tokens

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ChoiceCard(QAbstractButton):
    """A card that acts when clicked; the arrow keys go from card to card."""

    def __init__(
        self, title: str, words: str, *, icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(without_mnemonic(title))
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(PlainLabel(title, bold=True))
        lines.addWidget(PlainLabel(words, ink="text2", wraps=True))
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(IconLabel(icon, size=24, ink="accent"), 0, top)
        layout.addLayout(lines, 1)
        layout.addWidget(IconLabel("chevron-right"), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's ground and, with the keyboard on it, its ring."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        colours = tokens()
        over = self.underMouse() or self.isDown()
        ground = colours.soft if over else colours.raised
        draw_frame(painter, box, ground=ground, radius=8)
        if self.hasFocus():
            draw_focus(painter, box, radius=8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Return; step to the next or previous card."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        holder = self.parentWidget()
        cards = [] if holder is None else holder.findChildren(ChoiceCard)
        shown = [card for card in cards if card.isVisible()]
        shown.sort(key=lambda card: card.mapToGlobal(card.rect().topLeft()).y())
        at = shown.index(self) + step
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
