"""Requests of the last days like the one being written; a click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.alike import AlikeRequest
from ui.common.labels import IconLabel, LinkLabel, PlainLabel
from ui.common.request_pane.request_words import STATES


class AlikeBox(QWidget):
    """Hidden while there is none; ``opened(id)`` when one is to be looked at."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[AlikeRequest, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("alert-triangle", ink="risk"))
        self.title = PlainLabel("", size="small", ink="text2")
        head.addWidget(self.title, 1)
        layout.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(24, 0, 0, 0)
        self._lines.setSpacing(0)
        layout.addLayout(self._lines)
        self.links: list[LinkLabel] = []
        self.hide()

    def show_found(
        self, found: Sequence[AlikeRequest], now: datetime, zone: tzinfo
    ) -> None:
        """Show what is alike; nothing hides the box."""
        if tuple(found) == self._found:
            return
        self._found = tuple(found)
        for link in self.links:
            self._lines.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        for one in found:
            link = LinkLabel(_words(one, now, zone))
            link.clicked.connect(lambda *_on, which=one.id: self.opened.emit(which))
            # A long subject is cut; it must not widen the form.
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._lines.addWidget(link)
            self.links.append(link)
        words = ngettext(
            "One like this was raised lately. It may be the same:",
            "{count} like this were raised lately. One may be the same:",
            len(found),
        )
        self.title.setText(words.format(count=len(found)))
        self.setVisible(bool(found))


def _words(one: AlikeRequest, now: datetime, zone: tzinfo) -> str:
    parts = (
        one.reference,
        one.subject,
        one.customer,
        short_instant(one.raised_at, now, zone),
        _(STATES[one.state]),
    )
    return in_line(*parts, wide=True)
