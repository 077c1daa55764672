"""Requests of the last days like the one being written."""

from __future__ import annotations

import pytest

from desktop.queries.alike import AlikeRequest, Sought, alike_requests
from desktop.use_cases.requests import cancel
from tests.queries.test_counter import statements
from tests.small_house import SmallHouse


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give a house in which three were raised, one of them three weeks ago."""
    house = any_small_house
    house.raised("Old one", customer="Goran Tadić", contact="064 555 208")
    house.later(days=21)
    house.raised(
        "Parcel 1184/2",
        customer="Goran Tadić",
        contact="064/555-208",
        form={"parcel": "1184/2"},
    )
    house.raised(
        "Shed",
        service="Building permit",
        customer="Ana Babić",
        contact="ana@lipovac.rs",
    )
    return house.later(hours=1)


def alike(house: SmallHouse, service: str = "Title extract", **typed: str):
    sought = Sought(house.services[service], **typed)
    return house.read(alike_requests, sought, now=house.now)


def subjects(found: tuple[AlikeRequest, ...]) -> list[str]:
    return [one.subject for one in found]


@pytest.mark.parametrize(
    "typed",
    [
        {"customer": "goran tadic"},
        {"customer": "Tadić  Goran"},
        {"customer": "Gorna Tadic"},
        {"contact": "064 555 208"},
        {"words": "1184/2"},
    ],
)
def test_the_same_customer_contact_or_words_are_found(house, typed):
    assert subjects(alike(house, **typed)) == ["Parcel 1184/2"]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"customer": "Goran Petrović"},
        {"customer": "Gor"},
        {"contact": "064"},
        {"words": "1184/3"},
        {"customer": "'; DROP TABLE request; -- \ud800\u202e"},
        {"customer": '%_*"( AND NOT'},
    ],
)
def test_what_is_not_alike_is_not_shown(house, typed):
    assert alike(house, **typed) == ()


def test_words_count_in_the_same_service_only_and_a_customer_in_all(house):
    assert alike(house, "Building permit", words="1184/2") == ()
    (one,) = alike(house, "Building permit", customer="Goran Tadic")
    assert (one.is_same_service, one.is_same_customer) == (False, True)


def test_the_most_alike_comes_first_and_what_was_withdrawn_is_none(house):
    again = house.raised("Again", customer="Goran Tadic", contact="else 12345")
    found = alike(house, customer="Goran Tadić", contact="064555208", words="1184/2")
    assert subjects(found) == ["Parcel 1184/2", "Again"]
    house.me("Jelena Marić").run(cancel, again, "Twice")
    assert subjects(alike(house, customer="Goran Tadić")) == ["Parcel 1184/2"]


def test_it_takes_five_statements_at_most_however_many_there_are(house):
    sent = []
    for _ in range(2):
        with statements(house) as seen:
            alike(house, customer="Goran Tadić", contact="064555208", words="1184/2")
        sent.append(len(seen))
        for number in range(20):
            house.raised(f"Parcel {number}", customer="Goran Tadić")
    assert sent == [5, 5]


def test_ten_megabytes_typed_are_not_read_to_their_end(house):
    book = "Goran Tadić " * 800_000
    assert alike(house, customer=book, contact=book, words=book) is not None
