"""Writing services: refused where it is wrong, and old requests keep their words."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.domain.forms import FieldKind, FieldSpec, Rules, ShownIf
from desktop.domain.service_drafts import CheckSpec, ServiceDraft
from desktop.entities.agreements import Agreement
from desktop.entities.checklists import ServiceCheck
from desktop.entities.journal import JournalEntry
from desktop.queries.catalogue import catalogue_rows, offering_units, service_details
from desktop.queries.request_details import request_details
from desktop.queries.search import find_requests
from desktop.queries.services import service_form
from desktop.store.search import index_words, indexed_words
from desktop.store.verification import verify
from desktop.use_cases.catalogue import ServiceSaved, create_service, save_service
from tests.small_house import SmallHouse

WRITER = "Marko Ivić"
COURT = FieldSpec(
    "+1",
    "For which court",
    FieldKind.TEXT,
    True,
    rules=Rules(ShownIf("extent", ("Full",)), longest=40),
)


def details(house: SmallHouse, service: str = "Title extract"):
    return house.read(service_details, house.services[service])


def save(house: SmallHouse, service: str = "Title extract", **new) -> ServiceSaved:
    known = details(house, service)
    return house.me(WRITER).run(
        save_service,
        known.service_id,
        replace(known.draft, **new),
        expected_version=known.lock,
    )


def asked(house: SmallHouse, request_id: int) -> list[tuple[str, FieldKind, object]]:
    found = house.read(request_details, request_id, reader_unit_id=None, now=house.now)
    return [(one.label, one.kind, one.answer) for one in found.form]


def told(house: SmallHouse, kind: str) -> list[dict]:
    wanted = select(JournalEntry.details).where(JournalEntry.kind == kind)
    return list(house.read(lambda session: session.scalars(wanted).all()))


def test_requests_of_a_renamed_service_are_found_by_its_name_today(any_small_house):
    house = any_small_house
    house.raised("Parcel 7", customer="Goran Babić")
    house.raised("Parcel 8", service="Building permit")

    def found(words: str) -> list[str]:
        return [row.subject for row in house.read(find_requests, words)]

    assert found("title") == found('"title extract" goran') == ["Parcel 7"]
    save(house, name="Извод из катастра 27b")
    assert found("title") == found('"title extract"') == []
    for words in ("katastra", "изв babic", "27b", '"iz katastra"', "-building"):
        assert found(words) == ["Parcel 7"]
    assert house.read(verify).difference_count == 0


def test_entries_that_still_have_the_name_of_their_service_are_in_line(small_house):
    request_id = small_house.raised("Parcel 7", customer="Goran")

    def entry(name: str) -> str:
        found = small_house.read(indexed_words, request_id, request_id)[request_id]
        parts = found.split(" § ")
        assert parts[2] == "parcel 7"
        return " § ".join([*parts[:3], name, *parts[3:]])

    for name, differences in (("title extract", 0), ("title § x § y § z", 1)):
        words = entry(name)
        small_house.run(
            lambda work, words=words: index_words(work.session, [(request_id, words)])
        )
        assert small_house.read(verify).difference_count == differences


def test_a_service_is_made_once_with_its_form_and_checklist(any_small_house):
    house = any_small_house.me(WRITER)
    draft = ServiceDraft(
        name="  Copy of\ta deed ",
        unit_id=house.units["Land registry"],
        synonyms=("deed", " deed ", ""),
        told_price="12 EUR",
        fields=(
            FieldSpec("", "Deed number", FieldKind.TEXT, True),
            FieldSpec("+a", "Sworn", FieldKind.YES_NO),
            FieldSpec(
                "",
                "Fee",
                FieldKind.AMOUNT,
                rules=Rules(ShownIf("+a", (True,)), most=Decimal("99.50")),
            ),
        ),
        checks=(CheckSpec("Seal it", True), CheckSpec(" Ring\tback ")),
    )
    key = uuid.uuid4()
    made = house.run(create_service, draft, key=key)
    assert house.run(create_service, draft, key=key).service_id == made.service_id
    kept = house.read(service_details, made.service_id).draft
    assert (kept.name, kept.synonyms) == ("Copy of a deed", ("deed",))
    assert [one.code for one in kept.fields] == ["deed_number", "sworn", "fee"]
    assert kept.fields[2].rules.shown_if == ShownIf("sworn", (True,))
    assert [(one.text, one.is_needed) for one in kept.checks] == [
        ("Seal it", True),
        ("Ring back", False),
    ]
    assert house.read(service_form, made.service_id).told_price == "12 EUR"
    assert told(house, "service_added") == [
        {"service": made.service_id, "name": "Copy of a deed"}
    ]


def test_a_change_is_journalled_and_saving_what_was_before_undoes_it(any_small_house):
    house = any_small_house
    before = details(house)
    saved = save(house, name="Extract", fields=(*before.draft.fields, COURT))
    assert saved.version == before.lock + 1
    assert details(house).draft.fields[-1].code == "for_which_court"
    (entry,) = told(house, "service_changed")
    assert sorted(entry["changes"]) == ["fields", "name"]
    house.run(
        save_service, saved.service_id, saved.before, expected_version=saved.version
    )
    assert details(house).draft == before.draft


def test_saving_nothing_new_is_no_new_version(any_small_house):
    house = any_small_house
    lock = details(house).lock
    assert save(house).version == lock
    assert told(house, "service_changed") == []


def test_who_saves_second_is_told_so(any_small_house):
    house = any_small_house
    known = details(house)
    save(house, told_how="By post")
    with pytest.raises(Conflict):
        house.run(
            save_service,
            known.service_id,
            replace(known.draft, name="Mine"),
            expected_version=known.lock,
        )


def test_a_clerk_writes_no_services(any_small_house):
    house = any_small_house
    known = details(house)
    with pytest.raises(Forbidden):
        house.me("Jelena Marić").run(
            save_service, known.service_id, known.draft, expected_version=known.lock
        )


@pytest.mark.parametrize(
    ("new", "place", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "Boundary correction"}, "name", "taken"),
        ({"unit_id": 4242}, "unit_id", "not_a_choice"),
        ({"told_price": "x" * 81}, "told_price", "too_long"),
        (
            {
                "fields": (
                    FieldSpec("", "Court", FieldKind.TEXT),
                    FieldSpec("", "CÓURT", FieldKind.DATE),
                )
            },
            "fields[1].label",
            "label_twice",
        ),
        (
            {"fields": (FieldSpec("", "Kind", FieldKind.CHOICE),)},
            "fields[0].choices",
            "no_choices",
        ),
        ({"checks": (CheckSpec("A"), CheckSpec("\t"))}, "checks[1]", "missing"),
    ],
)
def test_what_is_wrong_is_refused_at_its_place(any_small_house, new, place, code):
    house = any_small_house
    before = details(house)
    with pytest.raises(Invalid) as caught:
        save(house, **new)
    assert (caught.value.field, caught.value.code) == (place, code)
    assert details(house) == before


def test_a_service_agreed_on_stays_with_its_unit(any_small_house):
    house = any_small_house

    def agree(work) -> None:
        agreement = work.session.scalars(select(Agreement)).first()
        agreement.service_id = house.services["Title extract"]

    house.run(agree)
    with pytest.raises(Invalid) as caught:
        save(house, unit_id=house.units["Building permits"])
    assert caught.value.code == "service_is_agreed_on"


def test_an_old_request_keeps_the_question_it_was_asked(any_small_house):
    house = any_small_house
    raised = house.raised(form={"parcel": "1184/2", "fee_paid": True})
    parcel, extent, *_others = details(house).draft.fields
    reworded = replace(parcel, label="Cadastral number", kind=FieldKind.LONG_TEXT)
    house.later(minutes=1)
    save(house, fields=(extent, reworded))
    assert asked(house, raised) == [
        ("Parcel number", FieldKind.TEXT, "1184/2"),
        ("Fee paid", FieldKind.YES_NO, True),
    ]
    anew = house.later(minutes=1).raised(form={"parcel": "7"})
    assert asked(house, anew) == [("Cadastral number", FieldKind.LONG_TEXT, "7")]
    with pytest.raises(Invalid) as caught:
        house.raised(form={"fee_paid": True})
    assert (caught.value.field, caught.value.code) == ("fee_paid", "unknown")
    # A new question called the same is another one: old answers do not move to it.
    save(house, fields=(FieldSpec("", "Fee paid", FieldKind.TEXT),))
    assert details(house).draft.fields[0].code == "fee_paid_2"
    assert ("Fee paid", FieldKind.YES_NO, True) in asked(house, raised)


def test_a_line_taken_out_of_the_checklist_is_kept_for_the_requests_it_was_on(
    any_small_house,
):
    house = any_small_house
    save(house, checks=(CheckSpec("Seal it", True), CheckSpec("Ring back")))
    _seal, ring = details(house).draft.checks
    save(house, checks=(replace(ring, text="Ring the customer"),))
    rows = house.read(
        lambda session: session.execute(
            select(ServiceCheck.text, ServiceCheck.is_active).order_by(ServiceCheck.id)
        ).all()
    )
    assert [tuple(one) for one in rows] == [
        ("Seal it", False),
        ("Ring the customer", True),
    ]


def test_the_list_names_every_service_with_its_unit_and_use(any_small_house):
    house = any_small_house
    house.raised()
    save(house, "Building permit", is_active=False)
    rows = house.read(catalogue_rows, now=house.now)
    assert [(r.unit, r.name, r.is_active, r.questions, r.used) for r in rows] == [
        ("Building permits", "Building permit", False, 0, 0),
        ("Land registry", "Boundary correction", True, 0, 0),
        ("Land registry", "Title extract", True, 4, 1),
    ]
    names = [one.name for one in house.read(offering_units)]
    assert names == ["Building permits", "Land registry"]
