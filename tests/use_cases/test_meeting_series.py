"""Making a meeting series where there was none."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from desktop.domain.errors import Invalid, NotFound
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import Meeting, MeetingSeries, SeriesMember
from desktop.use_cases.meetings import NewSeries, create_series, plan_session
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agendas import HOSTILE, one


def wanted(house: SmallHouse) -> NewSeries:
    house.me("Marko Ivić")
    return NewSeries(
        name="Counter and registry",
        front_unit_id=house.units["Central counter"],
        back_unit_id=house.units["Land registry"],
        rhythm="two_weeks",
        starts_on=date(2026, 11, 17),
        at=time(9, 30),
        zone=ZONE.key,
        minutes=45,
        place=" Room 2 ",
        chair_id=house.people["Marko Ivić"],
        minute_taker_id=house.people["Jelena Marić"],
        member_ids=(house.people["Jelena Marić"], house.people["Dušan Kovač"]),
        key=uuid.UUID(int=7),
    )


def test_a_series_can_be_made_and_its_first_session_planned(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    assert house.run(create_series, wanted(house)) == made
    row = one(house, MeetingSeries, made)
    assert (row.name, row.place, row.minutes) == ("Counter and registry", "Room 2", 45)
    meeting = one(house, Meeting, house.run(plan_session, made))
    assert meeting.starts_at.astimezone(ZONE).isoformat() == "2026-11-17T09:30:00+01:00"


def test_who_made_a_series_stands_in_the_journal(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    entry = house.read(lambda s: s.scalars(select(JournalEntry)).one())
    assert (entry.kind, entry.actor_id) == (
        "series_created",
        house.people["Marko Ivić"],
    )
    assert entry.details == {"series": made, "name": "Counter and registry"}


def test_everybody_named_is_a_member_once_on_their_units_side(any_small_house):
    house = any_small_house
    house.run(create_series, wanted(house))
    order = select(SeriesMember).order_by(SeriesMember.position)
    rows = house.read(lambda session: list(session.scalars(order)))
    names = {identity: name for name, identity in house.people.items()}
    assert [(names[row.person_id], row.side) for row in rows] == [
        ("Marko Ivić", "back"),
        ("Jelena Marić", "front"),
        ("Dušan Kovač", "back"),
    ]


def test_a_hostile_name_is_only_a_name(any_small_house):
    house = any_small_house
    made = house.run(create_series, replace(wanted(house), name=HOSTILE))
    assert one(house, MeetingSeries, made).name.startswith("<b>Ä</b>")


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"front_unit_id": None}, "front_unit_id", "missing"),
        ({"back_unit_id": None}, "back_unit_id", "missing"),
        ({"zone": "Mars/Olympus"}, "zone", "not_a_choice"),
        ({"rhythm": "daily"}, "rhythm", "not_a_choice"),
        ({"starts_on": date(9999, 12, 31)}, "starts_on", "out_of_range"),
        ({"minutes": 4}, "minutes", "out_of_range"),
        ({"minutes": 481}, "minutes", "out_of_range"),
        ({"place": "x" * 201}, "place", "too_long"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(small_house, given, field, code):
    with pytest.raises(Invalid) as refused:
        small_house.run(create_series, replace(wanted(small_house), **given))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_unit_of_the_other_side_is_no_choice(small_house):
    back = small_house.units["Land registry"]
    with pytest.raises(Invalid) as refused:
        small_house.run(create_series, replace(wanted(small_house), front_unit_id=back))
    assert refused.value.field == "front_unit_id"


def test_a_name_is_given_once_whatever_its_case(any_small_house):
    house = any_small_house
    house.run(create_series, wanted(house))
    house.run(create_series, replace(wanted(house), name="Đačka", key=uuid.uuid4()))
    for name in ("COUNTER and registry", "đAČKA"):
        again = replace(wanted(house), name=name, key=uuid.uuid4())
        with pytest.raises(Invalid) as refused:
            house.run(create_series, again)
        assert (refused.value.field, refused.value.code) == ("name", "taken")


@pytest.mark.parametrize(
    "unknown", [{"member_ids": (999,)}, {"chair_id": 999}, {"minute_taker_id": 999}]
)
def test_an_unknown_member_is_refused_and_nothing_is_made(small_house, unknown):
    with pytest.raises(NotFound):
        small_house.run(create_series, replace(wanted(small_house), **unknown))
    made = small_house.read(lambda session: session.scalar(select(MeetingSeries.id)))
    assert made is None
