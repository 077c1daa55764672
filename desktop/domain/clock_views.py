"""A promise's clock as lists carry it; it can be read without what promised it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.domain.clocks import ClockReading, ClockState
from desktop.domain.requests import PendingReason
from desktop.domain.target_kinds import TargetKind

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar


@dataclass(frozen=True, slots=True)
class ClockView:
    """A promise's clock as a screen carries it: enough to tell any later reading.

    ``used_s`` is the open time used up to ``running_since`` (to the last event when
    it is not running). ``due_at`` is ``None`` while paused, and where the calendar
    closes for good before. ``calendar_version`` is the one it is judged under.
    """

    kind: TargetKind
    unit: int
    for_unit: int
    calendar_id: int
    version_id: int
    target_s: int
    warn_share: float
    used_s: int
    started_at: datetime
    running_since: datetime | None
    due_at: datetime | None
    at_risk_at: datetime | None
    breached_at: datetime | None
    stopped_at: datetime | None
    state: ClockState
    pending: PendingReason | None = None
    is_void: bool = False
    calendar_version: int = 1

    def reading(self, calendar: ServiceCalendar, now: datetime) -> ClockReading:
        """Return what the clock shows at ``now``, if nothing happened since."""
        used = timedelta(seconds=self.used_s)
        calendar = calendar.version(self.calendar_version)
        if self.running_since is not None and now > self.running_since:
            used += calendar.elapsed(self.running_since, now)
        target = timedelta(seconds=self.target_s)
        state, breached_at = self.state, self.breached_at
        if state is ClockState.RUNNING and used > target:
            state, breached_at = ClockState.BREACHED, self.due_at
        return ClockReading(
            state=state,
            used=used,
            left=max(target - used, timedelta()),
            late=max(used - target, timedelta()),
            due_at=self.due_at,
            at_risk_at=self.at_risk_at,
            breached_at=breached_at,
            is_at_risk=state in (ClockState.RUNNING, ClockState.PAUSED)
            and used >= target * self.warn_share,
        )
