"""Addresses are told apart from what is none, and tries grow farther apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.mail import TRY_AGAIN, addresses, is_address, next_try

NOW = datetime(2026, 11, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["a@b.rs", "first.last+tag@sub.house.example", "o'neil@x-y.example", "a@b"]
)
def test_an_address_is_known(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@b.rs",
        "a@",
        "a@@b.rs",
        "a b@c.rs",
        "a@b..rs",
        ".a@b.rs",
        "a@-b.rs",
        "a@b.rs\r\nRCPT TO:<c@d.rs>",
        "Đorđe@house.example",
        "<a@b.rs>",
        "a" * 250 + "@b.rs",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert not is_address(text)


def test_typed_addresses_are_split_and_each_kept_once() -> None:
    good, bad = addresses("a@b.rs; A@B.RS, c@d.rs\n nobody  e@f.rs")
    assert good == ("a@b.rs", "c@d.rs", "e@f.rs")
    assert bad == ("nobody",)


@given(st.text())
def test_nothing_typed_is_lost_between_good_and_bad(typed: str) -> None:
    good, bad = addresses(typed)
    words = {
        one.casefold() for one in typed.replace(",", " ").replace(";", " ").split()
    }
    assert {one.casefold() for one in (*good, *bad)} == words
    assert all(is_address(one) for one in good)


def test_tries_grow_farther_apart_and_end() -> None:
    tries = range(1, len(TRY_AGAIN) + 1)
    waits = [at for one in tries if (at := next_try(one, NOW)) is not None]
    assert waits == sorted(waits)
    assert waits[0] == NOW + TRY_AGAIN[0]
    assert len(waits) == len(TRY_AGAIN)
    assert next_try(len(TRY_AGAIN) + 1, NOW) is None
