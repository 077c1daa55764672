"""What gets in the way of serving a customer: its states, who may do what, when due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.instants import from_microseconds, to_microseconds
from desktop.domain.working_days import DayEnd, DayRule, date_due

ANSWER_DAYS: Final = 5
ANSWER_DAYS_SETTING: Final = "obstacle_answer_days"
MOST_ANSWER_DAYS: Final = 250


class ObstacleState(StrEnum):
    """What became of an obstacle."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    MERGED = "merged"
    IMPROVING = "improving"
    CLOSED = "closed"


class ObstacleStep(StrEnum):
    """What can be done with an obstacle; ``raised`` begins it."""

    RAISED = "obstacle_raised"
    CHANGED = "obstacle_changed"
    VOICED = "obstacle_voiced"
    UNVOICED = "obstacle_unvoiced"
    ASSIGNED = "obstacle_assigned"
    POSTPONED = "obstacle_postponed"
    ANSWERED = "obstacle_answered"
    REFUSED = "obstacle_refused"
    MERGED = "obstacle_merged"
    PLACED = "obstacle_on_agenda"
    IMPROVING = "obstacle_improving"
    IMPROVED = "obstacle_improved"
    CLOSED = "obstacle_closed"
    REOPENED = "obstacle_reopened"


_S = ObstacleState
ALLOWED_FROM: Final[dict[ObstacleStep, frozenset[ObstacleState]]] = {
    ObstacleStep.CHANGED: frozenset({_S.OPEN}),
    ObstacleStep.VOICED: frozenset({_S.OPEN, _S.IMPROVING}),
    ObstacleStep.UNVOICED: frozenset({_S.OPEN, _S.IMPROVING}),
    ObstacleStep.ASSIGNED: frozenset({_S.OPEN}),
    ObstacleStep.POSTPONED: frozenset({_S.OPEN}),
    ObstacleStep.ANSWERED: frozenset({_S.OPEN}),
    ObstacleStep.REFUSED: frozenset({_S.OPEN}),
    ObstacleStep.MERGED: frozenset({_S.OPEN}),
    ObstacleStep.PLACED: frozenset({_S.OPEN, _S.ANSWERED, _S.IMPROVING}),
    ObstacleStep.IMPROVING: frozenset({_S.OPEN, _S.ANSWERED}),
    ObstacleStep.IMPROVED: frozenset({_S.IMPROVING}),
    ObstacleStep.CLOSED: frozenset({_S.OPEN, _S.ANSWERED, _S.REFUSED}),
    ObstacleStep.REOPENED: frozenset({_S.ANSWERED, _S.REFUSED, _S.MERGED, _S.CLOSED}),
}
"""From which states each step can be taken.

What is being improved ends with its improvement: proven, not proven, or dropped.
"""

OF_WHOEVER_RAISED: Final = frozenset(
    {
        ObstacleStep.CHANGED,
        ObstacleStep.PLACED,
        ObstacleStep.CLOSED,
        ObstacleStep.REOPENED,
    }
)
"""Steps of whoever raised it, too; the others are for those who answer."""

OF_ANYBODY: Final = frozenset({ObstacleStep.VOICED, ObstacleStep.UNVOICED})


def may_take(
    step: ObstacleStep, *, is_raiser: bool, is_owing: bool, is_leader: bool
) -> bool:
    """Tell whether a step is somebody's.

    ``is_owing``: of the unit that owes the answer. ``is_leader``: a coordinator,
    manager or administrator of any unit.
    """
    if step in OF_ANYBODY or is_owing or is_leader:
        return True
    return is_raiser and step in OF_WHOEVER_RAISED


def answer_due(calendar: ServiceCalendar | None, at: datetime, days: int) -> datetime:
    """Return by when an obstacle raised at ``at`` is to be answered.

    The end of the day so many working days of the owing unit later; around the clock
    where that unit has no calendar. Refuses (Invalid) what the calendar never reaches.
    """
    if calendar is None:
        return at + timedelta(days=days)
    rule = DayRule(days, DayEnd.END_OF_DAY)
    return from_microseconds(date_due(rule, calendar, to_microseconds(at)))


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """One open obstacle as an agenda tells it.

    ``unit`` is that of who raised it, ``owing`` who owes the answer (a person, else
    the unit), ``days_open`` whole days. ``voices`` counts everybody it stops, whoever
    raised it included; ``references`` are those of the requests it was met on.
    """

    id: int
    number: int
    title: str
    raised_by: str
    unit: str
    days_open: int
    owing: str
    due_at: datetime | None
    proposal: str
    voices: int
    references: tuple[str, ...]
    request_ids: tuple[int, ...] = ()
    is_overdue: bool = False
