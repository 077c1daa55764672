"""A promise as a card: what was promised, the clock, and why this time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.common.clock_words import ClockWords
from ui.common.labels import ElidedLabel, LinkLabel
from ui.common.painting import draw_clock, draw_frame
from ui.style import tokens


class ClockLabel(QWidget):
    """A clock exactly as tables draw it."""

    def __init__(self, clock: ClockWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setFixedHeight(36)
        self.setMinimumWidth(136)
        self.set_clock(clock)

    def set_clock(self, clock: ClockWords) -> None:
        """Show another reading."""
        self._clock = clock
        self.setAccessibleName(clock.accessible)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the clock."""
        draw_clock(QPainter(self), QRectF(self.rect()), self._clock)


class ClockCard(QWidget):
    """Title, clock, a note below, and a link to the proof of the due time."""

    why = Signal()

    def __init__(
        self,
        title: str,
        clock: ClockWords,
        *,
        note: str = "",
        why: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        self._title = ElidedLabel(title, size="small", ink="text2")
        self._clock = ClockLabel(clock)
        self._note = ElidedLabel(note, size="small", ink="text2")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        if why:
            link = LinkLabel(why)
            link.clicked.connect(self.why)
            foot.addWidget(link)
        layout.addWidget(self._title)
        layout.addWidget(self._clock)
        foot.addStrut(18)
        layout.addLayout(foot)

    def set_clock(self, title: str, clock: ClockWords, note: str = "") -> None:
        """Show another reading."""
        self._title.setText(title)
        self._clock.set_clock(clock)
        self._note.setText(note)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's ground."""
        box = QRectF(self.rect())
        draw_frame(QPainter(self), box, ground=tokens().raised, radius=8)
