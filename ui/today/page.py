"""Today: sections of what is due, at risk, waited for and agreed on; Enter opens."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.formats import long_day
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.desk_sections import ApprovalRow
from desktop.queries.request_rows import QueueRow
from desktop.queries.today import (
    Day,
    Line,
    TodayPart,
    TodaySection,
    TodaySession,
    today,
)
from ui.actions import Action
from ui.common.cells import Section
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.obstacles.concern import ObstacleConcern
from ui.common.refresher import Refresher
from ui.common.seeing import Seeing
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket
from ui.today.columns import key_of, today_columns

TABLES = ("request", "approval", "meeting", "action")
SECTIONS: dict[TodaySection, tuple[str, str]] = {
    TodaySection.APPROVALS: (N_("Waiting for your approval"), ""),
    TodaySection.OVERDUE: (N_("Overdue"), "broken"),
    TodaySection.DUE_TODAY: (N_("Due today"), "risk"),
    TodaySection.FOLLOW_UP: (N_("To look at again today"), ""),
    TodaySection.BROKEN_TODAY: (N_("Broken today, still open"), "broken"),
    TodaySection.AT_RISK: (N_("At risk"), "risk"),
    TodaySection.MINE: (N_("Yours, later"), ""),
    TodaySection.SESSIONS: (N_("Sessions of the coming week"), ""),
    TodaySection.ACTIONS: (N_("Actions due within a week"), ""),
}
"""Words and colour of each section."""

MEASURE = 1200
"""How wide a row is at most: further apart, the eye loses it on the way."""

BADGED = (TodaySection.APPROVALS, TodaySection.OVERDUE, TodaySection.DUE_TODAY)


class TodayPage(QWidget):
    """One list in sections; what somebody's roles have nothing to do with is absent."""

    badge_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ticket: Ticket | None = None
        self._parts: tuple[TodayPart, ...] = ()
        self.model: TableModel[Line] = TableModel(
            today_columns(context), key=key_of, parent=self
        )
        self.table = TableView(self.model, name=_("Today"), margin=24)
        self._place()
        self.table.opened.connect(self._open)
        Seeing.of(context).changed.connect(self.model.beat)
        context.clocks.changed.connect(self.model.beat)
        # What becomes due or overdue does so without anybody writing.
        context.ticker.beat.connect(self._beat)
        self._refresher = Refresher(self, context.operations, TABLES, self.reread)
        words = N_("Open what is chosen")
        context.actions.add(
            Action(
                "today.open", words, self._open_current, "O", "arrow-right", "today"
            ),
            self,
        )
        self.table.restore_state(context.preferences, "today.table")
        self.reread()

    def _place(self) -> None:
        self.about = PlainLabel("", ink="text2")
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Today"), size="title"))
        head.addWidget(self.about, 1)
        self.nothing = EmptyState(
            _("Nothing is waiting for you today"),
            _("What is due, at risk or asked of you appears here."),
            icon="sun",
            action=_("Queue"),
            act=lambda: self._context.navigate("queue"),
        )
        measured = QWidget()
        line = QHBoxLayout(measured)
        line.setContentsMargins(0, 0, 16, 0)
        self.table.setMaximumWidth(MEASURE)
        line.addWidget(self.table, 1)
        line.addStretch(0)
        self.lists = QStackedWidget()
        self.lists.addWidget(measured)
        self.lists.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        self.obstacles = ObstacleConcern(self._context, self)
        self.obstacles.setContentsMargins(24, 0, 24, 0)
        layout.addLayout(head)
        layout.addWidget(self.obstacles)
        layout.addWidget(self.lists, 1)
        self.setFocusProxy(self.table)

    # ------------------------------------------------------------ reading

    def _beat(self) -> None:
        self.model.beat()
        self._refresher.want()

    def reread(self) -> None:
        """Read the day anew; what is chosen stays chosen."""
        if self._ticket is not None:
            self._ticket.cancel()
        me, zone = self._context.me, self._context.clocks.zone
        day = Day(me.person_id, me.unit_id, me.roles, self._context.ticker.now(), zone)
        self.about.setText(long_day(day.today))
        self._ticket = self._context.operations.read(today, day).start(self, self._take)

    def _take(self, parts: tuple[TodayPart, ...]) -> None:
        before = self.badge()
        self._parts = parts
        self.model.set_sections(
            [
                Section(
                    part.section.value,
                    _(SECTIONS[part.section][0]),
                    part.lines,
                    kind=SECTIONS[part.section][1],
                    count=part.count,
                )
                for part in parts
            ]
        )
        self.lists.setCurrentIndex(0 if parts else 1)
        if parts and self.table.current_row() is None:
            self.table.choose_first()
        if self.badge() != before:
            self.badge_changed.emit()
        self.obstacles.look()

    def badge(self) -> int:
        """Return how much waits for this person today."""
        return sum(part.count for part in self._parts if part.section in BADGED)

    # ------------------------------------------------------------ going there

    def _open_current(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._open(line)

    def _open(self, line: Line) -> None:
        navigate = self._context.navigate
        if isinstance(line, QueueRow):
            navigate("request", request_id=line.id, back="today")
        elif isinstance(line, ApprovalRow):
            navigate("request", request_id=line.request_id, back="today")
        elif isinstance(line, TodaySession):
            navigate("meetings", series_id=line.series_id, meeting_id=line.meeting_id)
        else:
            navigate("meetings", series_id=line.series_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "today.table")
