"""What stands where work takes longer than a moment: what is done, and how far."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.progress import Progress

APPEARS_MS = 400
WIDTH = 400


class BusyView(QWidget):
    """A sentence over a thin bar; appears only when the work lasts."""

    def __init__(
        self, words: str, detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(words)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._inside = QWidget()
        layout = self._layout = QVBoxLayout(self._inside)
        layout.setSpacing(12)
        self.detail = PlainLabel(detail, ink="text2", wraps=True)
        for label in (PlainLabel(words, size="title", wraps=True), self.detail):
            label.setAlignment(middle)
            label.setFixedWidth(WIDTH)
            _make_room(label)
            layout.addWidget(label)
        self.stop_button: Button | None = None
        self.bar = Progress(words)
        layout.addWidget(self.bar)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._inside, 0, middle)
        outer.addStretch(3)
        self._inside.hide()
        appearing = QTimer(self)
        appearing.setSingleShot(True)
        appearing.timeout.connect(self._inside.show)
        appearing.start(APPEARS_MS)

    def set_detail(self, words: str) -> None:
        """Say what is being done now."""
        self.detail.setText(words)
        _make_room(self.detail)

    def offer_stop(self, stop: Callable[[], None]) -> None:
        """Offer to stop it, once."""
        button = Button(_("Stop"), kind="quiet", key="Esc")
        button.setShortcut("Esc")

        def stop_once() -> None:
            button.setEnabled(False)
            stop()

        button.clicked.connect(stop_once)
        self.stop_button = button
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_share(self, share: float | None) -> None:
        """Show how much is done, 0..1; None: nobody knows."""
        if share is None:
            self.bar.setRange(0, 0)
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * min(1.0, max(0.0, share))))


def _make_room(label: PlainLabel) -> None:
    # A wrapped label asks for one line less than it needs.
    label.setMinimumHeight(max(0, label.heightForWidth(WIDTH)))
