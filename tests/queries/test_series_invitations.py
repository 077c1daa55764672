"""What calendars are told of sessions and series, from real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.rhythms import Rhythm
from desktop.domain.session_days import HolidayRule
from desktop.entities.meetings import MeetingSeries
from desktop.entities.units import Person
from desktop.exchange.calendar_invitations import invitation, series_calendar
from desktop.queries.agenda import meeting_agenda
from desktop.queries.series_invitations import series_invitations, session_invitation
from desktop.reports.invitation_text import running_order_text
from desktop.use_cases.meeting_papers import freeze_paper
from desktop.use_cases.meeting_series import create_series, end_series
from desktop.use_cases.meetings import draft_agenda, publish_agenda
from desktop.use_cases.sessions_moving import (
    SessionTime,
    cancel_session,
    extra_session,
    move_session,
)
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agendas import candidate
from tests.use_cases.series import sessions, wanted


def made(house: SmallHouse, **more) -> tuple[int, list[int]]:
    def address(work) -> None:
        person = work.get(Person, house.people["Marko Ivić"])
        person.email = "marko@lipovac.example"

    series = house.run(create_series, replace(wanted(house), **more))
    house.run(address)
    return series, [one.id for one in sessions(house, series)]


def local(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%d.%m. %H:%M")


def test_a_session_is_told_with_its_members_and_by_one_name_for_good(any_small_house):
    house = any_small_house
    _series, (first, *_more) = made(house)
    before = house.read(session_invitation, first)
    assert before.paper is None
    told = before.invitation
    assert (told.summary, local(told.starts_at)) == (
        "Counter and registry",
        "17.11. 09:30",
    )
    assert [(one.name, one.email, one.is_chair) for one in told.guests] == [
        ("Marko Ivić", "marko@lipovac.example", True),
        ("Jelena Marić", "", False),
        ("Dušan Kovač", "", False),
    ]
    house.run(
        move_session, first, SessionTime(date(2026, 11, 19), time(14), 60, "Hall")
    )
    house.run(cancel_session, first, "Strike")
    after = house.read(session_invitation, first).invitation
    assert (after.uid, after.sequence) == (told.uid, 2)
    assert (after.is_cancelled, after.why, after.place) == (True, "Strike", "Hall")
    with pytest.raises(NotFound):
        house.read(session_invitation, 99)


def test_a_published_agenda_describes_its_session(small_house):
    house = small_house
    _series, (first, *_more) = made(house)
    house.run(draft_agenda, first, [candidate("broken"), candidate("other_business")])
    house.run(publish_agenda, first)
    told = house.read(session_invitation, first)
    if told.paper is None:
        # Whoever publishes keeps the paper; it is kept here as it is printed now.
        paper = house.read(meeting_agenda, first, house.now).paper
        house.run(freeze_paper, first, "agenda", 1, paper)
        told = house.read(session_invitation, first)
    assert told.paper is not None
    lines = running_order_text(told.paper).splitlines()
    assert lines[0] == "Agenda, version 1"
    assert lines[3].startswith("09:30  1. Broken promises (5 min, ")
    data = invitation(replace(told.invitation, description="\n".join(lines)), house.now)
    assert b"DESCRIPTION:Agenda\\, version 1\\nPeriod: " in data


def test_a_whole_series_tells_what_differs_from_its_rule(any_small_house):
    house = any_small_house
    series, (first, second, third) = made(house, skipped_days=(date(2027, 1, 12),))
    house.run(
        move_session, second, SessionTime(date(2026, 12, 3), time(14), 45, "Hall")
    )
    house.run(cancel_session, third, "Strike")
    key = sessions(house, series)[0].key
    extra = SessionTime(date(2026, 11, 25), time(8), 30, "Hall")
    house.run(extra_session, series, extra, replace(wanted(house)).standing[0].key)
    told = house.read(series_invitations, series, house.now)
    assert local(told.first_at) == "17.11. 09:30"
    assert [local(one) for one in told.left_out] == ["15.12. 09:30", "12.01. 09:30"]
    assert [
        (local(one.starts_at), local(one.rule_at) if one.rule_at else "")
        for one in told.sessions
    ] == [("25.11. 08:00", ""), ("03.12. 14:00", "01.12. 09:30")]
    assert key not in {one.key for one in told.sessions}
    before = told.sequence
    house.run(cancel_session, first, "Strike")
    after = house.read(series_invitations, series, house.now)
    assert (after.uid, after.sequence > before) == (told.uid, True)
    assert series_calendar(after, house.now) == series_calendar(after, house.now)


def test_holidays_are_told_for_sessions_nobody_planned_yet(small_house):
    house = small_house
    rule = Rhythm(weekdays=(2,)).rule(ZONE.key)
    # The small house is closed on Wednesday 11 November.
    series, _ids = made(
        house,
        rule=rule,
        starts_on=date(2026, 11, 4),
        holidays=HolidayRule.LATER,
        ahead=1,
    )
    house.instant = datetime(2026, 10, 1, tzinfo=UTC)
    told = house.read(series_invitations, series, house.now)
    (moved,) = [one for one in told.sessions if one.rule_at and one.starts_at.day == 12]
    assert local(moved.rule_at) == "11.11. 09:30"


def test_a_counted_rule_told_a_year_later_has_fewer_left(small_house):
    house = small_house
    rule = Rhythm(weekdays=(1,), times=100).rule(ZONE.key)
    series, _ids = made(house, rule=rule, ahead=1)
    house.instant += timedelta(days=500)
    told = house.read(series_invitations, series, house.now)
    first = told.first_at.astimezone(ZONE).date()
    gone = (first - date(2026, 11, 17)).days // 7
    assert gone > 10
    assert told.rule == f"FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;COUNT={100 - gone}"


def test_an_ended_series_gives_nothing_after_its_end(small_house):
    house = small_house
    series, _ids = made(house)
    house.instant += timedelta(days=10)
    house.run(end_series, series, "")
    told = house.read(series_invitations, series, house.now)
    ended = house.read(lambda s: s.get(MeetingSeries, series).ended_at)
    assert told.rule.endswith(f"UNTIL={ended.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    assert local(told.left_out[0]) == "01.12. 09:30"
