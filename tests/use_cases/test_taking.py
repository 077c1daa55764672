"""Taking the next request: the one due first that nobody has, each another."""

from __future__ import annotations

import threading

import pytest

from desktop.domain.errors import Transition
from desktop.domain.requests import PendingReason
from desktop.use_cases.requests import hold, take
from desktop.use_cases.taking import take_next

AGENT, COLLEAGUE = "Dušan Kovač", "Ana Petrović"


def test_the_one_due_first_that_nobody_has_is_taken(any_small_house):
    house = any_small_house
    late = house.later(hours=3).raised("later")
    house.later(hours=-2)
    first = house.raised("first")
    held = house.later(minutes=-30).raised("held")
    house.me(COLLEAGUE).run(hold, held, PendingReason.CUSTOMER)
    house.later(hours=3)
    assert house.me(AGENT).run(take_next).id == first
    assert house.run(take_next).id == late
    with pytest.raises(Transition):
        house.run(take_next)


def test_two_who_ask_at_once_get_different_ones(any_small_house):
    house = any_small_house
    wanted = {house.raised(str(number)) for number in range(4)}
    house.me(AGENT)
    got: list[int] = []

    def ask() -> None:
        for _ in range(2):
            got.append(house.run(take_next).id)

    both = [threading.Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(got) == sorted(wanted)


def test_what_a_colleague_has_is_passed_over(small_house):
    first = small_house.raised()
    second = small_house.raised()
    small_house.me(COLLEAGUE).run(take, first)
    assert small_house.me(AGENT).run(take_next).id == second
