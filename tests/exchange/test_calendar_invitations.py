"""Calendar files read back by another library, and by a calendar people use."""

from __future__ import annotations

import subprocess
import sys
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.invitations import Guest, Invitation, SeriesCalendar
from desktop.domain.rhythms import Rhythm
from desktop.exchange.calendar_invitations import (
    invitation,
    is_link,
    series_calendar,
)

ZONE = ZoneInfo("Europe/Belgrade")
STAMP = datetime(2026, 11, 9, 8, 0, 30, 123456, tzinfo=UTC)
HOSTILE = (
    "END:VEVENT\r\nBEGIN:VALARM\nATTENDEE:mailto:x@y.z",
    '<b>Ä</b>; =1+1, "quoted" \\n \\, \u202eabc',
    "\x00\x1b[31mred\u2028line",
    "🙂" * 60,
    "X" * 400,
)
GUESTS = (
    Guest("Marko Ivić", "marko@lipovac.example", True),
    Guest('Ana "the" Petrović; chair', "ana@lipovac.example"),
    Guest("Nobody's address", "no address"),
    Guest("Evil", "x@y.z\r\nATTENDEE:mailto:evil@y.z"),
)


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


ONE = Invitation(
    key=uuid.UUID(int=5),
    sequence=0,
    starts_at=at(17),
    minutes=45,
    zone=ZONE.key,
    summary="Counter and registry",
    place="Room 2",
    link="https://meet.example/room?x=1&y=2",
    description="1. Apologies\n2. Broken promises; causes",
    guests=GUESTS,
)


def read(data: bytes) -> Any:
    calendar = vobject.readOne(data.decode())
    assert calendar.version.value == "2.0"
    return calendar


def test_an_invitation_says_when_where_and_whom():
    data = invitation(ONE, STAMP)
    calendar = read(data)
    assert calendar.method.value == "REQUEST"
    event = calendar.vevent
    assert event.uid.value == f"{ONE.key}@counterpart"
    assert event.sequence.value == "0"
    assert event.dtstart.value == ONE.starts_at
    assert event.dtstart.value.utcoffset() == timedelta(hours=1)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
    assert event.dtstamp.value == STAMP.replace(microsecond=0)
    assert event.location.value == "Room 2"
    assert event.url.value == ONE.link
    assert event.description.value == ONE.description
    assert event.organizer.value == "mailto:marko@lipovac.example"
    assert [one.value for one in event.attendee_list] == [
        "mailto:marko@lipovac.example",
        "mailto:ana@lipovac.example",
    ]
    assert event.attendee_list[0].params["ROLE"] == ["CHAIR"]
    assert event.attendee_list[1].params["RSVP"] == ["TRUE"]
    assert b"DTSTART;TZID=Europe/Belgrade:20261117T093000\r\n" in data
    assert b"BEGIN:VTIMEZONE" in data


def test_the_same_input_gives_the_same_bytes():
    assert invitation(ONE, STAMP) == invitation(ONE, STAMP)
    whole = SeriesCalendar(
        uuid.UUID(int=6), 1, "FREQ=WEEKLY;BYDAY=TU", at(17), 45, ZONE.key, "Weekly"
    )
    assert series_calendar(whole, STAMP) == series_calendar(whole, STAMP)


def test_a_cancelled_session_has_the_same_name_and_a_higher_sequence():
    gone = replace(ONE, sequence=2, is_cancelled=True, why="Strike\nday")
    calendar = read(invitation(gone, STAMP))
    assert calendar.method.value == "CANCEL"
    event = calendar.vevent
    assert event.uid.value == f"{ONE.key}@counterpart"
    assert (event.sequence.value, event.status.value) == ("2", "CANCELLED")
    assert event.description.value.startswith("Strike\nday")
    assert "PARTSTAT" not in event.attendee_list[0].params


def test_without_an_address_the_organizer_is_only_named():
    nobody = replace(ONE, guests=(Guest("Marko Ivić", "", True),), link="room two")
    event = read(invitation(nobody, STAMP)).vevent
    assert event.organizer.value == "invalid:nomail"
    assert event.organizer.params["CN"] == ["Marko Ivić"]
    assert not hasattr(event, "attendee")
    assert not hasattr(event, "url")


texts = st.sampled_from(HOSTILE) | st.text(max_size=60)


@given(summary=texts, place=texts, description=texts, name=texts, why=texts)
def test_what_people_type_is_text_and_nothing_else(
    summary, place, description, name, why
):
    told = replace(
        ONE,
        summary=summary,
        place=place,
        description=description,
        why=why,
        is_cancelled=True,
        link="",
        guests=(Guest(name, "a@b.example", True),),
    )
    data = invitation(told, STAMP)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = read(data)
    names = [one.name for one in calendar.getChildren()]
    assert names.count("VEVENT") == 1
    assert len(calendar.vevent.attendee_list) == 1
    assert not [one for one in calendar.vevent.getChildren() if one.name == "VALARM"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://meet.example/x", True),
        ("http://10.0.0.1:80/?a=b", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://a b", False),
        ("https://[", False),
        ("Room 2", False),
    ],
)
def test_only_an_address_on_the_web_is_a_link(text, is_one):
    assert is_link(text) is is_one


