"""Thin banners above a page: one sentence, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.labels import IconLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.style import tokens

_ICONS = {
    "ok": "circle-check",
    "risk": "alert-triangle",
    "broken": "circle-x",
    "held": "circle-pause",
}


class Banner(QWidget):
    """One message with an icon, an action and a way to put it away."""

    closed = Signal()

    def __init__(
        self,
        words: str,
        *,
        kind: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        ink = kind if kind in _ICONS else "text2"
        layout.addWidget(IconLabel(_ICONS.get(kind, "info-circle"), ink=ink))
        self._label = PlainLabel(words, wraps=True, ink="text")
        self._label.setMinimumHeight(32)
        layout.addWidget(self._label, 1)
        if action and act is not None:
            button = Button(action)
            button.clicked.connect(lambda: act())
            layout.addWidget(button)
        if closable:
            close = IconButton("x", _("Put this message away"))
            close.clicked.connect(self.closed)
            layout.addWidget(close)
        self.setAccessibleName(words)

    def words(self) -> str:
        """Return what the banner says."""
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the message's kind."""
        draw_frame(
            QPainter(self), QRectF(self.rect()), ground=tokens().ground(self._kind)
        )


class BannerArea(QWidget):
    """Holds the banners in force, one per subject; empty it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Keep room around the banners."""
        self._layout.setContentsMargins(left, top, right, bottom)

    def tell(
        self,
        words: str,
        *,
        subject: str = "",
        kind: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        closable: bool = True,
    ) -> Banner:
        """Show a message; one about the same subject is replaced."""
        self.withdraw(subject)
        banner = Banner(words, kind=kind, action=action, act=act, closable=closable)
        banner.closed.connect(lambda: self.withdraw(subject))
        self._banners[subject] = banner
        self._layout.addWidget(banner)
        self.show()
        return banner

    def withdraw(self, subject: str = "") -> None:
        """Put the message about a subject away, if there is one."""
        banner = self._banners.pop(subject, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def clear(self) -> None:
        """Put every message away."""
        for subject in list(self._banners):
            self.withdraw(subject)

    def words(self) -> list[str]:
        """Return what is being said, oldest first."""
        return [banner.words() for banner in self._banners.values()]
