"""What starts, holds, ends and renews the clocks of a promise, by its agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.agreements import (
    AgreementTerms,
    ClockStart,
    OnChange,
    TargetKind,
    WarningLevel,
    Why,
    choose,
    consider,
)
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import Promise, Rules, promises_of
from desktop.domain.requests import Audience
from desktop.domain.working_days import DayEnd, DayRule

HOUR = 3600
FRONT, BACK, OTHER = 1, 2, 3
CALENDAR = ServiceCalendar(
    CalendarSpec(zone="UTC", weekly=dict.fromkeys(range(5), ((8 * HOUR, 16 * HOUR),)))
)
ALWAYS = ServiceCalendar(
    CalendarSpec(zone="UTC", weekly=dict.fromkeys(range(7), ((0, 24 * HOUR),)))
)
RESOLUTION, RESPONSE, UPDATE = (
    TargetKind.RESOLUTION,
    TargetKind.RESPONSE,
    TargetKind.UPDATE,
)
TERMS = AgreementTerms(
    version_id=1,
    agreement_id=1,
    number=1,
    name="Counter with registry",
    front_unit=None,
    back_unit=BACK,
    service=None,
    calendar=1,
    targets={(RESOLUTION, None): 16 * HOUR, (RESOLUTION, 1): 4 * HOUR},
    holds={},
    warn_share=0.75,
    starts=ClockStart.FRONT_HANDOVER,
    valid_from=datetime(2026, 1, 1, tzinfo=UTC),
)


def at(day: int, hour: int) -> datetime:
    """November 2026, which begins on a Sunday: the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def told(*events: tuple[datetime, int, dict[str, Any]], kind: str = "x") -> History:
    first = {"state": "new", "unit": BACK, "from_unit": FRONT, "priority": 3}
    made = [HistoryEvent(1, at(2, 8), "raised", first, FRONT)]
    for seq, (when, unit, changes) in enumerate(events, 2):
        made.append(HistoryEvent(seq, when, changes.pop("kind", kind), changes, unit))
    return History.of(made)


def promised(history: History, terms: AgreementTerms = TERMS) -> list[Promise]:
    def chosen(front: int, back: int, when: datetime) -> AgreementTerms | None:
        return terms if (front, back) == (FRONT, BACK) else None

    return list(promises_of(history, Rules.plain(chosen, {1: CALENDAR, 2: ALWAYS}), 1))


def hours(span: timedelta) -> float:
    return span.total_seconds() / HOUR


def used(history: History, terms: AgreementTerms, until: datetime) -> list[float]:
    return [
        hours(one.clock().elapsed(until))
        for one in promised(history, terms)
        if one.kind is RESOLUTION
    ]


REOPENED = (
    (at(2, 10), BACK, {"state": "resolved"}),
    (at(2, 14), FRONT, {"state": "active"}),
    (at(2, 15), BACK, {"state": "resolved"}),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnChange.CONTINUE, [3]),
        (OnChange.RESTART, [2, 1]),
        (OnChange.RECOMPUTE, [7]),
    ],
)
def test_a_reopening_continues_restarts_or_recomputes(
    rule: OnChange, expected: list[float]
) -> None:
    terms = replace(TERMS, at_reopen=rule)
    history = told(*[(when, unit, dict(what)) for when, unit, what in REOPENED])
    assert used(history, terms, at(3, 8)) == expected


ANSWERED = {**TERMS.targets, (RESPONSE, None): 2 * HOUR}


def responses(history: History, terms: AgreementTerms) -> list[tuple[Any, Any, bool]]:
    return [
        (one.start, one.stop, one.is_void)
        for one in promised(history, replace(terms, targets=ANSWERED))
        if one.kind is RESPONSE
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnChange.CONTINUE, [(at(2, 8), at(2, 9), False)]),
        (OnChange.RECOMPUTE, [(at(2, 8), at(2, 9), False)]),
        (
            OnChange.RESTART,
            [(at(2, 8), at(2, 9), False), (at(2, 14), at(2, 15), False)],
        ),
    ],
)
def test_a_reopening_asks_for_a_response_again_only_where_it_restarts(
    rule: OnChange, expected: list[tuple[datetime, datetime, bool]]
) -> None:
    history = told(
        (at(2, 9), BACK, {"state": "active"}),
        *[(when, unit, dict(what)) for when, unit, what in REOPENED],
    )
    assert responses(history, replace(TERMS, at_reopen=rule)) == expected


