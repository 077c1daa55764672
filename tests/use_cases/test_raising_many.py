"""The same request for several customers, copies and templates."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.forms import FieldKind
from desktop.domain.requests import RequestState
from desktop.entities.attachments import Attachment
from desktop.entities.requests import Request
from desktop.queries.services import matching
from desktop.queries.starting import start_from, start_like, templates_offered
from desktop.use_cases.attachments import NewFile
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.raising_many import (
    customers_of,
    raise_for_customers,
    take_back,
)
from desktop.use_cases.requests import take
from desktop.use_cases.templates import TemplateDraft, delete_template, save_template
from desktop.use_cases.wordings import Sharing
from tests.small_house import SmallHouse
from tests.use_cases.test_catalogue import details, save

FRONT = "Jelena Marić"
KEY = uuid.UUID(int=7)
LIST = "Goran Tadić\t064 555\n\n  Ana  Babić ; ana@example.org\nMilan Ilić\n"


def draft(house: SmallHouse, **more: object) -> NewRequest:
    made = NewRequest(
        house.services["Title extract"], "", form={"parcel": "1184/2"}, key=KEY
    )
    return replace(made, **more)


def rows(house: SmallHouse) -> list[Request]:
    wanted = select(Request).order_by(Request.id)
    return list(house.read(lambda session: session.scalars(wanted).all()))


# ------------------------------------------------------------ several customers


def test_a_pasted_list_is_read_a_customer_a_line():
    found = customers_of(LIST, KEY)
    assert [(one.name, one.contact) for one in found] == [
        ("Goran Tadić", "064 555"),
        ("Ana Babić", "ana@example.org"),
        ("Milan Ilić", ""),
    ]
    assert customers_of(LIST, KEY) == found
    assert len({one.key for one in customers_of("A\nA\nA", KEY)}) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 201, "line_too_long"), ("\n".join("a" * 101), "too_many_customers")],
)
def test_a_list_nobody_can_mean_is_refused(text, code):
    with pytest.raises(Invalid) as caught:
        customers_of(text, KEY)
    assert (caught.value.field, caught.value.code) == ("customers", code)


def test_each_customer_gets_a_request_of_their_own_and_a_retry_makes_no_more(
    any_small_house,
):
    house = any_small_house.me(FRONT)
    file = NewFile("plan.txt", b"a plan")
    customers = customers_of(LIST, KEY)
    once = draft(house, contact="at the desk", files=(file,))
    made = house.run(raise_for_customers, once, customers)
    assert house.run(raise_for_customers, once, customers) == made
    assert [(one.customer, one.contact) for one in rows(house)] == [
        ("Goran Tadić", "064 555"),
        ("Ana Babić", "ana@example.org"),
        ("Milan Ilić", "at the desk"),
    ]
    count = select(func.count()).select_from(Attachment)
    assert house.read(lambda session: session.scalar(count)) == 3


def test_one_that_is_refused_raises_none(any_small_house):
    house = any_small_house.me(FRONT)
    with pytest.raises(Invalid):
        house.run(
            raise_for_customers,
            draft(house, form={"extent": "Half"}),
            customers_of(LIST, KEY),
        )
    with pytest.raises(Invalid):
        house.run(raise_for_customers, draft(house), ())
    assert rows(house) == []


def test_taking_back_cancels_what_nobody_touched_and_leaves_the_rest(any_small_house):
    house = any_small_house.me(FRONT)
    made = house.run(raise_for_customers, draft(house), customers_of(LIST, KEY))
    ids = [one.id for one in made]
    house.me("Dušan Kovač").run(take, ids[1])
    back = house.me(FRONT).run(take_back, ids, "Sent by mistake")
    assert (back.cancelled, back.left) == ((ids[0], ids[2]), (ids[1],))
    assert [one.state for one in rows(house)] == [
        RequestState.CANCELLED,
        RequestState.ACTIVE,
        RequestState.CANCELLED,
    ]
    with pytest.raises(Forbidden):
        house.me("Petar Ilić").run(take_back, ids[1:2], "Not mine")


# ------------------------------------------------------------ files


def test_a_file_answers_the_question_it_was_attached_to(any_small_house):
    house = any_small_house
    fields = details(house).draft.fields
    deed = replace(
        fields[0], code="", label="Deed", kind=FieldKind.FILE, is_needed=True
    )
    save(house, fields=(*fields, deed))
    house.me(FRONT)
    with pytest.raises(Invalid) as caught:
        house.run(raise_request, draft(house, form={"deed": ["made up.pdf"]}))
    assert (caught.value.field, caught.value.code) == ("deed", "missing")
    file = NewFile("../../deed.pdf::$DATA", b"%PDF-1.4", "deed")
    made = house.run(raise_request, draft(house, form={}, files=(file,)))
    (row,) = rows(house)
    assert row.form == {"deed": ["deed.pdf"]}
    kept = house.read(lambda session: session.scalars(select(Attachment)).one())
    assert (kept.request_id, kept.field, kept.name) == (made.id, "deed", "deed.pdf")
    with pytest.raises(Invalid):
        house.run(
            raise_request,
            draft(
                house,
                files=(replace(file, source=b"", key=uuid.uuid4()),),
                key=uuid.uuid4(),
            ),
        )
    assert len(rows(house)) == 1


# ------------------------------------------------------------ copies and templates


def test_a_copy_starts_with_what_still_fits_todays_form(any_small_house):
    house = any_small_house.me(FRONT)
    raised = house.raised(
        customer="Goran",
        body="Twice",
        form={"parcel": "1184/2", "extent": "Full", "fee_paid": True},
        priority=2,
        urgency_reason="Court",
    )
    parcel, extent, *_rest = details(house).draft.fields
    save(house, fields=(parcel, replace(extent, choices=("Short", "Long"))))
    start = house.read(start_like, raised)
    assert start.answers == {"parcel": "1184/2"}
    assert (start.customer, start.body, start.left_out) == ("Goran", "Twice", 2)
    assert (start.is_urgent, start.urgency_reason) == (True, "Court")
    save(house, is_active=False)
    assert house.read(start_like, raised).service_id is None


def test_a_template_is_found_like_a_service_by_those_it_is_for(any_small_house):
    house = any_small_house.me(FRONT)
    service = house.services["Title extract"]

    def make(name: str, sharing: Sharing) -> int:
        answers = {"parcel": "1", "gone": "x", "_body": "As usual"}
        draft = TemplateDraft(name, service, answers, sharing=sharing)
        return house.run(save_template, draft)

    mine, ours = make("Bank extract", Sharing.MINE), make("Ours", Sharing.UNIT)
    assert make("Bank extract", Sharing.MINE) == mine
    with pytest.raises(Forbidden):
        make("All", Sharing.HOUSE)
    house.me("Marko Ivić")
    everybodys = make("Everybody's", Sharing.HOUSE)

    def offered(name: str) -> list[int | None]:
        who = house.actor(name)
        hits = house.read(
            templates_offered, person_id=who.person_id, unit_id=who.unit_id
        )
        return [one.template_id for one in hits]

    assert offered(FRONT) == [mine, everybodys, ours]
    assert offered("Petar Ilić") == [everybodys]
    who = house.actor(FRONT)
    hits = house.read(templates_offered, person_id=who.person_id, unit_id=None)
    assert matching(hits, "bank")[0].template_id == mine
    assert matching(hits, "title bank")[0].template_id == mine
    start = house.read(start_from, mine)
    assert (start.answers, start.body, start.left_out) == (
        {"parcel": "1"},
        "As usual",
        1,
    )
    with pytest.raises(Forbidden):
        house.me("Petar Ilić").run(delete_template, mine)
    kept = house.me(FRONT).run(delete_template, mine)
    again = house.run(save_template, kept)
    assert house.read(start_from, again).answers == {"parcel": "1"}
