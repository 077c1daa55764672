"""The series, and the sessions of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import SeriesRow, SessionRow
from ui.common.buttons import Button, IconButton
from ui.common.labels import PlainLabel, SectionHeading
from ui.common.lines import Line, Lines
from ui.meetings.words import next_words, session_words

SESSION_ICONS = {
    "planned": "circle-dashed",
    "drafted": "pencil",
    "published": "circle-check",
    "in_session": "player-play",
    "held": "check",
    "approved": "lock",
    "cancelled": "x",
}


class SeriesPane(QWidget):
    """Two lists under each other; what is chosen is told by id.

    ``series_menu`` and ``session_menu`` give the button a menu is to hang below.
    """

    series_chosen = Signal(int)
    session_chosen = Signal(int)
    plan = Signal()
    new_series = Signal()
    series_menu = Signal(object)
    session_menu = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("Meetings"), size="title")
        self.series_button = IconButton("dots", _("What to do with this series"))
        self.series = Lines(_("Series"))
        self.heading = SectionHeading(_("Sessions"))
        self.session_button = IconButton("dots", _("What to do with this session"))
        self.sessions = Lines(_("Sessions"))
        self.plan_button = Button(_("Plan next session"), icon="calendar")
        self.new_button = Button(_("New series"), kind="quiet", icon="plus")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(8)
        layout.addLayout(_headed(self.title, self.series_button))
        layout.addWidget(self.series, 1)
        layout.addLayout(_headed(self.heading, self.session_button))
        layout.addWidget(self.sessions, 1)
        for button in (self.plan_button, self.new_button):
            holder = QVBoxLayout()
            holder.setContentsMargins(12, 0, 8, 0)
            holder.addWidget(button)
            layout.addLayout(holder)
        # The lists come first: the keyboard begins where the choice is.
        self.setTabOrder(self.series, self.series_button)
        self.setTabOrder(self.series_button, self.sessions)
        self.setTabOrder(self.sessions, self.session_button)
        words = max(
            self.plan_button.sizeHint().width(), self.new_button.sizeHint().width()
        )
        self.setMinimumWidth(max(196, words + 20))
        self.series.chosen.connect(self.series_chosen.emit)
        self.sessions.chosen.connect(self.session_chosen.emit)
        self.plan_button.clicked.connect(self.plan)
        self.new_button.clicked.connect(self.new_series)
        self.series_button.clicked.connect(
            lambda: self.series_menu.emit(self.series_button)
        )
        self.session_button.clicked.connect(
            lambda: self.session_menu.emit(self.session_button)
        )

    def show_series(self, rows: Sequence[SeriesRow], now: datetime) -> None:
        """Show every series with its next session."""
        self.series.set_lines(
            [Line(one.id, one.name, _second(one, now)) for one in rows]
        )

    def show_sessions(
        self, rows: Sequence[SessionRow], can_plan: bool, now: datetime
    ) -> None:
        """Show the sessions of one series, the latest first."""
        lines = []
        for one in rows:
            first, second = session_words(one, now)
            icon = SESSION_ICONS[one.state]
            lines.append(Line(one.id, first, second, icon=icon))
        self.sessions.set_lines(lines)
        self.heading.set_words(_("Sessions"), count=len(rows))
        self.session_button.setEnabled(bool(rows))
        self.plan_button.setVisible(can_plan)


def _second(one: SeriesRow, now: datetime) -> str:
    if one.ended_at is not None:
        return _("Ended")
    return next_words(one.next, now)


def _headed(words: QWidget, button: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(16, 0, 8, 0)
    line.setSpacing(4)
    line.addWidget(words, 1)
    line.addWidget(button)
    return line
