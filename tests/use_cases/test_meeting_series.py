"""Making, changing and ending a meeting series."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, NotFound, Transition
from desktop.domain.requests import Side
from desktop.domain.rhythms import Rhythm
from desktop.domain.series_drafts import MemberDraft, StandingDraft
from desktop.domain.session_days import HolidayRule
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import (
    Meeting,
    MeetingSeries,
    SeriesMember,
    StandingItem,
)
from desktop.use_cases.meeting_series import (
    change_series,
    create_series,
    end_series,
    resume_series,
)
from desktop.use_cases.meetings import draft_agenda, publish_agenda
from desktop.use_cases.sessions_moving import SessionTime, move_session
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agendas import HOSTILE, candidate, one
from tests.use_cases.series import days, sessions, told, wanted


def test_a_series_is_made_once_with_its_sessions_ahead(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    assert house.run(create_series, wanted(house)) == made
    row = one(house, MeetingSeries, made)
    assert (row.name, row.place, row.minutes) == ("Counter and registry", "Room 2", 45)
    assert days(house, made) == ["17.11. 09:30", "01.12. 09:30", "15.12. 09:30"]
    assert [one.number for one in sessions(house, made)] == [1, 2, 3]


def test_who_made_a_series_stands_in_the_journal(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    entries = house.read(lambda s: s.scalars(select(JournalEntry)).all())
    assert [one.kind for one in entries] == ["series_created", *["meeting_planned"] * 3]
    assert entries[0].actor_id == house.people["Marko Ivić"]
    assert entries[0].details == {"series": made, "name": "Counter and registry"}


def members(house: SmallHouse) -> list[tuple[str, str, str, str | None]]:
    names = {identity: name for name, identity in house.people.items()}
    order = select(SeriesMember).order_by(SeriesMember.position)
    return [
        (names[row.person_id], row.side, row.part, names.get(row.deputy_id))
        for row in house.read(lambda session: list(session.scalars(order)))
    ]


def test_chair_and_minute_taker_are_members_once(any_small_house):
    house = any_small_house
    house.run(create_series, wanted(house))
    assert members(house) == [
        ("Marko Ivić", "back", "", None),
        ("Jelena Marić", "front", "minutes", None),
        ("Dušan Kovač", "back", "", "Ana Petrović"),
    ]


def test_a_hostile_name_is_only_a_name(any_small_house):
    house = any_small_house
    made = house.run(create_series, replace(wanted(house), name=HOSTILE))
    assert one(house, MeetingSeries, made).name.startswith("<b>Ä</b>")


NEVER = Rhythm("months", weekdays=(0,), place=1, until=date(2026, 11, 20)).rule("UTC")


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"front_unit_id": None}, "front_unit_id", "missing"),
        ({"back_unit_id": None}, "back_unit_id", "missing"),
        ({"zone": "Mars/Olympus"}, "zone", "not_a_choice"),
        ({"rule": "daily"}, "rule", "not_a_rule"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=0"}, "rule", "not_a_rule"),
        ({"rule": NEVER}, "rule", "never"),
        ({"starts_on": date(9999, 12, 31)}, "starts_on", "out_of_range"),
        ({"minutes": 4}, "minutes", "out_of_range"),
        ({"minutes": 481}, "minutes", "out_of_range"),
        ({"place": "x" * 201}, "place", "too_long"),
        ({"link": "x" * 501}, "link", "too_long"),
        ({"ahead": 0}, "ahead", "out_of_range"),
        ({"chair_id": 999}, "chair_id", "not_a_choice"),
        ({"members": (MemberDraft(999, Side.BACK),)}, "members.0.person_id", None),
        (
            {"members": (MemberDraft(1, Side.BACK), MemberDraft(1, Side.BACK))},
            "members.1.person_id",
            "member_twice",
        ),
        (
            {"members": (MemberDraft(1, Side.BACK, deputy_id=1),)},
            "members.0.deputy_id",
            "own_deputy",
        ),
        ({"standing": (StandingDraft(" "),)}, "standing.0.title", "missing"),
        ({"standing": (StandingDraft("a"), StandingDraft("b", 0))}, None, None),
        (
            {"standing": (StandingDraft("a", after="nowhere"),)},
            "standing.0.after",
            "not_a_choice",
        ),
        ({"standing": (StandingDraft("a"),) * 31}, "standing", "too_many"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(small_house, given, field, code):
    with pytest.raises(Invalid) as refused:
        small_house.run(create_series, replace(wanted(small_house), **given))
    assert refused.value.field == (field or "standing.1.minutes")
    assert refused.value.code in (code, "not_a_choice", "out_of_range")
    made = small_house.read(lambda session: session.scalar(select(MeetingSeries.id)))
    assert made is None


def test_a_series_all_of_whose_days_are_left_out_never_takes_place(small_house):
    rule = Rhythm(weekdays=(1,), times=2).rule(ZONE.key)
    skipped = (date(2026, 11, 17), date(2026, 11, 24))
    said = replace(wanted(small_house), rule=rule, skipped_days=skipped)
    with pytest.raises(Invalid) as refused:
        small_house.run(create_series, said)
    assert (refused.value.field, refused.value.code) == ("rule", "never")


def test_a_unit_of_the_other_side_is_no_choice(small_house):
    back = small_house.units["Land registry"]
    with pytest.raises(Invalid) as refused:
        small_house.run(create_series, replace(wanted(small_house), front_unit_id=back))
    assert refused.value.field == "front_unit_id"


def test_a_name_is_given_once_whatever_its_case(any_small_house):
    house = any_small_house
    house.run(create_series, wanted(house))
    other = replace(wanted(house), name="Đačka", standing=(), key=uuid.uuid4())
    house.run(create_series, other)
    for name in ("COUNTER and registry", "đAČKA"):
        again = replace(wanted(house), name=name, key=uuid.uuid4())
        with pytest.raises(Invalid) as refused:
            house.run(create_series, again)
        assert (refused.value.field, refused.value.code) == ("name", "taken")


def test_an_unknown_unit_is_refused(small_house):
    with pytest.raises(NotFound):
        small_house.run(create_series, replace(wanted(small_house), front_unit_id=999))


# --- changing ---------------------------------------------------------------------


def published(house: SmallHouse, meeting_id: int) -> None:
    house.run(draft_agenda, meeting_id, [candidate("broken")])
    house.run(publish_agenda, meeting_id)


def test_another_weekday_moves_the_sessions_but_never_a_published_one(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    first, second, third = sessions(house, made)
    published(house, first.id)
    place = SessionTime(date(2026, 12, 3), time(9, 30), 45, "Room 2")
    house.run(move_session, second.id, place)
    house.later(minutes=1)
    thursdays = Rhythm(interval=2, weekdays=(3,)).rule(ZONE.key)
    done = house.run(change_series, made, replace(wanted(house), rule=thursdays))
    assert [change.fate for change in done] == ["kept", "stays", "moves"]
    assert days(house, made) == ["17.11. 09:30", "03.12. 09:30", "17.12. 09:30"]
    # The published one stands for the Thursday of its week: none is planned beside it.
    assert one(house, Meeting, third.id).sequence == 1
    assert ("Dušan Kovač", "session_moved", "") in told(house)


def test_a_published_session_moves_where_that_is_wanted(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    first = sessions(house, made)[0]
    published(house, first.id)
    later = replace(wanted(house), at=time(11, 0))
    house.run(change_series, made, later, moves_published=True)
    assert days(house, made)[0] == "17.11. 11:00"
    row = one(house, Meeting, first.id)
    assert (row.state, row.agenda_version, row.sequence) == ("published", 1, 1)


def test_a_day_left_out_cancels_its_session_and_plans_another(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    said = replace(wanted(house), skipped_days=(date(2026, 12, 1),))
    house.run(change_series, made, said)
    assert days(house, made) == ["17.11. 09:30", "15.12. 09:30", "29.12. 09:30"]
    assert days(house, made, "cancelled") == ["01.12. 09:30"]
    # Put back, the day is planned again.
    house.run(change_series, made, wanted(house))
    assert "01.12. 09:30" in days(house, made)


def test_holidays_of_either_unit_are_avoided_by_rule(any_small_house):
    house = any_small_house
    # The small house is closed on Wednesday 11 November.
    rule = Rhythm(weekdays=(2,)).rule(ZONE.key)
    said = replace(wanted(house), rule=rule, starts_on=date(2026, 11, 11))
    made = house.run(create_series, said)
    assert days(house, made)[0] == "11.11. 09:30"
    for holidays, first in (
        (HolidayRule.LATER, "12.11. 09:30"),
        (HolidayRule.EARLIER, "10.11. 09:30"),
        (HolidayRule.SKIP, "18.11. 09:30"),
    ):
        house.run(change_series, made, replace(said, holidays=holidays))
        assert days(house, made)[0] == first


def test_place_and_length_follow_where_nobody_changed_them(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    own = sessions(house, made)[1]
    place = SessionTime(date(2026, 12, 1), time(9, 30), 45, "Town hall")
    house.run(move_session, own.id, place)
    house.run(change_series, made, replace(wanted(house), place="Room 9", minutes=30))
    rows = [(row.place, row.minutes) for row in sessions(house, made)]
    assert rows == [("Room 9", 30), ("Town hall", 30), ("Room 9", 30)]


def test_members_and_standing_items_are_exchanged(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    ana = MemberDraft(house.people["Ana Petrović"], Side.BACK, "guest")
    kept = StandingDraft("Round the table", 10, key=uuid.UUID(int=8))
    said = replace(
        wanted(house),
        members=(ana,),
        minute_taker_id=None,
        standing=(StandingDraft("Safety first", 3, after="minutes"), kept),
    )
    house.run(change_series, made, said)
    assert [name for name, *_more in members(house)] == ["Marko Ivić", "Ana Petrović"]
    rows = house.read(
        lambda s: s.scalars(select(StandingItem).order_by(StandingItem.position)).all()
    )
    assert [(row.title, row.minutes) for row in rows] == [
        ("Safety first", 3),
        ("Round the table", 10),
    ]
    house.run(change_series, made, replace(said, standing=()))
    rows = house.read(lambda s: s.scalars(select(StandingItem)).all())
    assert [row.is_active for row in rows] == [False, False]


def test_nothing_changed_tells_nobody(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    before = told(house)
    assert before == [
        ("Jelena Marić", "session_planned", ""),
        ("Dušan Kovač", "session_planned", ""),
    ]
    house.run(change_series, made, wanted(house))
    assert told(house) == before


def test_two_who_change_a_series_at_once_do_not_overwrite_each_other(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    version = one(house, MeetingSeries, made).version
    house.run(
        change_series,
        made,
        replace(wanted(house), place="Room 9"),
        expected_version=version,
    )
    with pytest.raises(Conflict):
        house.run(change_series, made, wanted(house), expected_version=version)


# --- ending -----------------------------------------------------------------------


def test_an_ended_series_cancels_what_is_to_come_and_can_go_on(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    house.later(minutes=1)
    gone = house.run(end_series, made, "merged")
    assert (len(gone), days(house, made)) == (3, [])
    cancelled = [one for one in told(house) if one[1] == "session_cancelled"]
    assert cancelled == [
        ("Jelena Marić", "session_cancelled", "merged"),
        ("Dušan Kovač", "session_cancelled", "merged"),
    ]
    with pytest.raises(Transition):
        house.run(change_series, made, wanted(house))
    house.run(resume_series, made, tuple(gone))
    assert days(house, made) == ["17.11. 09:30", "01.12. 09:30", "15.12. 09:30"]
    assert [one.sequence for one in sessions(house, made)] == [2, 2, 2]


def test_what_was_held_before_the_end_stays(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    house.instant += timedelta(days=10)
    assert len(house.run(end_series, made, "")) == 2
    assert days(house, made) == ["17.11. 09:30"]
