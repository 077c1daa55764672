"""Canned texts: places are filled once, and what is not known stays to be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.wordings import Place, fill, unknown_places


def test_places_are_filled_and_what_is_not_known_stays():
    filled = fill(
        "Dear {customer}, {reference} is ready. {due} {nobody}",
        {Place.CUSTOMER: "Ana", Place.REFERENCE: "LR-0001"},
    )
    assert filled.text == "Dear Ana, LR-0001 is ready. {due} {nobody}"
    assert filled.left == ("{due}", "{nobody}")
    assert unknown_places("{customer} {costumer} {x!r}") == ("{costumer}",)


@given(st.text(), st.text(min_size=1))
def test_what_is_filled_in_is_never_filled_again(words, customer):
    filled = fill("<{customer}>", {Place.CUSTOMER: customer, Place.ME: "me"})
    assert filled.text == f"<{customer}>"
    assert fill(words.replace("{", ""), {}).text == words.replace("{", "")
