"""The rules of escalation as tables: whom, at what level, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.agreements import TargetKind, WarningLevel
from desktop.domain.calendar_specs import CalendarSpec, Closure
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.escalation import (
    DEFAULT_RULES,
    Again,
    EscalationRule,
    NoticeKind,
    Reached,
    Recipient,
    reached,
)
from desktop.domain.promises import ClockView
from desktop.domain.reminders import again_at, told_at

AT_RISK, BROKEN = NoticeKind.AT_RISK, NoticeKind.BROKEN
HOLDER, MANAGER, FRONT = Recipient.HOLDER, Recipient.MANAGER, Recipient.FRONT
ARMISTICE = date(2026, 11, 11)
OFFICE = ServiceCalendar(
    CalendarSpec(
        zone="Europe/Belgrade",
        weekly=dict.fromkeys(range(5), ((8 * 3600, 16 * 3600),)),
        closures=(Closure(ARMISTICE, ARMISTICE, "Armistice Day"),),
    )
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 in the office's time."""
    local = datetime(2026, 11, day, hour, minute, tzinfo=OFFICE.zone)
    return local.astimezone(UTC)


def clock(**changes: Any) -> ClockView:
    """Give a clock of eight hours that began on Monday the 9th at eight."""
    view = ClockView(
        kind=TargetKind.RESOLUTION,
        unit=2,
        for_unit=1,
        calendar_id=1,
        version_id=1,
        target_s=8 * 3600,
        warn_share=0.5,
        used_s=0,
        started_at=at(9, 8),
        running_since=at(9, 8),
        due_at=at(9, 16),
        at_risk_at=at(9, 12),
        breached_at=None,
        stopped_at=None,
        state=ClockState.RUNNING,
    )
    return replace(view, **changes)


LEVELS = (WarningLevel(share=0.5), WarningLevel(left_s=3600))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (at(9, 11, 59), None),
        (at(9, 12), Reached(AT_RISK, "0.5000", at(9, 12), at(9, 15))),
        (at(9, 14, 59), Reached(AT_RISK, "0.5000", at(9, 12), at(9, 15))),
        (at(9, 15), Reached(AT_RISK, "0.8750", at(9, 15))),
        (at(9, 16), Reached(BROKEN, "broken", at(9, 16))),
        (at(20, 9), Reached(BROKEN, "broken", at(9, 16))),
    ],
)
def test_a_clock_reaches_its_levels_one_after_another(
    until: datetime, expected: Reached | None
) -> None:
    assert reached(clock(), LEVELS, OFFICE, until) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"running_since": None, "state": ClockState.PAUSED, "due_at": None},
        {"stopped_at": at(9, 15), "state": ClockState.MET},
        {"is_void": True},
    ],
)
def test_a_clock_that_does_not_run_warns_of_nothing(changes: dict[str, Any]) -> None:
    assert reached(clock(**changes), LEVELS, OFFICE, at(12, 9)) is None


def test_levels_count_what_was_used_before_a_hold() -> None:
    view = clock(used_s=3 * 3600, running_since=at(10, 8), due_at=at(10, 13))
    view = replace(view, at_risk_at=at(10, 9))
    assert reached(view, LEVELS, OFFICE, at(10, 9)) == Reached(
        AT_RISK, "0.5000", at(10, 9), at(10, 12)
    )


def by_default(notice: NoticeKind, kind: TargetKind) -> list[EscalationRule]:
    """Return the default rules that speak of such a clock."""
    return [rule for rule in DEFAULT_RULES if rule.is_for(notice, kind, 2)]


@pytest.mark.parametrize("kind", list(TargetKind))
@pytest.mark.parametrize("notice", [AT_RISK, BROKEN])
def test_every_clock_has_somebody_to_be_told(
    notice: NoticeKind, kind: TargetKind
) -> None:
    owes = FRONT if kind is TargetKind.ANSWER else HOLDER
    expected = {owes} if notice is AT_RISK else {owes, MANAGER}
    told = [one for rule in by_default(notice, kind) for one in rule.tells]
    assert set(told) == expected


@pytest.mark.parametrize("kind", list(TargetKind))
def test_only_what_is_broken_is_told_again(kind: TargetKind) -> None:
    assert {rule.again for rule in by_default(AT_RISK, kind)} == {Again.ONCE}
    again = {(rule.again, rule.again_for) for rule in by_default(BROKEN, kind)}
    assert again == {(Again.EACH_DAY, timedelta(days=14))}


@pytest.mark.parametrize(
    ("came", "told"),
    [
        (at(9, 12), at(9, 12)),
        (at(9, 7), at(9, 8)),
        (at(9, 16), at(10, 8)),
        (at(10, 23), at(12, 8)),  # the Wednesday is a holiday
        (at(13, 20), at(16, 8)),  # over the weekend
    ],
)
def test_people_are_told_in_their_hours(came: datetime, told: datetime) -> None:
    assert told_at(OFFICE, came) == told


def test_without_a_calendar_people_are_told_at_once() -> None:
    assert told_at(None, at(9, 3)) == at(9, 3)


def test_a_calendar_closed_for_good_keeps_nobody_waiting() -> None:
    closed = replace(OFFICE.spec, closed_from=date(2026, 11, 10))
    assert told_at(ServiceCalendar(closed), at(12, 9)) == at(12, 9)


@pytest.mark.parametrize(
    ("told", "again"),
    [(at(9, 12), at(10, 8)), (at(10, 8), at(12, 8)), (at(13, 15), at(16, 8))],
)
def test_reminders_come_as_the_next_working_day_begins(
    told: datetime, again: datetime
) -> None:
    assert again_at(OFFICE, told) == again
