"""Parts one after another add up, side by side are counted once, one broke it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreements import AgreementTerms, ClockStart, TargetKind
from desktop.domain.budgets import BrokenBy, Budget, Piece, budget_of, wall_clock
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import Rules, promises_of

FRONT, A, B, C = 1, 2, 3, 4
ALWAYS = ServiceCalendar(
    CalendarSpec(zone="UTC", weekly=dict.fromkeys(range(7), ((0, 24 * 3600),)))
)
START = datetime(2026, 11, 2, tzinfo=UTC)


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def terms(back: int, hours: int) -> AgreementTerms:
    return AgreementTerms(
        version_id=back,
        agreement_id=back,
        number=1,
        name=f"With {back}",
        front_unit=None,
        back_unit=back,
        service=None,
        calendar=1,
        targets={(TargetKind.RESOLUTION, None): hours * 3600},
        holds={},
        warn_share=0.75,
        starts=ClockStart.FRONT_HANDOVER,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )


def piece(
    request: int,
    unit: int,
    begun: float,
    ended: float | None,
    *,
    whole: int | None = None,
    target: int | None = None,
    on: Sequence[tuple[float, int]] = (),
) -> Piece:
    """One request: raised to a unit, handed on at some hours, resolved at another."""
    first = {"state": "new", "unit": unit, "from_unit": FRONT}
    events = [HistoryEvent(1, at(begun), "raised", first, FRONT)]
    for when, to in on:
        moved = {"unit": to, "from_unit": unit}
        events.append(
            HistoryEvent(len(events) + 1, at(when), "handed_over", moved, unit)
        )
    if ended is not None:
        done = {"state": "resolved"}
        events.append(HistoryEvent(len(events) + 1, at(ended), "resolved", done, unit))
    history = History.of(events)

    def chosen(_front: int, back: int, _at: datetime) -> AgreementTerms | None:
        return terms(back, target) if target and back == unit else None

    rules = Rules.plain(chosen, {1: ALWAYS})
    return Piece(request, whole, history, promises_of(history, rules, FRONT))


def budget(
    pieces: Sequence[Piece], told: float | None = None, now: float = 1000
) -> Budget:
    due = None if told is None else at(told)
    return budget_of(pieces, lambda _unit: ALWAYS, due, at(now))


def path(found: Budget) -> list[tuple[int, float, float]]:
    """The critical path as (request, from hour, to hour)."""
    return [
        (found.parts[one.part].request, hours(one.start), hours(one.end))
        for one in found.critical
    ]


def hours(moment: datetime) -> float:
    return (moment - START) / timedelta(hours=1)


def named(found: Budget) -> tuple[int, int] | None:
    if found.broken_by is None:
        return None
    part = found.parts[found.broken_by]
    return part.request, part.unit


# The whole lies with A from hour 0, two parts run side by side, A ends it at hour 20.
def split(b_end: float | None, c_end: float | None, ended: float | None) -> list[Piece]:
    return [
        piece(1, A, 0, ended, target=8),
        piece(2, B, 2, b_end, whole=1, target=10),
        piece(3, C, 2, c_end, whole=1, target=4),
    ]


@pytest.mark.parametrize(
    ("pieces", "told", "expected", "leg"),
    [
        # B ends last, after more than it promised: the way leads through it.
        (split(18, 5, 20), 15, [(1, 0, 2), (2, 2, 18), (1, 18, 20)], (2, B)),
        # C is over its target too, but nobody waited for it.
        (split(18, 9, 20), 15, [(1, 0, 2), (2, 2, 18), (1, 18, 20)], (2, B)),
        # Now C ends last, and broke it; B kept its own promise.
        (split(11, 19, 20), 15, [(1, 0, 2), (3, 2, 19), (1, 19, 20)], (3, C)),
        # Everybody kept their targets; A had it when the time ran out.
        (split(5, 4, 8), 6, [(1, 0, 2), (2, 2, 5), (1, 5, 8)], (1, A)),
        # In time: nobody is named.
        (split(5, 4, 8), 9, [(1, 0, 2), (2, 2, 5), (1, 5, 8)], None),
        # Done without waiting for B: what A did is what decided.
        (split(None, 5, 20), 15, [(1, 0, 2), (3, 2, 5), (1, 5, 20)], (1, A)),
    ],
)
def test_the_leg_that_broke_it_is_named_also_in_a_part(
    pieces: list[Piece],
    told: float,
    expected: list[tuple[int, float, float]],
    leg: tuple[int, int] | None,
) -> None:
    found = budget(pieces, told)
    assert path(found) == expected
    assert named(found) == leg
    assert found.elapsed == at(expected[-1][2]) - at(0)


def test_a_part_of_a_part_is_on_the_path_too() -> None:
    pieces = [
        piece(1, A, 0, 20),
        piece(2, B, 2, 18, whole=1),
        piece(3, C, 4, 15, whole=2, target=5),
    ]
    found = budget(pieces, 10)
    assert path(found) == [(1, 0, 2), (2, 2, 4), (3, 4, 15), (2, 15, 18), (1, 18, 20)]
    assert (named(found), found.why) == ((3, C), BrokenBy.OVER_TARGET)


def test_one_who_waited_for_parts_is_not_to_blame_for_them() -> None:
    # A's clock ran on all the time and is over its target of 8 hours by 12.
    pieces = [piece(1, A, 0, 20, target=8), piece(2, B, 1, 19, whole=1, target=40)]
    found = budget(pieces, 15)
    assert found.parts[0].over == timedelta(hours=12)
    assert (named(found), found.why) == ((2, B), BrokenBy.HAD_IT)


def test_what_was_there_before_the_whole_counts_from_then() -> None:
    found = budget([piece(1, A, 10, 20), piece(2, B, 0, 15, whole=1)])
    assert found.parts[1].spans == ((at(10), at(15)),)
    assert found.elapsed == timedelta(hours=10)


def test_open_parts_reach_to_now() -> None:
    found = budget(split(None, 5, None), 15, now=12)
    assert path(found) == [(1, 0, 2), (2, 2, 12)]
    assert (found.is_broken, found.ended_at) == (False, None)


def test_of_open_parts_the_one_with_most_left_or_furthest_beyond_decides() -> None:
    # At hour 6 B has 6 of its 10 hours left, and C, due in 4, used them up.
    assert path(budget(split(None, None, None), now=6))[-1] == (2, 2, 6)
    assert path(budget(split(None, None, None), now=7))[-1] == (3, 2, 7)
    # What ended this very moment no longer decides.
    assert path(budget(split(6, None, None), now=6))[-1] == (3, 2, 6)


def test_parts_one_after_another_add_up() -> None:
    found = budget([piece(1, A, 0, 9, on=[(2, B), (5, C)])])
    took = [sum((b - a for a, b in one.spans), timedelta()) for one in found.parts]
    assert took == [timedelta(hours=2), timedelta(hours=3), timedelta(hours=4)]
    assert found.elapsed == sum(took, timedelta())


PARTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 40), st.booleans()), max_size=5
)


def house_of(parts: list[tuple[int, int, bool]], last: int) -> list[Piece]:
    made = [piece(1, A, 0, last, target=20)]
    for number, (begun, lasts, is_open) in enumerate(parts, 2):
        until = None if is_open else begun + lasts
        unit = B if number % 2 else C
        made.append(piece(number, unit, begun, until, whole=1, target=8))
    return made


@given(PARTS, st.integers(1, 80), st.integers(1, 120))
def test_the_path_leads_from_beginning_to_end_and_counts_once(
    parts: list[tuple[int, int, bool]], last: int, told: int
) -> None:
    found = budget(house_of(parts, last), told)
    assert found.critical[0].start == at(0)
    assert found.critical[-1].end == at(last)
    for one, following in zip(found.critical, found.critical[1:], strict=False):
        assert one.end == following.start
    for step in found.critical:
        assert any(
            start <= step.start and step.end <= end
            for start, end in found.parts[step.part].spans
        )
    # Side by side counted once: never more than the whole took, nor less.
    assert found.elapsed == timedelta(hours=last)
    took = [wall_clock(part.spans) for part in found.parts]
    assert max(took) <= found.elapsed <= sum(took, timedelta())
    assert found.is_broken == (last > told)
    if found.is_broken:
        assert found.broken_by in {step.part for step in found.critical}


@given(PARTS, st.integers(1, 80), st.integers(1, 120), st.randoms())
def test_the_order_in_which_parts_are_read_does_not_matter(
    parts: list[tuple[int, int, bool]], last: int, told: int, chance: Random
) -> None:
    whole, *others = house_of(parts, last)
    shuffled = list(others)
    chance.shuffle(shuffled)
    one, again = budget([whole, *others], told), budget([whole, *shuffled], told)
    assert one.elapsed == again.elapsed
    assert [(step.start, step.end) for step in one.critical] == [
        (step.start, step.end) for step in again.critical
    ]
    assert one.why == again.why


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_part_within_another_changes_nothing(begun: int, lasts: int) -> None:
    outer = [piece(1, A, 0, 100), piece(2, B, 1, 99, whole=1)]
    inner = [*outer, piece(3, C, begun, begun + lasts, whole=1)]
    assert budget(inner).elapsed == budget(outer).elapsed
    assert path(budget(inner)) == path(budget(outer))