WEEKLY = SeriesCalendar(
    key=uuid.UUID(int=6),
    sequence=7,
    rule=Rhythm(weekdays=(1,), until=date(2026, 12, 15)).rule(ZONE.key),
    first_at=at(17),
    minutes=45,
    zone=ZONE.key,
    summary="Counter and registry",
    guests=GUESTS,
    left_out=(datetime(2026, 12, 1, 9, 30, tzinfo=ZONE).astimezone(UTC),),
    sessions=(
        replace(ONE, starts_at=at(26, 14), rule_at=at(24), place="Town hall"),
        replace(ONE, key=uuid.UUID(int=9), starts_at=at(20, 8), rule_at=None),
    ),
)


def test_a_whole_series_is_its_rule_and_what_differs():
    data = series_calendar(WEEKLY, STAMP)
    calendar = read(data)
    assert calendar.method.value == "PUBLISH"
    rule, moved, extra = (
        sorted(
            calendar.vevent_list, key=lambda one: (one.dtstart.value, one.uid.value)
        )[:1]
        + sorted(calendar.vevent_list, key=lambda one: -one.dtstart.value.timestamp())[
            :2
        ]
    )
    assert rule.rrule.value == (
        "FREQ=WEEKLY;UNTIL=20261215T225959Z;INTERVAL=1;BYDAY=TU"
    )
    assert moved.uid.value == rule.uid.value
    assert moved.recurrence_id.value == at(24)
    assert moved.location.value == "Town hall"
    assert extra.uid.value == f"{uuid.UUID(int=9)}@counterpart"
    days = [one.astimezone(ZONE) for one in rule.getrruleset()]
    assert [one.strftime("%d.%m. %H:%M") for one in days] == [
        "17.11. 09:30",
        "24.11. 09:30",
        "08.12. 09:30",
        "15.12. 09:30",
    ]


# --- a calendar people use --------------------------------------------------------


class Khal:
    """khal, on a calendar of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "calendar").mkdir()
        self.config = folder / "config"
        self.config.write_text(
            f"""
[calendars]
[[office]]
path = {folder / "calendar"}
[sqlite]
path = {folder / "khal.db"}
[locale]
local_timezone = Europe/Belgrade
default_timezone = Europe/Belgrade
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = office
""",
            "utf-8",
        )

    def run(self, *words: str) -> str:
        command = [str(Path(sys.executable).with_name("khal")), "-c", str(self.config)]
        done = subprocess.run(
            [*command, *words],
            capture_output=True,
            text=True,
            timeout=60,
            env={"HOME": str(self.folder), "PATH": "", "LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, data: bytes) -> None:
        path = self.folder / "in.ics"
        path.write_bytes(data)
        self.run("import", "--batch", str(path))

    def listed(self) -> list[str]:
        shown = "{start-date} {start-time}-{end-time} {title} | {location} | {status}"
        told = self.run(
            "list", "--day-format", "", "--format", shown, "2026-11-09", "60d"
        )
        return [line.strip() for line in told.splitlines() if line.strip()]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    """Give a calendar on the command line."""
    return Khal(tmp_path)


def test_a_calendar_takes_an_invitation_a_move_and_a_cancellation(khal):
    khal.take(invitation(ONE, STAMP))
    line = "2026-11-17 09:30-10:15 Counter and registry | Room 2 | CONFIRMED"
    assert khal.listed() == [line]
    moved = replace(ONE, sequence=1, starts_at=at(19, 14, 0), place="Town, hall")
    khal.take(invitation(moved, STAMP))
    line = "2026-11-19 14:00-14:45 Counter and registry | Town, hall | CONFIRMED"
    assert khal.listed() == [line]
    khal.take(invitation(replace(moved, sequence=2, is_cancelled=True), STAMP))
    assert [one.split(" | ")[-1] for one in khal.listed()] == ["CANCELLED"]
    assert len(list((khal.folder / "calendar").glob("*.ics"))) == 1


def test_a_calendar_takes_a_whole_series(khal):
    khal.take(series_calendar(WEEKLY, STAMP))
    assert [one[:22] for one in khal.listed()] == [
        "2026-11-17 09:30-10:15",
        "2026-11-20 08:30-09:15",
        "2026-11-26 14:30-15:15",
        "2026-12-08 09:30-10:15",
        "2026-12-15 09:30-10:15",
    ]


def test_the_local_hour_stays_in_a_calendar_when_the_clock_changes(khal):
    first = datetime.combine(date(2026, 3, 24), time(9, 30), ZONE).astimezone(UTC)
    rule = Rhythm(weekdays=(1,), times=2).rule(ZONE.key)
    khal.take(series_calendar(replace(WEEKLY, first_at=first, rule=rule), STAMP))
    told = khal.run("list", "--format", "{start}", "2026-03-20", "20d")
    assert "2026-03-24 09:30" in told
    assert "2026-03-31 09:30" in told
