"""Beside the inbox: what a notice of a session, action or obstacle tells, to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.formats import instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.notices import SessionNoticeRow
from ui.common.buttons import Button
from ui.common.labels import IconLabel, PlainLabel
from ui.notices.opening import open_notice
from ui.notices.session_words import (
    look_of,
    place_of,
    session_line,
    session_notice_words,
)

if TYPE_CHECKING:
    from ui.context import Context

OPEN = {
    "actions": N_("Open the action"),
    "obstacles": N_("Open the obstacle"),
    "minutes": N_("Open the session"),
    "inbox": N_("Open"),
}


class SessionCard(QWidget):
    """One notice in full, with the way to what it is about."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: SessionNoticeRow | None = None
        self.icon = IconLabel("bell")
        self.title = PlainLabel("", size="title", wraps=True)
        self.about = PlainLabel("", wraps=True)
        self.when = PlainLabel("", size="small", ink="text2")
        self.open_button = Button(_("Open"), kind="primary", icon="arrow-right")
        self.open_button.clicked.connect(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        for part in (self.icon, self.title, self.about, self.when, self.open_button):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_notice(self, row: SessionNoticeRow) -> None:
        """Show a notice."""
        self._row = row
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        self.icon.set_icon(*look_of(row))
        self.title.setText(session_notice_words(row, now, zone))
        self.about.setText(session_line(row))
        self.when.setText(instant(row.at, zone))
        page, _what = place_of(row)
        self.open_button.set_words(_(OPEN[page]))
        self.open_button.setVisible(page != "inbox")

    def open(self) -> None:
        """Go to what it is about."""
        if self._row is not None:
            open_notice(self._context, self._row)
