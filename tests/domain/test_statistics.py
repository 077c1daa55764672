"""Percentiles, unfinished work, and the test between worse and unclear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statistics import (
    Observation,
    SurvivalCurve,
    median,
    percentile,
    share_of,
    two_proportions,
)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.9, 7),
        ([1, 2, 3, 4], 0.5, 2.5),
        ([4, 1, 3, 2], 0.0, 1),
        ([4, 1, 3, 2], 1.0, 4),
        ([0, 10], 0.9, 9),
    ],
)
def test_a_percentile_interpolates_between_neighbours(values, share, expected):
    assert percentile(values, share) == expected


def test_a_percentile_outside_0_to_1_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile([1], 90)


def test_the_median_of_nothing_is_nothing():
    assert median([]) is None


def test_a_share_of_nothing_is_nothing():
    assert share_of(0, 0) is None
    assert share_of(1, 4) == 0.25


def curve(*told: tuple[float, bool]) -> SurvivalCurve:
    return SurvivalCurve.of(Observation(*one) for one in told)


def test_when_all_is_finished_the_curve_gives_plain_percentiles():
    found = curve(*((value, True) for value in range(1, 11)))
    assert found.quantile(0.5) == 5
    assert found.quantile(0.9) == 9
    assert found.longest_unfinished is None


def test_what_still_runs_pushes_the_median_up():
    done = [(1.0, True), (2.0, True), (3.0, True)]
    assert curve(*done).quantile(0.5) == 2
    assert curve(*done, (2.5, False), (2.5, False)).quantile(0.5) == 3


def test_a_percentile_never_reached_is_none_and_the_longest_running_is_told():
    found = curve((1, True), (50, False), (60, False))
    assert found.quantile(0.9) is None
    assert found.longest_unfinished == 60


def test_what_ends_when_another_still_runs_falls_first():
    assert curve((5, False), (5, True)).steps == ((5, 0.5),)


def test_an_empty_curve_has_no_quantile():
    assert curve().quantile(0.5) is None


@given(st.lists(st.tuples(st.integers(0, 500), st.booleans()), max_size=40))
def test_the_curve_only_falls_and_stays_between_0_and_1(told):
    heights = [height for _, height in curve(*told).steps]
    assert heights == sorted(heights, reverse=True)
    assert all(-1e-9 <= height <= 1 for height in heights)


@pytest.mark.parametrize(
    ("cases", "totals", "verdict"),
    [
        ((59, 57), (75, 113), "fell"),
        ((32, 44), (43, 56), "unclear"),
        ((10, 20), (20, 22), "rose"),
        ((2, 4), (74, 71), "too few"),
        ((3, 4), (4, 4), "too few"),
        ((0, 0), (0, 0), "too few"),
        ((0, 0), (20, 30), "unclear"),
        ((20, 30), (20, 30), "unclear"),
    ],
)
def test_two_shares_differ_only_when_a_test_says_so(cases, totals, verdict):
    z = two_proportions(cases, totals)
    if z is None:
        told = "too few"
    elif abs(z) <= 1.96:
        told = "unclear"
    else:
        told = "rose" if z > 0 else "fell"
    assert told == verdict


def test_the_test_is_the_textbook_one():
    # 45 of 100 against 60 of 100: pooled 0.525, standard error 0.070622.
    assert two_proportions((45, 60), (100, 100)) == pytest.approx(2.1240, abs=1e-4)
