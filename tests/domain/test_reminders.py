"""Nobody is told while their calendar is closed, whatever the zone and the night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.agreements import TargetKind
from desktop.domain.calendar_specs import CalendarSpec
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.escalation import (
    Again,
    EscalationRule,
    Hours,
    NoticeKind,
    Recipient,
)
from desktop.domain.reminders import telling, tellings

ZONES = (
    "Europe/Belgrade",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "Pacific/Apia",
    "Africa/Casablanca",
)
CLOCK_CHANGES = (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC))
OFFICE = ServiceCalendar(
    CalendarSpec(
        zone="Europe/Belgrade",
        weekly=dict.fromkeys(range(5), ((8 * 3600, 16 * 3600),)),
    )
)

calendars = st.builds(
    lambda zone, first, length, days: ServiceCalendar(
        CalendarSpec(
            zone=zone,
            weekly=dict.fromkeys(days, ((first, min(first + length, 86_400)),)),
        )
    ),
    st.sampled_from(ZONES),
    st.integers(0, 22 * 3600),
    st.integers(1800, 12 * 3600),
    st.sets(st.integers(0, 6), min_size=1),
)
rules = st.builds(
    lambda again, every, lasts: EscalationRule(
        NoticeKind.BROKEN,
        frozenset(TargetKind),
        (Recipient.HOLDER,),
        again=again,
        again_every=timedelta(hours=every),
        again_for=None if lasts is None else timedelta(days=lasts),
        hours=Hours.TOLD,
    ),
    st.sampled_from(Again),
    st.integers(1, 30),
    st.none() | st.integers(1, 20),
)
instants = st.builds(
    lambda night, minutes: night + timedelta(minutes=minutes),
    st.sampled_from(CLOCK_CHANGES),
    st.integers(0, 5 * 24 * 60),
)
spans = st.integers(0, 21 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=150)
@given(calendars, rules, instants, spans)
def test_nobody_is_woken_by_a_calendar_that_is_closed(
    calendar: ServiceCalendar, rule: EscalationRule, since: datetime, span: timedelta
) -> None:
    told = telling(rule, calendar, since, since + span)
    assert calendar.is_open(told.at)
    assert told.at >= since
    if told.next_at is not None:
        assert calendar.is_open(told.next_at)
        assert told.next_at > max(told.at, since)


@settings(max_examples=60)
@given(calendars, rules, instants, spans)
def test_whenever_a_computer_looks_it_names_the_same_tellings(
    calendar: ServiceCalendar, rule: EscalationRule, since: datetime, span: timedelta
) -> None:
    until = since + span
    every = list(tellings(rule, calendar, since, until))
    assert every == sorted(set(every))
    last = telling(rule, calendar, since, until)
    if every:
        assert last.at == every[-1]
    else:
        assert last.at > until
    if last.next_at is not None:
        assert last.next_at > until or last.at > until


def test_every_so_many_hours_counts_working_hours_only() -> None:
    rule = EscalationRule(
        NoticeKind.BROKEN,
        frozenset(TargetKind),
        (Recipient.MANAGER,),
        again=Again.EVERY_HOURS,
        again_every=timedelta(hours=3),
    )
    monday = datetime(2026, 11, 9, 10, 0, tzinfo=OFFICE.zone)
    told = tellings(rule, OFFICE, monday, monday + timedelta(days=1, hours=5))
    assert [f"{at.astimezone(OFFICE.zone):%a %H:%M}" for at in told] == [
        "Mon 10:00",
        "Mon 13:00",
        "Tue 08:00",
        "Tue 11:00",
        "Tue 14:00",
    ]


def test_around_the_clock_nights_count() -> None:
    rule = EscalationRule(
        NoticeKind.BROKEN,
        frozenset(TargetKind),
        (Recipient.MANAGER,),
        again=Again.EACH_DAY,
        again_for=timedelta(days=3),
    )
    since = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)
    told = list(tellings(rule, None, since, since + timedelta(days=30)))
    assert told == [since + timedelta(days=day) for day in range(4)]
