"""The part of a new request that never scrolls: what is missing, alike, and sending."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.forms import FieldSpec
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.common.buttons import Button
from ui.common.labels import ElidedLabel, IconLabel
from ui.new_request.alike_box import AlikeBox
from ui.style import tokens


class Foot(QWidget):
    """Tells ``send_wanted(another)`` and ``discard_wanted``."""

    send_wanted = Signal(bool)
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 16)
        layout.setSpacing(12)
        self.alike = AlikeBox()
        layout.addWidget(self.alike)
        state = QHBoxLayout()
        state.setSpacing(8)
        self._state_icon = IconLabel("circle-check", ink="ok")
        self.state = ElidedLabel()
        state.addWidget(self._state_icon)
        state.addWidget(self.state, 1)
        layout.addLayout(state)
        self.send = Button(_("Send request"), kind="primary", key="Ctrl+Return")
        self.another = Button(_("Send and start another"), key="Ctrl+Shift+Return")
        self.discard = Button(_("Discard"), kind="quiet", key="Esc")
        self.send.clicked.connect(lambda: self.send_wanted.emit(False))
        self.another.clicked.connect(lambda: self.send_wanted.emit(True))
        self.discard.clicked.connect(self.discard_wanted)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for line in (self._upper, self._lower):
            line.setSpacing(8)
            line.setAlignment(Qt.AlignmentFlag.AlignLeft)
            layout.addLayout(line)
        # The foot fits what it shows to the width there is, so it asks for none.
        self.setMinimumWidth(1)
        self._fit()

    def say_missing(self, missing: Sequence[FieldSpec], unit: str) -> None:
        """Say what is still needed, or that nothing is."""
        if not missing:
            self._state_icon.set_icon("circle-check", "ok")
            self.state.setText(_("Everything {unit} needs is here").format(unit=unit))
            return
        self._state_icon.set_icon("alert-circle", "text2")
        names = ", ".join(spec.label for spec in missing[:3])
        more = len(missing) - 3
        if more > 0:
            rest = ngettext("and {count} more", "and {count} more", more)
            names = f"{names} {rest.format(count=more)}"
        self.state.setText(_("Still needed: {fields}").format(fields=names))

    def say(self, words: str) -> None:
        """Say something that stands in the way of sending."""
        self._state_icon.set_icon("alert-circle", "text2")
        self.state.setText(words)

    def set_count(self, count: int | None) -> None:
        """Say how many requests will be sent; None for the usual one."""
        words = _("Send request")
        if count is not None:
            told = ngettext("Send {count} request", "Send {count} requests", count)
            words = told.format(count=count)
        self.send.set_words(words)
        self._fit()

    def set_busy(self, busy: bool) -> None:
        """Refuse a second sending while the first runs."""
        self.send.setEnabled(not busy)
        self.another.setEnabled(not busy)

    def _fit(self) -> None:
        """Leave key caps out where there is no room, then stand in two lines."""
        buttons = (self.send, self.another, self.discard)
        keys = ("Ctrl+Return", "Ctrl+Shift+Return", "Esc")
        room = self.width() - 48
        for shown in (3, 2, 0):
            for place, (button, key) in enumerate(zip(buttons, keys, strict=True)):
                button.set_key(key if place < shown else "")
            if sum(one.sizeHint().width() + 8 for one in buttons) - 8 <= room:
                break
        else:
            self._place(self._lower)
            return
        self._place(self._upper)

    def _place(self, rest: QHBoxLayout) -> None:
        self._upper.addWidget(self.send)
        for button in (self.another, self.discard):
            rest.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the buttons."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above."""
        line = QRectF(0, 0, self.width(), 1)
        QPainter(self).fillRect(line, tokens().line)
