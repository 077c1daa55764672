"""Time-boxes fitted into a session: what is placed, what is not reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agenda import TimeBox, capped, fit

boxes = st.lists(
    st.builds(
        TimeBox,
        minutes=st.integers(0, 40),
        fixed=st.booleans(),
        weight=st.floats(0, 100),
    ),
    max_size=40,
)


def test_items_follow_each_other_without_a_gap():
    placed = fit([TimeBox(2), TimeBox(7), TimeBox(3)], 60)
    assert placed.offsets == (0, 2, 9)
    assert (placed.used, placed.missing) == (12, 0)


def test_the_standing_end_keeps_its_minutes_and_the_item_before_it_is_not_reached():
    order = [TimeBox(2, fixed=True), TimeBox(50), TimeBox(10), TimeBox(5, fixed=True)]
    placed = fit(order, 60)
    assert placed.offsets == (0, 2, None, 52)
    assert placed.missing == 10


def test_what_weighs_more_is_placed_first_whatever_its_place_in_the_list():
    placed = fit([TimeBox(30, weight=1), TimeBox(40, weight=9)], 60)
    assert placed.offsets == (None, 0)


def test_without_weights_the_order_of_the_list_decides():
    assert fit([TimeBox(40), TimeBox(40)], 60).offsets == (0, None)


def test_a_short_item_still_fits_behind_a_long_one_that_does_not():
    assert fit([TimeBox(50), TimeBox(20), TimeBox(10)], 60).offsets == (0, None, 50)


def test_three_hundred_items_in_an_hour_are_all_listed():
    placed = fit([TimeBox(5)] * 300, 60)
    assert len(placed.offsets) == 300
    assert sum(one is not None for one in placed.offsets) == 12
    assert placed.missing == 1440


@pytest.mark.parametrize(("order", "length"), [([TimeBox(-1)], 60), ([], -1)])
def test_minutes_below_zero_are_refused(order: list[TimeBox], length: int):
    with pytest.raises(ValueError):
        fit(order, length)


@given(boxes, st.integers(0, 240))
def test_no_session_is_overfilled_and_no_two_items_overlap(order, length):
    placed = fit(order, length)
    clock = 0
    for box, start in zip(order, placed.offsets, strict=True):
        if start is not None:
            assert start == clock
            clock += box.minutes
    assert clock == placed.used <= length
    assert placed.used + placed.missing == sum(box.minutes for box in order)


@given(boxes, st.integers(0, 240))
def test_nothing_that_would_still_fit_is_left_out(order, length):
    placed = fit(order, length)
    left = length - placed.used
    for box, start in zip(order, placed.offsets, strict=True):
        if start is None:
            assert box.minutes > left


def test_a_capped_list_loses_nothing():
    shown, rest = capped(list(range(56)), 10)
    assert (len(shown), len(rest)) == (10, 46)
    assert [*shown, *rest] == list(range(56))
