"""Many clocks at once say what each would say alone, to the microsecond."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ServiceClock
from desktop.domain.errors import Invalid
from desktop.domain.instants import from_microseconds, to_microseconds
from desktop.store.bulk_clocks import NEVER, BulkCalendar, BulkClocks, Pauses
from tests.domain.calendar_strategies import TURNING_DAYS, specs

DAY_US = 86_400_000_000


@st.composite
def clocks(draw: st.DrawFn, centre: date) -> tuple[int, int, int | None, list, int]:
    """Draw a start, a target, a stop, pauses and an instant to read it at."""
    noon = to_microseconds(datetime(centre.year, centre.month, centre.day, tzinfo=UTC))
    near = st.integers(noon - 9 * DAY_US, noon + 9 * DAY_US)
    hours = st.integers(-200, 200).map(lambda count: noon + count * 3_600_000_000)
    moments = near | hours
    pauses = draw(st.lists(st.tuples(moments, st.none() | moments), max_size=4))
    target = st.integers(0, 40 * 3_600_000_000) | st.sampled_from([0, 3_600_000_000])
    stop = draw(st.none() | moments)
    return draw(moments), draw(target), stop, pauses, draw(moments)


def alone(calendar: ServiceCalendar, drawn: tuple) -> tuple[ServiceClock, datetime]:
    start, target, stop, pauses, at = drawn
    clock = ServiceClock(
        calendar,
        timedelta(microseconds=target),
        from_microseconds(start),
        [
            (from_microseconds(a), None if b is None else from_microseconds(b))
            for a, b in pauses
        ],
        None if stop is None else from_microseconds(stop),
    )
    return clock, from_microseconds(at)


def together(calendar: ServiceCalendar, drawn: list[tuple]) -> tuple[list, list]:
    last = to_microseconds(datetime(2101, 1, 1, tzinfo=UTC))
    rows = [[(a, last if b is None else b) for a, b in one[3]] for one in drawn]
    many = BulkClocks(
        BulkCalendar(calendar),
        np.array([one[1] for one in drawn], np.int64),
        np.array([one[0] for one in drawn], np.int64),
        np.array([NEVER if one[2] is None else one[2] for one in drawn], np.int64),
        Pauses.of(rows),
    )
    at = np.array([one[4] for one in drawn], np.int64)
    found = many.due(at).tolist()
    due = [None if one == NEVER else from_microseconds(one) for one in found]
    return many.elapsed(at).tolist(), due


@settings(max_examples=150)
@given(st.data())
def test_many_clocks_read_as_one_does(data: st.DataObject) -> None:
    centre = data.draw(st.sampled_from(TURNING_DAYS))
    calendar = ServiceCalendar(data.draw(specs(centre)))
    drawn = data.draw(st.lists(clocks(centre), min_size=1, max_size=12))
    used, due = together(calendar, drawn)
    for row, one in enumerate(drawn):
        clock, at = alone(calendar, one)
        assert used[row] == clock.elapsed_us(to_microseconds(at))
        assert due[row] == clock.due_at(at)


@settings(max_examples=80)
@given(st.data())
def test_bare_elapsed_and_due_are_the_calendars_own(data: st.DataObject) -> None:
    centre = data.draw(st.sampled_from(TURNING_DAYS))
    calendar = ServiceCalendar(data.draw(specs(centre)))
    drawn = data.draw(st.lists(clocks(centre), min_size=1, max_size=8))
    bulk = BulkCalendar(calendar)
    starts = np.array([one[0] for one in drawn], np.int64)
    ends = np.array([one[4] for one in drawn], np.int64)
    amounts = np.array([one[1] for one in drawn], np.int64)
    assert bulk.elapsed(starts, ends).tolist() == [
        calendar.elapsed_us(start, end)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert bulk.due(starts, amounts).tolist() == [
        calendar.due_us(start, amount)
        for start, amount in zip(starts.tolist(), amounts.tolist(), strict=True)
    ]


def closing_for_good() -> ServiceCalendar:
    hours = {day: [(32_400, 61_200)] for day in range(5)}
    spec = CalendarSpec("Europe/Berlin", hours, closed_from=date(2016, 6, 1))
    return ServiceCalendar(spec)


def test_what_a_calendar_never_reaches_is_never() -> None:
    bulk = BulkCalendar(closing_for_good())
    start = to_microseconds(datetime(2016, 5, 31, 8, tzinfo=UTC))
    hours = np.array([1, 80, 7], np.int64) * 3_600_000_000
    due = bulk.due(np.full(3, start, np.int64), hours)
    assert due[1] == NEVER
    assert due[0] == start + 3_600_000_000
    assert due[2] == start + 7 * 3_600_000_000


def test_what_lies_outside_the_years_or_is_negative_is_refused() -> None:
    bulk = BulkCalendar(closing_for_good())
    late = np.array([to_microseconds(datetime(2101, 2, 1, tzinfo=UTC))], np.int64)
    with pytest.raises(Invalid) as refused:
        bulk.elapsed(late, late)
    assert refused.value.code == "out_of_years"
    start = np.array([to_microseconds(datetime(2016, 5, 2, tzinfo=UTC))], np.int64)
    with pytest.raises(Invalid) as refused:
        bulk.due(start, np.array([-1], np.int64))
    assert refused.value.code == "negative"


def test_nothing_asked_is_nothing_answered() -> None:
    bulk = BulkCalendar(closing_for_good())
    none = np.zeros(0, np.int64)
    clocks_of_none = BulkClocks(bulk, none, none, none, Pauses.none(0))
    assert bulk.elapsed(none, none).tolist() == bulk.due(none, none).tolist() == []
    assert clocks_of_none.elapsed(none).tolist() == clocks_of_none.due(none).tolist()
