"""Finding the service a clerk means, however it was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.forms import FieldKind
from desktop.domain.text import fold_for_search
from desktop.entities.services import FormField, Service
from desktop.queries import services
from desktop.queries.services import (
    ServiceHit,
    ServiceIndex,
    find_services,
    matching,
    service_catalogue,
    service_form,
)
from tests.queries.test_counter import statements
from tests.small_house import SmallHouse

FRONT = "Jelena Marić"


def hit(name: str, *synonyms: str, unit: str = "Land registry", used: int = 0):
    return ServiceHit(len(name), name, 1, unit, synonyms, "", used, used)


OFFERED = (
    hit("Title extract", "ownership proof", "encumbrances"),
    hit("Boundary correction", "parcel border"),
    hit("Građevinska dozvola", "building permit", unit="Permits"),
    hit("Birth certificate", "Geburtsurkunde", unit="Civil records"),
    hit("Šećer i Straße", unit="Odd ones"),
    hit("სამშენებლო ნებართვა", unit="Permits"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("extr", "Title extract"),
        ("TITLE EXTRACT", "Title extract"),
        ("extarct", "Title extract"),
        ("tittle", "Title extract"),
        ("ownership", "Title extract"),
        ("encumbrence", "Title extract"),
        ("gradevinska", "Građevinska dozvola"),
        ("building", "Građevinska dozvola"),
        ("secer", "Šećer i Straße"),
        ("strasse", "Šećer i Straße"),
        ("geburt", "Birth certificate"),
        ("civil", "Birth certificate"),
        ("civil cert", "Birth certificate"),
        ("birth registry", None),
        ("ნებართვა", "სამშენებლო ნებართვა"),
        ("nebartva", "სამშენებლო ნებართვა"),
        ("дозвола", "Građevinska dozvola"),
        ("грађевинска", "Građevinska dozvola"),
        ("шећер", "Šećer i Straße"),
        ("border", "Boundary correction"),
        ("xylophone", None),
    ],
)
def test_what_was_meant_is_found_first(typed, found):
    hits = matching(OFFERED, typed)
    assert (hits[0].name if hits else None) == found


def test_a_whole_word_outweighs_a_begun_one_and_a_name_outweighs_other_names():
    whole, begun = hit("Plan"), hit("Planning note")
    other = hit("Map", "plan")
    assert [one.name for one in matching((begun, other, whole), "plan")] == [
        "Plan",
        "Map",
        "Planning note",
    ]


def test_what_is_used_most_comes_first_among_those_that_fit_alike():
    """Own use first, then the unit's; what fits much better still stands before."""
    plain = hit("Extract of a deed")
    ours = replace(hit("Extract B"), used_by_unit=50)
    mine = hit("Extract A", used=2)
    inside = hit("Subextract", used=99)
    found = matching((inside, plain, ours, mine), "extr")
    assert [one.name for one in found] == [
        "Extract A",
        "Extract B",
        "Extract of a deed",
        "Subextract",
    ]


def test_what_a_form_asks_and_what_a_service_is_described_by_find_it():
    parcel = replace(hit("Boundary correction"), asks=("Cadastral parcel",))
    told = replace(hit("Birth certificate"), description="Also for passports")
    assert matching((parcel, told), "cadas") == (parcel,)
    assert matching((parcel, told), "passport") == (told,)


def test_two_thousand_services_are_searched_word_by_word_not_one_by_one(monkeypatch):
    """A search folds what was typed and compares each different word once."""
    index = ServiceIndex(
        hit(f"Service {number} of kind {number % 40}", "permit")
        for number in range(2_000)
    )
    folded = []

    def fold(text: str) -> str:
        folded.append(text)
        return fold_for_search(text)

    monkeypatch.setattr(services, "fold_for_search", fold)
    assert index.matching("1984")[0].name == "Service 1984 of kind 24"
    assert index.matching("permitt kind 7")
    assert folded == ["1984", "permitt kind 7"]
    assert len(index._words) < 2_100


