"""Today: what is due, at risk or asked, and what the coming days bring; Enter opens."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
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
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.obstacles.concern import ObstacleConcern
from ui.common.refresher import Refresher
from ui.context import Context
from ui.operations import Ticket
from ui.today.columns import key_of
from ui.today.lists import DayList

TABLES = ("request", "approval", "meeting", "action")
LATER = (TodaySection.MINE, TodaySection.SESSIONS, TodaySection.ACTIONS)
"""What stands in a list of its own beside today's, where there is room for two."""

WIDE_PX = 1480
"""From here on there is."""

MEASURE = 1200
"""How wide a row is at most: further apart, the eye loses it on the way."""

BADGED = (TodaySection.APPROVALS, TodaySection.OVERDUE, TodaySection.DUE_TODAY)


class TodayPage(QWidget):
    """A list in sections, two where there is room; one line is chosen on the page.

    What somebody's roles have nothing to do with is absent.
    """

    badge_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ticket: Ticket | None = None
        self._parts: tuple[TodayPart, ...] = ()
        self._is_wide = False
        self.day = DayList(context, _("Today"), margin=24)
        self.later = DayList(context, _("The coming days"), margin=8)
        # Most is on the list of the day, and all of it in a narrow window.
        self.model, self.table = self.day.model, self.day.table
        self._place()
        for one, other in ((self.day, self.later), (self.later, self.day)):
            one.table.opened.connect(self._open)
            one.chosen.connect(other.choose_none)
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
        self.day.table.restore_state(context.preferences, "today.table")
        self.later.table.restore_state(context.preferences, "today.later")
        self.reread()

    def _place(self) -> None:
        self.about = PlainLabel("", ink="text2")
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Today"), size="title"))
        head.addWidget(self.about, 1)
        self._make_lists()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        self.obstacles = ObstacleConcern(self._context, self)
        self.obstacles.setContentsMargins(24, 0, 24, 0)
        layout.addLayout(head)
        layout.addWidget(self.obstacles)
        layout.addWidget(self.lists, 1)
        self.setFocusProxy(self.table)

    def _make_lists(self) -> None:
        self.nothing = EmptyState(
            _("Nothing is waiting for you today"),
            _("What is due, at risk or asked of you appears here."),
            icon="sun",
            action=_("Queue"),
            act=lambda: self._context.navigate("queue"),
        )
        self.free = EmptyState(
            _("Nothing is waiting for you today"),
            _("What comes in the next days stands beside this."),
            icon="sun",
        )
        self.quiet = EmptyState(
            _("Nothing is planned yet"),
            _("Your later requests, and the sessions and actions of the coming week."),
            icon="calendar",
        )
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(24)
        self.sides = [
            self._side(self.day, self.free),
            self._side(self.later, self.quiet),
        ]
        for side in self.sides:
            line.addWidget(side, 1)
        line.addStretch(0)
        self.sides[1].hide()
        self.lists = QStackedWidget()
        self.lists.addWidget(both)
        self.lists.addWidget(self.nothing)

    @staticmethod
    def _side(shown: DayList, empty: EmptyState) -> QStackedWidget:
        side = QStackedWidget()
        side.setMaximumWidth(MEASURE)
        side.addWidget(shown.table)
        side.addWidget(empty)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show two lists where there is room for them; the line chosen stays so."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE_PX
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._show(self.chosen())

    # ------------------------------------------------------------ reading

    def _beat(self) -> None:
        self.day.model.beat()
        self.later.model.beat()
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
        self._show(self.chosen())
        if self.badge() != before:
            self.badge_changed.emit()
        self.obstacles.look()

    def chosen(self) -> Line | None:
        """Return the line chosen in either list."""
        found = self.day.table.current_row() or self.later.table.current_row()
        return found if found is None else cast("Line", found)

    def _show(self, chosen: Line | None) -> None:
        """Lay the day out as wide as the page is; a line chosen before stays so."""
        apart = LATER if self._is_wide else ()
        now = [part for part in self._parts if part.section not in apart]
        later = [part for part in self._parts if part.section in apart]
        self.day.show(now)
        self.later.show(later)
        self.sides[0].setCurrentIndex(0 if now else 1)
        self.sides[1].setCurrentIndex(0 if later else 1)
        self.sides[1].setVisible(self._is_wide)
        self.lists.setCurrentIndex(0 if self._parts else 1)
        first = (self.day if now else self.later).table
        self.setFocusProxy(first)
        key: Hashable | None = key_of(chosen) if chosen is not None else None
        for one in (self.day, self.later):
            if key is not None and one.choose(key):
                return
        first.choose_first()

    def badge(self) -> int:
        """Return how much waits for this person today."""
        return sum(part.count for part in self._parts if part.section in BADGED)

    # ------------------------------------------------------------ going there

    def _open_current(self) -> None:
        line = self.chosen()
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
        self.day.table.save_state(self._context.preferences, "today.table")
        self.later.table.save_state(self._context.preferences, "today.later")
