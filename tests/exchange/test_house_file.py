"""A house file says what a house is; all that is wrong in it is named at once."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreements import (
    ClockStart,
    OnChange,
    TargetKind,
    WarningLevel,
)
from desktop.domain.forms import FieldKind
from desktop.domain.house import House, HouseStanding, OpenHours
from desktop.domain.requests import PendingReason, Side
from desktop.domain.working_days import ClosedDay, DayRule
from desktop.exchange.house_file import house_from_text, read_house
from desktop.exchange.house_writing import house_text
from desktop.exchange.problems import BadFile, Problem

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "presets"

TOWN = """
format = 1
name = "Town service centre"
zone = "Europe/Belgrade"

[[calendars]]
name = "Counter hours"
zone = "Europe/Belgrade"
public_holidays = { country = "RS" }
[calendars.week]
monday = "08:00-12:00, 12:30-16:00"
friday = "22:00-06:00"
[[calendars.closures]]
name = "Stocktaking"
from = 2026-12-28
until = 2026-12-30
hours = "12:30-16:00"
yearly = true
[[calendars.overrides]]
name = "Election Sunday"
day = 2026-04-05
hours = "07:00-20:00"
[[calendars.overrides]]
day = 2026-04-06
hours = ""

[[units]]
name = "Central counter"
side = "front"
calendar = "Counter hours"
prefix = "CC"
[[units]]
name = "Land registry"
side = "back"
calendar = "Counter hours"

[[people]]
name = "Jelena Marić"
unit = "Central counter"
roles = ["clerk", "coordinator"]
email = "jelena@example.org"
[[people]]
name = "Marko \\"Mare\\" Ivić"
unit = "Land registry"
roles = ["agent"]
can_sign_in = false

[[services]]
name = "Deed copy"
unit = "Land registry"
summary = "A certified copy.\\nOn paper."
synonyms = ["copy of title", "izvod"]
[[services.fields]]
code = "parcel"
label = "Parcel"
needed = true
hint = "As on the cadastral map"
[[services.fields]]
code = "paper"
label = "Paper"
kind = "choice"
choices = ["A4", "A3"]

[[agreements]]
name = "Counter and registry"
front = "Central counter"
back = "Land registry"
service = "Deed copy"
calendar = "Counter hours"
starts = "receipt"
warn_share = 0.8
valid_from = 2026-01-01
[agreements.targets]
response = "4 h"
resolution = { any = "16 h", 1 = "2 h 30 min" }
answer = "8 h"
[agreements.holds]
resolution = ["customer", "third_party"]

