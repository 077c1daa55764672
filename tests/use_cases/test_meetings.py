"""Planning sessions, publishing their agendas, holding them, and their actions."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from desktop.desk import Desk
from desktop.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Transition,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import Action, Meeting, MeetingSeries
from desktop.queries.agenda import meeting_agenda
from desktop.use_cases.meetings import (
    add_action,
    add_candidate,
    add_topic,
    change_item,
    close_action,
    close_session,
    draft_agenda,
    move_item,
    plan_session,
    publish_agenda,
    remove_item,
    reopen_action,
    reopen_agenda,
    restore_item,
)
from tests.queries.test_agenda import a_series
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agendas import candidate, drafted, items, journal, one, planned

# --- planning ---------------------------------------------------------------------


def test_the_first_session_looks_back_two_weeks_of_local_days(any_small_house):
    house = any_small_house
    meeting = one(house, Meeting, planned(house))
    assert (meeting.number, meeting.minutes, meeting.place) == (1, 60, "Room 2.14")
    told = [
        at.astimezone(ZONE).isoformat()
        for at in (meeting.starts_at, meeting.period_start, meeting.period_end)
    ]
    assert told == [
        "2026-11-16T10:00:00+01:00",
        "2026-11-02T00:00:00+01:00",
        "2026-11-16T00:00:00+01:00",
    ]


def test_the_first_period_is_whole_days_though_the_clock_changed(small_house):
    series = a_series(small_house)
    small_house.instant = datetime(2026, 10, 27, 8, tzinfo=UTC)
    meeting = one(small_house, Meeting, small_house.run(plan_session, series))
    start = meeting.period_start.astimezone(ZONE)
    assert start.isoformat() == "2026-10-19T00:00:00+02:00"


def test_planning_twice_plans_once(any_small_house):
    house = any_small_house
    meeting = planned(house)
    series = one(house, Meeting, meeting).series_id
    assert house.run(plan_session, series) == meeting
    assert journal(house, meeting) == ["meeting_planned"]


def test_the_next_session_begins_where_the_last_one_ended(any_small_house):
    house = any_small_house
    meeting = planned(house)
    series = one(house, Meeting, meeting).series_id
    house.at(16, 11)
    house.run(close_session, meeting)
    following = one(house, Meeting, house.run(plan_session, series))
    assert (following.number, following.id) != (1, meeting)
    assert following.starts_at.astimezone(ZONE).day == 30
    assert following.period_start.astimezone(ZONE).isoformat()[:10] == "2026-11-16"


def test_a_series_that_has_ended_is_refused_by_its_name(small_house):
    series = a_series(small_house)

    def end(work):
        work.get(MeetingSeries, series).recurrence = "FREQ=WEEKLY;COUNT=1"

    small_house.run(end)
    with pytest.raises(Transition) as refused:
        small_house.run(plan_session, series)
    assert refused.value.code == "series_has_ended"
    assert refused.value.details["series"] == "Counter and registry"


def test_an_unknown_series_is_refused(small_house):
    small_house.me("Marko Ivić")
    with pytest.raises(NotFound):
        small_house.run(plan_session, 99)


# --- publishing and holding -------------------------------------------------------


def test_publishing_numbers_versions_and_freezes_what_was_published(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    assert house.run(publish_agenda, meeting) == 1
    row = one(house, Meeting, meeting)
    assert (row.state, row.published_at) == ("published", house.now)
    house.later(hours=1)
    house.run(change_item, items(house, meeting)["broken"], minutes=9)
    row = one(house, Meeting, meeting)
    assert (row.state, row.published_at, row.agenda_version) == ("drafted", None, 1)
    assert house.read(meeting_agenda, meeting, house.now).paper.head.version == 2
    assert house.run(publish_agenda, meeting) == 2
    wanted = select(JournalEntry).where(JournalEntry.kind == "agenda_published")
    told = house.read(lambda s: [one.details for one in s.scalars(wanted)])
    assert [one["number"] for one in told] == [1, 2]
    assert [one["items"][1]["minutes"] for one in told] == [5, 9]


def test_publishing_what_somebody_changed_meanwhile_is_told(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    seen = one(house, Meeting, meeting).version
    house.run(publish_agenda, meeting, expected_version=seen)
    house.run(add_topic, meeting, "Parking", 5)
    with pytest.raises(Conflict):
        house.run(publish_agenda, meeting, expected_version=seen)


def test_publishing_twice_as_it_stands_and_publishing_nothing_are_refused(small_house):
    meeting = drafted(small_house)
    small_house.run(publish_agenda, meeting)
    with pytest.raises(Transition) as refused:
        small_house.run(publish_agenda, meeting)
    assert refused.value.code == "published_already"
    for item in items(small_house, meeting).values():
        small_house.run(remove_item, item)
    with pytest.raises(Transition) as refused:
        small_house.run(publish_agenda, meeting)
    assert refused.value.code == "agenda_is_empty"


def test_reopening_makes_the_next_draft_with_figures_of_now(small_house):
    meeting = drafted(small_house)
    small_house.run(publish_agenda, meeting)
    small_house.later(hours=3)
    small_house.run(reopen_agenda, meeting)
    head = small_house.read(meeting_agenda, meeting, small_house.now).paper.head
    assert (head.version, head.published_at) == (2, None)
    assert head.data_as_at == small_house.now


def test_a_session_is_held_only_once_it_began_and_then_stays_as_it_is(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    with pytest.raises(Transition) as refused:
        house.run(close_session, meeting)
    assert refused.value.code == "session_not_begun"
    item = items(house, meeting)["broken"]
    house.at(16, 11)
    house.run(close_session, meeting)
    for act, given in (
        (remove_item, (item,)),
        (restore_item, (item,)),
        (move_item, (item, 0)),
        (change_item, (item,)),
        (add_topic, (meeting, "Late", 5)),
        (add_candidate, (meeting, candidate("ball"))),
        (draft_agenda, (meeting, [])),
        (publish_agenda, (meeting,)),
        (close_session, (meeting,)),
    ):
        with pytest.raises(Transition) as refused:
            house.run(act, *given)
        assert refused.value.code == "meeting_is_over"
    assert journal(house, meeting)[-1] == "meeting_held"


# --- actions ----------------------------------------------------------------------


def an_action(house: SmallHouse, meeting: int, due: date, **more: Any) -> int:
    series = one(house, Meeting, meeting).series_id
    owner = {"owner_id": house.people["Dušan Kovač"]}
    return house.run(
        add_action,
        series,
        "Name a holder",
        "Broken",
        due,
        meeting_id=meeting,
        **(owner | more),
    )


def test_what_was_due_by_the_session_is_carried_what_is_due_later_is_not(
    any_small_house,
):
    house = any_small_house
    meeting = planned(house)
    ids = [an_action(house, meeting, date(2026, 11, day)) for day in (13, 16, 17, 13)]
    house.run(close_action, ids[3])
    house.at(16, 11)
    house.run(close_session, meeting)
    assert [one(house, Action, at).carried for at in ids] == [1, 1, 0, 0]
    assert [one(house, Action, at).number for at in ids] == [1, 2, 3, 4]


def test_an_action_is_done_or_dropped_once_and_can_be_taken_back(any_small_house):
    house = any_small_house
    meeting = planned(house)
    action = an_action(house, meeting, date(2026, 11, 20))
    seen = one(house, Action, action).version
    house.run(close_action, action, dropped=True, expected_version=seen)
    with pytest.raises(Conflict):
        house.run(close_action, action, expected_version=seen)
    with pytest.raises(Transition):
        house.run(close_action, action)
    house.run(reopen_action, action)
    house.run(reopen_action, action)
    row = one(house, Action, action)
    assert (row.state, row.closed_at) == ("open", None)
    house.run(close_action, action)
    assert one(house, Action, action).closed_at == house.now
    assert journal(house, meeting)[1:] == [
        "action_added",
        "action_dropped",
        "action_reopened",
        "action_done",
    ]


@pytest.mark.parametrize(
    ("text", "topic", "more", "field"),
    [
        (" ", "Broken", {}, "text"),
        ("Do", " ", {}, "topic"),
        ("x" * 2001, "Broken", {}, "text"),
        ("Do", "x" * 201, {}, "topic"),
        ("Do", "Broken", {"owner_id": None}, "owner"),
    ],
)
def test_an_action_needs_words_a_topic_and_an_owner(
    small_house, text, topic, more, field
):
    series = a_series(small_house)
    owner = {"owner_id": small_house.people["Dušan Kovač"]}
    with pytest.raises(Invalid) as refused:
        small_house.run(
            add_action, series, text, topic, date(2026, 11, 20), **(owner | more)
        )
    assert refused.value.field == field


def test_an_action_of_no_session_stands_in_the_journal_too(any_small_house):
    house = any_small_house
    series = a_series(house)
    owner = house.people["Dušan Kovač"]
    made = house.run(
        add_action, series, "Do", "Broken", date(2026, 11, 20), owner_id=owner
    )
    house.run(close_action, made)
    told = [(one.kind, one.details) for one in house_journal(house)]
    about = {"action": made, "number": 1, "series": series}
    assert told == [("action_added", about), ("action_done", about)]


def test_an_action_is_given_in_a_session_of_its_series(any_small_house):
    house = any_small_house
    meeting = planned(house)
    other = a_series(house)
    with pytest.raises(Invalid) as refused:
        house.run(
            add_action,
            other,
            "Do",
            "Broken",
            date(2026, 11, 20),
            owner_id=house.people["Dušan Kovač"],
            meeting_id=meeting,
        )
    assert refused.value.field == "meeting"


def test_nobody_plans_publishes_or_gives_actions_unseen(small_house):
    meeting = drafted(small_house)
    series = one(small_house, Meeting, meeting).series_id
    acts = (
        (plan_session, series),
        (publish_agenda, meeting),
        (add_topic, meeting, "Mail", 5),
        (close_session, meeting),
        (add_action, series, "Do", "Broken", date(2026, 11, 20)),
    )
    small_house.desk.sign_in(None)
    for use_case, *given in acts:
        with pytest.raises(Forbidden) as refused:
            small_house.run(use_case, *given)
        assert refused.value.code == "nobody_at_the_desk"


def test_two_who_plan_and_give_actions_at_once_are_both_served(any_small_house):
    house = any_small_house
    series = a_series(house)
    owner = house.people["Dušan Kovač"]
    start = threading.Barrier(2)
    came: list[object] = []

    def act() -> None:
        desk = Desk(house.desk.store, house.actor("Marko Ivić"))
        start.wait(10)
        try:
            came.append(desk.run(plan_session, series).value)
            for number in range(4):
                words = (f"Do {number}", "Broken", date(2026, 11, 20))
                desk.run(add_action, series, *words, owner_id=owner)
        except Refusal as refusal:
            came.append(repr(refusal))

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(came) == 2
    assert len(set(came)) == 1
    numbers = house.read(lambda s: list(s.scalars(select(Action.number))))
    assert sorted(numbers) == list(range(1, 9))


def house_journal(house: SmallHouse) -> list[JournalEntry]:
    wanted = select(JournalEntry).where(JournalEntry.meeting_id.is_(None))
    return house.read(lambda s: list(s.scalars(wanted.order_by(JournalEntry.id))))


def test_who_did_it_stands_in_the_journal(small_house):
    meeting = drafted(small_house)
    wanted = select(JournalEntry.actor_id).where(JournalEntry.meeting_id == meeting)
    told = small_house.read(lambda session: set(session.scalars(wanted)))
    assert told == {small_house.people["Marko Ivić"]}
