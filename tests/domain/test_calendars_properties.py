"""The calendar and the clock keep their laws on random calendars."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ServiceClock
from tests.domain.clock_properties import CALENDAR_CHECKS, CLOCK_CHECKS

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("check", CALENDAR_CHECKS, ids=lambda check: check.__name__)
def test_the_calendar_keeps_its_law(check: Callable[..., None]) -> None:
    @settings(max_examples=50, suppress_health_check=SLOW)
    @given(st.data())
    def law(data: Any) -> None:
        check(data, ServiceCalendar)

    law()


@pytest.mark.parametrize("check", CLOCK_CHECKS, ids=lambda check: check.__name__)
def test_the_clock_keeps_its_law(check: Callable[..., None]) -> None:
    @settings(max_examples=50, suppress_health_check=SLOW)
    @given(st.data())
    def law(data: Any) -> None:
        check(data, ServiceClock)

    law()