def test_after_a_reopening_the_clocks_begin_when_the_unit_has_it_again() -> None:
    """A unit that never gets it back owes nothing more."""
    terms = replace(TERMS, at_reopen=OnChange.RESTART)
    elsewhere = (
        (at(2, 9), BACK, {"state": "active"}),
        (at(2, 10), BACK, {"unit": OTHER, "from_unit": BACK}),
        (at(2, 11), OTHER, {"state": "resolved"}),
        (at(2, 13), FRONT, {"state": "active"}),
    )
    history = told(*[(when, unit, dict(what)) for when, unit, what in elsewhere])
    assert [(one.start, one.stop) for one in promised(history, terms)] == [
        (at(2, 8), at(2, 11))
    ]
    assert responses(history, terms) == [(at(2, 8), at(2, 9), False)]
    back = (at(3, 9), OTHER, {"unit": BACK, "from_unit": OTHER})
    history = told(
        *[(when, unit, dict(what)) for when, unit, what in (*elsewhere, back)]
    )
    assert [(one.start, one.stop) for one in promised(history, terms)] == [
        (at(2, 8), at(2, 11)),
        (at(3, 9), None),
    ]
    assert responses(history, terms)[1:] == [(at(3, 9), None, False)]


def test_a_new_priority_asks_for_no_second_response_but_a_reopening_does() -> None:
    terms = replace(TERMS, at_priority=OnChange.RESTART, at_reopen=OnChange.RESTART)
    history = told(
        (at(2, 9), BACK, {"state": "active"}),
        (at(2, 10), FRONT, {"priority": 1}),
        (at(2, 11), BACK, {"state": "resolved"}),
        (at(2, 14), FRONT, {"state": "active"}),
    )
    assert responses(history, terms) == [
        (at(2, 8), at(2, 9), False),
        (at(2, 14), None, False),
    ]


def test_what_somebody_else_took_away_was_not_responded_to() -> None:
    taken = (
        (at(2, 9), FRONT, {"unit": OTHER, "from_unit": BACK}),
        (at(2, 11), OTHER, {"unit": BACK, "from_unit": OTHER}),
        (at(2, 12), BACK, {"state": "active"}),
    )
    history = told(*[(when, unit, dict(what)) for when, unit, what in taken])
    assert responses(history, TERMS) == [(at(2, 8), at(2, 12), False)]
    again = replace(TERMS, at_unit=OnChange.RESTART)
    assert responses(history, again) == [
        (at(2, 8), at(2, 9), True),
        (at(2, 11), at(2, 12), False),
    ]


RETURNED = (
    (at(2, 10), BACK, {"unit": OTHER, "from_unit": BACK}),
    (at(2, 13), OTHER, {"unit": BACK, "from_unit": OTHER}),
    (at(2, 15), BACK, {"state": "resolved"}),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnChange.CONTINUE, [4]),
        (OnChange.RESTART, [2, 2]),
        (OnChange.RECOMPUTE, [7]),
    ],
)
def test_a_return_to_the_unit_continues_restarts_or_recomputes(
    rule: OnChange, expected: list[float]
) -> None:
    terms = replace(TERMS, at_unit=rule)
    history = told(*[(when, unit, dict(what)) for when, unit, what in RETURNED])
    assert used(history, terms, at(3, 8)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnChange.CONTINUE, [(at(2, 8), 16, False)]),
        (OnChange.RECOMPUTE, [(at(2, 8), 4, False)]),
        (OnChange.RESTART, [(at(2, 8), 16, True), (at(2, 11), 4, False)]),
    ],
)
def test_a_new_priority_continues_restarts_or_recomputes(
    rule: OnChange, expected: list[tuple[datetime, float, bool]]
) -> None:
    history = told((at(2, 11), BACK, {"priority": 1}))
    found = promised(history, replace(TERMS, at_priority=rule))
    assert [(one.start, hours(one.amount), one.is_void) for one in found] == expected


def test_a_clock_broken_before_it_was_restarted_stays_broken() -> None:
    terms = replace(
        TERMS,
        at_priority=OnChange.RESTART,
        targets={(RESOLUTION, None): HOUR, (RESOLUTION, 1): 8 * HOUR},
    )
    first, second = promised(told((at(2, 11), BACK, {"priority": 1})), terms)
    assert first.clock().reading(at(2, 12)).state is ClockState.BREACHED
    assert (first.is_void, second.is_void) == (False, False)
    assert second.clock().reading(at(2, 12)).state is ClockState.RUNNING


def test_keeping_informed_begins_again_at_each_word_to_the_other_side() -> None:
    terms = replace(TERMS, targets={(UPDATE, None): 3 * HOUR})
    history = told(
        (at(2, 10), BACK, {"kind": "commented"}),
        (at(2, 11), FRONT, {"kind": "commented"}),
        (at(2, 15), BACK, {"kind": "asked"}),
        (at(3, 9), BACK, {"state": "resolved", "kind": "resolved"}),
    )
    found = promised(history, terms)
    assert [(one.start, one.stop) for one in found] == [
        (at(2, 8), at(2, 10)),
        (at(2, 10), at(2, 15)),
        (at(2, 15), at(3, 9)),
    ]
    states = [one.clock().reading(at(4, 8)).state for one in found]
    assert states == [ClockState.MET, ClockState.BREACHED, ClockState.MET]