def test_among_equals_the_more_used_comes_first_and_nothing_typed_shows_those():
    seldom, often = hit("Extract A", used=1), hit("Extract B", used=9)
    assert matching((seldom, often), "extract")[0] is often
    assert matching((seldom, often), "")[0] is often


@pytest.mark.parametrize("typed", ["%", "'; --", "(", "\\", "<b>", "   ", "\u202e"])
def test_hostile_words_find_nothing_or_everything_but_never_fail(typed):
    assert len(matching(OFFERED, typed)) in (0, len(OFFERED))


def test_a_book_pasted_into_the_search_is_not_read_to_its_end():
    assert matching(OFFERED, "extract " * 1_000_000)[0].name == "Title extract"


def test_uses_are_counted_for_the_person_and_for_the_unit(any_small_house):
    house = any_small_house
    for _ in range(3):
        house.raised()
    house.raised(service="Building permit")
    hits = {
        one.name: one
        for one in house.read(
            find_services,
            "",
            person_id=house.people[FRONT],
            front_unit_id=house.units["Central counter"],
            now=house.now,
        )
    }
    assert hits["Title extract"].used == hits["Title extract"].used_by_unit == 3
    assert hits["Building permit"].used == 1
    assert hits["Boundary correction"].used == 0
    assert list(hits) == ["Title extract", "Building permit", "Boundary correction"]


def test_a_colleagues_use_counts_for_the_unit_only(any_small_house):
    house = any_small_house
    house.raised()
    (first, *_rest) = house.read(
        find_services,
        "title",
        person_id=house.people["Ana Petrović"],
        front_unit_id=house.units["Central counter"],
        now=house.now,
    )
    assert (first.used, first.used_by_unit) == (0, 1)


def test_use_of_more_than_ninety_days_ago_is_forgotten(any_small_house):
    house = any_small_house
    house.raised()
    house.later(days=91)
    hits = house.read(
        find_services,
        "title",
        person_id=house.people[FRONT],
        front_unit_id=house.units["Central counter"],
        now=house.now,
    )
    assert hits[0].used == 0


def test_the_catalogue_takes_three_statements_however_much_is_offered(any_small_house):
    house = any_small_house
    sent = []
    for number in range(2):
        with statements(house) as seen:
            house.read(
                service_catalogue,
                person_id=house.people[FRONT],
                front_unit_id=house.units["Central counter"],
                now=house.now,
            )
        sent.append(len(seen))

        def more(work, number=number):
            work.session.add_all(
                Service(unit_id=house.units["Land registry"], name=f"S{number}.{n}")
                for n in range(50)
            )

        house.run(more)
        house.raised()
    assert sent == [3, 3]


def test_what_is_not_offered_any_more_is_not_found(any_small_house):
    house = any_small_house
    service_id = house.services["Title extract"]
    house.run(lambda work: setattr(work.get(Service, service_id), "is_active", False))
    hits = house.read(
        find_services,
        "title",
        person_id=None,
        front_unit_id=house.units["Central counter"],
        now=house.now,
    )
    assert hits == ()
    assert house.read(service_form, service_id) is None


def test_a_form_has_its_fields_in_order_with_what_they_need(any_small_house):
    house = any_small_house
    service_id = house.services["Title extract"]

    def need(work) -> None:
        work.session.add(
            FormField(
                service_id=service_id,
                position=0,
                code="purpose",
                label="Purpose",
                kind=FieldKind.TEXT,
                is_needed=True,
                hint="Why it is wanted",
            )
        )

    house.run(need)
    form = house.read(service_form, service_id)
    assert form is not None
    assert (form.name, form.unit) == ("Title extract", "Land registry")
    codes = [one.code for one in form.fields]
    assert codes == ["purpose", "parcel", "extent", "wanted_on", "fee_paid"]
    assert form.fields[0].is_needed
    assert form.fields[0].hint == "Why it is wanted"
    assert form.fields[2].choices == ("Short", "Full")


def test_a_small_house_has_no_service_of_that_number(small_house: SmallHouse):
    assert small_house.read(service_form, 4242) is None
