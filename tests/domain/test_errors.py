"""A refusal carries its code and what it is about, not words."""

import pytest

from desktop.domain.errors import Conflict, Invalid, NotFound, Refusal


def test_a_refusal_carries_its_code_and_details() -> None:
    refusal = NotFound("no_request", request=42)

    assert (refusal.code, refusal.details) == ("no_request", {"request": 42})
    assert str(refusal) == "no_request (request=42)"


def test_an_invalid_value_names_its_field() -> None:
    refusal = Invalid("target", "negative")

    assert (refusal.field, str(refusal)) == ("target", "target: negative")


def test_every_refusal_can_be_caught_as_one() -> None:
    with pytest.raises(Refusal):
        raise Conflict("changed", version=3)