[[series]]
name = "Counter and registry"
front = "Central counter"
back = "Land registry"
rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
starts_on = 2026-01-05
at = 09:30:00
zone = "Europe/Belgrade"
length_min = 45
place = "Room 2"
chair = "Jelena Marić"
minute_taker = "Marko \\"Mare\\" Ivić"
link = "https://meet.example/room"
skipped_days = [2026-12-28, 2027-01-11]
holidays = "later"
ahead = 4
print = { slips = true, size = "letter" }
[[series.members]]
person = "Jelena Marić"
part = "chair"
deputy = "Marko \\"Mare\\" Ivić"
[[series.members]]
person = "Marko \\"Mare\\" Ivić"
side = "back"
[[series.standing]]
title = "Safety first"
minutes = 3
outcome = "decide"
leader = "Jelena Marić"
after = "minutes"
notes = "Bring the list"
"""


def problems_in(text: str) -> dict[str, Problem]:
    with pytest.raises(BadFile) as refusal:
        house_from_text(text, "bad.house.toml")
    return {one.where: one for one in refusal.value.problems}


@pytest.fixture(scope="module")
def town() -> House:
    return house_from_text(TOWN, "town.house.toml")


def test_the_house_of_the_public_log_is_read() -> None:
    house = read_house(PRESETS / "uci498.house.toml")
    assert [(unit.name, unit.side) for unit in house.units] == [
        ("Group 70", Side.FRONT)
    ]
    agreement = house.agreements[0]
    assert agreement.targets[TargetKind.RESOLUTION, None] == 16 * 3600
    assert agreement.back == "*"
    assert house.unknown_units is not None
    assert house.unknown_units.side is Side.BACK


def test_a_calendar_has_several_intervals_closures_and_days_of_its_own(
    town: House,
) -> None:
    calendar = town.calendars[0]
    assert calendar.week[0] == (OpenHours(480, 720), OpenHours(750, 960))
    assert calendar.week[4] == (OpenHours(1320, 1800),)
    assert calendar.public_holidays == ("RS", None)
    assert calendar.closures[0].hours == OpenHours(750, 960)
    assert calendar.closures[0].is_yearly
    assert calendar.overrides[1].hours == ()


def test_an_agreement_has_targets_by_priority_and_holds_by_reason(town: House) -> None:
    agreement = town.agreements[0]
    assert agreement.targets == {
        (TargetKind.RESPONSE, None): 14_400,
        (TargetKind.RESOLUTION, None): 57_600,
        (TargetKind.RESOLUTION, 1): 9_000,
        (TargetKind.ANSWER, None): 28_800,
    }
    assert agreement.holds == {
        TargetKind.RESOLUTION: {PendingReason.CUSTOMER, PendingReason.THIRD_PARTY}
    }
    assert agreement.starts is ClockStart.RECEIPT
    assert agreement.valid_from == date(2026, 1, 1)


def test_a_service_has_a_form_and_a_series_its_people(town: House) -> None:
    fields = town.services[0].fields
    assert [(one.code, one.kind, one.is_needed) for one in fields] == [
        ("parcel", FieldKind.TEXT, True),
        ("paper", FieldKind.CHOICE, False),
    ]
    series = town.series[0]
    assert (series.at, series.length_min) == (time(9, 30), 45)
    assert [member.person for member in series.members] == [
        "Jelena Marić",
        'Marko "Mare" Ivić',
    ]
    assert series.members[0].deputy == 'Marko "Mare" Ivić'
    assert series.skipped_days == (date(2026, 12, 28), date(2027, 1, 11))
    assert (series.holidays, series.ahead) == ("later", 4)
    assert (series.printed.slips, series.printed.size) == (True, "letter")
    item = HouseStanding(
        "Safety first", 3, "decide", "Jelena Marić", "minutes", "Bring the list"
    )
    assert series.standing == (item,)


def test_a_written_house_reads_back_the_same(town: House) -> None:
    assert house_from_text(house_text(town), "again.toml") == town
    preset = read_house(PRESETS / "uci498.house.toml")
    assert house_from_text(house_text(preset), "again.toml") == preset


RICH = """
format = 1
name = "Rich"
zone = "America/New_York"
[[calendars]]
name = "Weekdays"
closed_from = 2030-01-01
public_holidays = { country = "US" }
[calendars.week]
monday = "00:00-24:00"
tuesday = "00:00-24:00"
[[calendars.later]]
from = 2027-09-01
[calendars.later.week]
monday = "09:00-17:00"
[[units]]
name = "Counter"
side = "front"
calendar = "Weekdays"
[[units]]
name = "Streets"
side = "back"
calendar = "Weekdays"
[[agreements]]
name = "City"
back = "Streets"
calendar = "Weekdays"
at_reopen = "restart"
at_priority = "continue"
at_unit = "recompute"
reopen_days = 10
[agreements.targets]
response = "24 h around the clock"
update = "4 h"
[agreements.targets.resolution]
any = "5 working days, from 17:00 the next day at 08:30, closed days at the same time"
1 = "1 working day, end of day"
2 = "2 working days, from 14:00 the next day"
[[agreements.warnings]]
left = "2 h"
[[agreements.warnings]]
share = 0.9
"""


def test_days_levels_and_changes_are_read_and_written_back() -> None:
    rich = house_from_text(RICH, "rich.toml")
    (agreement,) = rich.agreements
    key = (TargetKind.RESOLUTION, None)
    assert agreement.rules[key] == DayRule(
        5,
        cutoff_s=17 * 3600,
        restart_s=8 * 3600 + 1800,
        closed_day=ClosedDay.SAME_TIME,
    )
    assert agreement.around_the_clock == {(TargetKind.RESPONSE, None)}
    assert agreement.warnings == (WarningLevel(left_s=7200), WarningLevel(0.9))
    assert agreement.at_unit is OnChange.RECOMPUTE
    assert agreement.reopen_days == 10
    assert house_from_text(house_text(rich), "again.toml") == rich


def test_two_agreements_of_the_same_units_and_service_are_named() -> None:
    again = RICH + RICH[RICH.index("[[agreements]]") :].replace("City", "Town")
    problems = problems_in(again)
    assert {where: one.code for where, one in problems.items()} == {
        "agreements[2]": "same_parties"
    }


@pytest.mark.parametrize("text", ["5 days", "3 working days, at noon", "0 h", "soon"])
def test_a_target_nobody_understands_is_named(text: str) -> None:
    problems = problems_in(RICH.replace("1 working day, end of day", text))
    assert [one.code for one in problems.values()] == ["wrong_type"]


def test_every_problem_is_named_with_its_place_not_only_the_first() -> None:
    problems = problems_in(
        """
        format = 1
        name = ""
        zone = "Mars/North"
        colour = "green"
        [[calendars]]
        name = "Never"
        [[units]]
        name = "Counter"
        side = "top"
        calendar = "Office"
        [[units]]
        name = "Counter"
        side = "front"
        calendar = "Never"
        [[people]]
        name = "Ana"
        unit = "Nowhere"
        roles = ["queen"]
        [[agreements]]
        name = "Usual"
        front = "Counter"
        back = "Registry"
        calendar = "Never"
        warn_share = 7
        valid_from = "soon"
        [agreements.targets]
        resolution = "2 days"
        [agreements.holds]
        resolution = ["rain"]
        """
    )
    assert {where: one.code for where, one in problems.items()} == {
        "name": "empty",
        "zone": "zone_unknown",
        "": "unknown_key",
        "calendars[1].week": "no_open_time",
        "units[1].side": "not_one_of",
        "units[1].calendar": "no_such",
        "units[2]": "twice",
        "people[1].unit": "no_such",
        "people[1].roles[1]": "not_one_of",
        "agreements[1].back": "no_such",
        "agreements[1].warn_share": "wrong_type",
        "agreements[1].valid_from": "wrong_type",
        "agreements[1].targets.resolution": "wrong_type",
        "agreements[1].holds.resolution[1]": "not_one_of",
    }


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = problems_in('format = 1\nname = "x"\nzone = "Mars"')["zone"]
    assert problem.told() == (
        "bad.house.toml:zone: There is no time zone “Mars”. "
        "Write a name like Europe/Berlin."
    )


def test_a_front_unit_cannot_be_the_back_of_an_agreement() -> None:
    text = TOWN.replace('back = "Land registry"', 'back = "Central counter"')
    assert problems_in(text)["agreements[1].back"].code == "wrong_side"


def test_a_rule_that_lays_no_session_is_refused() -> None:
    text = TOWN.replace("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every other Monday")
    assert set(problems_in(text)) == {"series[1].rule"}


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    problem = problems_in('format = 1\nname = "open\n')[""]
    assert (problem.code, problem.line) == ("not_toml", 2)


def test_a_newer_format_is_refused_without_reading_on() -> None:
    assert set(problems_in("format = 9\nwhatever = 1")) == {"format"}


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_bytes(b'name = "S\xe3o Paulo"')
    with pytest.raises(BadFile) as refusal:
        read_house(path)
    assert refusal.value.problems[0].code == "not_text"
    with pytest.raises(BadFile) as refusal:
        read_house(tmp_path / "other.toml")
    assert refusal.value.problems[0].code == "not_found"


@given(st.data())
def test_a_damaged_file_never_brings_anything_but_our_own_refusal(
    data: st.DataObject,
) -> None:
    lines = TOWN.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    wrong = ["[x]", "unit = 1", "name = 5", "[[units]]", "week = []", "targets = 1"]
    lines[at] = data.draw(st.text(max_size=20) | st.sampled_from(wrong))
    problems: tuple[Problem, ...] = ()
    try:
        house_from_text("\n".join(lines), "damaged.toml")
    except BadFile as refusal:
        problems = refusal.problems
    assert all(one.told() for one in problems)
