"""How a house writes lengths of time and opening hours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.house import (
    OpenHours,
    duration_text,
    hours_of,
    hours_text,
    seconds_of,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("16 h", 57_600),
        ("16h", 57_600),
        ("2 h 30 min", 9_000),
        ("90 min", 5_400),
        ("0.5 h", 1_800),
        ("45 s", 45),
    ],
)
def test_a_length_of_time_is_read_as_it_is_said(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "2 days", "16", "h", "-4 h", "0 h", "4 h soon", "1e9 h"]
)
def test_what_is_no_fixed_length_is_not_guessed(text: str) -> None:
    assert seconds_of(text) is None


@given(st.integers(min_value=1, max_value=10**7))
def test_a_written_length_reads_back_the_same(seconds: int) -> None:
    assert seconds_of(duration_text(seconds)) == seconds


def test_hours_are_several_intervals_in_order() -> None:
    assert hours_of("12:30-16:00, 08:00-12:00") == (
        OpenHours(480, 720),
        OpenHours(750, 960),
    )


def test_hours_that_end_before_they_start_run_over_midnight() -> None:
    assert hours_of("22:00-06:00") == (OpenHours(1320, 1800),)
    assert hours_of("00:00-24:00") == (OpenHours(0, 1440),)


@pytest.mark.parametrize(
    "text", ["8-12", "08:00-08:00", "25:00-26:00", "08:60-09:00", "08:00-25:00", ","]
)
def test_hours_that_are_no_hours_are_not_guessed(text: str) -> None:
    assert hours_of(text) is None


@given(
    st.lists(
        st.builds(
            lambda start, length: OpenHours(start, start + length),
            st.integers(min_value=0, max_value=1439),
            st.integers(min_value=1, max_value=1439),
        ),
        max_size=4,
    )
)
def test_written_hours_read_back_the_same(hours: list[OpenHours]) -> None:
    tidy = tuple(sorted(hours))
    assert hours_of(hours_text(tidy)) == tidy
