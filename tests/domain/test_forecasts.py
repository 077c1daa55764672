"""When 5 and 8 of 10 are done: weights, censoring, what is lent, and the proof."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.forecasts import (
    FEWEST,
    FULL,
    MOST,
    Forecast,
    PastCase,
    curve_of,
    enough,
    every,
    forecast,
    is_full,
    narrowed,
)
from desktop.domain.statistics import Observation, SurvivalCurve
from tests.benchmarks.forecast import (
    BANDS,
    LAST_MONDAY,
    MAY,
    Knowledge,
    Log,
    Score,
    Trial,
    mondays,
)

DAY = 86_400.0
HOUR = 3_600.0

case_lists = st.lists(
    st.builds(
        PastCase,
        st.floats(0, 180 * DAY),
        st.integers(0, 400).map(float),
        st.booleans(),
    ),
    min_size=FEWEST,
    max_size=80,
)


def cases(*hours: float, age_days: float = 1, is_done: bool = True) -> list[PastCase]:
    return [PastCase(age_days * DAY, one * HOUR, is_done) for one in hours]


def told(*rings: list[PastCase]) -> Forecast:
    found = forecast(rings)
    assert found is not None
    return found


def test_fewer_than_twenty_in_every_ring_say_nothing():
    few = cases(*range(1, FEWEST))
    assert forecast([few, few]) is None
    assert forecast([]) is None
    assert told([*few, *cases(20)]).n == FEWEST


def test_twenty_of_one_age_are_simply_counted():
    found = told(cases(*range(1, 21)))
    assert found == Forecast(0, 20, 0, 10 * HOUR, 16 * HOUR, 20 * HOUR)
    assert not found.is_reckoned


def test_the_narrowest_ring_with_enough_in_it_speaks():
    narrow, wide = cases(*range(1, 6)), cases(*range(1, 31))
    assert (told(narrow, wide).ring, told(narrow, wide).n) == (1, 30)
    assert (told(wide, wide).ring, told(wide, wide).n) == (0, 30)


def test_open_ones_are_at_least_as_long_as_they_are_open():
    done = cases(*range(1, 17))
    found = told([*done, *cases(30, 30, 30, 30, is_done=False)])
    assert (found.unfinished, found.eight_s) == (4, 16 * HOUR)
    slower = told([*done, *cases(30, 30, 30, 30, 30, is_done=False)])
    assert (slower.n, slower.half_s) == (21, 11 * HOUR)
    assert slower.eight_s is not None
    assert slower.eight_s > 30 * HOUR


def test_past_the_longest_watched_the_rate_until_then_goes_on():
    # A quarter is done within a day: three quarters are left after each further one.
    found = told([*cases(*[2] * 5), *cases(*[24] * 15, is_done=False)])
    assert (found.unfinished, found.watched_s) == (15, 24 * HOUR)
    assert found.half_s == pytest.approx(24 * HOUR * math.log(1 / 2) / math.log(3 / 4))
    assert found.eight_s == pytest.approx(24 * HOUR * math.log(1 / 5) / math.log(3 / 4))
    assert found.is_reckoned


def test_nothing_is_said_ten_times_further_than_any_was_watched():
    hopeless = told([*cases(1), *cases(*[24] * 19, is_done=False)])
    assert (hopeless.half_s, hopeless.eight_s) == (None, None)
    assert not hopeless.is_reckoned
    assert told(cases(*[24] * 20, is_done=False)).half_s is None


def test_leaving_the_open_ones_out_would_promise_too_much():
    done = cases(*range(1, 31))
    waiting = cases(*range(10, 30), is_done=False)
    blind, honest = told(done), told([*done, *waiting])
    assert honest.eight_s is None or honest.eight_s > (blind.eight_s or 0)
    assert (honest.half_s or 0) > (blind.half_s or 0)


def test_new_ones_outweigh_old_ones():
    old = cases(*[100] * 200, age_days=60)
    new = cases(*[1] * 40, age_days=1)
    found = told([*old, *new])
    assert (found.half_s, found.eight_s) == (HOUR, HOUR)


def test_a_request_weighs_half_after_the_half_life():
    old = cases(*[9] * 100, age_days=10)
    new = cases(*[1] * 100, age_days=0)
    curve = narrowed(None, [*old, *new], half_life=timedelta(days=5))
    assert curve is not None
    assert curve.surviving[0] == pytest.approx(1 / 5)


def test_many_of_one_day_are_one_day():
    """Thirty done at once today do not silence four weeks of daily work."""
    daily = [one for day in range(1, 29) for one in cases(50, 60, age_days=day)]
    ring = [*daily, *cases(*[1] * 30, age_days=0)]
    by_request, by_day = narrowed(None, ring, days=1), narrowed(None, ring)
    assert by_request is not None
    assert by_day is not None
    assert by_request.quantile(0.5) == HOUR
    assert by_day.quantile(0.5) == 50 * HOUR


def test_one_day_is_all_there_is_of_some():
    assert told(cases(*range(1, 41), age_days=100)).half_s == 20 * HOUR


def test_where_few_are_recent_the_older_ones_steady_them():
    old = cases(*[50] * 60, age_days=30)
    new = cases(1, 1, age_days=0)
    # By the half-life alone the two new ones would weigh more than all the others.
    assert told([*old, *new]).half_s == 50 * HOUR


def test_requests_all_half_a_year_old_are_still_counted():
    assert told(cases(*range(1, 31), age_days=179)).half_s == 15 * HOUR


def test_a_small_ring_borrows_from_the_wider_one_and_a_large_one_hardly():
    slow = cases(*[100] * 400)
    small, large = cases(*[1] * 20), cases(*[1] * 300)
    # Twenty of its own and twenty lent: half are done at once, 8 of 10 are not.
    assert told(small, [*small, *slow]).half_s == HOUR
    assert told(small, [*small, *slow]).eight_s == 100 * HOUR
    assert told(large, [*large, *slow]).eight_s == HOUR


def test_a_full_ring_borrows_nothing_so_wider_ones_need_not_be_read():
    slow = cases(*[100] * 400)
    nearly, full = cases(*[1] * (FULL - 1)), cases(*range(FULL))
    assert not is_full(nearly)
    assert narrowed(narrowed(None, slow), nearly) != narrowed(None, nearly)
    assert narrowed(narrowed(None, slow), full) == narrowed(None, full)
    assert told(full) == told(full, [*full, *slow])


def test_where_all_of_a_ring_are_open_the_house_tells_how_it_goes_on():
    fresh = cases(*[2] * 25, age_days=0.2, is_done=False)
    house = cases(*range(1, 101))
    found = told(fresh, [*fresh, *house])
    assert (found.ring, found.n, found.unfinished) == (0, 25, 25)
    assert found.half_s is not None
    assert found.half_s > 50 * HOUR
    assert forecast([fresh]) == Forecast(0, 25, 25, None, None, 2 * HOUR)


def test_the_house_is_compared_where_nothing_is_more_alike():
    house = cases(*range(1, 101))
    assert (told([], cases(500), house).ring, told([], house).n) == (2, 100)


def test_rings_with_very_many_are_thinned_and_others_read_whole():
    assert [every(near) for near in (0, 1, MOST, MOST + 1, 3 * MOST)] == [1, 1, 1, 2, 3]
    assert 1_000_000 / every(1_000_000) <= MOST


@given(case_lists, case_lists)
def test_five_of_ten_are_never_done_later_than_eight(ring, house):
    found = forecast([ring, [*ring, *house]])
    assert found is not None
    if found.eight_s is not None:
        assert found.half_s is not None
        assert found.half_s <= found.eight_s


@given(case_lists)
def test_equal_weights_give_the_plain_estimate(ring):
    plain = SurvivalCurve.of(Observation(one.spent_s, one.is_done) for one in ring)
    curve = curve_of(
        (one.spent_s, float(one.is_done), float(not one.is_done)) for one in ring
    )
    assert list(curve.values) == [value for value, _left in plain.steps]
    assert list(curve.surviving) == pytest.approx(
        [left for _value, left in plain.steps]
    )


@given(case_lists, st.data())
def test_one_that_is_not_done_after_all_never_makes_it_sooner(ring, data):
    done = [at for at, one in enumerate(ring) if one.is_done]
    if not done:
        return
    at = data.draw(st.sampled_from(done))
    reopened = [*ring]
    reopened[at] = ring[at]._replace(is_done=False)
    before, after = forecast([ring]), forecast([reopened])
    assert before is not None
    assert after is not None
    for sooner, later in (
        (before.half_s, after.half_s),
        (before.eight_s, after.eight_s),
    ):
        assert later is None or (sooner is not None and sooner <= later)


@given(case_lists, st.floats(0, 48))
def test_one_open_for_longer_never_makes_it_sooner(ring, hours):
    """Waiting on moves what is likely out, never in."""
    longest = max(one.spent_s for one in ring)
    before = told([*ring, PastCase(0, longest, False)])
    after = told([*ring, PastCase(0, longest + hours * HOUR, False)])
    for sooner, later in (
        (before.half_s, after.half_s),
        (before.eight_s, after.eight_s),
    ):
        assert (sooner is None) == (later is None)
        if sooner is not None and later is not None:
            assert sooner <= later * (1 + 1e-9)


@given(case_lists, st.randoms())
def test_the_order_of_the_requests_does_not_matter(ring, chance):
    shuffled = [*ring]
    chance.shuffle(shuffled)
    first, second = narrowed(None, ring), narrowed(None, shuffled)
    assert first is not None
    assert second is not None
    assert first.values == second.values
    assert first.surviving == pytest.approx(second.surviving)


@given(case_lists)
def test_what_is_left_only_ever_falls(ring):
    curve = narrowed(narrowed(None, ring), ring[:5])
    assert curve is not None
    assert list(curve.values) == sorted(set(curve.values))
    assert list(curve.surviving) == sorted(curve.surviving, reverse=True)
    assert all(-1e-9 <= one <= 1 for one in curve.surviving)


@pytest.fixture(scope="module")
def log(shared_data: Path) -> Log:
    return Log(shared_data / "uci498")


@pytest.fixture(scope="module")
def may(log: Log) -> Score:
    return Trial(log, *MAY).score()


@pytest.mark.parametrize("asked", sorted(BANDS))
def test_as_many_of_may_are_done_by_then_as_was_said_on_30_april(may: Score, asked):
    low, high = BANDS[asked]
    # All of May: where no instant could be named, that counts as missed.
    assert may.n == 7_508
    assert low <= 100 * may.done[asked] / may.n <= high
    assert may.shown[asked] == may.n


def test_every_week_that_could_look_back_is_told_what_comes_of_it(log: Log):
    """Every fourth Monday here; ``python -m tests.benchmarks forecast`` takes all."""
    total = Score()
    for _monday, cut, until in list(mondays(LAST_MONDAY))[:13:4]:
        total.add(Trial(log, cut, until).score())
    assert total.shown == dict.fromkeys(BANDS, total.n)
    for asked, (low, high) in BANDS.items():
        assert low <= 100 * total.done[asked] / total.n <= high


def test_nothing_after_30_april_is_looked_at(log: Log, may: Score):
    """Forget everything later and every forecast stays the same."""
    cut = MAY[0]
    known = Knowledge(log.cases, log.hours, cut)
    forgetful = Knowledge([], log.hours, cut)
    at = forgetful.at
    for ring, found in known.found.items():
        forgetful.found[ring] = [
            type(one)(
                one.number,
                one.raised,
                None,
                one.kind,
                one.group,
                one.priority,
                [
                    (start, None if end is not None and end > at else end)
                    for start, end in one.done
                    if start <= at
                ],
            )
            for one in found
        ]
    asked = [one for one in log.cases if one.raised >= at][:500]
    assert [known.forecast(one) for one in asked] == [
        forgetful.forecast(one) for one in asked
    ]


def test_the_measured_forecasts_are_those_of_the_program(log: Log):
    known = Knowledge(log.cases, log.hours, MAY[0])
    for case in [one for one in log.cases if one.raised >= known.at][::400]:
        rings = [known.ring(one) for one in case.rings]
        assert known.forecast(case) == forecast(rings)


def test_all_rings_are_asked_in_turn():
    assert enough([[], cases(*range(19)), cases(*range(20))]) == 2
    assert enough([[], []]) is None
