"""Finding requests by reference and by words."""

from __future__ import annotations

import pytest

from desktop.queries.search import find_requests, latest_requests


def found(house, words: str, **more) -> list[str]:
    return [row.subject for row in house.read(find_requests, words, **more)]


def test_a_reference_is_found_in_any_case_and_comes_first(any_small_house):
    house = any_small_house
    house.raised("Parcel 1184/2")
    house.raised("A copy of LR-0001 please")

    assert found(house, "lr-0001") == ["Parcel 1184/2", "A copy of LR-0001 please"]


@pytest.mark.parametrize("said", ["lr-1", "LR 1", "lr1", "lr.01", "Lr 00001"])
def test_a_reference_is_found_as_it_is_said(any_small_house, said):
    any_small_house.raised("Parcel 7")
    any_small_house.raised("Parcel 8", service="Building permit")
    assert found(any_small_house, said) == ["Parcel 7"]


def test_a_bare_number_is_one_of_any_unit_and_comes_before_words(any_small_house):
    any_small_house.raised("House 1")
    any_small_house.raised("House 2")
    any_small_house.raised("Permit", service="Building permit")
    assert sorted(found(any_small_house, "1")[:2]) == ["House 1", "Permit"]
    assert found(any_small_house, "2")[0] == "House 2"


def test_a_reference_begun_finds_all_that_go_on_so(any_small_house):
    house = any_small_house
    for n in range(3):
        house.raised(f"Parcel {n}")
    house.raised("Another house", service="Building permit")

    assert found(house, "LR-000") == ["Parcel 2", "Parcel 1", "Parcel 0"]
    assert found(house, "BP") == ["Another house"]


def test_words_are_found_without_case_accents_or_order_newest_first(any_small_house):
    house = any_small_house
    house.raised("Izvod za Đorđa Petrovića")
    house.raised("Petrović, garage 4b")

    assert found(house, "petrovic") == [
        "Petrović, garage 4b",
        "Izvod za Đorđa Petrovića",
    ]
    assert found(house, "petrovica djordja") == ["Izvod za Đorđa Petrovića"]
    assert found(house, "petrovic djordja") == ["Izvod za Đorđa Petrovića"]
    assert found(house, "petrovica jorda") == []
    assert found(house, "PETROVICA dord") == ["Izvod za Đorđa Petrovića"]


def test_answers_of_the_form_and_customers_are_found(small_house):
    small_house.raised("Extract", form={"parcel": "1184/2"}, customer="Goran Babić")

    assert found(small_house, "1184") == ["Extract"]
    assert found(small_house, "goran") == ["Extract"]


@pytest.mark.parametrize("typed", ["", "   ", "-", "'", '"*', "%", "()", "💥"])
def test_what_holds_no_word_finds_nothing(any_small_house, typed):
    any_small_house.raised()

    assert found(any_small_house, typed) == []


@pytest.mark.parametrize(
    "typed", ["parcel OR", 'parcel" NOT "x', "parcel:*", "parcel)"]
)
def test_what_is_typed_is_never_a_query_language(any_small_house, typed):
    any_small_house.raised("Parcel")

    assert isinstance(found(any_small_house, typed), list)


def test_no_more_than_asked_for_comes(small_house):
    for n in range(6):
        small_house.raised(f"Parcel {n}")

    assert found(small_house, "parcel", limit=2) == ["Parcel 5", "Parcel 4"]
    assert found(small_house, "x" * 5000) == []


def test_before_anything_is_asked_the_latest_are_listed(small_house):
    for n in range(3):
        small_house.later(minutes=1).raised(f"Parcel {n}")

    rows = small_house.read(latest_requests, 2)

    assert [row.subject for row in rows] == ["Parcel 2", "Parcel 1"]
