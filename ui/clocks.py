"""The calendars promises run on, kept in memory, so that clocks can tick on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from ui.common.clock_words import ClockWords, clock_words
from ui.operations import Operations
from ui.ticker import Ticker

if TYPE_CHECKING:
    from desktop.desk import ChangeSet
    from desktop.domain.calendars import ServiceCalendar
    from desktop.domain.promises import ClockView

TABLES = ("calendar", "calendar_interval", "calendar_override", "calendar_closure")


class Clocks(QObject):
    """Puts clocks into words at the ticker's time; re-reads changed calendars."""

    changed = Signal()

    def __init__(
        self, operations: Operations, ticker: Ticker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._operations = operations
        self._ticker = ticker
        self._calendars: Mapping[int, ServiceCalendar] = {}
        self.zone: tzinfo = UTC
        operations.changed.connect(self._hear)

    def set(self, calendars: Mapping[int, ServiceCalendar], zone: str) -> None:
        """Take the calendars read at the start, and the workspace's zone."""
        self._calendars = calendars
        self.zone = ZoneInfo(zone)
        self.changed.emit()

    def calendar(self, calendar_id: int) -> ServiceCalendar | None:
        """Return a calendar, None when it is not known here yet."""
        return self._calendars.get(calendar_id)

    def words(self, view: ClockView | None) -> ClockWords:
        """Put a promise's clock into words as it stands now."""
        calendar = self._calendars.get(view.calendar_id) if view is not None else None
        return clock_words(view, calendar, self._ticker.now())

    def lay_out(self, views: Iterable[ClockView | None]) -> None:
        """Compile the years clocks have run in, so that no painting has to.

        For the threads that read them.
        """
        now = self._ticker.now()
        since: dict[tuple[int, int], datetime] = {}
        for view in views:
            if view is not None and view.running_since is not None:
                key = (view.calendar_id, view.calendar_version)
                since[key] = min(view.running_since, since.get(key, now))
        for (calendar_id, version), start in since.items():
            calendar = self._calendars.get(calendar_id)
            if calendar is not None:
                calendar.version(version).lay_out(start, now)

    def _hear(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches(*TABLES):
            from desktop.queries.lookups import calendars

            now = self._ticker.now()
            self._operations.read(calendars, now).start(self, self._take)

    def _take(self, calendars: Mapping[int, ServiceCalendar]) -> None:
        self._calendars = calendars
        self.changed.emit()
