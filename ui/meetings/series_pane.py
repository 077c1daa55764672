"""The series, and the sessions of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import SeriesRow, SessionRow
from ui.common.buttons import Button
from ui.common.labels import PlainLabel, SectionHeading
from ui.meetings.two_line_list import Line, LinesList
from ui.meetings.words import next_words, session_words

SESSION_ICONS = {
    "planned": "circle-dashed",
    "drafted": "pencil",
    "published": "circle-check",
    "held": "check",
    "cancelled": "x",
}


class SeriesPane(QWidget):
    """Two lists under each other; what is chosen is told by id."""

    series_chosen = Signal(int)
    session_chosen = Signal(int)
    plan = Signal()
    new_series = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("Meetings"), size="title")
        self.series = LinesList(_("Series"))
        self.heading = SectionHeading(_("Sessions"))
        self.sessions = LinesList(_("Sessions"))
        self.plan_button = Button(_("Plan next session"), icon="calendar")
        self.new_button = Button(_("New series"), kind="quiet", icon="plus")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(8)
        for widget, margin in (
            (self.title, 16),
            (self.series, 0),
            (self.heading, 16),
            (self.sessions, 0),
            (self.plan_button, 12),
            (self.new_button, 12),
        ):
            holder = QVBoxLayout()
            holder.setContentsMargins(margin, 0, 8 if margin else 0, 0)
            holder.addWidget(widget)
            lists = widget in (self.series, self.sessions)
            layout.addLayout(holder, 1 if lists else 0)
        words = max(
            self.plan_button.sizeHint().width(), self.new_button.sizeHint().width()
        )
        self.setMinimumWidth(max(196, words + 20))
        self.series.chosen.connect(self.series_chosen)
        self.sessions.chosen.connect(self.session_chosen)
        self.plan_button.clicked.connect(self.plan)
        self.new_button.clicked.connect(self.new_series)

    def show_series(self, rows: Sequence[SeriesRow], now: datetime) -> None:
        """Show every series with its next session."""
        self.series.set_lines(
            [Line(one.id, one.name, next_words(one.next, now)) for one in rows]
        )

    def show_sessions(
        self, rows: Sequence[SessionRow], has_next: bool, now: datetime
    ) -> None:
        """Show the sessions of one series, the latest first."""
        lines = []
        for one in rows:
            first, second = session_words(one, now)
            icon = SESSION_ICONS[one.state]
            lines.append(Line(one.id, first, second, icon=icon))
        self.sessions.set_lines(lines)
        self.heading.set_words(_("Sessions"), count=len(rows))
        self.plan_button.setVisible(not has_next)
