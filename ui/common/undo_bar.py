"""For some seconds after an act: what was done, and a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.labels import ElidedLabel
from ui.common.painting import draw_frame
from ui.style import tokens

SHOWN_MS = 8000


class UndoBar(QWidget):
    """Floats at the lower edge of its parent; hidden when there is nothing to undo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._undo: Callable[[], None] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(16)
        self._label = ElidedLabel()
        layout.addWidget(self._label, 1)
        self._button = Button(_("Undo"), icon="arrow-back-up", key="Ctrl+Z")
        self._button.clicked.connect(self.undo)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def offer(
        self, words: str, undo: Callable[[], None] | None = None, ms: int = SHOWN_MS
    ) -> None:
        """Say what was done; with `undo`, offer to take it back for `ms`."""
        self._undo = undo
        self._label.setText(words)
        self.setAccessibleName(words)
        self._button.setVisible(undo is not None)
        self._timer.start(ms)
        self.place()
        self.show()
        self.raise_()

    def words(self) -> str:
        """Return what the bar says."""
        return self._label.text()

    def can_undo(self) -> bool:
        """Tell whether there is something to take back."""
        return self._undo is not None

    def undo(self) -> None:
        """Take the last act back, once."""
        undo, self._undo = self._undo, None
        self.put_away()
        if undo is not None:
            undo()

    def put_away(self) -> None:
        """Hide the bar; the act stands."""
        self._undo = None
        self._timer.stop()
        self.hide()

    def place(self) -> None:
        """Stand at the lower edge of the parent, in its middle."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(self.sizeHint().width() + 8, parent.width() - 48)
        height = self.sizeHint().height()
        left = (parent.width() - width) // 2
        self.setGeometry(left, parent.height() - height - 24, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        colours = tokens()
        box = QRectF(self.rect())
        draw_frame(
            QPainter(self), box, ground=colours.raised, edge=colours.edge, radius=8
        )
