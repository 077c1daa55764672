"""What people raise for a session, and what becomes of it, on both databases."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.entities.outgoing import SessionNotice
from desktop.entities.sittings import RaisedItem
from desktop.queries.agenda import meeting_agenda
from desktop.queries.meetings import meeting_board
from desktop.queries.raised_items import raised_by, series_choices
from desktop.use_cases.meetings import (
    add_candidate,
    draft_agenda,
    plan_session,
    remove_item,
    restore_item,
)
from desktop.use_cases.raising_items import raise_again, raise_item, refuse, withdraw
from tests.queries.test_agenda import a_series
from tests.use_cases.agendas import HOSTILE, items, one


def a_house(house):
    """Return a series and its next session, with whoever raises at the desk."""
    house.at(12, 8).me("Marko Ivić")
    series = a_series(house)
    meeting = house.run(plan_session, series)
    house.me("Jelena Marić")
    return series, meeting


def proposed(house, meeting):
    found = house.read(meeting_agenda, meeting, house.now).candidates
    return next(one for one in found if one.rule in ("raised", "parked"))


def notices(house, name: str) -> list[str]:
    wanted = select(SessionNotice.kind).where(
        SessionNotice.person_id == house.people[name]
    )
    rows = house.read(lambda s: list(s.scalars(wanted.order_by(SessionNotice.id))))
    return [kind for kind in rows if kind.startswith("raised")]


def test_what_a_clerk_raises_is_proposed_and_placed_with_its_notes(any_small_house):
    house = any_small_house
    series, meeting = a_house(house)
    request = house.raised("sketch")
    key = uuid.uuid4()
    for _ in range(2):
        house.run(
            raise_item,
            series,
            "The fee table",
            notes="Old on paper",
            minutes=4,
            outcome="inform",
            request_id=request,
            key=key,
        )
    candidate = proposed(house, meeting)
    assert (candidate.label, candidate.minutes) == ("The fee table", 4)
    assert candidate.request_ids == (request,)
    assert notices(house, "Marko Ivić") == ["raised_item"]
    house.me("Marko Ivić")
    item = house.run(add_candidate, meeting, candidate)
    board = house.read(meeting_board, meeting, house.now)
    shown = next(row for row in board.items if row.id == item)
    assert (shown.notes, shown.leader_id) == (
        "Old on paper",
        house.people["Jelena Marić"],
    )
    assert shown.running.source == "member"
    (row,) = board.paper.raised
    assert (row.by, row.reference) == (
        "Jelena Marić",
        house.read(lambda s: s.get_one(_request(), request).reference),
    )
    assert notices(house, "Jelena Marić") == ["raised_placed"]
    (mine,) = house.read(raised_by, house.people["Jelena Marić"])
    assert (mine.state, mine.session) == ("placed", 1)


def _request():
    from desktop.entities.requests import Request

    return Request


def test_a_draft_takes_everything_raised(any_small_house):
    house = any_small_house
    series, meeting = a_house(house)
    raised = house.run(raise_item, series, HOSTILE)
    house.me("Marko Ivić")
    agenda = house.read(meeting_agenda, meeting, house.now)
    house.run(draft_agenda, meeting, agenda.drafted, agenda.candidates)
    assert one(house, RaisedItem, raised).state == "placed"


def test_taken_off_it_waits_for_the_session_after_and_comes_back(any_small_house):
    house = any_small_house
    series, meeting = a_house(house)
    raised = house.run(raise_item, series, "The fee table")
    house.me("Marko Ivić")
    item = house.run(add_candidate, meeting, proposed(house, meeting))
    house.run(remove_item, item)
    assert one(house, RaisedItem, raised).state == "waiting"
    house.run(restore_item, item)
    assert one(house, RaisedItem, raised).agenda_item_id == item
    assert notices(house, "Jelena Marić") == [
        "raised_placed",
        "raised_taken_off",
        "raised_placed",
    ]


def test_an_item_cannot_come_back_once_another_agenda_has_what_it_was_made_of(
    small_house,
):
    series, meeting = a_house(small_house)
    raised = small_house.run(raise_item, series, "The fee table")
    small_house.me("Marko Ivić")
    item = small_house.run(add_candidate, meeting, proposed(small_house, meeting))
    small_house.run(remove_item, item)
    small_house.me("Jelena Marić").run(withdraw, raised)
    small_house.me("Marko Ivić")
    with pytest.raises(Transition, match="item_not_waiting"):
        small_house.run(restore_item, item)
    assert list(items(small_house, meeting)) == []


def test_a_refusal_needs_a_reason_and_is_told(any_small_house):
    house = any_small_house
    series, meeting = a_house(house)
    raised = house.run(raise_item, series, "The fee table")
    with pytest.raises(Forbidden, match="not_yours_to_refuse"):
        house.run(refuse, raised, "No")
    house.me("Marko Ivić")
    with pytest.raises(Invalid, match="missing"):
        house.run(refuse, raised, "  ")
    house.run(refuse, raised, "It hangs at the counter")
    (mine,) = house.read(raised_by, house.people["Jelena Marić"])
    assert (mine.state, mine.why) == ("refused", "It hangs at the counter")
    assert notices(house, "Jelena Marić") == ["raised_refused"]
    found = house.read(meeting_agenda, meeting, house.now).candidates
    assert "raised" not in {one.rule for one in found}
    house.run(raise_again, raised)
    assert proposed(house, meeting).source_id == raised


def test_only_who_raised_it_takes_it_back_and_only_while_it_waits(any_small_house):
    house = any_small_house
    series, meeting = a_house(house)
    raised = house.run(raise_item, series, "The fee table")
    house.me("Marko Ivić")
    with pytest.raises(Forbidden, match="not_your_item"):
        house.run(withdraw, raised)
    with pytest.raises(Conflict):
        house.run(refuse, raised, "No", expected_version=9)
    house.run(add_candidate, meeting, proposed(house, meeting))
    house.me("Jelena Marić")
    with pytest.raises(Transition, match="item_not_waiting"):
        house.run(withdraw, raised)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"notes": "x" * 100_001}, "notes"),
        ({"minutes": 0}, "minutes"),
        ({"outcome": "talk"}, "outcome"),
    ],
)
def test_what_cannot_be_raised_is_refused_at_its_field(small_house, values, field):
    series, _meeting = a_house(small_house)
    title = values.pop("title", "Fees")
    with pytest.raises(Invalid) as refused:
        small_house.run(raise_item, series, title, **values)
    assert refused.value.field == field


def test_the_series_of_the_requests_units_comes_first(small_house):
    house = small_house
    series, _meeting = a_house(house)
    request = house.raised("sketch")
    me = house.people["Jelena Marić"]
    (fits,) = house.read(series_choices, me, house.now, request_id=request)
    assert (fits.id, fits.fits) == (series, True)
    assert fits.next_at is not None
    vesna = house.people["Vesna Stojanović"]
    (other,) = house.read(series_choices, vesna, house.now)
    assert not other.fits