def test_a_word_among_themselves_keeps_nobody_informed() -> None:
    terms = replace(TERMS, targets={(UPDATE, None): 3 * HOUR})
    raised = {"state": "new", "unit": BACK, "from_unit": FRONT}
    inside = Audience.INTERNAL
    history = History.of(
        [
            HistoryEvent(1, at(2, 8), "raised", raised, FRONT),
            HistoryEvent(2, at(2, 9), "commented", {}, BACK, inside),
        ]
    )
    (only,) = promised(history, terms)
    assert only.stop is None


def test_a_target_in_working_days_is_due_by_its_date() -> None:
    key = (RESOLUTION, None)
    rule = DayRule(2, DayEnd.END_OF_DAY)
    terms = replace(TERMS, targets={key: 16 * HOUR}, rules={key: rule})
    (promise,) = promised(told((at(2, 9), BACK, {"state": "active"})), terms)
    assert promise.clock().due_at(at(2, 9)) == at(4, 16)
    assert promise.target_s == 24 * HOUR


def test_a_target_around_the_clock_counts_the_night() -> None:
    key = (RESOLUTION, None)
    terms = replace(TERMS, targets={key: 20 * HOUR}, clocks={key: 2})
    (promise,) = promised(told(), terms)
    assert promise.clock().due_at(at(2, 8)) == at(3, 4)


def test_a_moved_promise_is_counted_from_its_start_under_the_other_version() -> None:
    other = replace(TERMS, version_id=9, targets={(RESOLUTION, None): 40 * HOUR})
    moved = {"promise": {"unit": BACK, "for_unit": FRONT, "version": 9}}
    history = told((at(3, 10), BACK, {**moved, "kind": "moved"}))
    rules = Rules(
        lambda *_: TERMS, lambda *_: CALENDAR, lambda version: {9: other}.get(version)
    )
    (promise,) = promises_of(history, rules, FRONT)
    assert (promise.start, hours(promise.amount)) == (at(2, 8), 40)


def test_a_verdict_reached_before_a_move_stays() -> None:
    other = replace(TERMS, version_id=9, targets={(RESOLUTION, None): HOUR})
    moved = {"promise": {"unit": BACK, "for_unit": FRONT, "version": 9}}
    history = told(
        (at(2, 12), BACK, {"state": "resolved", "kind": "resolved"}),
        (at(3, 10), BACK, {**moved, "kind": "moved"}),
    )
    rules = Rules(lambda *_: TERMS, lambda *_: CALENDAR, lambda _: other)
    (promise,) = promises_of(history, rules, FRONT)
    assert promise.terms is TERMS


@pytest.mark.parametrize(
    ("level", "hour"),
    [
        (WarningLevel(share=0.5), 12),
        (WarningLevel(left_s=6 * HOUR), 10),
        (WarningLevel(left_s=20 * HOUR), 8),
        (WarningLevel(share=0.9), 14),
    ],
)
def test_the_first_warning_comes_by_share_or_by_time_left(
    level: WarningLevel, hour: int
) -> None:
    terms = replace(
        TERMS,
        targets={(RESOLUTION, None): 8 * HOUR},
        warn_share=0.75,
        warnings=(level,),
    )
    (promise,) = promised(told(), terms)
    reading = promise.clock().reading(at(2, 8), promise.warn_share)
    assert reading.at_risk_at == at(2, hour)


def test_the_most_specific_agreement_applies_and_the_others_say_why_not() -> None:
    everybody = TERMS
    counter = replace(TERMS, version_id=2, front_unit=FRONT)
    service = replace(TERMS, version_id=3, service=7)
    phone = replace(TERMS, version_id=4, front_unit=9, service=7)
    other = replace(TERMS, version_id=5, service=8)
    over = replace(TERMS, version_id=6, valid_until=at(1, 0))
    coming = replace(TERMS, version_id=7, valid_from=at(20, 0))
    older = replace(service, version_id=8, valid_from=datetime(2025, 1, 1, tzinfo=UTC))
    terms = [everybody, counter, service, phone, other, over, coming, older]
    assert choose(terms, FRONT, BACK, 7, at(2, 8)) is service
    found = consider(terms, FRONT, BACK, 7, at(2, 8))
    assert [(one.terms.version_id, one.why) for one in found] == [
        (3, Why.CHOSEN),
        (4, Why.OTHER_FRONT_UNIT),
        (5, Why.OTHER_SERVICE),
        (7, Why.NOT_YET),
        (6, Why.ENDED),
        (1, Why.LESS_SPECIFIC_SERVICE),
        (2, Why.LESS_SPECIFIC_SERVICE),
        (8, Why.OLDER),
    ]
