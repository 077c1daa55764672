"""Owners are reminded once in their hours, by however many computers."""

from __future__ import annotations

from datetime import date

from desktop.queries.notices import InboxView, inbox, is_sweep_due, unread
from desktop.use_cases.action_reminders import remind, silence_action
from desktop.use_cases.meeting_actions import add_action, change_action, close_action
from desktop.use_cases.notice_acts import mark_read, mark_unread
from desktop.use_cases.notices import sweep
from tests.small_house import SmallHouse
from tests.use_cases.sittings import begun, series_of


def given(house: SmallHouse, due: date) -> int:
    series = series_of(house, begun(house))
    owner = house.people["Dušan Kovač"]
    made = house.run(add_action, series, "Call", "Topic", due, owner_id=owner)
    house.me("Dušan Kovač")
    house.run(mark_read)
    return made


def kinds(house: SmallHouse) -> list[str]:
    me = house.people["Dušan Kovač"]
    rows = house.read(inbox, me, house.now).rows
    return [str(one.kind) for one in rows if str(one.kind).startswith("action_")]


def test_reminders_come_in_the_owners_hours_and_once_from_many_computers(
    any_small_house,
):
    house = any_small_house
    given(house, date(2026, 11, 20))
    house.run(sweep, house.now)
    house.at(19, 7)
    assert not house.read(is_sweep_due, house.now)
    assert house.run(remind, house.now) == 0
    house.at(19, 8)
    assert house.read(is_sweep_due, house.now)
    assert house.run(sweep, house.now) == 1
    assert house.run(sweep, house.now) == 0
    assert not house.read(is_sweep_due, house.now)
    house.at(20, 9)
    house.run(sweep, house.now)
    house.at(24, 9)
    house.run(sweep, house.now)
    assert kinds(house) == [
        "action_overdue",
        "action_due",
        "action_due",
        "action_given",
    ]


def test_what_is_closed_or_silenced_is_not_reminded_until_its_day_changes(small_house):
    house = small_house
    action = given(house, date(2026, 11, 20))
    house.at(19, 9)
    house.run(silence_action, action)
    assert house.run(remind, house.now) == 0
    house.run(change_action, action, due_on=date(2026, 11, 19))
    assert house.run(remind, house.now) == 1
    house.run(silence_action, action)
    house.run(silence_action, action, silent=False)
    house.at(20, 9)
    assert house.run(remind, house.now) == 1
    house.run(close_action, action)
    house.at(27, 9)
    assert house.run(remind, house.now) == 0


def test_the_inbox_counts_reads_and_narrows_notices_of_both_kinds(any_small_house):
    house = any_small_house
    given(house, date(2026, 11, 20))
    me = house.people["Dušan Kovač"]
    house.at(20, 9)
    house.run(remind, house.now)
    found = house.read(inbox, me, house.now)
    assert (found.unread, house.read(unread, me, house.now)) == (1, 1)
    row = found.rows[0]
    assert row.notice_id < 0
    assert (row.kind, row.action, row.due_on) == ("action_due", 1, date(2026, 11, 20))
    warned = house.read(inbox, me, house.now, 50, InboxView.WARNINGS)
    assert [one.kind for one in warned.rows] == ["action_due"]
    assert house.run(mark_read, [row.notice_id]) == (row.notice_id,)
    assert house.read(unread, me, house.now) == 0
    assert house.run(mark_unread, [row.notice_id]) == (row.notice_id,)
    assert house.run(mark_read) == (row.notice_id,)
