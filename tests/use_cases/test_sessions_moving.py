"""Moving and cancelling sessions: who hears of it, what is kept, what is taken back."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.entities.meetings import AgendaItem, Meeting
from desktop.entities.outgoing import SessionNotice
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.use_cases.meeting_series import create_series
from desktop.use_cases.meetings import (
    add_topic,
    close_session,
    draft_agenda,
    publish_agenda,
)
from desktop.use_cases.sessions_moving import (
    SessionTime,
    cancel_session,
    move_session,
    restore_session,
    take_back_move,
)
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agendas import candidate, items, journal, one
from tests.use_cases.series import days, sessions, told, wanted

THURSDAY = SessionTime(date(2026, 11, 19), time(14), 60, "Town hall", "https://x.org")


def series_of(house: SmallHouse) -> tuple[int, list[int]]:
    made = house.run(create_series, wanted(house))
    return made, [row.id for row in sessions(house, made)]


def kinds(house: SmallHouse) -> list[tuple[str, str]]:
    ours = ("session_moved", "session_cancelled")
    return [one[:2] for one in told(house) if one[1] in ours]


MEMBERS = ["Jelena Marić", "Dušan Kovač"]


def test_a_moved_session_keeps_its_agenda_and_tells_its_members(any_small_house):
    house = any_small_house
    _made, (first, *_more) = series_of(house)
    house.run(draft_agenda, first, [candidate("broken")])
    house.run(publish_agenda, first)
    before = items(house, first)
    assert house.run(move_session, first, THURSDAY)
    row = one(house, Meeting, first)
    local = row.starts_at.astimezone(ZONE)
    assert (local.date(), local.time()) == (THURSDAY.day, THURSDAY.at)
    assert (row.place, row.link, row.minutes) == ("Town hall", "https://x.org", 60)
    assert (row.sequence, row.state, row.agenda_version) == (1, "published", 1)
    assert row.occurrence_at.astimezone(ZONE).day == 17
    assert items(house, first) == before
    assert kinds(house) == [(name, "session_moved") for name in MEMBERS]
    assert journal(house, first)[-1] == "meeting_moved"


def test_what_changes_nothing_tells_nobody(small_house):
    house = small_house
    _made, (first, *_more) = series_of(house)
    same = SessionTime(date(2026, 11, 17), time(9, 30), 45, "Room 2")
    assert not house.run(move_session, first, same)
    assert (one(house, Meeting, first).sequence, kinds(house)) == (0, [])


def test_a_move_is_taken_back_and_only_who_read_of_it_is_told(any_small_house):
    house = any_small_house
    made, (first, *_more) = series_of(house)
    house.run(move_session, first, THURSDAY)

    def read(work) -> None:
        wanted = select(SessionNotice).where(
            SessionNotice.person_id == house.people["Dušan Kovač"],
            SessionNotice.kind == "session_moved",
        )
        work.session.scalars(wanted).one().read_at = work.now

    house.run(read)
    house.run(take_back_move, first)
    row = one(house, Meeting, first)
    assert (days(house, made)[0], row.place) == ("17.11. 09:30", "Room 2")
    # Calendars that took the move are told of the way back by a higher sequence.
    assert row.sequence == 2
    assert kinds(house) == [
        ("Dušan Kovač", "session_moved"),
        ("Jelena Marić", "session_moved"),
        ("Dušan Kovač", "session_moved"),
    ]
    with pytest.raises(Transition) as refused:
        house.run(take_back_move, first)
    assert refused.value.code == "nothing_to_take_back"


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"day": date(2026, 11, 8)}, "day", "in_the_past"),
        ({"day": date(2026, 12, 1), "at": time(9, 30)}, "day", "another_session_then"),
        ({"day": date(1999, 1, 1)}, "day", "out_of_range"),
        ({"minutes": 0}, "minutes", "out_of_range"),
        ({"place": "x" * 201}, "place", "too_long"),
        ({"link": "x" * 501}, "link", "too_long"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(small_house, given, field, code):
    house = small_house
    _made, (first, *_more) = series_of(house)
    values = {"day": THURSDAY.day, "at": THURSDAY.at, "minutes": 60, **given}
    with pytest.raises(Invalid) as refused:
        house.run(move_session, first, SessionTime(**values))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_two_who_move_one_session_at_once_do_not_overwrite_each_other(small_house):
    house = small_house
    _made, (first, *_more) = series_of(house)
    version = one(house, Meeting, first).version
    house.run(move_session, first, THURSDAY, expected_version=version)
    with pytest.raises(Conflict):
        house.run(cancel_session, first, "too late", expected_version=version)


def test_what_is_over_is_neither_moved_nor_cancelled(small_house):
    house = small_house
    _made, (first, *_more) = series_of(house)
    house.at(17, 10)
    with pytest.raises(Transition) as refused:
        house.run(move_session, first, THURSDAY)
    assert refused.value.code == "session_is_over"
    house.run(close_session, first)
    with pytest.raises(Transition):
        house.run(cancel_session, first, "why")


def test_a_session_nobody_came_to_can_still_be_cancelled(small_house):
    house = small_house
    made, (first, second, _third) = series_of(house)
    house.at(18, 8)
    house.run(cancel_session, first, "The building was closed")
    start = one(house, Meeting, second).period_start.astimezone(ZONE)
    assert start.date() == date(2026, 11, 3)
    assert days(house, made) == ["01.12. 09:30", "15.12. 09:30", "29.12. 09:30"]


def raised(house: SmallHouse) -> list[tuple[str, str]]:
    rows = house.read(
        lambda s: s.scalars(select(RaisedItem).order_by(RaisedItem.id)).all()
    )
    return [(row.title, row.state.value) for row in rows]


def collected(house: SmallHouse, made: int, meeting: int) -> None:
    """Put an own item, one somebody raised, and one of the evidence on an agenda."""
    house.run(draft_agenda, meeting, [candidate("broken")])
    house.run(add_topic, meeting, "The new form", 10, notes="Bring it")
    item = house.run(add_topic, meeting, "A colleague's wish", 5)

    def place(work) -> None:
        work.session.add(
            RaisedItem(
                series_id=made,
                title="A colleague's wish",
                minutes=5,
                outcome="decide",
                raised_by_id=house.people["Dušan Kovač"],
                raised_at=work.now,
                state=RaisedState.PLACED,
                agenda_item_id=item,
            )
        )

    house.run(place)


def test_a_cancelled_session_hands_on_what_was_collected_for_it(any_small_house):
    house = any_small_house
    made, (first, *_more) = series_of(house)
    collected(house, made, first)
    assert house.run(cancel_session, first, " Strike \n day ") == 2
    row = one(house, Meeting, first)
    assert (row.state, row.cancelled_why, row.sequence) == (
        "cancelled",
        "Strike \n day",
        1,
    )
    assert raised(house) == [
        ("A colleague's wish", "waiting"),
        ("The new form", "waiting"),
    ]
    assert [one for one in told(house) if one[1] == "session_cancelled"] == [
        (name, "session_cancelled", "Strike \n day") for name in MEMBERS
    ]
    # Another one is planned, so that as many as wanted are ahead.
    assert len(days(house, made)) == 3


def test_a_cancelled_session_is_taken_up_again_as_it_was(any_small_house):
    house = any_small_house
    made, (first, *_more) = series_of(house)
    collected(house, made, first)
    house.run(publish_agenda, first)
    house.run(cancel_session, first, "Strike")
    house.run(restore_session, first)
    row = one(house, Meeting, first)
    assert (row.state, row.cancelled_why, row.sequence) == ("published", "", 2)
    assert raised(house) == [("A colleague's wish", "placed")]
    item = house.read(
        lambda s: s.scalars(
            select(AgendaItem).where(AgendaItem.title == "A colleague's wish")
        ).one()
    )
    placed = house.read(lambda s: s.scalars(select(RaisedItem)).one())
    assert placed.agenda_item_id == item.id
    # Nobody had read that it fell: nobody is told of anything.
    assert kinds(house) == []
    assert journal(house, first)[-2:] == ["meeting_cancelled", "meeting_restored"]


def test_a_cancelled_session_needs_a_reason(small_house):
    house = small_house
    _made, (first, *_more) = series_of(house)
    with pytest.raises(Invalid) as refused:
        house.run(cancel_session, first, " \n ")
    assert (refused.value.field, refused.value.code) == ("why", "missing")


def test_what_is_not_cancelled_or_over_is_not_taken_up_again(small_house):
    house = small_house
    _made, (first, *_more) = series_of(house)
    with pytest.raises(Transition) as refused:
        house.run(restore_session, first)
    assert refused.value.code == "session_not_cancelled"
    house.run(cancel_session, first, "Strike")
    house.at(17, 12)
    with pytest.raises(Transition) as refused:
        house.run(restore_session, first)
    assert refused.value.code == "session_is_over"
