"""What must hold of any service calendar and clock, as checks on a calculator.

Each check takes the calendar and clock to judge, so that the same checks that pass on
the program can be seen to fail on calculators that are wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ClockState, ServiceClock
from tests.domain.brute_force import BruteForce
from tests.domain.calendar_strategies import centres, holds, minutes_near, specs

MINUTE = timedelta(minutes=1)
WINDOW = timedelta(days=12)
MakeCalendar = Callable[[CalendarSpec], ServiceCalendar]
MakeClock = Callable[..., ServiceClock]


def agrees_with_brute_force(data: st.DataObject, make: MakeCalendar) -> None:
    """Every answer is the one counted minute by minute."""
    centre = data.draw(centres)
    spec = data.draw(specs(centre))
    start = data.draw(minutes_near(centre, spec.zone))
    end = data.draw(minutes_near(centre, spec.zone))
    amount = data.draw(st.integers(0, 3000)) * MINUTE
    slow = BruteForce(spec, min(start, end), max(start, end) + WINDOW)
    fast = make(spec)
    assert fast.elapsed(start, end) == slow.elapsed(start, end)
    assert fast.is_open(start) == slow.is_open(start)
    opens = slow.next_open(start)
    if opens is not None:
        assert fast.next_open(start) == opens
    due = slow.due(start, amount)
    if due is not None:
        assert fast.due(start, amount) == due


def clock_agrees_with_brute_force(data: st.DataObject, make: MakeClock) -> None:
    """A held clock is a clock on a calendar that is closed while it is held."""
    centre = data.draw(centres)
    spec = data.draw(specs(centre))
    start = data.draw(minutes_near(centre, spec.zone))
    pauses = data.draw(st.lists(holds(start), max_size=4))
    at = start + data.draw(st.integers(0, 8 * 1440)) * MINUTE
    target = data.draw(st.integers(1, 2000)) * MINUTE
    slow = BruteForce(spec, start, start + WINDOW + timedelta(days=6))
    known = [
        (pause.start, None if pause.end and pause.end > at else pause.end)
        for pause in pauses
        if pause.start <= at
    ]
    slow.held(known)
    clock = make(ServiceCalendar(spec), target, start, pauses)
    assert clock.elapsed(at) == slow.elapsed(start, at)
    due = slow.due(start, target)
    if due is not None:
        assert clock.due_at(at) == due
    is_over = slow.elapsed(start, at) > target
    assert clock.breached_at(at) == (due if is_over else None)
    assert (clock.reading(at).state is ClockState.BREACHED) == is_over


def due_uses_up_exactly_the_amount(data: st.DataObject, make: MakeCalendar) -> None:
    """elapsed(s, due(s, a)) == a, and not a microsecond earlier."""
    centre = data.draw(centres)
    calendar = make(data.draw(specs(centre)))
    start = _any_instant(data)
    amount = timedelta(microseconds=data.draw(st.integers(1, 300 * 3600 * 10**6)))
    due = calendar.due(start, amount)
    tick = timedelta(microseconds=1)
    assert calendar.elapsed(start, due) == amount
    assert calendar.elapsed(start, due - tick) == amount - tick


def used_up_at_closing_is_due_at_closing(
    data: st.DataObject, make: MakeCalendar
) -> None:
    """What a span of open time uses up to its end is due at that end."""
    centre = data.draw(centres)
    spec = data.draw(specs(centre))
    calendar = make(spec)
    start = data.draw(minutes_near(centre, spec.zone))
    ends = [span.end for span in calendar.spans(start, start + 2 * WINDOW)][:-1]
    assume(ends)
    closing = data.draw(st.sampled_from(ends))
    amount = calendar.elapsed(start, closing)
    assert amount > timedelta()
    assert calendar.due(start, amount) == closing
    assert not calendar.is_open(closing)


def elapsed_adds_up(data: st.DataObject, make: MakeCalendar) -> None:
    """Adjoining spans add up; a reversed one is nothing; spans are what is counted."""
    centre = data.draw(centres)
    calendar = make(data.draw(specs(centre)))
    first, second, third = sorted(_any_instant(data) for _ in range(3))
    assume(third - first < timedelta(days=900))
    whole = calendar.elapsed(first, third)
    parts = calendar.elapsed(first, second) + calendar.elapsed(second, third)
    spans = list(calendar.spans(first, third))
    assert parts == whole
    assert sum((end - start for start, end in spans), timedelta()) == whole
    assert all(one.end < two.start for one, two in pairwise(spans))
    assert first == third or calendar.elapsed(third, first) == timedelta()


def splitting_hours_changes_nothing(data: st.DataObject, make: MakeCalendar) -> None:
    """Intervals cut in two, and repeated, give the same calendar."""
    centre = data.draw(centres)
    spec = data.draw(specs(centre))
    share = data.draw(st.floats(0.05, 0.95))
    cut = {}
    for day, week_hours in spec.weekly.items():
        parts = []
        for start, end in week_hours:
            middle = start + max(1, int((end - start) * share))
            if start < middle < min(end, 86_400):
                parts += [(middle, end), (start, middle), (start, middle)]
            else:
                parts.append((start, end))
        cut[day] = parts
    split = CalendarSpec(spec.zone, cut, spec.overrides, spec.closures)
    start, end = _any_instant(data), _any_instant(data)
    amount = data.draw(st.integers(0, 9000)) * MINUTE
    assert make(split).elapsed(start, end) == make(spec).elapsed(start, end)
    assert make(split).due(start, amount) == make(spec).due(start, amount)


def holds_only_delay(data: st.DataObject, make: MakeClock) -> None:
    """A hold never brings a due time forward; nor does the order of holds matter."""
    centre = data.draw(centres)
    calendar = ServiceCalendar(data.draw(specs(centre)))
    start = data.draw(minutes_near(centre, "UTC"))
    pauses = data.draw(st.lists(holds(start), min_size=1, max_size=4))
    at = start + timedelta(days=20)
    target = data.draw(st.integers(0, 3000)) * MINUTE
    without = make(calendar, target, start, pauses[1:])
    within = make(calendar, target, start, pauses)
    before, after = without.due_at(at), within.due_at(at)
    assert after is None or (before is not None and before <= after)
    assert within.elapsed(at) <= without.elapsed(at)
    other = make(calendar, target, start, data.draw(st.permutations(pauses)))
    assert other.reading(at) == within.reading(at)
    twice = make(calendar, target, start, [*pauses, *pauses])
    assert twice.reading(at) == within.reading(at)
    assert twice.elapsed(at) == within.elapsed(at) == within.reading(at).used


def a_proof_adds_up(data: st.DataObject, make: MakeClock) -> None:
    """The lines of a proof count what the clock counts, in order, without a gap."""
    centre = data.draw(centres)
    calendar = ServiceCalendar(data.draw(specs(centre)))
    start = data.draw(minutes_near(centre, "UTC"))
    pauses = data.draw(st.lists(holds(start), max_size=4))
    at = start + data.draw(st.integers(0, 6 * 1440)) * MINUTE
    stop = data.draw(st.none() | st.just(at - 3 * MINUTE))
    target = data.draw(st.integers(1, 3000)) * MINUTE
    clock = make(calendar, target, start, pauses, stop)
    lines = clock.explain(at)
    told = sum((line.counted for line in lines if not line.is_ahead), timedelta())
    assert told == clock.elapsed(at)
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    dues = [line for line in lines if line.kind == "due"]
    assert all(line.used == target and line.start == clock.due_at(at) for line in dues)
    held = sum((line.open_time for line in lines if line.kind == "held"), timedelta())
    last = at if stop is None else max(min(stop, at), start)
    assert told + held == calendar.elapsed(start, last)


def _any_instant(data: st.DataObject) -> datetime:
    """Draw an instant to the microsecond, within two years."""
    first = datetime(2016, 1, 1, tzinfo=UTC)
    return first + timedelta(microseconds=data.draw(st.integers(0, 63 * 10**12)))


CALENDAR_CHECKS = (
    used_up_at_closing_is_due_at_closing,
    due_uses_up_exactly_the_amount,
    elapsed_adds_up,
    splitting_hours_changes_nothing,
    agrees_with_brute_force,
)
CLOCK_CHECKS = (holds_only_delay, a_proof_adds_up, clock_agrees_with_brute_force)
